import { sameName, type ColumnType, type QualifiedName, type Schema, type Table, type View } from '../schema/schema';
import { quoteName } from '../sql/identifiers';
import { renameTableInText } from '../sql/rewrite';
import { mapTexts, renameCasts, renameTableInDependents, renameTableInView, type Spellings } from './follow-renames';

/** What PostgreSQL follows by itself when a table or a type gets another name or goes to another namespace. */

/** The schema with the table under its new name: keys that point at it, sequences, partitions, views, policies, triggers follow. */
export function relocateTable(schema: Schema, from: QualifiedName, to: QualifiedName): Schema {
  const isOld = (object: QualifiedName): boolean => sameName(object, from);
  const follow = <T extends QualifiedName>(object: T): T => (isOld(object) ? { ...object, schema: to.schema, name: to.name } : object);
  const texts = spellings(from, schema.defaultSchema);
  if (schema.sequences.some(isOld)) return relocateSequence(schema, from, to);
  return {
    ...schema,
    tables: schema.tables.map((table): Table => {
      const reads = [...table.policies, ...(table.triggers ?? [])].some((dependent) => dependent.reads?.some(isOld) === true);
      const points = table.foreignKeys.some((key) => isOld(key.references)) || (table.partitionOf !== null && isOld(table.partitionOf));
      if (!isOld(table) && !reads && !points) return table;
      return {
        ...follow(table),
        ...renameTableInDependents(table, texts, to),
        foreignKeys: table.foreignKeys.map((key) => (isOld(key.references) ? { ...key, references: follow(key.references) } : key)),
        partitionOf: table.partitionOf === null ? null : follow(table.partitionOf),
      };
    }),
    sequences: schema.sequences.map((sequence) =>
      sequence.ownedBy === null || !isOld(sequence.ownedBy) ? sequence : { ...sequence, schema: sequence.schema === from.schema ? to.schema : sequence.schema, ownedBy: follow(sequence.ownedBy) },
    ),
    views: schema.views.map((view) => renameTableInView(isOld(view) ? renamedView(view, texts, to) : view, texts, to)),
  };
}

/** The schema with the enum type under its new name: PostgreSQL follows in every column and every text. */
export function relocateEnum(schema: Schema, from: QualifiedName, to: QualifiedName): Schema {
  // A domain or a composite type is renamed by the same words.
  const follow = (type: ColumnType): ColumnType => ((type.kind === 'enum' || type.kind === 'named') && sameName(type, from) ? { ...type, schema: to.schema, name: to.name } : type);
  const moved = {
    ...schema,
    enums: schema.enums.map((type) => (sameName(type, from) ? { ...type, schema: to.schema, name: to.name } : type)),
    tables: schema.tables.map((table) =>
      table.columns.some((column) => follow(column.type) !== column.type) ? { ...table, columns: table.columns.map((column) => ({ ...column, type: follow(column.type) })) } : table,
    ),
  };
  return renameCasts(moved, from, to);
}

/** The schema with the sequence under its new name, which defaults that draw from it print. */
export function relocateSequence(schema: Schema, from: QualifiedName, to: QualifiedName): Schema {
  const swaps = spellings(from, schema.defaultSchema).map((name) => `nextval('${quoteName(name).replaceAll("'", "''")}'`);
  const target = `nextval('${quoteName(to).replaceAll("'", "''")}'`;
  const moved = { ...schema, sequences: schema.sequences.map((sequence) => (sameName(sequence, from) ? { ...sequence, schema: to.schema, name: to.name } : sequence)) };
  return mapTexts(moved, (sql) => swaps.reduce((text, old) => text.replaceAll(old, () => target), sql));
}

/** The schema after ALTER SCHEMA … RENAME: everything in it has another name. */
export function relocateNamespace(schema: Schema, { name, newName }: { readonly name: string; readonly newName: string }): Schema {
  const [from, to] = [name, newName].map((namespace) => (namespace === schema.defaultSchema ? null : namespace)) as [string | null, string | null];
  const inside = (object: QualifiedName): boolean => object.schema === from;
  const moved = (object: QualifiedName): QualifiedName => ({ schema: to, name: object.name });
  let after = schema;
  for (const view of schema.views.filter(inside)) after = relocateTable(after, view, moved(view));
  for (const table of schema.tables.filter(inside)) after = relocateTable(after, table, moved(table));
  for (const type of schema.enums.filter(inside)) after = relocateEnum(after, type, moved(type));
  for (const sequence of after.sequences.filter(inside)) after = relocateSequence(after, sequence, moved(sequence));
  const types = after.tables.flatMap((table) => table.columns.flatMap(({ type }) => (type.kind === 'named' && type.schema === from && from !== null ? [type] : [])));
  for (const type of types) after = relocateEnum(after, { schema: type.schema, name: type.name }, moved(type));
  return {
    ...after,
    ...(after.namespaces === undefined ? {} : { namespaces: after.namespaces.map((other) => (other === name ? newName : other)) }),
  };
}

/** A view under another name, its own statements with it. */
function renamedView(view: View, texts: Spellings, to: QualifiedName): View {
  const swap = (sql: string): string => renameTableInText(sql, texts, to);
  return { ...view, schema: to.schema, name: to.name, definition: swap(view.definition), ...(view.extras === undefined ? {} : { extras: view.extras.map(swap) }) };
}

/** How PostgreSQL's own texts may spell the table: with its namespace, and bare where the search path finds it. */
function spellings(table: QualifiedName, defaultSchema: string): Spellings {
  return table.schema === null ? [table, { schema: defaultSchema, name: table.name }] : [table];
}
