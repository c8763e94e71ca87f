import { holdingLock } from '../database/advisory-lock';
import type { Database } from '../database/connect';
import type { ConnectionTarget } from '../database/connection-target';
import { parseConnectionUrl, toSqlAlchemyUrl } from '../database/connection-url';
import { localHost, localUser } from '../database/transport';
import type { Project } from '../engine/project/project';
import { explainAnswer } from './failure';
import { scriptRequest } from './request';
import type { RevisionToRender } from './request';
import { runHelper } from './run-helper';

export interface AutogenerateRequest {
  readonly project: Project;
  /** The interpreter that has the project's Alembic. */
  readonly python: string;
  /** Which database; the run is refused when env.py opens another one. Not used for anything else meanwhile. */
  readonly database: Database;
  readonly password: string | null;
  /** What the revision is to be called and to stand on, so that nothing differs but what is compared. */
  readonly revision: RevisionToRender;
  /** Where the draft lies. */
  readonly path: string;
  /** Revision files that Alembic is not to know: the draft, and what stands on it. */
  readonly leaveOut: readonly string[];
  readonly signal?: AbortSignal | undefined;
  readonly log?: ((line: string) => void) | undefined;
}

/**
 * The revision files that `alembic revision --autogenerate` would write, by the project's own env.py, template and
 * options; none when its hooks let nothing through. Runs the project's Python. Writes no file; the session is read only.
 * Rejects with a RunnerFailure that says why it can't be done, or with the signal's reason.
 */
export async function autogenerateByAlembic(request: AutogenerateRequest): Promise<readonly string[]> {
  const { project, python, database, password, signal, log } = request;
  const { target } = database;
  const folder = project.runsIn ?? project.root;
  const answer = await holdingLock(database, (lock) =>
    runHelper({
      python,
      folder,
      request: {
        ...scriptRequest(project, request),
        kind: 'compare',
        lock,
        readOnly: true,
        urls: Object.fromEntries(drivers.map((driver) => [driver ?? '', urlFor(target, password, driver)])),
        drivers: [driverOf(project.url), target.driver].filter((driver) => driver !== null),
        envPath: project.env.path,
      },
      secrets: password === null ? [] : [password],
      signal,
      log,
    }),
  );
  if (answer.kind !== 'done') throw explainAnswer(answer, { python, target });
  return answer.texts;
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
