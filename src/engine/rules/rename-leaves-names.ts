import { findTable } from '../schema/lookup';
import { displayName, type QualifiedName, type Table } from '../schema/schema';
import type { Operation, OperationOf } from '../operations/operation';
import { message } from '../text/problem';
import type { Finding, Fix, Pass, Rule, Step } from './rule';
import { isMaybe } from './support/known';
import { at } from './support/places';
import { objectsOf, usesColumn, type TableObject } from './support/table-objects';

/** PostgreSQL follows a rename everywhere but in names: an index of the old column is called after it for ever. */
export const renameLeavesNames: Rule = {
  meta: { title: 'After a rename, indexes and constraints keep the old name in theirs.', severity: 'info' },
  *check(pass) {
    for (const step of pass.upgrade) {
      const rename = renameOf(step);
      if (rename === null || isMaybe(step.after, rename.table)) continue;
      const left = namesLeft(pass, rename);
      if (left.length > 0) yield finding(pass, step, rename, left);
    }
  },
};

interface Rename {
  readonly operation: OperationOf<'rename_table'> | OperationOf<'alter_column'>;
  /** By its name after the rename. */
  readonly table: QualifiedName;
  readonly column: string | null;
  readonly from: string;
  readonly to: string;
}

function renameOf({ operation }: Step): Rename | null {
  if (operation.kind === 'rename_table') return { operation, table: { schema: operation.schema, name: operation.newName }, column: null, from: operation.name, to: operation.newName };
  if (operation.kind !== 'alter_column' || operation.newName === undefined || operation.newName === operation.column) return null;
  return { operation, table: { schema: operation.schema, name: operation.table }, column: operation.newName, from: operation.column, to: operation.newName };
}

interface Left {
  readonly object: TableObject;
  readonly name: string;
  readonly newName: string;
}

/** What still has the old name in its own at the end of the draft. A name that the models give is meant. */
function namesLeft(pass: Pass, { table: name, column, from, to }: Rename): readonly Left[] {
  const table = findTable(pass.after, name);
  if (table === undefined || table.partitionOf !== null) return [];
  const model = pass.desired === null ? undefined : findTable(pass.desired, name);
  const meant = model === undefined ? [] : objectsOf(model).flatMap(({ object }) => object.name ?? []);
  const taken = namesOf(table);
  return objectsOf(table).flatMap((object): readonly Left[] => {
    const own = object.object.name;
    if (own === null || meant.includes(own) || (column !== null && !usesColumn(object, column))) return [];
    const newName = renamed(own, from, to);
    return newName === null || taken.includes(newName) || newName.length > 63 ? [] : [{ object, name: own, newName }];
  });
}

function namesOf(table: Table): readonly string[] {
  return objectsOf(table).flatMap(({ object }) => object.name ?? []);
}

/** The old name as a whole run of words in it: `ix_place_name` for `name`, not `ix_place_rename`; nor where the new name stands and holds the old one (`slug_name`). */
function renamed(name: string, from: string, to: string): string | null {
  if (`_${name}_`.includes(`_${to}_`)) return null;
  const at = `_${name}_`.lastIndexOf(`_${from}_`);
  return at < 0 ? null : `${name.slice(0, at)}${to}${name.slice(at + from.length)}`;
}

function finding(pass: Pass, step: Step, { operation, table, from, to }: Rename, left: readonly Left[]): Finding {
  const args = { from, to, table: displayName(table), names: left.map(({ name }) => name).join(', ') };
  return {
    message: message('{from} becomes {to}, and the old name stays in {names} of {table}. Nothing breaks, but who expects the usual names, as SQLAlchemy does with a naming convention, does not find them. Rename them too.', args),
    at: at(operation, operation.kind === 'rename_table' ? 'new_table_name' : 'new_column_name'),
    fixes: () => fix(pass, step, table, left),
    data: { from, to, table: args.table },
  };
}

/** Renamed behind the rename, and back behind its undoing, where the downgrade has one. */
function fix(pass: Pass, step: Step, table: QualifiedName, left: readonly Left[]): readonly Fix[] {
  const rename = renameOf(step);
  if (rename === null) return [];
  const back = pass.downgrade.find((other) => {
    const undone = renameOf(other);
    return undone !== null && undone.from === rename.to && undone.to === rename.from;
  });
  if (back === undefined && !pass.downgradeRaises) return [];
  const before = back === undefined ? null : (renameOf(back)?.table ?? null);
  const parts = [pass.editing.insertAfter(step.operation, left.map(({ object, name, newName }) => renameObject(table, object, name, newName)))];
  if (back !== undefined && before !== null) parts.push(pass.editing.insertAfter(back.operation, [...left].reverse().map(({ object, name, newName }) => renameObject(before, object, newName, name))));
  const edits = pass.editing.combine(parts);
  return edits === null ? [] : [{ title: left.length === 1 ? `Rename "${left[0]?.name ?? ''}" too` : `Rename ${left.length} indexes and constraints too`, edits, safety: 'review' }];
}

function renameObject(table: QualifiedName, object: TableObject, name: string, newName: string): Operation {
  return object.kind === 'index' ? { kind: 'rename_index', schema: table.schema, name, newName } : { kind: 'rename_constraint', schema: table.schema, table: table.name, name, newName };
}
