/**
 * The main job, from end to end on real parts: a database at the project's head with rows in it, a draft, and real Alembic.
 *
 *     upgrade      the rows keep their values, but for what was answered; `alembic check` finds nothing more to do
 *     downgrade    the old schema and rows are back
 *     upgrade      works again, and leads to the same schema and rows
 */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { PostgresServer } from '../harness/postgres';
import type { PythonEnvironment } from '../harness/python';
import { rowDifferences, rowsAfterDowngrade, rowsAfterUpgrade, snapshotRows } from './rows';
import type { RowChanges, RowSnapshot } from './rows';
import { schemaText, textDifferences } from './schema-text';

export interface RoundTrip {
  readonly server: PostgresServer;
  readonly python: PythonEnvironment;
  /** The project's folder. It is copied: nothing is written there. */
  readonly project: string;
  /** A file of SQL with rows for the schema at the head. */
  readonly rows?: string;
  /** Gives the draft once the old schema and its rows stand. It is written to `path`, in the copy. */
  readonly draft: (prepared: Prepared) => Draft | Promise<Draft>;
  /** What the draft is meant to do to rows. */
  readonly changes?: RowChanges;
  /** `alembic check` must find nothing; default true. */
  readonly check?: boolean;
  /** Looks at the database after the first upgrade. */
  readonly upgraded?: (prepared: Prepared) => Promise<void>;
  /** The database that is made for it; a name of its own when nothing is said. */
  readonly database?: string;
  /** Hears of each stage that held. */
  readonly held?: (stage: string) => void;
}

export interface Prepared {
  /** The copied project. */
  readonly project: string;
  readonly database: string;
  readonly databaseUrl: string;
}

export interface Draft {
  /** Relative to the project, or absolute in it. */
  readonly path: string;
  readonly text: string;
}

export interface RoundTripResult {
  readonly before: State;
  readonly upgraded: State;
}

export interface State {
  readonly schema: readonly string[];
  readonly rows: RowSnapshot;
}

/** Says at which stage it did not hold, and what differed. */
export class RoundTripFailure extends Error {
  constructor(readonly stage: string, readonly details: readonly string[]) {
    super(`${stage}:\n${details.join('\n')}`);
  }
}

export async function migrationRoundTrip(trip: RoundTrip): Promise<RoundTripResult> {
  const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'alembic-review-trip-')));
  const database = trip.database ?? `trip_${path.basename(folder).slice(-6).toLowerCase()}_${process.pid}`;
  const project = path.join(folder, path.basename(trip.project));
  try {
    cpSync(trip.project, project, { recursive: true, filter: (source) => path.basename(source) !== '__pycache__' });
    const prepared = { project, database, databaseUrl: await trip.server.createDatabase(database) };
    return await travel(trip, prepared);
  } finally {
    await trip.server.dropDatabase(database);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function travel(trip: RoundTrip, prepared: Prepared): Promise<RoundTripResult> {
  const { server, changes = {} } = trip;
  const alembic = async (stage: string, ...args: readonly string[]) => {
    const { code, stdout, stderr } = await trip.python.tryAlembic(prepared.project, args, prepared);
    if (code !== 0) throw new RoundTripFailure(stage, [stdout.trim(), stderr.trim()]);
    trip.held?.(stage);
  };
  const state = async (): Promise<State> => ({ schema: await schemaText(server, prepared.database), rows: await snapshotRows(server, prepared.database) });
  const hold = (stage: string, details: readonly string[]) => {
    if (details.length > 0) throw new RoundTripFailure(stage, details);
    trip.held?.(stage);
  };

  await alembic('the history up to the old state', 'upgrade', 'heads');
  if (trip.rows !== undefined) await server.query(readFileSync(trip.rows, 'utf8'), prepared.database);
  const before = await state();

  const draft = await trip.draft(prepared);
  const file = path.resolve(prepared.project, draft.path);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, draft.text);

  await alembic('upgrade', 'upgrade', 'heads');
  const upgraded = await state();
  hold('rows after the upgrade', rowDifferences(rowsAfterUpgrade(before.rows, changes), upgraded.rows));
  if (trip.check !== false) await alembic('alembic check', 'check');
  await trip.upgraded?.(prepared);

  await alembic('downgrade', 'downgrade', '-1');
  const back = await state();
  hold('schema after the downgrade', textDifferences(before.schema, back.schema));
  hold('rows after the downgrade', rowDifferences(rowsAfterDowngrade(before.rows, changes), back.rows));

  await alembic('second upgrade', 'upgrade', 'heads');
  const again = await state();
  hold('schema after the second upgrade', textDifferences(upgraded.schema, again.schema));
  hold('rows after the second upgrade', rowDifferences(rowsAfterUpgrade(before.rows, changes), again.rows));
  return { before, upgraded };
}
