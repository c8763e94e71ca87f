import type { QualifiedName, Schema, Sequence, Table, View } from '../engine/schema/schema';
import { plainTable } from '../engine/schema/plain';
import type { Problem } from '../engine/text/problem';
import { message } from '../engine/text/problem';
import type { ColumnRow } from './catalog/columns';
import { readColumn } from './catalog/columns';
import type { ConstraintRow } from './catalog/constraints';
import { readCheck, readExclude, readForeignKey, readPrimaryKey, readUnique, unspokenOption } from './catalog/constraints';
import type { IndexNames, IndexRow } from './catalog/indexes';
import { readIndex } from './catalog/indexes';
import { isManagedNamespace, isManagedOwner, type NamespaceRow } from './catalog/namespaces';
import type { PolicyRow } from './catalog/policies';
import { readPolicy } from './catalog/policies';
import type { Catalog } from './catalog/read-catalog';
import { readCatalog } from './catalog/read-catalog';
import type { RelationRow } from './catalog/relations';
import type { SequenceRow } from './catalog/sequences';
import { readSequence } from './catalog/sequences';
import type { TriggerRow } from './catalog/triggers';
import { readTrigger } from './catalog/triggers';
import { readEnum } from './catalog/types';
import { readView } from './catalog/views';
import type { Database, Server } from './connect';

export interface ReadSchemaOptions {
  /** Also what belongs to Supabase and to extensions. */
  readonly includeManaged?: boolean;
  /** Alembic's own table, which it leaves out of comparisons; default `alembic_version` in the default schema. */
  readonly versionTable?: QualifiedName;
}

export interface SchemaReading {
  readonly schema: Schema;
  readonly problems: readonly Problem[];
  readonly server: Server;
}

/**
 * The database's structure from PostgreSQL's catalog, in one snapshot and two round trips of queries. Left out are
 * system schemas, temporary objects, foreign tables and the version tables of Alembic and of Supabase's CLI; and, without `includeManaged`, what
 * belongs to Supabase (its schemas, everything of `supabase_admin`) and members of extensions.
 *
 * Expressions and definitions are as PostgreSQL prints them for this session's search path. A part of the catalog that
 * may not be read is a problem and marked in `schema.unknown`. Rejects when the connection breaks.
 */
export async function readSchema(database: Database, options: ReadSchemaOptions = {}): Promise<SchemaReading> {
  const { server } = database;
  let existing: readonly NamespaceRow[] = [];
  const { catalog, problems } = await readCatalog(database, (namespaces) => {
    existing = namespaces;
    return namespaces.filter((namespace) => options.includeManaged === true || !isManagedNamespace(namespace, server));
  });
  const namespace = (name: string): string | null => (name === server.defaultSchema ? null : name);
  const isWanted = (row: { readonly owner: string; readonly extension: string | null }): boolean =>
    options.includeManaged === true || (row.extension === null && !isManagedOwner(row.owner, server));
  const version = options.versionTable ?? { schema: null, name: 'alembic_version' };
  const isVersionTable = (row: RelationRow): boolean => row.name === version.name && row.schema === (version.schema ?? server.defaultSchema);
  const isBookkeeping = (row: RelationRow): boolean => options.includeManaged !== true && isKeptByCli(row);

  const relations = catalog.relations.filter((row) => isWanted(row) && !isVersionTable(row) && !isBookkeeping(row));
  const parts = group(catalog);
  const tables = relations.filter((row) => row.kind === 'r' || row.kind === 'p');
  const views = relations.filter((row) => row.kind === 'v' || row.kind === 'm');
  const kept = new Set(tables.map((row) => row.oid));
  const schema: Schema = {
    defaultSchema: server.defaultSchema,
    tables: tables.map((row) => readTable(row, parts, namespace)).sort(byName),
    enums: catalog.enums.filter(isWanted).map((row) => readEnum(row, namespace)).sort(byName),
    // A sequence goes the way of the table it belongs to.
    sequences: catalog.sequences
      .filter((row) => isWanted(row) && (row.owned_by === null || kept.has(row.owned_by)))
      .map((row): Sequence => readSequence(row, namespace))
      .sort(byName),
    views: views.map((row) => readAnyView(row, parts, namespace)).sort(byName),
    extensions: catalog.extensions.map((row) => row.name).sort(),
    namespaces: existing.map(({ name }) => name).sort(),
    managedNamespaces: existing.filter((row) => isManagedNamespace(row, server)).map(({ name }) => name).sort(),
    unknown: problems.map((problem) => ({ reason: problem.message, tables: null })),
  };
  return { schema, problems: [...problems, ...tables.flatMap((row) => unspoken(row, parts, namespace))], server };
}

/** Supabase's CLI keeps its books in whatever database it migrates, a plain PostgreSQL too (`pkg/migration/history.go`). */
function isKeptByCli({ schema, name }: RelationRow): boolean {
  return schema === 'supabase_migrations' && (name === 'schema_migrations' || name === 'seed_files');
}

type Namespace = (name: string) => string | null;

/** Rows of the catalog by the table (or view) that they belong to. */
interface Parts {
  readonly columns: ReadonlyMap<number, readonly ColumnRow[]>;
  readonly constraints: ReadonlyMap<number, readonly ConstraintRow[]>;
  readonly indexes: ReadonlyMap<number, readonly IndexRow[]>;
  readonly policies: ReadonlyMap<number, readonly PolicyRow[]>;
  readonly triggers: ReadonlyMap<number, readonly TriggerRow[]>;
  readonly sequences: ReadonlyMap<number, readonly SequenceRow[]>;
  readonly dependencies: ReadonlyMap<number, Catalog['viewDependencies']>;
  readonly shared: Pick<IndexNames, 'operatorClasses' | 'collations' | 'parameters'>;
}

function group(catalog: Catalog): Parts {
  return {
    columns: groupBy(catalog.columns, (row) => row.relation),
    constraints: groupBy(catalog.constraints, (row) => row.relation),
    indexes: groupBy(catalog.indexes, (row) => row.relation),
    policies: groupBy(catalog.policies, (row) => row.relation),
    triggers: groupBy(catalog.triggers, (row) => row.relation),
    sequences: groupBy(catalog.sequences, (row) => row.owned_by ?? 0),
    dependencies: groupBy(catalog.viewDependencies, (row) => row.view),
    shared: {
      operatorClasses: new Map(catalog.operatorClasses.map((row) => [row.oid, row])),
      collations: new Map(catalog.collations.map((row) => [row.oid, row.name])),
      parameters: new Map(catalog.indexParameters.map((row) => [`${row.relation}.${row.number}`, row.options])),
    },
  };
}

/** `Map.groupBy`, which Node 20 does not have. */
function groupBy<Key, Row>(rows: readonly Row[], key: (row: Row) => Key): ReadonlyMap<Key, readonly Row[]> {
  const groups = new Map<Key, Row[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group === undefined) groups.set(key(row), [row]);
    else group.push(row);
  }
  return groups;
}

function readTable(row: RelationRow, parts: Parts, namespace: Namespace): Table {
  const columns = parts.columns.get(row.oid) ?? [];
  const constraints = parts.constraints.get(row.oid) ?? [];
  const indexes = new Map((parts.indexes.get(row.oid) ?? []).map((index) => [index.oid, index]));
  const sequences = new Map((parts.sequences.get(row.oid) ?? []).map((sequence) => [sequence.owned_by_number, sequence]));
  const names = indexNames(columns, parts);
  const { columnName } = names;
  const of = (type: ConstraintRow['type']): readonly ConstraintRow[] => constraints.filter((constraint) => constraint.type === type).sort(byName);
  const behindConstraints = new Set(constraints.filter(({ type }) => type === 'p' || type === 'u' || type === 'x').map(({ index }) => index));
  const primaryKey = of('p')[0];
  const triggers = parts.triggers.get(row.oid) ?? [];
  return {
    ...plainTable,
    schema: namespace(row.schema),
    name: row.name,
    columns: columns.map((column) => readColumn(column, sequences.get(column.number), namespace)),
    primaryKey: primaryKey === undefined ? null : readPrimaryKey(primaryKey, indexes.get(primaryKey.index), columnName),
    foreignKeys: of('f').map((constraint) => readForeignKey(constraint, columnName, namespace)),
    uniques: of('u').map((constraint) => readUnique(constraint, indexes.get(constraint.index), columnName)),
    checks: of('c').map(readCheck),
    excludes: of('x').map((constraint) => readExclude(constraint, indexes.get(constraint.index), names)),
    indexes: [...indexes.values()].filter((index) => !behindConstraints.has(index.oid)).sort(byName).map((index) => readIndex(index, names)),
    comment: row.comment,
    policies: (parts.policies.get(row.oid) ?? []).map((policy) => readPolicy(policy, namespace)).sort(byName),
    ...(triggers.length === 0 ? {} : { triggers: triggers.map((trigger) => readTrigger(trigger, namespace)).sort(byName) }),
    rowLevelSecurity: row.row_level_security,
    partitionBy: row.partition_by,
    partitionOf: row.parent_name === null || row.parent_schema === null ? null : { schema: namespace(row.parent_schema), name: row.parent_name },
    owner: row.owner,
    extension: row.extension,
  };
}

function readAnyView(row: RelationRow, parts: Parts, namespace: Namespace): View {
  const view = readView(row, parts.dependencies.get(row.oid) ?? [], namespace);
  const dependsOn = [...view.dependsOn].sort((a, b) => byName(a, b) || compare(a.column ?? '', b.column ?? ''));
  const columns = parts.columns.get(row.oid) ?? [];
  const names = indexNames(columns, parts);
  const indexes = [...(parts.indexes.get(row.oid) ?? [])].sort(byName).map((index) => readIndex(index, names));
  return { ...view, columns: columns.map(({ name }) => name), dependsOn, ...(indexes.length === 0 ? {} : { indexes }) };
}

/** Nothing is left out silently: options that `Schema` cannot hold are said. */
function unspoken(row: RelationRow, parts: Parts, namespace: Namespace): Problem[] {
  const columnName = namesOf(parts.columns.get(row.oid) ?? []);
  return (parts.constraints.get(row.oid) ?? []).flatMap((constraint) => {
    const option = unspokenOption(constraint, columnName);
    if (option === null) return [];
    const schema = namespace(row.schema);
    const table = schema === null ? row.name : `${schema}.${row.name}`;
    return [
      {
        code: 'option-not-read',
        severity: 'warning' as const,
        message: message('{option} of constraint {name} on {table} is not compared, and would be lost where the constraint is made again.', {
          option,
          name: constraint.name,
          table,
        }),
      },
    ];
  });
}

function indexNames(columns: readonly ColumnRow[], parts: Parts): IndexNames {
  const collations = new Map(columns.map((column) => [column.number, column.collation_id]));
  return { columnName: namesOf(columns), columnCollation: (number) => collations.get(number) ?? 0, ...parts.shared };
}

function namesOf(columns: readonly ColumnRow[]): (number: number) => string {
  const names = new Map(columns.map((column) => [column.number, column.name]));
  return (number) => names.get(number) ?? '';
}

function byName(a: { readonly name: string | null; readonly schema?: string | null }, b: { readonly name: string | null; readonly schema?: string | null }): number {
  return compare(a.schema ?? '', b.schema ?? '') || compare(a.name ?? '', b.name ?? '');
}

/** By code units, the same under every locale. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
