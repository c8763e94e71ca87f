/** Which database to talk to and how, without the password: plain data that may stand in settings, messages and logs. */
export interface ConnectionTarget {
  /** SQLAlchemy's driver name from the URL (`psycopg`, `asyncpg`, …); null: none was written. */
  readonly driver: string | null;
  /** A name, an address (IPv6 without brackets), or the folder of a Unix socket (starts with `/`). Null: the local server, by its socket. */
  readonly host: string | null;
  readonly port: number;
  /** Null: named like the user, as libpq has it. */
  readonly database: string | null;
  /** Null: the operating system's user, as libpq has it. */
  readonly user: string | null;
  readonly sslMode: SslMode;
  /** Paths of PEM files; null: libpq's own places (`~/.postgresql/root.crt`, …). `sslRootCert: 'system'` means the system's authorities. */
  readonly sslRootCert: string | null;
  readonly sslCert: string | null;
  readonly sslKey: string | null;
  /** Command-line options for the server's process: `-c role=owner`. */
  readonly options: string | null;
  /** The session's `search_path`, as SET takes it: `app, public`. */
  readonly searchPath: string | null;
  /** What the URL says; the connection itself always calls itself `alembic-review`. */
  readonly applicationName: string | null;
  /** Seconds; null: the product's own. */
  readonly connectTimeout: number | null;
  /** Other parameters of the URL, kept as written for the drivers that know them. Never a secret. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** libpq's `sslmode` (PostgreSQL documentation, "SSL Support", Table "SSL Mode Descriptions"). */
export type SslMode = 'disable' | 'allow' | 'prefer' | 'require' | 'verify-ca' | 'verify-full';

export const sslModes: readonly SslMode[] = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'];

/** A target with everything left out at libpq's usual value; forms and readers spread over it. */
export const plainTarget: ConnectionTarget = {
  driver: null,
  host: null,
  port: 5432,
  database: null,
  user: null,
  sslMode: 'prefer',
  sslRootCert: null,
  sslCert: null,
  sslKey: null,
  options: null,
  searchPath: null,
  applicationName: null,
  connectTimeout: null,
  parameters: {},
};

/** `ada@db.example.com:5432/scraper`: one line for a person; the port is left out where it is PostgreSQL's own. */
export function displayTarget(target: ConnectionTarget): string {
  const user = target.user === null ? '' : `${target.user}@`;
  return `${user}${displayHost(target)}/${target.database ?? target.user ?? ''}`;
}

/** `db.example.com`, `[::1]:5433`, `local socket`. */
export function displayHost(target: ConnectionTarget): string {
  const host = target.host === null ? 'local socket' : target.host.includes(':') ? `[${target.host}]` : target.host;
  return target.port === 5432 ? host : `${host}:${target.port}`;
}
