import { ancestorsOf, type RevisionGraph } from './graph';
import type { RevisionFile } from './revision';
import { quoteIdentifier, quoteLiteral, quoteName } from '../sql/identifiers';

export type Direction = 'upgrade' | 'downgrade';

/** Where Alembic notes down which revisions have run (`version_table`, `version_table_schema` of env.py). */
export interface VersionTable {
  readonly name: string;
  readonly schema: string | null;
}

/** What Alembic writes around a revision's own statements. */
export interface VersionSql {
  /** CREATE TABLE of the version table, before a first revision. */
  readonly before: readonly string[];
  /** `-- Running upgrade a -> b` */
  readonly title: string;
  /** The rows of the version table. */
  readonly after: readonly string[];
}

/**
 * The bookkeeping of one step as `alembic upgrade --sql parent:revision` prints it, or `alembic downgrade --sql
 * revision:parent`, from a database that stands at all of its parents, or at it, and at nothing else. Source: Alembic,
 * `runtime/migration.py` (`MigrationContext.run_migrations`, `HeadMaintainer`, `RevisionStep`).
 */
export function versionSql(file: RevisionFile, graph: RevisionGraph | null, direction: Direction, table: VersionTable): VersionSql {
  const node = graph?.nodes.get(file.id);
  const parents = headsAmong(node?.parents ?? [...new Set([...file.downRevisions, ...file.dependsOn])], graph);
  const written = (node?.downRevisions ?? file.downRevisions).join(', ');
  const name = quoteName(table);
  const column = `${quoteIdentifier(table.name)}.version_num`;
  const at = (id: string): string => ` WHERE ${table.schema === null ? '' : `${quoteIdentifier(table.schema)}.`}${column} = ${quoteLiteral(id)}`;
  const insert = (id: string): string => `INSERT INTO ${name} (version_num) VALUES (${quoteLiteral(id)}) RETURNING ${table.schema === null ? '' : `${quoteIdentifier(table.schema)}.`}${column}`;
  const remove = (id: string): string => `DELETE FROM ${name}${at(id)}`;
  const update = (from: string, to: string): string => `UPDATE ${name} SET version_num=${quoteLiteral(to)}${at(from)}`;
  const last = parents.at(-1);
  const others = parents.slice(0, -1);
  if (direction === 'upgrade') {
    return {
      before: last === undefined ? [createVersionTable(table)] : [],
      title: `Running upgrade ${written} -> ${file.id}`,
      after: last === undefined ? [insert(file.id)] : [...others.map(remove), update(last, file.id)],
    };
  }
  return {
    before: [],
    title: `Running downgrade ${file.id} -> ${written}`,
    after: last === undefined ? [remove(file.id)] : [...others.map(insert), update(file.id, last)],
  };
}

/** The parents that no other parent stands on: those that the version table holds. */
function headsAmong(parents: readonly string[], graph: RevisionGraph | null): readonly string[] {
  if (graph === null || parents.length < 2) return parents;
  return parents.filter((id) => !parents.some((other) => other !== id && ancestorsOf(graph, [other]).has(id)));
}

function createVersionTable(table: VersionTable): string {
  return `CREATE TABLE ${quoteName(table)} (\n    version_num VARCHAR(32) NOT NULL,\n    CONSTRAINT ${quoteIdentifier(`${table.name}_pkc`)} PRIMARY KEY (version_num)\n)`;
}
