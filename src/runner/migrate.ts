import { holdingLock } from '../database/advisory-lock';
import { livingBackends, cancelBackends, readInvalidIndexes, terminateBackends, type Blocker } from '../database/backends';
import { connect, type Database } from '../database/connect';
import { displayTarget, type ConnectionTarget } from '../database/connection-target';
import { explainConnectionError } from '../database/doctor';
import { noTimeouts, type Timeouts } from '../database/timeouts';
import { readVersions, type AppliedVersions } from '../database/versions';
import type { Project } from '../engine/project/project';
import type { QualifiedName } from '../engine/schema/schema';
import { message, type Message } from '../engine/text/problem';
import { explainAnswer, RunnerFailure } from './failure';
import { stepsDone, type MigrationPlan } from './plan';
import type { HelperAnswer, HelperEvent, PlannedStep } from './helper-answer';
import { runHelper } from './run-helper';
import { urlRequest } from './urls';
import { watchLocks, type LockWatch, type Waiting } from './watch-locks';

export interface MigrateRequest {
  readonly project: Project;
  /** The interpreter that has the project's Alembic. */
  readonly python: string;
  readonly target: ConnectionTarget;
  readonly password: string | null;
  readonly versionTable: QualifiedName;
  /** What was shown and agreed to; anything else is not run. */
  readonly plan: MigrationPlan;
  /** What env.py gets by `context.get_x_argument()`: `alembic -x key=value`. */
  readonly xArguments?: readonly string[];
  /** How long its statements wait; what env.py or a migration sets itself wins. Absent: as it is set there. */
  readonly timeouts?: Timeouts;
  /** Aborting stops the run: what its transaction did is rolled back. The outcome still tells where the database stands. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: MigrateProgress) => void) | undefined;
  /** Gets each server process that is at work for the run. */
  readonly onServerProcess?: ((pid: number) => void) | undefined;
  readonly log?: ((line: string) => void) | undefined;
}

export type MigrateProgress =
  | { readonly kind: 'step'; readonly index: number; readonly total: number; readonly step: PlannedStep }
  | { readonly kind: 'statement'; readonly count: number; readonly sql: string }
  | Waiting
  /** It was asked to stop and has not yet. */
  | { readonly kind: 'stopping' };

export interface MigrateOutcome {
  readonly kind: 'done' | 'failed' | 'cancelled';
  /** Of `failed`. */
  readonly failure: RunnerFailure | null;
  /** What the version table holds afterwards, as it was read on a new connection; null: it could not be read. */
  readonly applied: readonly string[] | null;
  /** Why it could not be read, or may still change. */
  readonly doubt: Message | null;
  /** How many of the planned steps stand; null: that is not known, or somebody else moved it. */
  readonly steps: number | null;
  /** The step that did not end had committed something already (autocommit block, COMMIT), which stands. */
  readonly committed: boolean;
  /** Who held the lock that did not come in time (55P03). */
  readonly heldBy: readonly Blocker[];
  /** Indexes that an interrupted CREATE INDEX CONCURRENTLY left behind. */
  readonly invalidIndexes: readonly string[];
}

/**
 * Runs `alembic upgrade`, `downgrade` or `stamp` of the project's own Alembic on a database. env.py's connections must prove
 * to be to that very database before any statement of theirs. Afterwards the version table is read on a connection of its
 * own, whatever happened: the outcome tells what stands, and not what was meant. Rejects only when the database can't be
 * reached at the start, with that error: nothing was begun then.
 */
export async function migrateByAlembic(request: MigrateRequest): Promise<MigrateOutcome> {
  const { target, password, plan, versionTable, signal } = request;
  const closing = new AbortController();
  const holder = await connect(target, password, { signal: closing.signal });
  let watcher: Database | null = null;
  const seen: Seen = { pids: new Set(), autocommits: new Set(), heldBy: [] };
  let invalidBefore: readonly string[] = [];
  let answer: HelperAnswer | RunnerFailure;
  try {
    invalidBefore = await readInvalidIndexes(holder);
    watcher = await connect(target, password, { signal: closing.signal });
    answer = await work(request, holder, watcher, seen);
  } finally {
    // A connection that is stuck is not waited for.
    await Promise.race([Promise.all([holder.close(), watcher?.close()]), sleep(1_000)]);
    closing.abort();
  }
  const cancelled = signal?.aborted === true && (answer instanceof RunnerFailure || answer.kind !== 'done');
  const failure = answer instanceof RunnerFailure ? answer : answer.kind === 'done' ? null : explainAnswer(answer, { python: request.python, target, migrates: true });
  const standing = await whereItStands(target, password, (database) => readVersions(database, versionTable), plan, [...seen.pids]);
  return {
    ...standing,
    kind: failure === null ? 'done' : cancelled ? 'cancelled' : 'failed',
    failure: cancelled ? null : failure,
    heldBy: seen.heldBy,
    committed: failure !== null && [...seen.autocommits].some((index) => index >= (standing.steps ?? 0)),
    invalidIndexes: standing.invalidIndexes.filter((name) => !invalidBefore.includes(name)),
  };
}

interface Seen {
  heldBy: readonly Blocker[];
  /** The server processes of env.py's connections. */
  readonly pids: Set<number>;
  /** Steps that committed by themselves. */
  readonly autocommits: Set<number>;
}

async function work(request: MigrateRequest, holder: Database, watcher: Database, seen: Seen): Promise<HelperAnswer | RunnerFailure> {
  const { project, python, target, password, plan, signal, log, onProgress, timeouts = noTimeouts, xArguments = [] } = request;
  const { pids, autocommits } = seen;
  const killing = new AbortController();
  const watch = watchLocks(watcher, pids, (waiting) => onProgress?.(waiting), timeouts.lock);
  const stop = (): void => {
    onProgress?.({ kind: 'stopping' });
    void stopRun(watcher, watch, pids, killing);
  };
  signal?.addEventListener('abort', stop, { once: true });
  if (signal?.aborted === true) stop();
  const heard = (event: HelperEvent): void => {
    const step = event.event === 'step' ? plan.steps[event.index] : undefined;
    if (event.event === 'connected' && event.pid !== null) {
      pids.add(event.pid);
      request.onServerProcess?.(event.pid);
    }
    if (event.event === 'autocommit') autocommits.add(event.index);
    if (event.event === 'statement') onProgress?.({ kind: 'statement', count: event.count, sql: event.sql });
    if (event.event === 'step' && step !== undefined) onProgress?.({ kind: 'step', index: event.index, total: plan.steps.length, step });
  };
  const { configPath, section, scriptLocation } = project;
  try {
    const answer = await proving(holder, (lock) =>
      runHelper({
        python,
        folder: project.runsIn ?? project.root,
        request: { kind: 'move', configPath, section, scriptLocation, verb: plan.verb, revisions: plan.revisions, planned: plan.steps, lock, timeouts: settingsOf(timeouts), xArguments, versionTable: request.versionTable, ...urlRequest(project, target, password) },
        secrets: password === null ? [] : [password],
        signal: killing.signal,
        interrupt: signal,
        onEvent: heard,
        log,
      }),
    );
    if (answer.kind === 'failed' && answer.sqlstate === '55P03') seen.heldBy = watch.lastSeen();
    return answer;
  } catch (error) {
    if (error instanceof RunnerFailure) return error;
    if (killing.signal.aborted) return new RunnerFailure('ended', message('Python did not stop when it was asked to, and was ended.', {}), '');
    throw error;
  } finally {
    signal?.removeEventListener('abort', stop);
    watch.end();
    killing.abort();
  }
}

/** By their names in PostgreSQL. */
function settingsOf({ lock, statement }: Timeouts): Readonly<Record<string, number>> {
  return { ...(lock !== null && { lock_timeout: lock }), ...(statement !== null && { statement_timeout: statement }) };
}

/** `holdingLock`, of which only the work is waited for: a server that is gone never says that it let go. */
function proving<T>(holder: Database, work: (lock: string) => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    holdingLock(holder, async (lock) => {
      await work(lock).then(resolve, reject);
    }).catch(reject);
  });
}

/** Until it has stopped, the statements that run are cancelled; what does not stop for that is ended, and rolled back by the server. */
async function stopRun(watcher: Database, watch: LockWatch, pids: ReadonlySet<number>, killing: AbortController): Promise<void> {
  const deadline = Date.now() + patience;
  while (Date.now() < deadline && !killing.signal.aborted) {
    await within(1_000, cancelBackends(watcher, [...pids])).catch(() => undefined);
    await sleep(300);
    if (watch.hasEnded()) return;
  }
  killing.abort();
}

/** Milliseconds that Python has to stop by itself. */
const patience = 6_000;

/** Reads where a database stands once none of the run's server processes `pids` is at work any more. Never rejects. */
export async function whereItStands(
  target: ConnectionTarget,
  password: string | null,
  read: (database: Database) => Promise<AppliedVersions>,
  plan: MigrationPlan,
  pids: readonly number[],
): Promise<Pick<MigrateOutcome, 'applied' | 'doubt' | 'steps' | 'invalidIndexes'>> {
  try {
    const database = await connect(target, password, { connectTimeout: 5_000, statementTimeout: 10_000 });
    try {
      const left = await untilGone(database, pids);
      const versions = await within(10_000, read(database));
      const [obstacle] = versions.problems;
      const doubt = obstacle?.message ?? (left.length === 0 ? null : message('The server process {pids} of the run is still at work: it may change yet.', { pids: left.join(', ') }));
      const applied = obstacle === undefined ? versions.applied : null;
      return { applied, doubt, steps: applied === null ? null : stepsDone(plan, applied), invalidIndexes: await readInvalidIndexes(database) };
    } finally {
      void database.close();
    }
  } catch (error) {
    return { applied: null, doubt: message('Where {target} stands is not known, since it could not be asked: {reason} What was not committed, the server takes back by itself. Look again (Refresh, alembic-review status) when it can be reached.', { target: displayTarget(target), reason: wordsOf(error, target) }), steps: null, invalidIndexes: [] };
  }
}

function wordsOf(error: unknown, target: ConnectionTarget): string {
  const { text, args } = explainConnectionError(error, target);
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(args[name] ?? ''));
}

/** The processes of the run that are left, after they were given time, and then ended. */
async function untilGone(database: Database, pids: readonly number[]): Promise<readonly number[]> {
  if (pids.length === 0) return [];
  const started = Date.now();
  for (let ended = false; ; ) {
    const left = await within(5_000, livingBackends(database, pids));
    if (left.length === 0 || Date.now() - started > 12_000) return left;
    if (!ended && Date.now() - started > 2_000) {
      ended = true;
      await terminateBackends(database, left).catch(() => undefined);
    }
    await sleep(200);
  }
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** A network that is cut says nothing: who waits for ever would never tell. */
async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => (timer = setTimeout(() => reject(new Error(`no answer for ${milliseconds / 1000} s`)), milliseconds)));
  work.catch(() => undefined);
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
