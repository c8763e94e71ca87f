import type { Problem } from '../../engine/text/problem';
import { message } from '../../engine/text/problem';
import type { Database, Queries } from '../connect';
import type { ColumnRow } from './columns';
import { columnsQuery } from './columns';
import type { ConstraintRow } from './constraints';
import { constraintsQuery } from './constraints';
import type { CollationRow, IndexParameterRow, IndexRow, OperatorClassRow } from './indexes';
import { collationsQuery, indexesQuery, indexParametersQuery, operatorClassesQuery } from './indexes';
import type { ExtensionRow, NamespaceRow } from './namespaces';
import { extensionsQuery, namespacesQuery, oidArray } from './namespaces';
import type { PolicyRow } from './policies';
import { policiesQuery } from './policies';
import type { RelationRow } from './relations';
import { relationsQuery } from './relations';
import type { SequenceRow } from './sequences';
import { sequencesQuery } from './sequences';
import type { TriggerRow } from './triggers';
import { triggersQuery } from './triggers';
import type { EnumRow } from './types';
import { enumsQuery } from './types';
import type { ViewDependencyRow } from './views';
import { viewDependenciesQuery } from './views';

/** The rows of PostgreSQL's catalog that `readSchema` is made from. */
export interface Catalog {
  readonly extensions: readonly ExtensionRow[];
  readonly relations: readonly RelationRow[];
  readonly columns: readonly ColumnRow[];
  readonly constraints: readonly ConstraintRow[];
  readonly indexes: readonly IndexRow[];
  readonly indexParameters: readonly IndexParameterRow[];
  readonly operatorClasses: readonly OperatorClassRow[];
  readonly collations: readonly CollationRow[];
  readonly sequences: readonly SequenceRow[];
  readonly enums: readonly EnumRow[];
  readonly policies: readonly PolicyRow[];
  readonly triggers: readonly TriggerRow[];
  readonly viewDependencies: readonly ViewDependencyRow[];
}

export interface CatalogReading {
  readonly catalog: Catalog;
  /** One for each part that the user may not read; that part is empty. */
  readonly problems: readonly Problem[];
}

/**
 * All of the catalog that belongs to the namespaces which `choose` keeps, in one snapshot: two round trips, one to know
 * the namespaces, one for the rest. Only where a right is missing, the parts are read one by one.
 */
export async function readCatalog(
  database: Database,
  choose: (namespaces: readonly NamespaceRow[]) => readonly NamespaceRow[],
): Promise<CatalogReading> {
  try {
    return await tryAgain(() => database.read((queries) => readTogether(queries, database.server.versionNumber, choose)));
  } catch (error) {
    if ((error as { code?: unknown }).code !== noRight) throw error;
    return database.read((queries) => readOneByOne(queries, database.server.versionNumber, choose));
  }
}

/** SQLSTATE insufficient_privilege */
const noRight = '42501';

type Choose = (namespaces: readonly NamespaceRow[]) => readonly NamespaceRow[];

async function readTogether(queries: Queries, version: number, choose: Choose): Promise<CatalogReading> {
  const [namespaces = []] = await queries.batch([namespacesQuery]);
  const statements = statementsFor(oidArray(choose(namespaces as readonly NamespaceRow[])), version);
  const rows = await queries.batch(statements.map(([, sql]) => sql));
  return { catalog: collect(statements.map(([part], i) => [part, rows[i] ?? []])), problems: [] };
}

async function readOneByOne(queries: Queries, version: number, choose: Choose): Promise<CatalogReading> {
  const problems: Problem[] = [];
  const read = async (part: string, sql: string): Promise<readonly object[]> => {
    await queries.query('SAVEPOINT part');
    try {
      return await queries.query(sql);
    } catch (error) {
      if ((error as { code?: unknown }).code !== noRight) throw error;
      await queries.query('ROLLBACK TO SAVEPOINT part');
      problems.push({
        code: 'catalog-not-readable',
        severity: 'error',
        message: message('The {part} of the database could not be read ({detail}). Ask its owner for the right to read the system catalog.', {
          part,
          detail: (error as Error).message,
        }),
      });
      return [];
    }
  };
  const namespaces = (await read('schemas', namespacesQuery)) as readonly NamespaceRow[];
  const parts: [keyof Catalog, readonly object[]][] = [];
  for (const [part, sql] of statementsFor(oidArray(choose(namespaces)), version)) parts.push([part, await read(partNames[part], sql)]);
  return { catalog: collect(parts), problems };
}

function statementsFor(namespaces: string, version: number): readonly (readonly [keyof Catalog, string])[] {
  return [
    ['extensions', extensionsQuery],
    ['relations', relationsQuery(namespaces)],
    ['columns', columnsQuery(namespaces)],
    ['constraints', constraintsQuery(namespaces, version)],
    ['indexes', indexesQuery(namespaces, version)],
    ['indexParameters', indexParametersQuery(namespaces)],
    ['operatorClasses', operatorClassesQuery],
    ['collations', collationsQuery],
    ['sequences', sequencesQuery(namespaces)],
    ['enums', enumsQuery(namespaces)],
    ['policies', policiesQuery(namespaces)],
    ['triggers', triggersQuery(namespaces)],
    ['viewDependencies', viewDependenciesQuery(namespaces)],
  ];
}

const partNames: Readonly<Record<keyof Catalog, string>> = {
  extensions: 'extensions',
  relations: 'tables and views',
  columns: 'columns',
  constraints: 'constraints',
  indexes: 'indexes',
  indexParameters: "indexes' parameters",
  operatorClasses: 'operator classes',
  collations: 'collations',
  sequences: 'sequences',
  enums: 'enum types',
  policies: 'row level security policies',
  triggers: 'triggers and rules',
  viewDependencies: "views' dependencies",
};

function collect(parts: readonly (readonly [keyof Catalog, readonly object[]])[]): Catalog {
  const found = new Map(parts);
  const rows = <Row>(part: keyof Catalog): readonly Row[] => (found.get(part) ?? []) as readonly Row[];
  return {
    extensions: rows('extensions'),
    relations: rows('relations'),
    columns: rows('columns'),
    constraints: rows('constraints'),
    indexes: rows('indexes'),
    indexParameters: rows('indexParameters'),
    operatorClasses: rows('operatorClasses'),
    collations: rows('collations'),
    sequences: rows('sequences'),
    enums: rows('enums'),
    policies: rows('policies'),
    triggers: rows('triggers'),
    viewDependencies: rows('viewDependencies'),
  };
}

/**
 * Functions such as `pg_get_viewdef` look past the snapshot at the catalog of this moment, so an object that is dropped
 * while we read can make them fail (`pg_dump` has the same trouble). Once more, then.
 */
async function tryAgain<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    const { code, message: text } = error as { code?: unknown; message?: unknown };
    const vanished = code === 'XX000' && /cache lookup failed|could not open relation|could not find/.test(String(text));
    if (!vanished) throw error;
    return read();
  }
}
