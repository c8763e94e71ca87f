import { sameName, type QualifiedName, type Schema } from '../schema/schema';
import { message } from '../text/problem';
import type { Operation } from './operation';
import { resolveOperation } from './resolve';
import { stepsOf, type SchemaStep } from './steps';
import { Undoing, type Undone } from './undoing';

/**
 * Each operation with the state it meets and leaves. SQL names types, tables and columns without saying what they are: what
 * a schema tells of them is filled in at that point. A ROLLBACK leaves the state at the beginning of its transaction.
 */
export function resolvedSteps(start: Schema, operations: readonly Operation[]): readonly SchemaStep[] {
  const replay = new Replay(start);
  return operations.flatMap((operation) => replay.next(operation));
}

/** A script whose operations come one after the other. */
export class Replay {
  private readonly undoing: Undoing<Schema>;

  constructor(private now: Schema) {
    this.undoing = new Undoing(now);
  }

  get schema(): Schema {
    return this.now;
  }

  next(operation: Operation): readonly SchemaStep[] {
    const lost = this.undoing.enter(operation, this.now);
    if (lost !== null) this.now = wentBack(this.now, lost);
    const steps = stepsOf(this.now, resolveOperation(this.now, operation));
    const last = steps.at(-1);
    const after = last?.after ?? this.now;
    const undone = this.undoing.next(operation, this.now, after);
    this.now = undone === null ? after : wentBack(after, undone);
    return undone === null || last === undefined ? steps : [...steps.slice(0, -1), { ...last, after: this.now }];
  }
}

/** The schema behind a ROLLBACK; where it hangs on something unknown which one that is, what differs may be either way. */
function wentBack(before: Schema, { to, or }: Undone<Schema>): Schema {
  if (to === or) return to;
  const reason = message('What this ROLLBACK takes back hangs on the driver, or on a condition that is not known.');
  return { ...to, unknown: [...to.unknown, { reason, tables: changedBetween(before, to, or) }] };
}

/** Tables that are not the same in all of them; null: something else is not. */
function changedBetween(...schemas: readonly Schema[]): readonly QualifiedName[] | null {
  const [first, ...others] = schemas;
  if (first === undefined) return [];
  const { tables: _tables, unknown: _unknown, ...rest } = first;
  if (others.some((other) => Object.entries(rest).some(([key, value]) => other[key as keyof Schema] !== value))) return null;
  const names = schemas.flatMap(({ tables }) => tables).filter((table, index, all) => all.findIndex((other) => sameName(other, table)) === index);
  return names.filter((name) => new Set(schemas.map(({ tables }) => tables.find((table) => sameName(table, name)))).size > 1).map(({ schema, name }) => ({ schema, name }));
}
