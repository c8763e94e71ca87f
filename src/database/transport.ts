import { existsSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';
import * as tls from 'node:tls';
import type { ConnectionOptions } from 'node:tls';
import type { ConnectionTarget } from './connection-target';

/** What node-postgres takes as `ssl`: false is plain text. */
export type Ssl = ConnectionOptions | false;

/** What libpq refuses before it speaks with anybody; `kind` and `path` are for the doctor. */
export class CertificateProblem extends Error {
  override readonly name = 'CertificateProblem';

  constructor(
    readonly kind: 'no-root' | 'weak-mode' | 'no-key' | 'open-key',
    readonly path: string,
  ) {
    super(`${kind}: ${path}`);
  }
}

/**
 * The ways to try, in order, for the target's `sslmode`, as libpq does it (PostgreSQL documentation, "SSL Support";
 * `fe-secure-openssl.c`, `initialize_SSL`). A socket of this machine has no TLS. Rejects when a certificate file can't be used.
 */
export async function attempts(target: ConnectionTarget): Promise<readonly Ssl[]> {
  const host = target.host ?? localHost(target.port);
  const mode = target.sslMode;
  if (target.sslRootCert === 'system' && mode !== 'verify-full') throw new CertificateProblem('weak-mode', mode);
  if (mode === 'disable' || host.startsWith('/')) return [false];
  if (mode !== 'allow' && mode !== 'prefer') return [await secureOptions(target, mode)];
  // What stands in the way of TLS leaves the other way.
  const secure = await secureOptions(target, mode).then((options) => [options], (error: unknown) => {
    if (mode === 'prefer' && error instanceof CertificateProblem) return [];
    throw error;
  });
  return mode === 'allow' ? [false, ...secure] : [...secure, false];
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

/** Which checks the server's certificate has to pass: where there is a root certificate, libpq checks against it in every mode. */
async function secureOptions(target: ConnectionTarget, mode: ConnectionTarget['sslMode']): Promise<ConnectionOptions> {
  const ca = target.sslRootCert === 'system' ? await systemRoots() : await rootCertificate(target, mode);
  return {
    rejectUnauthorized: ca !== null,
    ...(ca === null ? {} : { ca }),
    ...(await clientCertificate(target)),
    checkServerIdentity: mode === 'verify-full' ? sameName : () => undefined,
  };
}

async function rootCertificate(target: ConnectionTarget, mode: ConnectionTarget['sslMode']): Promise<string | null> {
  const file = placeOf(target.sslRootCert, 'root.crt');
  if (existsSync(file)) return readFile(file, 'utf8');
  if (mode.startsWith('verify-')) throw new CertificateProblem('no-root', file);
  return null;
}

/** Sent when the server asks for one. A certificate without its key, or with one that others may read, is refused as libpq does. */
async function clientCertificate(target: ConnectionTarget): Promise<Pick<ConnectionOptions, 'cert' | 'key'>> {
  const certificate = placeOf(target.sslCert, 'postgresql.crt');
  if (!existsSync(certificate)) return {};
  const key = placeOf(target.sslKey, 'postgresql.key');
  const kind = statSync(key, { throwIfNoEntry: false });
  if (kind === undefined) throw new CertificateProblem('no-key', key);
  // Of root's files the group may read as well.
  if (process.platform !== 'win32' && (kind.mode & (kind.uid === 0 ? 0o037 : 0o077)) !== 0) throw new CertificateProblem('open-key', key);
  return { cert: await readFile(certificate, 'utf8'), key: await readFile(key, 'utf8') };
}

/** A name as Node checks it; an address also stands in the common name where there is no other (`pq_verify_peer_name_matches_certificate`). */
function sameName(host: string, certificate: tls.PeerCertificate): Error | undefined {
  const failure = tls.checkServerIdentity(host, certificate);
  const isCommonName = isIP(host) !== 0 && certificate.subjectaltname === undefined && certificate.subject.CN === host;
  return isCommonName ? undefined : failure;
}

/** Those that OpenSSL finds by itself: `SSL_CERT_FILE`, else where systems keep them. */
async function systemRoots(): Promise<string | string[]> {
  const usual = ['/etc/ssl/certs/ca-certificates.crt', '/etc/pki/tls/certs/ca-bundle.crt', '/etc/ssl/ca-bundle.pem', '/etc/ssl/cert.pem'];
  const named = process.env['SSL_CERT_FILE'];
  const file = named || usual.find((path) => existsSync(path));
  if (file !== undefined) return readFile(file, 'utf8');
  // Windows and macOS keep them elsewhere; Node reads those since 22.15.
  const { getCACertificates } = tls as { readonly getCACertificates?: (type: 'system') => string[] };
  return getCACertificates?.('system') ?? [...tls.rootCertificates];
}

function placeOf(path: string | null, usual: string): string {
  if (path !== null) return path.replace(/^~(?=[/\\])/, homedir());
  return process.platform === 'win32' ? join(process.env['APPDATA'] ?? homedir(), 'postgresql', usual) : join(homedir(), '.postgresql', usual);
}
