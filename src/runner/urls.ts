import type { ConnectionTarget } from '../database/connection-target';
import { parseConnectionUrl, toSqlAlchemyUrl } from '../database/connection-url';
import { localHost, localUser } from '../database/transport';
import type { Project } from '../engine/project/project';

/** The part of a request that says which database env.py is to open: its URL for each driver, since only Python knows which are installed. */
export function urlRequest(project: Project, target: ConnectionTarget, password: string | null): Readonly<Record<string, unknown>> {
  return {
    urls: Object.fromEntries(drivers.map((driver) => [driver ?? '', urlFor(target, password, driver)])),
    drivers: [driverOf(project.url), target.driver].filter((driver) => driver !== null),
    envPath: project.env.path,
    searchPath: target.searchPath,
  };
}

/** SQLAlchemy's drivers for PostgreSQL that env.py may have; null: SQLAlchemy chooses. */
const drivers = [null, 'psycopg2', 'psycopg', 'asyncpg', 'pg8000'] as const;

/**
 * The URL of the chosen database for a driver. What a server is when none is named differs between clients, so it is
 * named; parameters go only to a driver that knows them: asyncpg and pg8000 refuse libpq's.
 */
function urlFor(target: ConnectionTarget, password: string | null, driver: string | null): string {
  const user = target.user ?? localUser();
  const named = { ...target, host: target.host ?? localHost(target.port), user, database: target.database ?? user };
  if (driver !== 'asyncpg' && driver !== 'pg8000') {
    const parameters = target.driver === null || isLibpq(target.driver) ? target.parameters : {};
    return toSqlAlchemyUrl({ ...named, parameters }, password, driver);
  }
  const parameters = target.driver === driver ? target.parameters : {};
  const plain = { ...named, parameters, sslRootCert: null, sslCert: null, sslKey: null, options: null, searchPath: null, applicationName: null, connectTimeout: null };
  return toSqlAlchemyUrl(driver === 'asyncpg' ? plain : { ...plain, sslMode: 'prefer' }, password, driver);
}

function isLibpq(driver: string): boolean {
  return driver.startsWith('psycopg');
}

function driverOf(url: string | null): string | null {
  const parsed = url === null ? null : parseConnectionUrl(url);
  return parsed?.kind === 'target' ? parsed.target.driver : null;
}
