import type { Operation } from '../operations/operation';
import { displayName, emptySchema, type QualifiedName, type Schema, type Table } from '../schema/schema';
import { quoteIdentifier, quoteName } from '../sql/identifiers';
import { message, type Message } from '../text/problem';
import { operationSql } from './operation-sql';

/** One object of a schema, and what makes it. */
export interface SchemaStatement {
  /** `table place`, `view open_places`: for who is told that it could not be made. */
  readonly what: string;
  readonly sql: string;
}

export interface SchemaSql {
  readonly statements: readonly SchemaStatement[];
  /** What the schema has and no statement can be written for. */
  readonly leftOut: readonly Message[];
}

/**
 * The statements that make a schema on an empty database, as far as `Schema` knows it: namespaces, extensions, types, sequences, tables,
 * keys, indexes, and then what reads them. Views may stand on views, and defaults on functions, so who runs them tries what failed once more
 * when the others are there.
 * `definitions`: what is made by statements of its own.
 */
export function schemaSql(schema: Schema, definitions: readonly SchemaStatement[] = []): SchemaSql {
  const { statements, leftOut } = allOf(schema);
  const made = new Set(definitions.map(({ what }) => what));
  return { statements: [...definitions, ...statements], leftOut: leftOut.filter(({ what }) => !made.has(what)).map(({ reason }) => reason) };
}

function allOf(schema: Schema): { readonly statements: readonly SchemaStatement[]; readonly leftOut: readonly { readonly what: string; readonly reason: Message }[] } {
  const mine = schema.tables.filter(({ extension }) => extension === null);
  const isUnbound = ({ partitionOf }: Table): boolean => partitionOf !== null;
  const tables = mine.filter((table) => !isUnbound(table));
  const make = (what: string, ...operations: readonly Operation[]): readonly SchemaStatement[] => operations.flatMap((operation) => operationSql(operation, emptySchema).map((sql) => ({ what, sql })));
  const statements = [
    ...namespacesOf(schema).map((name) => ({ what: `schema ${name}`, sql: `CREATE SCHEMA IF NOT EXISTS ${quoteIdentifier(name)}` })),
    ...schema.extensions.filter((name) => name !== 'plpgsql').map((name) => ({ what: `extension ${name}`, sql: `CREATE EXTENSION IF NOT EXISTS ${quoteIdentifier(name)}` })),
    ...schema.enums.filter(({ extension }) => extension === null).flatMap((type) => make(`enum type ${displayName(type)}`, { kind: 'create_enum', enum: type, checkFirst: false })),
    ...schema.sequences.filter(({ ownedBy, extension }) => ownedBy === null && extension === null).flatMap((sequence) => make(`sequence ${displayName(sequence)}`, { kind: 'create_sequence', sequence })),
    ...tables.flatMap((table) => make(`table ${displayName(table)}`, { kind: 'create_table', table: bareTable(table) })),
    ...tables.flatMap((table) => ownedSequences(schema, table)),
    ...tables.flatMap((table) => make(`index of ${displayName(table)}`, ...table.indexes.filter(({ valid }) => valid).map((index): Operation => ({ kind: 'create_index', schema: table.schema, table: table.name, index })))),
    ...tables.flatMap((table) => make(`check of ${displayName(table)}`, ...table.checks.filter(({ notValid }) => notValid).map((constraint): Operation => ({ kind: 'create_check_constraint', schema: table.schema, table: table.name, constraint })))),
    ...tables.flatMap((table) => make(`foreign key of ${displayName(table)}`, ...table.foreignKeys.map((constraint): Operation => ({ kind: 'create_foreign_key', schema: table.schema, table: table.name, constraint })))),
    ...schema.views.filter(({ extension }) => extension === null).flatMap((view) => make(`view ${displayName(view)}`, { kind: 'create_view', view })),
    ...tables.flatMap((table) => make(`policy of ${displayName(table)}`, ...table.policies.map((policy): Operation => ({ kind: 'create_policy', schema: table.schema, table: table.name, policy })))),
    ...tables.flatMap((table) => make(`trigger of ${displayName(table)}`, ...(table.triggers ?? []).map((trigger): Operation => ({ kind: 'create_trigger', schema: table.schema, table: table.name, trigger })))),
  ];
  return {
    statements,
    leftOut: mine.filter(isUnbound).map((table) => ({ what: `table ${displayName(table)}`, reason: message('Table {table} is a partition of {parent}, whose bounds are not known.', { table: displayName(table), parent: displayName(table.partitionOf ?? table) }) })),
  };
}

function namespacesOf(schema: Schema): readonly string[] {
  const used = [...schema.tables, ...schema.enums, ...schema.sequences, ...schema.views].flatMap(({ schema: name }) => name ?? []);
  const there = (schema.namespaces ?? []).filter((name) => name !== schema.defaultSchema && name !== 'public' && !(schema.managedNamespaces ?? []).includes(name));
  return [...new Set([...there, ...used])].sort();
}

/** Without what points elsewhere, or has words of its own. */
function bareTable(table: Table): Table {
  return { ...table, foreignKeys: [], indexes: [], checks: table.checks.filter(({ notValid }) => !notValid) };
}

/** A numbered column makes its sequence; another name than PostgreSQL's is given to it, and other sequences are made and owned. */
function ownedSequences(schema: Schema, table: Table): readonly SchemaStatement[] {
  return schema.sequences.filter(({ ownedBy }) => ownedBy !== null && ownedBy.name === table.name && ownedBy.schema === table.schema).flatMap((sequence) => {
    const column = table.columns.find(({ name }) => name === sequence.ownedBy?.column);
    const what = `sequence ${displayName(sequence)}`;
    if (column === undefined) return [];
    if (!column.serial && column.identity === null) return operationSql({ kind: 'create_sequence', sequence }, emptySchema).map((sql) => ({ what, sql }));
    return renamed(table, column.name, sequence).map((sql) => ({ what, sql }));
  });
}

function renamed(table: QualifiedName, column: string, sequence: QualifiedName): readonly string[] {
  // What PostgreSQL calls it where the name is short enough to be told; a longer one is left as it is.
  const usual = `${table.name}_${column}_seq`;
  if (usual === sequence.name || usual.length > 63) return [];
  return [`ALTER SEQUENCE ${quoteName({ schema: table.schema, name: usual })} RENAME TO ${quoteIdentifier(sequence.name)}`];
}

