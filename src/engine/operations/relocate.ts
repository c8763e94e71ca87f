import { sameName, type ColumnType, type QualifiedName, type Schema, type Table } from '../schema/schema';
import { renameCasts, renameTableInDependents, renameTableInView, type Spellings } from './follow-renames';

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

/** The schema with the enum type under its new name: PostgreSQL follows in every column and every text. */
export function relocateEnum(schema: Schema, from: QualifiedName, to: QualifiedName): Schema {
  const follow = (type: ColumnType): ColumnType => (type.kind === 'enum' && sameName(type, from) ? { ...type, schema: to.schema, name: to.name } : type);
  const moved = {
    ...schema,
    enums: schema.enums.map((type) => (sameName(type, from) ? { ...type, schema: to.schema, name: to.name } : type)),
    tables: schema.tables.map((table) => ({ ...table, columns: table.columns.map((column) => ({ ...column, type: follow(column.type) })) })),
  };
  return renameCasts(moved, from, to);
}

/** How PostgreSQL's own texts may spell the table: with its namespace, and bare where the search path finds it. */
function spellings(table: QualifiedName, defaultSchema: string): Spellings {
  return table.schema === null ? [table, { schema: defaultSchema, name: table.name }] : [table];
}
