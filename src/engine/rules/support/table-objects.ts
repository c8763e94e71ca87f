import { compareChecks, compareForeignKeys, compareIndexes, comparePrimaryKeys, compareUniques } from '../../diff/compare';
import { indexUsesColumn } from '../../operations/without';
import type { Operation, OperationOf } from '../../operations/operation';
import type { CheckConstraint, Comparison, ForeignKey, Index, PrimaryKey, Table, UniqueConstraint } from '../../schema/schema';
import { mentionsIdentifier } from '../../sql/identifiers';

/** What hangs on columns of a table: each with its kind, so that one can go through all of them alike. */
export type TableObject =
  | { readonly kind: 'index'; readonly object: Index }
  | { readonly kind: 'primary'; readonly object: PrimaryKey }
  | { readonly kind: 'foreignkey'; readonly object: ForeignKey }
  | { readonly kind: 'unique'; readonly object: UniqueConstraint }
  | { readonly kind: 'check'; readonly object: CheckConstraint };

export type CreateObject = OperationOf<'create_index' | 'create_primary_key' | 'create_foreign_key' | 'create_unique_constraint' | 'create_check_constraint'>;

export function objectsOf(table: Table): readonly TableObject[] {
  return [
    ...table.indexes.map((object): TableObject => ({ kind: 'index', object })),
    ...(table.primaryKey === null ? [] : [{ kind: 'primary' as const, object: table.primaryKey }]),
    ...table.foreignKeys.map((object): TableObject => ({ kind: 'foreignkey', object })),
    ...table.uniques.map((object): TableObject => ({ kind: 'unique', object })),
    ...table.checks.map((object): TableObject => ({ kind: 'check', object })),
  ];
}

export function createdBy(operation: Operation): { readonly object: TableObject; readonly operation: CreateObject } | null {
  switch (operation.kind) {
    case 'create_index':
      return { object: { kind: 'index', object: operation.index }, operation };
    case 'create_primary_key':
      return { object: { kind: 'primary', object: operation.constraint }, operation };
    case 'create_foreign_key':
      return { object: { kind: 'foreignkey', object: operation.constraint }, operation };
    case 'create_unique_constraint':
      return { object: { kind: 'unique', object: operation.constraint }, operation };
    case 'create_check_constraint':
      return { object: { kind: 'check', object: operation.constraint }, operation };
    default:
      return null;
  }
}

export function usesColumn(object: TableObject, column: string): boolean {
  switch (object.kind) {
    case 'index':
      return indexUsesColumn(object.object, column);
    case 'check':
      return mentionsIdentifier(object.object.expression.sql, column);
    default:
      return object.object.columns.includes(column);
  }
}

/** The part of a table that is this object alone. */
export function tableOf(object: TableObject): Partial<Table> {
  switch (object.kind) {
    case 'index':
      return { indexes: [object.object] };
    case 'primary':
      return { primaryKey: object.object };
    case 'foreignkey':
      return { foreignKeys: [object.object] };
    case 'unique':
      return { uniques: [object.object] };
    case 'check':
      return { checks: [object.object] };
  }
}

/** Whether they are the same but for the name. */
export function compareObjects(a: TableObject, b: TableObject): Comparison {
  if (a.kind === 'index' && b.kind === 'index') return compareIndexes(a.object, b.object);
  if (a.kind === 'primary' && b.kind === 'primary') return comparePrimaryKeys(a.object, b.object);
  if (a.kind === 'foreignkey' && b.kind === 'foreignkey') return compareForeignKeys(a.object, b.object);
  if (a.kind === 'unique' && b.kind === 'unique') return compareUniques(a.object, b.object);
  if (a.kind === 'check' && b.kind === 'check') return compareChecks(a.object, b.object);
  return { outcome: 'different' };
}
