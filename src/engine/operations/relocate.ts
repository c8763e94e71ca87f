import { quoteName, renameIdentifier } from '../sql/identifiers';
import { sameName, type ColumnType, type QualifiedName, type Schema, type Table } from '../schema/schema';
import { renameTableInDependents, renameTableInView, type Spellings } from './follow-renames';

/** What PostgreSQL follows by itself when a table or a type gets another name or goes to another namespace. */

/** The schema with the table under its new name: keys that point at it, sequences, partitions, views, policies, triggers follow. */
export function relocateTable(schema: Schema, from: QualifiedName, to: QualifiedName): Schema {
  const isOld = (object: QualifiedName): boolean => sameName(object, from);
  const follow = <T extends QualifiedName>(object: T): T => (isOld(object) ? { ...object, schema: to.schema, name: to.name } : object);
  const texts = spellings(from, schema.defaultSchema);
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
    views: schema.views.map((view) => renameTableInView(view, texts, to)),
  };
}

/** The schema with the enum type under its new name; columns and their defaults follow. */
export function relocateEnum(schema: Schema, from: QualifiedName, to: QualifiedName): Schema {
  const isOld = (type: ColumnType): type is Extract<ColumnType, { kind: 'enum' }> => type.kind === 'enum' && sameName(type, from);
  // The default prints its type: `'NEW'::billing.mood`.
  const inDefault = (sql: string): string => (from.schema === to.schema ? renameIdentifier(sql, from.name, to.name) : sql.replaceAll(`::${quoteName(from)}`, `::${quoteName(to)}`));
  return {
    ...schema,
    enums: schema.enums.map((type) => (sameName(type, from) ? { ...type, schema: to.schema, name: to.name } : type)),
    tables: schema.tables.map((table) => {
      if (!table.columns.some((column) => isOld(column.type))) return table;
      const columns = table.columns.map((column) =>
        isOld(column.type) ? { ...column, type: { ...column.type, schema: to.schema, name: to.name }, default: column.default === null ? null : { sql: inDefault(column.default.sql) } } : column,
      );
      return { ...table, columns };
    }),
  };
}

/** How PostgreSQL's own texts may spell the table: with its namespace, and bare where the search path finds it. */
function spellings(table: QualifiedName, defaultSchema: string): Spellings {
  return table.schema === null ? [table, { schema: defaultSchema, name: table.name }] : [table];
}
