import { makeObjectName } from '../schema/constraint-names';
import { plainCheck, plainIndex } from '../schema/plain';
import type { PrimaryKey, UniqueConstraint } from '../schema/schema';
import { quoteIdentifier } from '../sql/identifiers';
import type { Operation, OperationOf } from './operation';

/**
 * The statements of an operation that is `online`, in order, each committed by itself: a large table stays in use, and a run
 * that failed half-way can be run again. What a failed run left behind (an INVALID index, a helping CHECK) goes first. Source:
 * PostgreSQL documentation, CREATE INDEX ("Building Indexes Concurrently") and ALTER TABLE (Notes: NOT VALID, SET NOT NULL).
 */
export function onlineForm(operation: Operation): readonly Operation[] {
  const { online: _online, note, downgradeNote, suggestion, ...plain } = operation;
  const [first, ...others] = formOf(plain);
  const told = { ...(note === undefined ? {} : { note }), ...(downgradeNote === undefined ? {} : { downgradeNote }), ...(suggestion === undefined ? {} : { suggestion }) };
  return first === undefined ? [] : [{ ...first, ...told }, ...others];
}

function formOf(operation: Operation): readonly Operation[] {
  switch (operation.kind) {
    case 'create_index':
      return [dropIndex(operation, operation.index.name), { ...operation, concurrently: true, ifNotExists: true }];
    case 'drop_index':
      return [{ ...operation, concurrently: true, ifExists: true }];
    case 'create_unique_constraint':
      return [dropConstraint(operation, operation.constraint.name, 'unique'), ...indexBefore(operation), { ...operation, usingIndex: operation.constraint.name ?? '' }];
    case 'create_primary_key':
      return [dropConstraint(operation, operation.constraint.name, 'primary'), ...indexBefore(operation), { ...operation, usingIndex: operation.constraint.name ?? '' }];
    case 'create_foreign_key':
      return [dropConstraint(operation, operation.constraint.name, 'foreignkey'), { ...operation, constraint: { ...operation.constraint, notValid: true } }, validate(operation, operation.constraint.name)];
    case 'create_check_constraint':
      return [dropConstraint(operation, operation.constraint.name, 'check'), { ...operation, constraint: { ...operation.constraint, notValid: true } }, validate(operation, operation.constraint.name)];
    case 'drop_constraint':
      return [{ ...operation, ifExists: true }];
    case 'alter_column':
      return operation.nullable === false ? notNull(operation) : [operation];
    default:
      return [operation];
  }
}

/** An operation in files of SQL that run one behind the other, each of them one transaction. */
export interface OnlineFiles {
  /** What stands where the operation stood. */
  readonly here: readonly Operation[];
  readonly behind: readonly (readonly Operation[])[];
}

/**
 * The same for files of SQL. What is CONCURRENTLY is alone in its file: Supabase's CLI before 2.109 sends a file as one pipeline,
 * in which nothing may go before it, and 2.109 to 2.115 have DROP INDEX CONCURRENTLY in a transaction, in whatever file. So nothing can
 * clear an INVALID index away first, and without IF NOT EXISTS the next push stops at it, rather than take it for the index.
 * Null: the operation has no such form, or is done only where something is there.
 */
export function onlineFiles(operation: Operation): OnlineFiles | null {
  if (operation.guarded === true || operation.ifTableExists === true) return null;
  switch (operation.kind) {
    case 'create_index':
      return { here: [], behind: [[concurrently(operation)]] };
    case 'drop_index':
      return { here: [], behind: [[{ ...operation, concurrently: true, ifExists: true }]] };
    case 'create_unique_constraint':
    case 'create_primary_key': {
      const [index] = indexBefore(operation).slice(-1);
      if (index?.kind !== 'create_index') return null;
      const { ifNotExists: _, ...plain } = index;
      return { here: [], behind: [[concurrently(plain)], [{ ...operation, usingIndex: operation.constraint.name ?? '' }]] };
    }
    case 'create_foreign_key':
    case 'create_check_constraint': {
      const [, notValid, validate] = formOf(operation);
      return notValid === undefined || validate === undefined ? null : { here: [notValid], behind: [[{ ...validate, note: 'Looks at the rows that were there before, while others read and write.' }]] };
    }
    case 'alter_column': {
      if (operation.nullable !== false) return null;
      const [, check, validate, ...others] = notNull(operation);
      return check === undefined || validate === undefined ? null : { here: [check], behind: [[{ ...validate, note: 'Looks at every row while others read and write: SET NOT NULL need not do it any more.' }, ...others]] };
    }
    default:
      return null;
  }
}

function concurrently(index: OperationOf<'create_index'> & Operation): Operation {
  return { ...index, concurrently: true, note: 'Where this fails, it leaves an invalid index behind, at which the next push stops (42P07): drop that first.' };
}

/** A CHECK that was validated spares SET NOT NULL its scan of the table. Source: ALTER TABLE, SET NOT NULL. */
function notNull(operation: OperationOf<'alter_column'>): readonly Operation[] {
  const name = makeObjectName(operation.table, operation.column, 'is_not_null');
  const constraint = { ...plainCheck, name, expression: { sql: `${quoteIdentifier(operation.column)} IS NOT NULL` }, notValid: true };
  const at = { schema: operation.schema, table: operation.table };
  return [dropConstraint(operation, name, 'check'), { kind: 'create_check_constraint', ...at, constraint }, validate(operation, name), operation, { kind: 'drop_constraint', ...at, name, type: 'check' }];
}

interface At {
  readonly schema: string | null;
  readonly table: string;
}

function indexBefore({ schema, table, constraint }: At & { readonly constraint: PrimaryKey | UniqueConstraint }): readonly Operation[] {
  const elements = constraint.columns.map((column) => ({ column, expression: null, collation: null, operatorClass: null, descending: false, nullsFirst: false }));
  const index = { ...plainIndex, name: constraint.name, unique: true, elements, include: constraint.include, nullsNotDistinct: 'nullsNotDistinct' in constraint && constraint.nullsNotDistinct };
  return [dropIndex({ schema, table }, constraint.name), { kind: 'create_index', schema, table, index, concurrently: true, ifNotExists: true }];
}

function dropIndex({ schema, table }: At, name: string | null): Operation {
  return { kind: 'drop_index', schema, table, name, concurrently: true, ifExists: true };
}

function dropConstraint({ schema, table }: At, name: string | null, type: 'primary' | 'unique' | 'foreignkey' | 'check'): Operation {
  return { kind: 'drop_constraint', schema, table, name, type, ifExists: true };
}

function validate({ schema, table }: At, name: string | null): Operation {
  return { kind: 'validate_constraint', schema, table, name: name ?? '' };
}
