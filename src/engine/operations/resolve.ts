import { makeObjectName } from '../schema/constraint-names';
import { plainColumn, plainIndex } from '../schema/plain';
import { findTable } from '../schema/lookup';
import { displayName, findEnum, sameName, type Column, type ColumnType, type ForeignKey, type QualifiedName, type Schema, type Table, type View } from '../schema/schema';
import { unknownType } from '../schema/types';
import { quoteName } from '../sql/identifiers';
import { message, type Message } from '../text/problem';
import { fits } from './fits';
import type { Operation, OperationOf, TableLike } from './operation';
import { partitionOf } from './partitions';
import { ownAndOther } from './resolve-dependents';
import { resolveQuery, type ResolvedQuery } from './resolve-query';

/**
 * What SQL leaves to the schema, from the schema: whether a type's name is an enum's, whose column a name in a query is,
 * which columns come along from another table, whether ALTER TABLE is about an index. What it does not tell is an
 * `unknown` operation behind it, so that it counts as *maybe*.
 */
export function resolveOperation(schema: Schema, operation: Operation): readonly Operation[] {
  if (operation.guarded === true && !fits(schema, operation)) return [];
  if (operation.ifTableExists === true && isTableGone(schema, operation)) return [];
  switch (operation.kind) {
    case 'add_column': {
      const column = resolveColumn(schema, operation.column);
      return [column === operation.column ? operation : { ...operation, column }];
    }
    case 'alter_column': {
      const type = operation.type === undefined ? undefined : resolveType(schema, operation.type);
      return [type === operation.type || type === undefined ? operation : { ...operation, type }];
    }
    case 'create_table':
      return resolveTable(schema, operation);
    case 'create_foreign_key': {
      const constraint = resolveKey(schema, { schema: operation.schema, name: operation.table }, operation.constraint);
      return [constraint === operation.constraint ? operation : { ...operation, constraint }];
    }
    case 'create_view':
      return resolveView(schema, operation);
    case 'create_policy':
    case 'alter_policy':
    case 'create_trigger':
      return resolveDependent(schema, operation);
    case 'detach_partition':
      // It keeps a CHECK that says what its bounds said, and these are not known.
      return operation.concurrently === true ? [operation, doubt(operation, message('The CHECK that {partition} gets for its bounds is not known.', { partition: displayName(operation.partition) }), [operation.partition])] : [operation];
    case 'rename_table':
      return [renameRelation(schema, operation)];
    case 'rename_view_column': {
      const view = schema.views.find((candidate) => sameName(candidate, operation));
      return view !== undefined && view.columns === undefined ? [operation, doubt(operation, message('The columns of the view {view} are not known.', { view: displayName(operation) }), [view])] : [operation];
    }
    case 'set_numbering': {
      const column = findTable(schema, { schema: operation.schema, name: operation.table })?.columns.find((candidate) => candidate.name === operation.column);
      return [column === undefined ? operation : resolveNumbering(operation, column)];
    }
    default:
      return [operation];
  }
}

/** It is done, but not all that it leads to is known. */
function doubt(operation: Operation, reason: Message, tables: readonly QualifiedName[] | null): Operation {
  return { kind: 'unknown', reason, tables: tables?.map(({ schema, name }) => ({ schema, name })) ?? null, ...(operation.source === undefined ? {} : { source: operation.source }) };
}

function resolveColumn(schema: Schema, column: Column): Column {
  const type = resolveType(schema, column.type);
  return type === column.type ? column : { ...column, type };
}

function resolveType(schema: Schema, type: ColumnType): ColumnType {
  if (type.kind !== 'named' || findEnum(schema, type) === undefined) return type;
  return { kind: 'enum', schema: type.schema, name: type.name, dimensions: type.dimensions };
}

/** `REFERENCES t` alone means its primary key. */
function resolveKey(schema: Schema, owner: QualifiedName & { readonly primaryKey?: Table['primaryKey'] }, key: ForeignKey): ForeignKey {
  if (key.references.columns.length > 0) return key;
  const primaryKey = sameName(key.references, owner) && owner.primaryKey !== undefined ? owner.primaryKey : findTable(schema, key.references)?.primaryKey;
  return primaryKey == null ? key : { ...key, references: { ...key.references, columns: primaryKey.columns } };
}

function resolveTable(schema: Schema, operation: OperationOf<'create_table'>): readonly Operation[] {
  const { like = [], parents = [], query, columnNames = [], ...plain } = operation;
  const doubts: Operation[] = [];
  const own = operation.table.columns.map((column) => resolveColumn(schema, column));
  let table: Table = own.every((column, index) => column === operation.table.columns[index]) ? operation.table : { ...operation.table, columns: own };
  if (query !== undefined) {
    const resolved = resolveQuery(schema, query);
    table = { ...table, columns: queryColumns(resolved).map((column, index) => ({ ...column, name: columnNames[index] ?? column.name })) };
    if (resolved.output === null) doubts.push(doubt(operation, message('The columns of {table} come from a query that is not known well enough.', { table: displayName(table) }), [table]));
  }
  for (const clause of [...like].reverse()) {
    const source = findTable(schema, clause.table);
    if (source === undefined) doubts.push(doubt(operation, message('{table} has the columns of {other}, which are not known.', { table: displayName(table), other: displayName(clause.table) }), [table]));
    else table = withLike(table, source, clause);
  }
  if (parents.length > 0) {
    const known = parents.flatMap((parent) => findTable(schema, parent) ?? []);
    const inherited = known.flatMap((parent) => parent.columns.map((column) => ({ ...column, default: drawnFrom(parent, column), comment: null, serial: false, identity: null }))).filter((column, index, all) => all.findIndex((other) => other.name === column.name) === index);
    const merged = inherited.filter((column) => !table.columns.some((written) => written.name === column.name));
    table = { ...table, columns: [...merged, ...table.columns], checks: [...known.flatMap((parent) => parent.checks).filter((check) => !check.noInherit), ...table.checks] };
    doubts.push(doubt(operation, message('{table} inherits from other tables, which go on changing it.', { table: displayName(table) }), [table]));
  }
  if (table.partitionOf !== null) {
    const parent = findTable(schema, table.partitionOf);
    if (parent === undefined) doubts.push(doubt(operation, message('{table} has the columns of {other}, which are not known.', { table: displayName(table), other: displayName(table.partitionOf) }), [table]));
    else table = partitionOf(parent, table);
  }
  const keys = table.foreignKeys.map((key) => resolveKey(schema, table, key));
  if (keys.some((key, index) => key !== table.foreignKeys[index])) table = { ...table, foreignKeys: keys };
  return [table === operation.table && like.length === 0 && parents.length === 0 && query === undefined ? operation : { ...plain, table }, ...doubts];
}

function queryColumns({ output }: ResolvedQuery): readonly Column[] {
  return (output ?? []).map(({ name, column, cast }) => ({ ...plainColumn, name, type: cast ?? column?.type ?? unknownType('The type of this column is its query’s.'), collation: cast === null ? (column?.collation ?? null) : null }));
}

/** The default of a column; that of a `serial` one names its sequence. */
function drawnFrom(table: Table, column: Column): Column['default'] {
  return column.serial ? { sql: `nextval('${quoteName({ schema: table.schema, name: makeObjectName(table.name, column.name, 'seq') })}'::regclass)` } : column.default;
}

/** Source: PostgreSQL documentation, CREATE TABLE, `LIKE source_table`. */
function withLike(table: Table, source: Table, { at, including }: TableLike): Table {
  const has = (what: TableLike['including'][number]): boolean => including.includes(what);
  const columns = source.columns.map((column): Column => {
    const drawn = drawnFrom(source, column);
    return {
      ...plainColumn,
      name: column.name,
      type: column.type,
      nullable: column.nullable,
      collation: column.collation,
      default: has('defaults') ? drawn : null,
      identity: has('identity') ? column.identity : null,
      generated: has('generated') ? column.generated : null,
      comment: has('comments') ? column.comment : null,
    };
  });
  const said = <T extends { readonly comment: string | null }>(object: T): T => ({ ...object, comment: has('comments') ? object.comment : null });
  const indexes = has('indexes') ? source.indexes.map((index) => ({ ...plainIndex, ...said(index), name: null })) : [];
  return {
    ...table,
    columns: [...table.columns.slice(0, at), ...columns, ...table.columns.slice(at)],
    checks: has('constraints') ? [...table.checks, ...source.checks.map(said)] : table.checks,
    primaryKey: has('indexes') && source.primaryKey !== null ? { ...said(source.primaryKey), name: null } : table.primaryKey,
    uniques: has('indexes') ? [...table.uniques, ...source.uniques.map((unique) => ({ ...said(unique), name: null }))] : table.uniques,
    excludes: has('indexes') ? [...table.excludes, ...source.excludes.map((exclude) => ({ ...said(exclude), name: null }))] : table.excludes,
    indexes: [...table.indexes, ...indexes],
  };
}

function resolveView(schema: Schema, { query, columnNames = [], ...operation }: OperationOf<'create_view'>): readonly Operation[] {
  if (query === undefined) return [operation];
  const resolved = resolveQuery(schema, query);
  // Names that stand behind the view's own come first; a later column keeps the query's.
  const columns = resolved.output?.map((column, index) => columnNames[index] ?? column.name) ?? columnNames;
  const { columns: _columns, ...bare } = operation.view;
  const view: View = { ...bare, ...(columns.length === 0 ? {} : { columns }), definition: withStars(operation.view.definition, resolved), dependsOn: resolved.reads };
  const made: Operation = { ...operation, view };
  return resolved.settled ? [made] : [made, doubt(operation, message('What the view {view} reads is not known for certain.', { view: displayName(view) }), [view])];
}

/** PostgreSQL keeps what `*` stood for when the view was made. */
function withStars(definition: string, { stars }: ResolvedQuery): string {
  return [...stars].sort((a, b) => b.at - a.at).reduce((text, star) => text.slice(0, star.at) + star.text + text.slice(star.at + star.length), definition);
}

function resolveDependent(schema: Schema, operation: OperationOf<'create_policy' | 'alter_policy' | 'create_trigger'>): readonly Operation[] {
  const { query } = operation;
  if (query === undefined) return [operation];
  const table = { schema: operation.schema, name: operation.table };
  const reads = ownAndOther(schema, table, query);
  const made = withReads(operation, reads);
  if (resolveQuery(schema, query).settled) return [made];
  const name = operation.kind === 'create_policy' ? operation.policy.name : operation.kind === 'create_trigger' ? operation.trigger.name : operation.name;
  return [made, doubt(operation, message('What {name} on {table} reads is not known for certain.', { name, table: operation.table }), [table])];
}

function withReads(operation: OperationOf<'create_policy' | 'alter_policy' | 'create_trigger'>, reads: ReturnType<typeof ownAndOther>): Operation {
  if (operation.kind === 'create_policy') {
    const { query: _query, policy: { reads: _reads, ...policy }, ...plain } = operation;
    return { ...plain, policy: { ...policy, ...reads } };
  }
  if (operation.kind === 'create_trigger') {
    const { query: _query, trigger: { reads: _reads, ...trigger }, ...plain } = operation;
    return { ...plain, trigger: { ...trigger, ...reads } };
  }
  const { query: _query, ...plain } = operation;
  return { ...plain, reading: reads };
}

/** ALTER TABLE renames indexes and sequences, too. */
function renameRelation(schema: Schema, operation: OperationOf<'rename_table'>): Operation {
  const { kind: _kind, ...rest } = operation;
  if (findTable(schema, operation) !== undefined) return operation;
  if (schema.sequences.some((sequence) => sameName(sequence, operation))) return { ...rest, kind: 'rename_sequence' };
  const isIndex = schema.tables.some((table) => table.schema === operation.schema && (table.indexes.some((index) => index.name === operation.name) || [table.primaryKey, ...table.uniques].some((key) => key?.name === operation.name)));
  return isIndex ? { ...rest, kind: 'rename_index' } : operation;
}

/** What the column had before, which SQL does not say. */
function resolveNumbering(operation: OperationOf<'set_numbering'>, column: Column): Operation {
  if (column.identity === null) return operation;
  const from = { by: 'identity' as const, identity: column.identity };
  if (operation.to.by !== 'identity') return { ...operation, from };
  if (operation.from.by !== 'identity') return operation;
  // SET GENERATED and SET options change a part.
  const { always, options } = operation.to.identity;
  const written = Object.entries({ ...column.identity.options, ...options }).filter(([, value]) => value !== '');
  return { ...operation, from, to: { by: 'identity', identity: { always: operation.keepsWhen === true ? column.identity.always : always, options: Object.fromEntries(written) } } };
}

/** It is not there, and nothing that was not understood can have made it. */
function isTableGone(schema: Schema, operation: Operation): boolean {
  if (!('table' in operation) || typeof operation.table !== 'string' || !('schema' in operation)) return false;
  const name = { schema: operation.schema ?? null, name: operation.table };
  return findTable(schema, name) === undefined && !schema.unknown.some((part) => part.tables === null || part.tables.some((table) => sameName(table, name)));
}
