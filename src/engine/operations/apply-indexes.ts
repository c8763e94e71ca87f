import { positionOf, withPart, withTableAt } from '../schema/lookup';
import { usualOptions } from '../schema/sequences';
import { sameName, type Index, type QualifiedName, type Schema, type Sequence, type Table } from '../schema/schema';
import { makeObjectName } from '../schema/constraint-names';
import { expressionName } from '../sql/identifiers';
import type { OperationOf } from './operation';

/** What operations make of indexes, of tables and of materialized views, and of sequences. */

export function createIndex(schema: Schema, operation: OperationOf<'create_index'>): Schema {
  const owner = { schema: operation.schema, name: operation.table };
  const { name } = operation.index;
  if (operation.ifNotExists === true && name !== null && relationNames(schema, operation.schema).has(name)) return schema;
  const index = name === null ? { ...operation.index, name: defaultIndexName(schema, owner, operation.index) } : operation.index;
  const add = (indexes: readonly Index[]): readonly Index[] => [...indexes.filter((other) => other.name !== index.name), index];
  const at = positionOf(schema.tables, owner);
  const table = schema.tables[at];
  if (table !== undefined) return { ...schema, tables: withTableAt(schema.tables, at, withPart(table, index, () => ({ ...table, indexes: add(table.indexes) }))) };
  return { ...schema, views: schema.views.map((view) => (sameName(view, owner) ? { ...view, indexes: add(view.indexes ?? []) } : view)) };
}

/** A table that is made with its indexes, each of them named. */
export function nameIndexes(schema: Schema, table: Table): Table {
  if (table.indexes.every((index) => index.name !== null)) return table;
  return table.indexes.reduce<Table>((done, index) => {
    const others = { ...schema, tables: [...schema.tables, done] };
    return { ...done, indexes: [...done.indexes, index.name === null ? { ...index, name: defaultIndexName(others, table, index) } : index] };
  }, { ...table, indexes: [] });
}

/** Index names are unique in a namespace: the table need not be known. */
export function onIndex(schema: Schema, namespace: string | null, name: string | null, change: (index: Index) => Index | null): Schema {
  if (name === null) return schema;
  const holds = (indexes: readonly Index[] | undefined): boolean => indexes?.some((index) => index.name === name) === true;
  const changed = (indexes: readonly Index[]): readonly Index[] => indexes.flatMap((index) => (index.name === name ? (change(index) ?? []) : [index]));
  const at = schema.tables.findIndex((table) => table.schema === namespace && holds(table.indexes));
  const table = schema.tables[at];
  if (table !== undefined) return { ...schema, tables: withTableAt(schema.tables, at, { ...table, indexes: changed(table.indexes) }) };
  return schema.views.some((view) => view.schema === namespace && holds(view.indexes)) ? { ...schema, views: schema.views.map((view) => (view.schema === namespace && holds(view.indexes) ? { ...view, indexes: changed(view.indexes ?? []) } : view)) } : schema;
}

/**
 * The name that PostgreSQL gives an index that the statement leaves unnamed: `table_a_b_idx`, with a number where it is taken.
 * Source: ChooseIndexName and ChooseIndexColumnNames in PostgreSQL's indexcmds.c.
 */
export function defaultIndexName(schema: Schema, table: QualifiedName, index: Index): string {
  const columns: string[] = [];
  for (const element of [...index.elements.map(({ column, expression }) => column ?? expressionName(expression?.sql ?? '') ?? 'expr'), ...index.include]) {
    let name = element;
    for (let number = 1; columns.includes(name); number++) name = `${element}${number}`;
    columns.push(name);
  }
  const taken = relationNames(schema, table.schema);
  for (let pass = 0; ; pass++) {
    const name = makeObjectName(table.name, columns.join('_'), pass === 0 ? 'idx' : `idx${pass}`);
    if (!taken.has(name)) return name;
  }
}

/** Tables, views, sequences, indexes and the keys behind constraints share one space of names. */
export function relationNames(schema: Schema, namespace: string | null): ReadonlySet<string> {
  const names = new Set<string>();
  const add = (object: { readonly name: string | null }): void => void (object.name !== null && names.add(object.name));
  for (const table of schema.tables) {
    if (table.schema !== namespace) continue;
    add(table);
    table.indexes.forEach(add);
    [...(table.primaryKey === null ? [] : [table.primaryKey]), ...table.uniques, ...table.excludes].forEach(add);
  }
  for (const view of schema.views) {
    if (view.schema !== namespace) continue;
    add(view);
    view.indexes?.forEach(add);
  }
  for (const sequence of schema.sequences) if (sequence.schema === namespace) add(sequence);
  return names;
}

export function withOptions(options: Readonly<Record<string, string>>, changes: Readonly<Record<string, string | null>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries({ ...options, ...changes }).flatMap(([key, value]) => (value === null ? [] : [[key, value] as const])));
}

/** `partly`: what is written is put over what is there; an empty value takes an option back (`NO MINVALUE`). */
export function alteredSequence(sequence: Sequence, { type, options, partly, ownedBy }: OperationOf<'alter_sequence'>): Sequence {
  const owner = ownedBy === undefined ? sequence.ownedBy : ownedBy;
  if (partly !== true) return { ...sequence, type, options: options?.to ?? sequence.options, ownedBy: owner };
  const changes = options?.to ?? {};
  // Where it started is kept, and so written down where another bound would give another start.
  const start = changes['start'] === undefined && sequence.options['start'] === undefined && ('minvalue' in changes || 'maxvalue' in changes || 'increment' in changes) ? { start: usualOptions(sequence.options, sequence.type)['start'] ?? '' } : {};
  const written = Object.entries({ ...sequence.options, ...start, ...changes }).filter(([, value]) => value !== '');
  return { ...sequence, type: type === '' ? sequence.type : type, options: Object.fromEntries(written), ownedBy: owner };
}

/** The table of an index-backed constraint of this name, whose index goes by the same name. */
export function renameKey(schema: Schema, namespace: string | null, name: string, newName: string): Schema {
  const rename = <T extends { readonly name: string | null }>(key: T): T => (key.name === name ? { ...key, name: newName } : key);
  const holds = (table: Table): boolean => table.schema === namespace && [table.primaryKey, ...table.uniques, ...table.excludes].some((key) => key?.name === name);
  return { ...schema, tables: schema.tables.map((table) => (holds(table) ? { ...table, primaryKey: table.primaryKey === null ? null : rename(table.primaryKey), uniques: table.uniques.map(rename), excludes: table.excludes.map(rename) } : table)) };
}
