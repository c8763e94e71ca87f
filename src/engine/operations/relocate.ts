import { quoteName, renameIdentifier } from '../sql/identifiers';
import { renameTableInCondition, renameTableInQuery } from '../sql/rewrite';
import { sameName, type ColumnType, type Policy, type QualifiedName, type Schema, type Table } from '../schema/schema';

/** What PostgreSQL follows by itself when a table or a type gets another name or goes to another namespace. */

/** The schema with the table under its new name: keys that point at it, sequences, partitions, views and policies follow. */
export function relocateTable(schema: Schema, from: QualifiedName, to: QualifiedName): Schema {
  const follow = <T extends QualifiedName>(object: T): T => (sameName(object, from) ? { ...object, schema: to.schema, name: to.name } : object);
  const texts = { from: spellings(from, schema.defaultSchema), to };
  return {
    ...schema,
    tables: schema.tables.map((table): Table => {
      const foreignKeys = table.foreignKeys.some((key) => sameName(key.references, from)) ? table.foreignKeys.map((key) => ({ ...key, references: follow(key.references) })) : table.foreignKeys;
      const partitionOf = table.partitionOf === null ? null : follow(table.partitionOf);
      const policies = sameName(table, from) ? table.policies.map((policy): Policy => ({ ...policy, definition: renameTableInCondition(policy.definition, texts.from, to) })) : table.policies;
      const unchanged = foreignKeys === table.foreignKeys && partitionOf === table.partitionOf && policies === table.policies && !sameName(table, from);
      return unchanged ? table : { ...follow(table), foreignKeys, partitionOf, policies };
    }),
    sequences: schema.sequences.map((sequence) =>
      sequence.ownedBy === null || !sameName(sequence.ownedBy, from) ? sequence : { ...sequence, schema: sequence.schema === from.schema ? to.schema : sequence.schema, ownedBy: follow(sequence.ownedBy) },
    ),
    views: schema.views.map((view) =>
      view.dependsOn.some((part) => sameName(part, from)) ? { ...view, definition: renameTableInQuery(view.definition, texts.from, to), dependsOn: view.dependsOn.map(follow) } : view,
    ),
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
function spellings(table: QualifiedName, defaultSchema: string): readonly QualifiedName[] {
  return table.schema === null ? [table, { schema: defaultSchema, name: table.name }] : [table];
}
