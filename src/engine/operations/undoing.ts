import type { Operation } from './operation';

/** What a ROLLBACK leads back to. */
export interface Undone<T> {
  readonly to: T;
  /** What it leads back to where the driver holds otherwise; the same as `to` where it does not matter. */
  readonly or: T;
}

interface Savepoint<T> {
  readonly name: string;
  readonly state: T;
}

/**
 * Follows BEGIN, COMMIT, ROLLBACK and savepoints that are written in SQL, and tells what a ROLLBACK takes back. `T` is any state that
 * operations lead through: a schema, a place in a list. A script begins in a transaction; behind a COMMIT or ROLLBACK of a Python
 * script, psycopg2 commits each statement by itself, while psycopg begins a new transaction. Source: PostgreSQL documentation,
 * ROLLBACK, ROLLBACK TO SAVEPOINT, "Multiple Statements in a Simple Query".
 */
export class Undoing<T> {
  private inTransaction = true;
  private inBlock = false;
  private block: number | undefined;
  /** Where the transaction at hand began, and where it did for a driver that begins one by itself. */
  private base: T;
  private other: T;
  private savepoints: readonly Savepoint<T>[] = [];

  constructor(
    start: T,
    private readonly sentAsOne: (operation: Operation) => boolean = isOfSqlFile,
  ) {
    this.base = start;
    this.other = start;
  }

  /** To be told of each operation before it is done, with the state at that point. Gives what is lost there, or null. */
  enter(operation: Operation, before: T): Undone<T> | null {
    const block = operation.source?.autocommitBlock;
    const isAlone = block !== undefined || operation.online === true;
    // A BEGIN that a block leaves open is lost with psycopg2 where the next block follows at once.
    const lost = isAlone && this.inBlock && block !== this.block && this.inTransaction ? this.base : null;
    this.block = block;
    if (lost !== null) {
      this.inTransaction = false;
      this.savepoints = [];
    }
    if (isAlone !== this.inBlock) {
      // The block begins with a commit, and ends with a new transaction of Alembic's own.
      const open = this.inBlock && this.inTransaction ? this.base : before;
      [this.inBlock, this.inTransaction] = [isAlone, !isAlone];
      this.begin(before);
      // A BEGIN that the block leaves open is not committed by every driver.
      this.other = open;
    }
    return lost === null ? null : { to: before, or: lost };
  }

  /** The operation that was entered, with the state that it meets and the one behind it. Null: it takes nothing back. */
  next(operation: Operation, before: T, after: T): Undone<T> | null {
    if (!this.inTransaction) {
      this.base = before;
      if (this.inBlock) this.other = before;
    }
    if (operation.kind !== 'execute') return null;
    const { control, savepoint } = operation;
    if (savepoint !== undefined) return this.atSavepoint(savepoint, after);
    if (control === 'begin') this.inTransaction = true;
    if (control !== 'commit' && control !== 'rollback' && control !== 'chain') return null;
    const undone = operation.rollback === true ? { to: this.base, or: operation.source?.uncertain === undefined ? this.other : after } : null;
    // The new transaction begins where this one leads back to.
    this.begin(undone === null ? after : undone.to);
    if (control !== 'chain' && !this.sentAsOne(operation)) this.inTransaction = false;
    return undone;
  }

  private begin(at: T): void {
    [this.base, this.other, this.savepoints] = [at, at, []];
  }

  private atSavepoint({ does, name }: NonNullable<Extract<Operation, { kind: 'execute' }>['savepoint']>, after: T): Undone<T> | null {
    const index = this.savepoints.findLastIndex((one) => one.name === name);
    const found = this.savepoints[index];
    if (does === 'set') this.savepoints = [...this.savepoints, { name, state: after }];
    if (found === undefined || does === 'set') return null;
    this.savepoints = this.savepoints.slice(0, does === 'return' ? index + 1 : index);
    return does === 'return' ? { to: found.state, or: found.state } : null;
  }
}

/** Whether an operation is a ROLLBACK of any kind: most scripts have none. */
export function takesBack(operation: Operation): boolean {
  return operation.kind === 'execute' && (operation.rollback === true || operation.savepoint?.does === 'return');
}

function isOfSqlFile({ source }: Operation): boolean {
  return source?.path.endsWith('.sql') === true;
}
