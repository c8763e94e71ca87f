import { lazy } from '../lazy';
import { sameName, type QualifiedName, type Schema } from '../schema/schema';
import { hazardOf, type HazardOptions } from './hazards';
import { noHazard, strongestLocks, type Hazard, type Lock } from './hazards/hazard';
import type { Operation } from './operation';
import type { SchemaStep } from './steps';
import { takesBack, Undoing } from './undoing';

export interface RunSettings extends HazardOptions {
  /** `supabase`: a SQL file, which the CLI sends as one. */
  readonly form: 'alembic' | 'supabase';
  /** As env.py says it; without it, all revisions of one `alembic upgrade` share a transaction. */
  readonly transactionPerMigration?: boolean;
}

/** Where an operation stands among the transactions of a run. */
export interface Placement {
  /** Operations of one number are committed, or undone, together. Counted from 0 in order. */
  readonly transaction: number;
  /** It stands in no transaction: each of its statements commits by itself, and what they lock is let go at once. */
  readonly autocommit: boolean;
  /** Other revisions of the same run may share the transaction: earlier ones the first, later ones the last. */
  readonly shared: boolean;
  /** A COMMIT or ROLLBACK written in SQL went before: what a transaction is now hangs on the driver. */
  readonly adrift: boolean;
  /** A ROLLBACK written in SQL undoes it. */
  readonly undone: boolean;
}

/**
 * Which transaction each operation of a script runs in. Source: Alembic, `MigrationContext.begin_transaction` and
 * `autocommit_block`; PostgreSQL documentation, "Multiple Statements in a Simple Query", for files that are sent as one.
 */
export function transactionsOf(operations: readonly Operation[], { form, transactionPerMigration = false }: RunSettings): readonly Placement[] {
  const placed: Placement[] = [];
  let transaction = 0;
  let inTransaction = true;
  let inBlock = false;
  let adrift = false;
  const next = (): void => {
    if (placed.at(-1)?.transaction === transaction) transaction++;
  };
  for (const [index, operation] of operations.entries()) {
    const isAlone = form === 'alembic' ? standsAlone(operation) : index === 0 && refusesTransaction(operation);
    if (isAlone !== inBlock) {
      // The block begins with a commit, and ends with a new transaction of Alembic's own.
      [inBlock, inTransaction, adrift] = [isAlone, !isAlone, false];
      next();
    }
    const control = operation.kind === 'execute' ? operation.control : undefined;
    if (control === 'begin') inTransaction = true;
    placed.push({ transaction, autocommit: !inTransaction, shared: false, adrift, undone: false });
    const ends = control === 'commit' || control === 'rollback';
    if (ends || control === 'chain' || !inTransaction) next();
    // In a file that is sent as one, the next statement begins a transaction of its own.
    if (ends && inTransaction && form === 'alembic') [inTransaction, adrift] = [false, !inBlock];
  }
  const undone = undoneOf(operations, form);
  const last = placed.at(-1)?.transaction;
  return placed.map((placement, index) => ({
    ...placement,
    shared: form === 'alembic' && !transactionPerMigration && !placement.autocommit && !placement.adrift && (placement.transaction === 0 || placement.transaction === last),
    undone: undone.has(index) && !placement.autocommit,
  }));
}

/** The places of operations that a ROLLBACK or ROLLBACK TO takes back, its own among them. */
function undoneOf(operations: readonly Operation[], form: RunSettings['form']): ReadonlySet<number> {
  const undone = new Set<number>();
  if (!operations.some(takesBack)) return undone;
  const undoing = new Undoing(0, () => form === 'supabase');
  operations.forEach((operation, index) => {
    undoing.enter(operation, index);
    const back = undoing.next(operation, index, index + 1);
    for (let at = back?.to ?? index + 1; at <= index; at++) undone.add(at);
  });
  return undone;
}

/** The first statement of a file that is sent as one begins the transaction only when it is done, so that it may refuse one. Source: `XACT_FLAGS_PIPELINING` in PostgreSQL's postgres.c. */
export function refusesTransaction(operation: Operation): boolean {
  if (operation.kind === 'execute') return /^\s*(?:vacuum\b|reindex\b[^;]*\bconcurrently\b)/i.test(operation.sql);
  return 'concurrently' in operation && operation.concurrently === true;
}

function standsAlone(operation: Operation): boolean {
  return operation.source?.autocommitBlock !== undefined || operation.online === true;
}

/** A step with what it means for a database in use. */
export interface Step extends SchemaStep {
  /** Locks on what the same transaction made are left out: nobody else can see it yet. */
  readonly hazard: Hazard;
  readonly placement: Placement;
  /** What earlier steps of the same transaction have locked, and nobody lets go before its end. */
  readonly held: readonly Lock[];
}

/** The steps of a script with their hazards and transactions; none of it is worked out before it is asked for. */
export function withHazards(steps: readonly SchemaStep[], settings: RunSettings): readonly Step[] {
  const placements = lazy(() => transactionsOf(steps.map((step) => step.operation), settings));
  const hazards = lazy(() => hazardsOf(steps, placements(), settings));
  const held = lazy(() => heldBefore(steps, placements(), hazards()));
  return steps.map((step, index) => new RunStep(step, index, placements, hazards, held));
}

class RunStep implements Step {
  readonly operation: Operation;
  readonly before: Schema;
  readonly after: Schema;

  constructor(
    { operation, before, after }: SchemaStep,
    private readonly index: number,
    private readonly placements: () => readonly Placement[],
    private readonly hazards: () => readonly Hazard[],
    private readonly locks: () => readonly Held[],
  ) {
    this.operation = operation;
    this.before = before;
    this.after = after;
  }

  get hazard(): Hazard {
    return this.hazards()[this.index] ?? noHazard;
  }

  get placement(): Placement {
    return this.placements()[this.index] ?? { transaction: this.index, autocommit: false, shared: false, adrift: false, undone: false };
  }

  get held(): readonly Lock[] {
    const { locks, count } = this.locks()[this.index] ?? { locks: [], count: 0 };
    return locks.slice(0, count);
  }
}

/** What each step does to what others can see. */
function hazardsOf(steps: readonly SchemaStep[], placements: readonly Placement[], settings: RunSettings): readonly Hazard[] {
  let current = -1;
  /** What the transaction made, and those of it that it filled. */
  let [fresh, filled]: [readonly QualifiedName[], readonly QualifiedName[]] = [[], []];
  return steps.map(({ operation, before }, index) => {
    const { transaction = 0, autocommit = false } = placements[index] ?? {};
    if (transaction !== current) [current, fresh, filled] = [transaction, [], []];
    const whole = hazardOf(operation, before, settings);
    const isFresh = (name: QualifiedName): boolean => isIn(fresh, name);
    const hazard: Hazard = fresh.length > 0
      ? { ...whole, locks: whole.locks.filter((lock) => !isFresh(lock)), work: whole.work.filter(({ kind, table }) => !isFresh(table) || kind === 'change_rows' || isIn(filled, table)), losses: whole.losses.filter(({ table }) => !isFresh(table) || isIn(filled, table)) }
      : whole;
    if (autocommit) return hazard;
    filled = [...filled, ...whole.work.flatMap(({ kind, table }) => (kind === 'change_rows' ? [table] : []))];
    const made = madeBy(operation);
    if (made !== null && !isIn(before.tables, made) && !isIn(before.views, made)) fresh = [...fresh, made];
    const moved = movedBy(operation, before.defaultSchema);
    if (moved !== null) [fresh, filled] = [fresh.map((name) => follow(name, moved)), filled.map((name) => follow(name, moved))];
    return hazard;
  });
}

/** The first of these locks: steps that lock one table after the other share one list. */
interface Held {
  readonly locks: readonly Lock[];
  readonly count: number;
}

/** What earlier steps of the same transaction have locked when each step begins. */
function heldBefore(steps: readonly SchemaStep[], placements: readonly Placement[], hazards: readonly Hazard[]): readonly Held[] {
  let current = -1;
  let locks: Lock[] = [];
  let names = new Set<string>();
  return steps.map(({ operation, before }, index) => {
    const { transaction = 0, autocommit = false } = placements[index] ?? {};
    if (transaction !== current) [current, locks, names] = [transaction, [], new Set()];
    const held = { locks, count: locks.length };
    if (autocommit) return held;
    for (const lock of hazards[index]?.locks ?? []) {
      if (names.has(lock.name)) locks = [...strongestLocks([lock], locks)];
      else locks.push(lock);
      names.add(lock.name);
    }
    const moved = movedBy(operation, before.defaultSchema);
    if (moved === null) return held;
    locks = locks.map((lock) => follow(lock, moved));
    names = new Set(locks.map(({ name }) => name));
    return held;
  });
}

function isIn(names: readonly QualifiedName[], name: QualifiedName): boolean {
  return names.some((other) => sameName(other, name));
}

function madeBy(operation: Operation): QualifiedName | null {
  if (operation.kind === 'create_table') return operation.table;
  if (operation.kind === 'create_view') return operation.view;
  return operation.kind === 'create_sequence' ? operation.sequence : null;
}

type Move = { readonly from: QualifiedName; readonly to: QualifiedName };

function follow<T extends QualifiedName>(name: T, { from, to }: Move): T {
  return sameName(name, from) ? { ...name, ...to } : name;
}

/** A lock stays on what it was taken on, whatever that is called from then on. */
function movedBy(operation: Operation, defaultSchema: string): Move | null {
  if (operation.kind === 'rename_table' || operation.kind === 'rename_sequence') return { from: operation, to: { schema: operation.schema, name: operation.newName } };
  if (operation.kind === 'set_table_schema') return { from: operation, to: { schema: operation.newSchema === defaultSchema ? null : operation.newSchema, name: operation.name } };
  return null;
}
