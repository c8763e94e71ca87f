import { connect } from '../database/connect';
import type { Database } from '../database/connect';
import { displayTarget } from '../database/connection-target';
import type { ConnectionTarget } from '../database/connection-target';
import { parseConnectionUrl } from '../database/connection-url';
import { explainConnectionError } from '../database/doctor';
import { libpqEnvironment } from '../database/libpq-environment';
import type { QualifiedName } from '../engine/schema/schema';
import type { Project } from '../engine/project/project';
import type { DatabaseOptions } from './command';
import { CommandFailure, unavailable, usage } from './failure';
import type { Io } from './io';

export interface OpenDatabase {
  readonly target: ConnectionTarget;
  /** For messages; never with the password. */
  readonly name: string;
  /** For Python's own connection to it, which is given it by standard input. Null: none was said. */
  readonly password: string | null;
  /** Runs work on the connection; a failure of the connection ends the command in words. */
  use<T>(work: (database: Database) => Promise<T>): Promise<T>;
}

/** Connects to the database that the options or DATABASE_URL name, and lets go afterwards. `null`: none is named. */
export async function withDatabase<T>(io: Io, options: DatabaseOptions, work: (database: OpenDatabase | null) => Promise<T>): Promise<T> {
  const url = options.offline ? null : (options.database ?? io.env['DATABASE_URL'] ?? null);
  if (url === null || url === '') return work(null);
  const parsed = parseConnectionUrl(url, libpqEnvironment(io.env));
  if (parsed.kind === 'invalid') {
    const source = options.database === null ? 'DATABASE_URL' : '--database';
    throw usage(`${source}: ${parsed.reason.text.replace(/\{(\w+)\}/g, (_, name: string) => String(parsed.reason.args[name] ?? ''))}`);
  }
  const { target } = parsed;
  const explained = async <R>(attempt: () => Promise<R>): Promise<R> => {
    try {
      return await attempt();
    } catch (error) {
      // What is said in words already has another reason than the connection.
      if (error instanceof CommandFailure) throw error;
      throw unavailable(explainConnectionError(error, target));
    }
  };
  const password = parsed.password ?? io.env['PGPASSWORD'] ?? null;
  const database = await explained(() => connect(target, password));
  try {
    return await work({ target, name: displayTarget(target), password, use: (inner) => explained(() => inner(database)) });
  } finally {
    await database.close();
  }
}

/** Where the project keeps the ids of applied revisions. */
export function versionTableOf(project: Project): QualifiedName {
  return { schema: project.env.versionTableSchema, name: project.env.versionTable };
}
