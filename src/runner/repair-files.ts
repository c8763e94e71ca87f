import { repairSupabase, type SqlMigration } from '../database/apply-supabase';
import { connect } from '../database/connect';
import type { ConnectionTarget } from '../database/connection-target';
import type { Timeouts } from '../database/timeouts';
import { readApplied } from '../database/versions';
import { message } from '../engine/text/problem';
import { RunnerFailure } from './failure';
import { whereItStands, type MigrateOutcome } from './migrate';
import type { MigrationPlan } from './plan';
import type { VersionRow } from './helper-answer';

/** What a stamp of SQL migrations changes: only rows of `supabase_migrations.schema_migrations`. */
export interface Repair {
  /** Files that are noted down as applied; one that is already gets its name and statements of today. */
  readonly applied: readonly SqlMigration[];
  /** Versions that are taken back. */
  readonly reverted: readonly string[];
}

export interface RepairRequest {
  readonly target: ConnectionTarget;
  readonly password: string | null;
  readonly repair: Repair;
  /** Which versions the database had when the change was shown; it is left alone when it has others now. */
  readonly heads: readonly string[];
  /** How long it waits; absent: as the server has it. */
  readonly timeouts?: Timeouts;
  readonly signal?: AbortSignal | undefined;
}

/** A repair as the one step of a plan, to be told of like Alembic's `stamp`. */
export function repairPlan({ applied, reverted }: Repair, heads: readonly string[]): MigrationPlan {
  const rows: readonly VersionRow[] = [...applied.filter(({ version }) => !heads.includes(version)).map(({ version }) => ({ kind: 'insert' as const, to: version })), ...reverted.map((version) => ({ kind: 'delete' as const, from: version }))];
  const after = [...new Set([...heads, ...applied.map(({ version }) => version)])].filter((version) => !reverted.includes(version)).sort();
  return { verb: 'stamp', revisions: applied.map(({ version }) => version), heads, steps: [{ id: null, message: '', up: true, rows, heads: after }] };
}

/**
 * Notes SQL migrations down as applied, and takes versions back, as `supabase migration repair` does: no migration runs. Afterwards the
 * versions are read on a connection of its own: the outcome tells what stands. Rejects only when the database can't be reached at the start.
 */
export async function repairFiles({ target, password, repair, heads, timeouts, signal }: RepairRequest): Promise<MigrateOutcome> {
  const plan = repairPlan(repair, heads);
  const closing = new AbortController();
  const stop = (): void => closing.abort(signal?.reason);
  const writer = await connect(target, password, { signal: closing.signal });
  signal?.addEventListener('abort', stop, { once: true });
  let failure: RunnerFailure | null = null;
  try {
    signal?.throwIfAborted();
    const before = (await readApplied(writer, 'supabase')).applied;
    if (before.join() !== [...heads].join()) throw new RunnerFailure('moved', message('The database has other versions now than when the change was shown. Nothing was changed.', {}), '');
    await repairSupabase(writer, repair.applied, repair.reverted, timeouts);
  } catch (error) {
    failure = error instanceof RunnerFailure ? error : new RunnerFailure('sql', message('supabase_migrations.schema_migrations can’t be changed{state}: {reason}', { state: sqlstateOf(error), reason: error instanceof Error ? error.message : String(error) }), '');
  } finally {
    signal?.removeEventListener('abort', stop);
    await Promise.race([writer.close(), new Promise((resolve) => setTimeout(resolve, 1_000))]);
    closing.abort(new Error('The run is over.'));
  }
  const cancelled = failure !== null && signal?.aborted === true;
  const standing = await whereItStands(target, password, (database) => readApplied(database, 'supabase'), plan, []);
  return { ...standing, kind: failure === null ? 'done' : cancelled ? 'cancelled' : 'failed', failure: cancelled ? null : failure, committed: false, heldBy: [], invalidIndexes: [] };
}

function sqlstateOf(error: unknown): string {
  const { code } = error as { readonly code?: string };
  return code === undefined ? '' : ` (${code})`;
}
