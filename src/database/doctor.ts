import type { Message } from '../engine/text/problem';
import { message } from '../engine/text/problem';
import type { ConnectionTarget } from './connection-target';
import { displayHost, displayTarget } from './connection-target';
import { PasswordCommandFailure } from './password-command';
import type { Pooling } from './pooler';
import { CertificateProblem } from './transport';

/**
 * Why a connection failed or broke and what to do about it, in words. Takes whatever `connect` or `Database.read`
 * rejected with. Never holds a password: the target has none, and servers don't repeat it.
 */
export function explainConnectionError(error: unknown, target: ConnectionTarget): Message {
  if (error instanceof PasswordCommandFailure) return error.reason;
  if (error instanceof CertificateProblem) return certificateSaid(error, target);
  const failure = readFailure(error);
  const found = serverSaid(failure, target) ?? networkSaid(failure, target) ?? tlsSaid(failure, target) ?? driverSaid(failure, target);
  return found ?? say('Connecting to {target} failed: {detail}', target, { detail: failure.text });
}

/** What the doctor says of a pooler that lends its servers for one transaction each, when that was seen (`findPooling`). */
export function adviseOnPooling(target: ConnectionTarget, pooling: Pooling): readonly Message[] {
  if (pooling !== 'transaction' || isTransactionPooler(target)) return [];
  return [
    say(
      '{host}, port {port}, is a transaction pooler (PgBouncer or the like): reading works through it, but it keeps no session, so migrations must not go through it. Connect to the server itself, or to a port of the pooler in session mode (with Supabase 5432 instead of 6543).',
      target,
    ),
  ];
}

/** What is unwise about a target though it may connect: said beside a connection, whether it works or not. */
export function adviseOnTarget(target: ConnectionTarget): readonly Message[] {
  const advice: Message[] = [];
  if (isTransactionPooler(target)) {
    advice.push(
      say(
        'Port 6543 of {host} is a transaction pooler: it keeps no session, so migrations through it can go wrong. Use port 5432 of the same host (the session pooler), or the direct host.',
        target,
      ),
    );
  }
  return advice;
}

/** SQLSTATEs of PostgreSQL (documentation, "PostgreSQL Error Codes") and what poolers say in their place. */
function serverSaid({ code, text }: Failure, target: ConnectionTarget): Message | null {
  if (/tenant or user not found|tenant\/user .* not found/i.test(text)) return poolerUser(target);
  if (/max clients reached|MaxClientsInSessionMode|max client connections|no more connections allowed/i.test(text)) return tooMany(target, text);
  switch (code) {
    case '28P01':
      return say(
        'The password for user {user} on {host} is wrong. Enter it again; in a URL, special characters must be percent-encoded (@ as %40, : as %3A, / as %2F, % as %25).',
        target,
      );
    case '28000':
      return notAuthorized(text, target);
    case '3D000':
      return say('There is no database {database} on {host}. Check its name, or create it first.', target);
    case '53300':
      return tooMany(target, text);
    case '08P01':
      return refusedByPooler(text, target);
    case '57P03':
      return say('The server {host} is starting up or shutting down. Try again in a moment.', target);
    case '57P01':
    case '57P02':
      return say('The server {host} ended the connection (it was restarted, or an administrator did). Connect again.', target);
    case '57P05':
      return say('The server {host} closed the connection because it was idle. Connect again.', target);
    case '57014':
      return say('The server {host} stopped a statement: it took longer than the statement timeout, or was cancelled. Try again when the server is less busy.', target);
    case '55P03':
      return say('Something else on {host} holds a lock on what was to be read, perhaps a running migration. Try again when it is done.', target);
    case '42501':
      return say(
        'User {user} has no right to do this in database {database}: {detail}. Ask its owner for the right (GRANT CONNECT ON DATABASE, USAGE ON SCHEMA, SELECT ON TABLE), or connect as another user.',
        target,
        { detail: text },
      );
    case '25006':
      return say('Nothing was written: this connection only reads ({detail}).', target, { detail: text });
    default:
      return null;
  }
}

/** PgBouncer's own words come with the code of a protocol violation. */
function refusedByPooler(text: string, target: ConnectionTarget): Message | null {
  if (/unsupported startup parameter/i.test(text)) {
    return say('The pooler {host}, port {port}, takes no settings at the start of a connection ({detail}). Take options out of the URL, have the pooler ignore them (ignore_startup_parameters), or connect to the server itself.', target, { detail: text });
  }
  if (/no such database|database .* does not exist/i.test(text)) return say('The pooler {host}, port {port}, knows no database {database}. Check its name, or add it to the pooler.', target);
  if (/no such user|auth(entication)? failed|password/i.test(text)) {
    return say('The pooler {host}, port {port}, does not let user {user} in: its name or its password is wrong, or the pooler does not know them (auth_file, auth_query). It said: {detail}', target, { detail: text });
  }
  return /query_wait_timeout|server_login_retry|server login|cannot connect|connect failed/i.test(text)
    ? say('The pooler {host}, port {port}, has no server to lend ({detail}). Is the server behind it running, and has it connections left?', target, { detail: text })
    : null;
}

function notAuthorized(text: string, target: ConnectionTarget): Message {
  if (/role .* does not exist/.test(text)) {
    return isSupabasePooler(target) ? poolerUser(target) : say('There is no user {user} on {host}. Check the name, or create the role first (CREATE ROLE … LOGIN).', target);
  }
  if (/not permitted to log in/.test(text)) {
    return say('The role {user} on {host} may not log in. Connect as another user, or ask for ALTER ROLE … LOGIN.', target);
  }
  // The other modes have tried TLS too by the time they fail.
  if (/no encryption|SSL off/.test(text) && target.sslMode === 'disable') {
    return say('{host} does not let user {user} into database {database} without TLS. Set sslmode=require (now: disable).', target);
  }
  if (/pg_hba\.conf/.test(text)) {
    return say(
      'The server {host} does not let user {user} into database {database} from this machine: {detail}. Its pg_hba.conf must allow it.',
      target,
      { detail: text },
    );
  }
  if (/Peer authentication|Ident authentication/.test(text)) {
    return say(
      'The server {host} lets a user in by the name of the operating system user only ({detail}). Connect as that user, or through 127.0.0.1 with a password.',
      target,
      { detail: text },
    );
  }
  if (/certificate/.test(text)) {
    return say("The server {host} asks for a client certificate. Name its files with sslcert and sslkey ({detail}).", target, { detail: text });
  }
  return say('The server {host} refused user {user}: {detail}', target, { detail: text });
}

function tooMany(target: ConnectionTarget, detail: string): Message {
  return say('The server {host} has no connection left ({detail}). Close some, or wait and try again.', target, { detail });
}

function poolerUser(target: ConnectionTarget): Message {
  return say(
    "The pooler {host} does not know user {user}. Supabase's pooler wants the project's reference behind the name: postgres.<project reference>. Check also that the region in the host's name is the project's, and that the project is not paused.",
    target,
  );
}

/** Error codes of the operating system, as Node names them. */
function networkSaid({ code, text, address }: Failure, target: ConnectionTarget): Message | null {
  const unreachable = ['ENOTFOUND', 'ENODATA', 'ENETUNREACH', 'EHOSTUNREACH', 'EADDRNOTAVAIL', 'ETIMEDOUT'].includes(code) || /timeout expired|connection timeout/i.test(text);
  if (unreachable && isSupabaseDirect(target)) {
    return say(
      "{host} could not be reached. Supabase's direct hosts have IPv6 addresses only, which many networks lack. Use the session pooler's URL from the dashboard (Connect, \"Session pooler\", port 5432). A paused project can't be reached either.",
      target,
    );
  }
  switch (code) {
    case 'ECONNREFUSED':
      return say('Nothing answers at {host}, port {port}. Is the server running there, and is the port right?', target);
    case 'ENOENT':
      return say('There is no server socket at {host}, port {port}. Is the server running on this machine, and is the port right?', target);
    case 'EACCES':
    case 'EPERM':
      return say('This user may not use the server socket at {host}.', target);
    case 'ENOTFOUND':
    case 'ENODATA':
      return say("The host {host} is not known. Check its spelling; a name inside a container network or a VPN is known only there.", target);
    case 'EAI_AGAIN':
      return say('The name {host} could not be looked up just now. Check the network connection, then try again.', target);
    case 'ENETUNREACH':
    case 'EHOSTUNREACH':
    case 'EADDRNOTAVAIL':
      return address?.includes(':') === true ? onlyIpv6(target, address) : unreachableHost(target);
    case 'ETIMEDOUT':
      return unreachableHost(target);
    case 'ECONNRESET':
    case 'EPIPE':
      return /secure TLS/.test(text) ? null : say('{host} closed the connection. Does PostgreSQL listen on port {port}, and does a firewall let it through?', target);
    default:
      return /timeout expired|connection timeout/i.test(text) ? unreachableHost(target) : null;
  }
}

/** A host whose every address is of version 6, from a network that has no way there. */
function onlyIpv6(target: ConnectionTarget, address: string): Message {
  return say(
    '{host} has only an IPv6 address ({address}), and this network has no way there. Use a host with an IPv4 address (a pooler, a tunnel), or a network with IPv6.',
    target,
    { address },
  );
}

function unreachableHost(target: ConnectionTarget): Message {
  return say('{host}, port {port}, did not answer in time. Is the address right, is a VPN or tunnel needed, does a firewall stand between?', target);
}

/** What libpq refuses before it speaks with the server. */
function certificateSaid({ kind, path }: CertificateProblem, target: ConnectionTarget): Message {
  switch (kind) {
    case 'no-root':
      return say(
        'To check the certificate of {host}, sslmode={mode} needs the certificate of its authority, and there is no file {path}. Name it with sslrootcert, use sslrootcert=system for authorities that the system knows, or use sslmode=require, which encrypts without checking.',
        target,
        { mode: target.sslMode, path },
      );
    case 'weak-mode':
      return say('sslrootcert=system goes with sslmode=verify-full alone (now: {mode}): anybody can get a certificate from an authority that the system knows, for a name of his own.', target, { mode: path });
    case 'no-key':
      return say('There is a client certificate, but no private key at {path}. Name it with sslkey.', target, { path });
    case 'open-key':
      return say('Others may read the private key {path}, so it is not used. Make it readable for you alone (chmod 600).', target, { path });
  }
}

/** Error codes of OpenSSL, as Node names them. */
function tlsSaid({ code, text }: Failure, target: ConnectionTarget): Message | null {
  if (/does not support SSL/.test(text)) {
    return say('{host} does not speak TLS, and sslmode is {mode}. Use sslmode=prefer, or disable on a network you trust; or turn TLS on at the server.', target, {
      mode: target.sslMode,
    });
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return say("The certificate of {host} is for another name. Connect by the name it is for, or use sslmode=verify-ca ({detail}).", target, { detail: text });
  }
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID') return say('The certificate of {host} is not valid today ({detail}).', target, { detail: text });
  if (/SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|CERT_UNTRUSTED/.test(code)) {
    return say(
      "The certificate of {host} is signed by an authority that is not known here. Name the authority's file with sslrootcert (Supabase: from the dashboard, Database, SSL configuration), or use sslmode=require, which encrypts without checking.",
      target,
    );
  }
  if (/^ERR_(SSL|TLS|OSSL)|^EPROTO$/.test(code) || /secure TLS/.test(text)) {
    return say('TLS with {host} failed: {detail}. Does PostgreSQL listen on port {port}?', target, { detail: text });
  }
  return null;
}

/** node-postgres' own words, which have no code. */
function driverSaid({ text, path }: Failure, target: ConnectionTarget): Message | null {
  if (path !== null) return say('The certificate file {path} cannot be read: {detail}', target, { path, detail: text });
  if (/client password must be a (non-empty )?string/i.test(text)) return say('{host} asks for the password of user {user}. Enter it.', target);
  if (/SCRAM|SASL/.test(text)) return say('{host} and this client could not agree on a way to check the password ({detail}).', target, { detail: text });
  if (/Connection terminated|connection is closed|not queryable/i.test(text)) {
    return say('The connection to {host} broke. Connect again; if it breaks at once, check that it is PostgreSQL that listens on port {port}.', target);
  }
  return null;
}

interface Failure {
  readonly code: string;
  readonly text: string;
  /** The file that could not be read, when that is what failed. */
  readonly path: string | null;
  /** Where a connection was tried to. */
  readonly address: string | null;
}

/** Node tries all addresses of a name and then rejects with an AggregateError whose own message is empty. */
function readFailure(error: unknown): Failure {
  const tried = error instanceof AggregateError ? (error.errors as unknown[]) : [];
  // An IPv4 address that refused says more than an IPv6 one that this network has no way to.
  const inner = tried.find((one) => !String((one as { address?: unknown }).address ?? '').includes(':')) ?? tried[0] ?? error;
  const { code, message: text, path, syscall, address } = (inner ?? {}) as Partial<Record<'code' | 'message' | 'path' | 'syscall' | 'address', unknown>>;
  const file = syscall === 'open' || syscall === 'read';
  return { code: file ? '' : typeof code === 'string' ? code : '', text: String(text ?? inner), path: file ? String(path ?? '') : null, address: typeof address === 'string' ? address : null };
}

function isSupabaseDirect({ host }: ConnectionTarget): boolean {
  return /^db\.[a-z0-9]+\.supabase\.(co|com|net)$/i.test(host ?? '');
}

function isSupabasePooler({ host }: ConnectionTarget): boolean {
  return /\.pooler\.supabase\.(co|com)$/i.test(host ?? '');
}

function isTransactionPooler(target: ConnectionTarget): boolean {
  return target.port === 6543 && (isSupabasePooler(target) || isSupabaseDirect(target));
}

function say(text: string, target: ConnectionTarget, args: Message['args'] = {}): Message {
  const values: Record<string, string | number> = {
    target: displayTarget(target),
    host: displayHost({ ...target, port: 5432 }),
    port: target.port,
    user: target.user ?? 'of the operating system',
    database: target.database ?? target.user ?? '',
    ...args,
  };
  const used = Object.entries(values).filter(([name]) => text.includes(`{${name}}`));
  return message(text, Object.fromEntries(used));
}
