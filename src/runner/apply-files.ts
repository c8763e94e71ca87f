import { ApplyFailure, applySupabase, backendOf, type SqlMigration } from '../database/apply-supabase';
import { cancelBackends, readInvalidIndexes, type Blocker } from '../database/backends';
import { connect } from '../database/connect';
import type { ConnectionTarget } from '../database/connection-target';
import { noTimeouts, type Timeouts } from '../database/timeouts';
import { readApplied } from '../database/versions';
import type { Database } from '../database/connect';
import { message } from '../engine/text/problem';
import { RunnerFailure } from './failure';
import { whereItStands, type MigrateOutcome, type MigrateProgress } from './migrate';
import type { MigrationPlan } from './plan';
import { watchLocks, type LockWatch } from './watch-locks';

export interface ApplyRequest {
  readonly target: ConnectionTarget;
  readonly password: string | null;
  readonly migrations: readonly SqlMigration[];
  /** Which versions the database had when the files were shown; it is left alone when it has others now. */
  readonly heads: readonly string[];
  /** How long its statements wait; what a file sets itself wins. Absent: as the server has it. */
  readonly timeouts?: Timeouts;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: MigrateProgress) => void) | undefined;
  /** Gets the server process that is at work for the run. */
  readonly onServerProcess?: ((pid: number) => void) | undefined;
}

/** The files as the steps of a plan, to be told of like revisions. */
export function filesPlan(migrations: readonly Pick<SqlMigration, 'version' | 'name'>[], heads: readonly string[]): MigrationPlan {
  const steps = migrations.map(({ version, name }, index) => ({
    id: version,
    message: name.replaceAll('_', ' '),
    up: true,
    rows: [{ kind: 'insert' as const, to: version }],
    heads: [...heads, ...migrations.slice(0, index + 1).map((one) => one.version)].sort(),
  }));
  return { verb: 'upgrade', revisions: ['head'], heads, steps };
}

/**
 * Runs SQL migrations as Supabase's CLI would, one transaction a file, with its bookkeeping. Afterwards the versions are read on
 * a connection of its own: the outcome tells what stands. Rejects only when the database can't be reached at the start.
 */
export async function applyFiles(request: ApplyRequest): Promise<MigrateOutcome> {
  const { target, password, migrations, heads, timeouts = noTimeouts, signal, onProgress } = request;
  const plan = filesPlan(migrations, heads);
  const closing = new AbortController();
  // The statements take as long as they take.
  const writer = await connect(target, password, { signal: closing.signal, statementTimeout: 0 });
  const pid = backendOf(writer);
  if (pid !== null) request.onServerProcess?.(pid);
  let failure: RunnerFailure | null = null;
  let committed = false;
  let heldBy: readonly Blocker[] = [];
  let invalidBefore: readonly string[] = [];
  try {
    invalidBefore = await readInvalidIndexes(writer);
    const before = (await readApplied(writer, 'supabase')).applied;
    if (before.join() !== [...heads].join()) throw new RunnerFailure('moved', message('The database has other versions now than when the files were shown. Nothing was run.', {}), '');
    const watcher = await connect(target, password, { signal: closing.signal });
    await watched(writer, watcher, pid, request, async (watch) => {
      let count = 0;
      const tell = (index: number, statement: number): void => {
        const step = plan.steps[index];
        const sql = migrations[index]?.statements[statement] ?? '';
        if (statement === 0 && step !== undefined) onProgress?.({ kind: 'step', index, total: plan.steps.length, step });
        onProgress?.({ kind: 'statement', count: ++count, sql: sql.replace(/\s+/g, ' ').slice(0, 160) });
      };
      await applySupabase(writer, migrations, tell, timeouts).catch((error: unknown) => {
        if (error instanceof ApplyFailure && error.sqlstate === '55P03') heldBy = watch.lastSeen();
        throw error;
      });
    });
  } catch (error) {
    if (error instanceof ApplyFailure) committed = error.committed;
    failure = error instanceof RunnerFailure ? error : explain(error);
  } finally {
    await Promise.race([writer.close(), new Promise((resolve) => setTimeout(resolve, 1_000))]);
    closing.abort(new Error('The run is over.'));
  }
  const cancelled = failure !== null && signal?.aborted === true;
  const standing = await whereItStands(target, password, (database) => readApplied(database, 'supabase'), plan, pid === null ? [] : [pid]);
  return { ...standing, kind: failure === null ? 'done' : cancelled ? 'cancelled' : 'failed', failure: cancelled ? null : failure, committed, heldBy, invalidIndexes: standing.invalidIndexes.filter((name) => !invalidBefore.includes(name)) };
}

async function watched(writer: Database, watcher: Database, pid: number | null, { timeouts, signal, onProgress }: ApplyRequest, work: (watch: LockWatch) => Promise<void>): Promise<void> {
  const pids = new Set(pid === null ? [] : [pid]);
  const watch = watchLocks(watcher, pids, (waiting) => onProgress?.(waiting), timeouts?.lock);
  const stop = async (): Promise<void> => {
    onProgress?.({ kind: 'stopping' });
    // Between two statements there is nothing to cancel yet.
    for (let tries = 0; tries < 10 && !watch.hasEnded(); tries++) {
      if (pid === null) break;
      await cancelBackends(watcher, [pid]).catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    if (!watch.hasEnded()) await writer.close();
  };
  const abort = (): void => void stop();
  signal?.addEventListener('abort', abort, { once: true });
  try {
    signal?.throwIfAborted();
    await work(watch);
  } finally {
    signal?.removeEventListener('abort', abort);
    watch.end();
  }
}

function explain(error: unknown): RunnerFailure {
  if (!(error instanceof ApplyFailure)) return new RunnerFailure('sql', message('{reason}', { reason: error instanceof Error ? error.message : String(error) }), '');
  const { migration, index, sqlstate, reason } = error;
  const file = `${migration.version}_${migration.name}.sql`;
  const statement = migration.statements[index];
  if (statement === undefined) return new RunnerFailure('sql', message('Noting {file} down as applied failed ({sqlstate}): {reason}', { file, sqlstate: sqlstate ?? '', reason }), '');
  return new RunnerFailure('sql', message('Statement {number} of {file} failed ({sqlstate}): {reason}', { number: index + 1, file, sqlstate: sqlstate ?? '', reason }), statement);
}
