import type { Operation, OperationOf } from '../../operations/operation';
import { usersOf } from '../../operations/rebuild-enum';
import { sameName, type QualifiedName } from '../../schema/schema';
import type { Place, TextEdit } from '../../text/text';
import type { Pass, Step } from '../rule';
import { placeOf } from './places';

/**
 * Drops a type in the downgrade, behind the last statement that uses it. Only a draft that makes the type takes it away again, and only when
 * its downgrade leaves no column that uses it. No edits: there is nothing to do, or the downgrade cannot tell.
 */
export function dropInDowngrade(pass: Pass, type: QualifiedName): readonly TextEdit[] | null {
  if (pass.downgrade.some(({ operation }) => operation.kind === 'drop_enum' && sameName(operation, type))) return [];
  const end = pass.downgrade.at(-1)?.after ?? pass.after;
  const undone = pass.downgrade.filter(({ operation }) => endsUse(operation));
  const last = undone.at(-1);
  if (last === undefined || usersOf(end, type).length > 0) return [];
  const drop: Operation = { kind: 'drop_enum', schema: type.schema, name: type.name, checkFirst: true };
  return pass.editing.insertAfter(last.operation, [drop]) ?? pass.editing.append('downgrade', [drop]);
}

function endsUse(operation: Operation): boolean {
  return operation.kind === 'drop_column' || operation.kind === 'drop_table' || (operation.kind === 'alter_column' && operation.type !== undefined);
}

/** The table that a type is created with, where SQLAlchemy does it by itself, and the argument that says its type there. */
export function tableCreatedWith(steps: readonly Step[], create: OperationOf<'create_enum'>): { readonly operation: OperationOf<'create_table'> & Operation; readonly column: string } | null {
  if (create.implicit !== true) return null;
  const start = steps.findIndex(({ operation }) => operation === create);
  for (const { operation } of steps.slice(start + 1)) {
    if (operation.kind !== 'create_table' || operation.source?.statement.range.start !== (create as Operation).source?.statement.range.start) continue;
    const column = operation.table.columns.find(({ type }) => type.kind === 'enum' && sameName(type, create.enum));
    if (column !== undefined) return { operation, column: column.name };
  }
  return null;
}

/** Where a draft says that it creates the type: the type itself, by its own statement or in a table's column. */
export function placeOfCreation(steps: readonly Step[], create: OperationOf<'create_enum'>): Place {
  const table = tableCreatedWith(steps, create);
  const place = table === null ? placeOf(create, 'type') : placeOf(table.operation, `${table.column}.type`, table.column);
  return place ?? { path: '', range: { start: 0, end: 0 } };
}

/** `'NEW', 'QUEUED'` */
export function labelList(labels: readonly string[]): string {
  return labels.map((label) => `'${label}'`).join(', ');
}

export function sameLabels(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((label, index) => label === b[index]);
}

