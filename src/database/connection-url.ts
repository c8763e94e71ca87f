import type { Message } from '../engine/text/problem';
import { message } from '../engine/text/problem';
import type { ConnectionTarget, SslMode } from './connection-target';
import { plainTarget, sslModes } from './connection-target';

/** The password is kept apart from everything that may be shown or stored. */
export type ParsedUrl =
  | {
      readonly kind: 'target';
      readonly target: ConnectionTarget;
      /** Null: the URL has none (or Supabase's placeholder); it has to be asked for, or none is needed. */
      readonly password: string | null;
      /** What is worth knowing though it does not stand in the way. */
      readonly notes: readonly Message[];
    }
  | { readonly kind: 'invalid'; readonly reason: Message };

/** What libpq takes from elsewhere where a URL leaves something out, by its keywords (`host`, `dbname`, …). `service`: what the URL's own parameter names. */
export type LibpqDefaults = (service: string | null) => { readonly values: ReadonlyMap<string, string> } | { readonly problem: Message };

/**
 * Reads a database URL as SQLAlchemy does (`sqlalchemy/engine/url.py`, `_parse_url`: the password ends at the first `@`,
 * only `%xx` is special in it), and what libpq adds (PostgreSQL documentation, "Connection URIs": percent-encoded
 * hosts, several hosts, parameters). Messages never quote a part of the text that may hold a password. Without `defaults` the text
 * alone counts: what shall be written down somewhere.
 */
export function parseConnectionUrl(text: string, defaults: LibpqDefaults | null = null): ParsedUrl {
  const url = unwrap(text);
  if (url === '') return invalid('There is no URL. It looks like {example}.');
  const scheme = /^([A-Za-z][A-Za-z0-9_+.-]*):\/\/([^]*)$/.exec(url);
  if (scheme === null) {
    if (/^\s*(host|hostaddr|dbname|user|port|service)\s*=/.test(url)) {
      return invalid("This is libpq's keyword form (host=… dbname=…). Write it as a URL: {example}.");
    }
    return invalid('This is not a database URL. It looks like {example}.');
  }
  const [, name = '', rest = ''] = scheme;
  if (name === 'driver') return invalid('This is the placeholder of a new alembic.ini. Put the real URL there: {example}.');
  const [dialect = '', driver = null] = name.split('+');
  if (dialect !== 'postgresql' && dialect !== 'postgres') {
    return invalid('This is a URL for {dialect}; Alembic Review works with PostgreSQL. Its URLs look like {example}.', { dialect });
  }

  const notes: Message[] = [];
  if (dialect === 'postgres') notes.push(message('SQLAlchemy refuses URLs that start with postgres://. For Alembic, write postgresql://.'));
  const credentials = /^([^:/]*)(?::([^@]*))?@/.exec(rest);
  const location = rest.slice(credentials?.[0].length ?? 0);
  const split = /^([^/?]*)(?:\/([^?]*))?(?:\?([^]*))?$/.exec(location);
  const authority = split?.[1] ?? '';
  if (authority.includes('@')) {
    return invalid('There is more than one @ before the host. Where the password holds an @, write it as %40 ({example}).');
  }
  const parameters = readQuery(split?.[3] ?? '');
  const filled = defaults?.(parameters.get('service') ?? null) ?? { values: new Map<string, string>() };
  if ('problem' in filled) return { kind: 'invalid', reason: filled.problem };
  // A parameter of the URL stays; a service that is looked up need not be looked up again by a driver.
  if (defaults !== null) parameters.delete('service');
  for (const [name, value] of filled.values) if (!hasParameter(parameters, name)) parameters.set(name, value);
  const refused = refusedParameter(parameters);
  if (refused !== null) return refused;
  const place = readHost(authority, parameters);
  if (place.kind === 'invalid') return place;
  notes.push(...place.notes);

  const sslMode = readSslMode(parameters);
  if (sslMode === null) {
    return invalid('The URL asks for an sslmode that does not exist. There are: {modes}.', { modes: sslModes.join(', ') });
  }
  const timeout = parameters.get('connect_timeout');
  if (timeout !== undefined && !/^\d+$/.test(timeout)) return invalid('connect_timeout must be a number of seconds.');

  const password = (credentials?.[2] === undefined ? undefined : unquote(credentials[2])) ?? parameters.get('password');
  const target: ConnectionTarget = {
    driver,
    host: place.host,
    port: place.port,
    database: nonEmpty(unquote(split?.[2] ?? '')) ?? parameters.get('dbname') ?? null,
    user: nonEmpty(unquote(credentials?.[1] ?? '')) ?? parameters.get('user') ?? null,
    sslMode,
    sslRootCert: parameters.get('sslrootcert') ?? null,
    sslCert: parameters.get('sslcert') ?? null,
    sslKey: parameters.get('sslkey') ?? null,
    ...readOptions(parameters),
    applicationName: parameters.get('application_name') ?? null,
    connectTimeout: timeout === undefined || timeout === '0' ? null : Number(timeout),
    parameters: otherParameters(parameters, notes),
  };
  return { kind: 'target', target, password: isPlaceholder(password) ? null : (password ?? null), notes };
}

/**
 * The URL for SQLAlchemy, percent-encoded as its own `URL.render_as_string` does. With asyncpg, `sslmode` is called `ssl`
 * there. A `%` must still be doubled for alembic.ini.
 */
export function toSqlAlchemyUrl(target: ConnectionTarget, password: string | null, driver: string | null = target.driver): string {
  const parameters = new Map(Object.entries(target.parameters));
  const set = (name: string, value: string | null): void => {
    if (value !== null) parameters.set(name, value);
  };
  const isSocket = target.host?.startsWith('/') ?? false;
  if (isSocket) set('host', target.host);
  if (target.sslMode !== plainTarget.sslMode) set(driver === 'asyncpg' ? 'ssl' : 'sslmode', target.sslMode);
  set('sslrootcert', target.sslRootCert);
  set('sslcert', target.sslCert);
  set('sslkey', target.sslKey);
  set('application_name', target.applicationName);
  set('connect_timeout', target.connectTimeout === null ? null : String(target.connectTimeout));
  const searchPath = target.searchPath === null ? null : `-csearch_path=${escapeOption(target.searchPath)}`;
  set('options', [target.options, searchPath].filter((part) => part !== null).join(' ') || null);

  const user = target.user === null && password === null ? '' : `${quote(target.user ?? '')}${password === null ? '' : `:${quote(password)}`}@`;
  const host = target.host === null || isSocket ? '' : target.host.includes(':') ? `[${target.host}]` : target.host;
  // Without a host SQLAlchemy's pattern would read ":5433" as a port all the same; the default is left out as people do.
  const port = target.port === plainTarget.port && host === '' ? '' : `:${target.port}`;
  const database = target.database === null ? '' : `/${quote(target.database, '/')}`;
  const query = [...parameters]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${quotePlus(key)}=${quotePlus(value)}`)
    .join('&');
  return `postgresql${driver === null ? '' : `+${driver}`}://${user}${host}${port}${database}${query === '' ? '' : `?${query}`}`;
}

type Host = { readonly kind: 'host'; readonly host: string | null; readonly port: number; readonly notes: readonly Message[] };

function readHost(authority: string, parameters: ReadonlyMap<string, string>): Host | Extract<ParsedUrl, { kind: 'invalid' }> {
  const notes: Message[] = [];
  // `//:5433/shop?host=…`: the port stands in its place though the host does not.
  const hostless = /^(?::([^:]*))?$/.exec(authority);
  const written = hostless === null ? authority : (parameters.get('host') ?? parameters.get('hostaddr') ?? '');
  const hosts = written.split(',');
  if (hosts.length > 1) notes.push(message('The URL names {count} hosts; Alembic Review connects to the first.', { count: hosts.length }));
  // A host parameter is a bare address or `host:port`; `::1` without brackets must not lose its end to a port.
  const first = hosts[0] ?? '';
  const pattern = /^(?:\[([^\]]*)\]|([^:]*))(?::([^:]*))?$/.exec(first);
  if (pattern === null && (hostless === null || !/^[0-9A-Fa-f:.]+(%\w+)?$/.test(first))) {
    return invalid('The host cannot be read. An IPv6 address stands in brackets, and special characters of a password are percent-encoded: {example}.');
  }
  const host = unquote(pattern === null ? first : (pattern[1] ?? pattern[2] ?? ''));
  if (/[\s"'<>]/.test(host)) return invalid('The host holds a character that no host has. A URL looks like {example}.');
  const port = nonEmpty(hostless?.[1] ?? pattern?.[3] ?? '') ?? nonEmpty((parameters.get('port') ?? '').split(',')[0] ?? '') ?? String(plainTarget.port);
  if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65535) {
    return invalid('The port is not a number from 1 to 65535. A URL looks like {example}; in a password, write @ as %40, : as %3A and / as %2F.');
  }
  return { kind: 'host', host: nonEmpty(host), port: Number(port), notes };
}

/** asyncpg and pg8000 call it `ssl`; `no-verify` is node-postgres' word for libpq's `require`. Null: no such mode. */
function readSslMode(parameters: ReadonlyMap<string, string>): SslMode | null {
  // libpq: with the system's authorities, verify-full is the mode where none is said.
  const usual = parameters.get('sslrootcert') === 'system' ? 'verify-full' : plainTarget.sslMode;
  const written = (parameters.get('sslmode') ?? parameters.get('ssl') ?? usual).toLowerCase();
  if (['true', '1', 'on', 'yes', 'no-verify'].includes(written)) return 'require';
  if (['false', '0', 'off', 'no'].includes(written)) return 'disable';
  return sslModes.find((mode) => mode === written) ?? null;
}

/** Takes `search_path` out of `options` (`-csearch_path=app`, `-c search_path=app`, `--search_path=app`), or from its own parameter. */
function readOptions(parameters: ReadonlyMap<string, string>): { options: string | null; searchPath: string | null } {
  let searchPath = parameters.get('search_path') ?? null;
  // Blanks separate options; a backslash keeps the character after it (PostgreSQL documentation, libpq "options").
  const words = (parameters.get('options') ?? '').match(/(?:\\[^]|[^\s\\])+/g) ?? [];
  const kept: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    const setting = word === '-c' ? (words[i + 1] ?? '') : word.replace(/^(-c|--)/, '');
    const isSetting = word.startsWith('-c') || word.startsWith('--');
    const value = isSetting ? /^search[_-]path=([^]*)$/i.exec(setting)?.[1] : undefined;
    if (value !== undefined) searchPath = value.replace(/\\([^])/g, '$1');
    else kept.push(word === '-c' ? `-c ${setting}` : word);
    if (word === '-c') i++;
  }
  return { options: kept.length === 0 ? null : kept.join(' '), searchPath };
}

/** asyncpg's `ssl` is libpq's `sslmode`, and a host is one by name or by address. */
function hasParameter(parameters: ReadonlyMap<string, string>, name: string): boolean {
  const same = [['sslmode', 'ssl'], ['host', 'hostaddr']].find((names) => names.includes(name)) ?? [name];
  return same.some((one) => parameters.has(one));
}

/** What a person asked of the connection's safety and we can't give is no small thing to leave out. */
function refusedParameter(parameters: ReadonlyMap<string, string>): Extract<ParsedUrl, { kind: 'invalid' }> | null {
  if (parameters.get('gssencmode') === 'require') return invalid('The URL asks for encryption by GSSAPI (gssencmode=require), which Alembic Review does not speak. Use TLS (sslmode), or a tunnel.');
  for (const name of ['require_auth', 'sslcrl', 'sslcrldir']) {
    if (parameters.has(name)) return invalid('The URL asks for {name}, which Alembic Review does not check. Take it out of the URL that is given here.', { name });
  }
  return null;
}

const understood = new Set(
  'host hostaddr port dbname user password sslmode ssl sslrootcert sslcert sslkey options search_path application_name connect_timeout'.split(' '),
);

function otherParameters(parameters: ReadonlyMap<string, string>, notes: Message[]): Record<string, string> {
  const others: Record<string, string> = {};
  for (const [name, value] of parameters) {
    if (understood.has(name)) continue;
    if (/pass|pwd|secret|token/i.test(name)) notes.push(message('The parameter {name} looks like a secret and was left out.', { name }));
    else others[name] = value;
  }
  return others;
}

function readQuery(query: string): Map<string, string> {
  const parameters = new Map<string, string>();
  for (const pair of query.split('&')) {
    const equals = pair.indexOf('=');
    if (equals <= 0) continue;
    const name = unquote(pair.slice(0, equals).replaceAll('+', ' '));
    const value = unquote(pair.slice(equals + 1).replaceAll('+', ' '));
    // libpq's several hosts may be written as repeated parameters in SQLAlchemy.
    const earlier = parameters.get(name);
    if (value !== '') parameters.set(name, earlier === undefined ? value : `${earlier},${value}`);
  }
  return parameters;
}

/** Copied from an .env or ini file, a URL often brings its quotes along. */
function unwrap(text: string): string {
  const trimmed = text.trim();
  const quoted = /^(["'`])([^]*)\1$/.exec(trimmed);
  return (quoted?.[2] ?? trimmed).trim();
}

/** `[YOUR-PASSWORD]`, as Supabase's dashboard writes it. */
function isPlaceholder(password: string | undefined): boolean {
  return password === undefined || password === '' || /^\[your[-_ ]?password\]$/i.test(password);
}

function nonEmpty(text: string): string | null {
  return text === '' ? null : text;
}

/** As Python's `urllib.parse.unquote`: what is not `%` and two hex digits stays, bytes that are no UTF-8 become U+FFFD. */
function unquote(text: string): string {
  return text.replace(/(?:%[0-9A-Fa-f]{2})+/g, (run) =>
    new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(run.slice(1).split('%'), (hex) => parseInt(hex, 16))),
  );
}

/** As Python's `urllib.parse.quote(text, safe=" +" + safe)`. */
function quote(text: string, safe = ''): string {
  return Array.from(new TextEncoder().encode(text), (byte) => {
    const character = String.fromCharCode(byte);
    if (/[A-Za-z0-9_.~ +-]/.test(character) || safe.includes(character)) return character;
    return `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }).join('');
}

function quotePlus(text: string): string {
  return quote(text).replaceAll('+', '%2B').replaceAll(' ', '+');
}

function escapeOption(text: string): string {
  return text.replace(/[\\\s]/g, '\\$&');
}

function invalid(text: string, args: Message['args'] = {}): Extract<ParsedUrl, { kind: 'invalid' }> {
  return { kind: 'invalid', reason: message(text, { example: 'postgresql://user:password@host:5432/database', ...args }) };
}
