import type { Operation } from '../../operations/operation';
import { findTable } from '../../schema/lookup';
import type { Step } from '../rule';
import { isMaybe } from './known';

/**
 * The step's operation with the name that PostgreSQL gives its constraint, where none is written; what adds no constraint as it is. Null: what
 * else the table has is not known, so the name may be another.
 */
export function withName({ operation, before, after }: Step): Operation | null {
  const name = nameGiven(operation, { before, after });
  if (name === undefined) return operation;
  if (name === null) return null;
  switch (operation.kind) {
    case 'create_primary_key':
      return { ...operation, constraint: { ...operation.constraint, name } };
    case 'create_unique_constraint':
      return { ...operation, constraint: { ...operation.constraint, name } };
    case 'create_foreign_key':
      return { ...operation, constraint: { ...operation.constraint, name } };
    case 'create_check_constraint':
      return { ...operation, constraint: { ...operation.constraint, name } };
    default:
      return operation;
  }
}

/** By itself: ADD COLUMN without what it brings, and that as a statement of its own. */
export function withoutInline(operation: Operation): Operation {
  if (!('inline' in operation)) return operation;
  const { inline: _, ...alone } = operation;
  return alone;
}

/** Undefined: it is named, or adds none. Null: not known. */
function nameGiven(operation: Operation, { before, after }: Pick<Step, 'before' | 'after'>): string | null | undefined {
  if (operation.kind !== 'create_primary_key' && operation.kind !== 'create_unique_constraint' && operation.kind !== 'create_foreign_key' && operation.kind !== 'create_check_constraint') return undefined;
  if (operation.constraint.name !== null) return undefined;
  const name = { schema: operation.schema, name: operation.table };
  const table = isMaybe(before, name) ? undefined : findTable(after, name);
  if (table === undefined) return null;
  switch (operation.kind) {
    case 'create_primary_key':
      return table.primaryKey?.name ?? null;
    case 'create_unique_constraint':
      return table.uniques.at(-1)?.name ?? null;
    case 'create_foreign_key':
      return table.foreignKeys.at(-1)?.name ?? null;
    case 'create_check_constraint':
      return table.checks.at(-1)?.name ?? null;
  }
}
