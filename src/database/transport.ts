import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';
import type { ConnectionOptions } from 'node:tls';
import type { ConnectionTarget } from './connection-target';

/** What node-postgres takes as `ssl`: false is plain text. */
export type Ssl = ConnectionOptions | false;

/**
 * The ways to try, in order, for the target's `sslmode`, as libpq does it (PostgreSQL documentation, "SSL Support").
 * A socket of this machine has no TLS. Rejects when a certificate file that was named can't be read.
 */
export async function attempts(target: ConnectionTarget): Promise<readonly Ssl[]> {
  const host = target.host ?? localHost(target.port);
  if (target.sslMode === 'disable' || host.startsWith('/')) return [false];
  const secure = await secureOptions(target);
  switch (target.sslMode) {
    case 'allow':
      return [false, secure];
    case 'prefer':
      return [secure, false];
    default:
      return [secure];
  }
}

/** Only a refusal that may depend on TLS is worth the other way; a wrong password is not tried twice. */
export function isWorthAnotherTry(error: unknown): boolean {
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (code === '28000') return /pg_hba\.conf|SSL|encryption/i.test(String(message));
  if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && /\d/.test(code)) return false;
  return /does not support SSL|SSL|TLS|CERT|disconnected before secure|terminated unexpectedly|EPROTO/i.test(`${String(code)} ${String(message)}`);
}

/** The folder of the local server's socket as libpq knows it, or `localhost` where there is none (Windows). */
export function localHost(port: number): string {
  return ['/var/run/postgresql', '/run/postgresql', '/tmp'].find((folder) => existsSync(`${folder}/.s.PGSQL.${port}`)) ?? 'localhost';
}

export function localUser(): string {
  return userInfo().username;
}

/** Which checks the server's certificate has to pass. Like libpq, `require` with a root certificate means `verify-ca`. */
async function secureOptions(target: ConnectionTarget): Promise<ConnectionOptions> {
  const system = target.sslRootCert === 'system';
  const ca = system ? null : await readPem(target.sslRootCert, 'root.crt');
  const verifies = target.sslMode.startsWith('verify-') || (target.sslMode === 'require' && ca !== null);
  const full = target.sslMode === 'verify-full' || system;
  const cert = await readPem(target.sslCert, 'postgresql.crt');
  const key = cert === null ? null : await readPem(target.sslKey, 'postgresql.key');
  return {
    rejectUnauthorized: verifies || system,
    ...(ca === null ? {} : { ca }),
    ...(cert === null || key === null ? {} : { cert, key }),
    ...(full ? {} : { checkServerIdentity: () => undefined }),
  };
}

/** A file that was named must be there; libpq's own places may be empty. */
async function readPem(path: string | null, usual: string): Promise<string | null> {
  const file = path === null ? join(homedir(), '.postgresql', usual) : path.replace(/^~(?=[/\\])/, homedir());
  if (path === null && !existsSync(file)) return null;
  return readFile(file, 'utf8');
}
