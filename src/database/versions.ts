import type { MigrationForm } from '../engine/project/supabase';
import type { QualifiedName } from '../engine/schema/schema';
import type { Problem } from '../engine/text/problem';
import { message } from '../engine/text/problem';
import type { Database, Queries } from './connect';
import { quoteQualified } from './quote';

export interface AppliedVersions {
  /** The rows of Alembic's version table, one a head, in alphabetical order. */
  readonly applied: readonly string[];
  /** False: there is no such table, so nothing was applied yet. */
  readonly present: boolean;
  /** Why they could not be read, though there is such a table. */
  readonly problems: readonly Problem[];
}

/**
 * Which revisions a database has, from Alembic's version table (Alembic documentation, `EnvironmentContext.configure`,
 * `version_table` and `version_table_schema`). Rejects when the connection breaks.
 */
export async function readVersions(database: Database, table: QualifiedName = { schema: null, name: 'alembic_version' }): Promise<AppliedVersions> {
  return database.read(async (queries) => {
    const found = await find(queries, table, ['version_num'], database.server.defaultSchema);
    if (found === null) return { applied: [], present: false, problems: [] };
    const problems = obstacles(found, table, ['version_num']);
    if (problems.length > 0) return { applied: [], present: true, problems };
    const rows = await queries.query<{ version_num: string }>(`SELECT version_num::text FROM ${found.quoted}`);
    return { applied: rows.map((row) => row.version_num).sort(), present: true, problems: [] };
  });
}

export interface SupabaseVersion {
  /** The timestamp that the file's name starts with. */
  readonly version: string;
  readonly name: string | null;
  /** What was run; null where an old project lacks the column, or it was not asked for. */
  readonly statements: readonly string[] | null;
}

export interface SupabaseVersions {
  readonly applied: readonly SupabaseVersion[];
  readonly present: boolean;
  readonly problems: readonly Problem[];
}

/**
 * Which SQL migrations Supabase's CLI noted down as applied, oldest first. Its table is made by the first push, and old
 * projects lack the columns `name` and `statements`. Rejects when the connection breaks.
 */
export async function readSupabaseVersions(database: Database, options: { readonly statements?: boolean } = {}): Promise<SupabaseVersions> {
  const table = { schema: 'supabase_migrations', name: 'schema_migrations' };
  return database.read(async (queries) => {
    const found = await find(queries, table, ['version', 'name', 'statements'], database.server.defaultSchema);
    if (found === null) return { applied: [], present: false, problems: [] };
    const problems = obstacles(found, table, ['version']);
    if (problems.length > 0) return { applied: [], present: true, problems };
    const name = found.columns.includes('name') ? 'name::text' : 'NULL::text';
    const statements = options.statements === true && found.columns.includes('statements') ? 'statements::text[]' : 'NULL::text[]';
    const applied = await queries.query<SupabaseVersion>(
      `SELECT version::text AS version, ${name} AS name, ${statements} AS statements FROM ${found.quoted}`,
    );
    return { applied: [...applied].sort((a, b) => (a.version < b.version ? -1 : 1)), present: true, problems: [] };
  });
}

/** What Supabase's CLI ran for one version, statement by statement; null: it noted down no such version, or not what it ran. Rejects when the connection breaks. */
export async function readStoredStatements(database: Database, version: string): Promise<readonly string[] | null> {
  const { applied } = await readSupabaseVersions(database, { statements: true });
  return applied.find((one) => one.version === version)?.statements ?? null;
}

/** The same of either history: the rows of Alembic's table, or the versions that Supabase's CLI noted down. */
export async function readApplied(database: Database, form: MigrationForm, table?: QualifiedName): Promise<AppliedVersions> {
  if (form === 'alembic') return readVersions(database, table);
  const { applied, ...rest } = await readSupabaseVersions(database);
  return { applied: applied.map(({ version }) => version), ...rest };
}

/**
 * What Supabase's CLI noted down in a database whose history is Alembic's: both can live in one database. Null: it noted down nothing.
 * Rejects when the connection breaks.
 */
export async function readSupabaseBeside(database: Database): Promise<AppliedVersions | null> {
  const { applied, present, problems } = await readApplied(database, 'supabase');
  return present && (applied.length > 0 || problems.length > 0) ? { applied, present, problems } : null;
}

interface FoundTable {
  readonly quoted: string;
  /** Those of the columns asked for that it has. */
  readonly columns: readonly string[];
  readonly readable: boolean;
}

/**
 * The catalog is readable even where the table is not. Without a schema the search path decides, as it does for Alembic;
 * a schema that the user may not use drops out of the search path, but "not readable" must not look like "not there".
 */
async function find(queries: Queries, table: QualifiedName, columns: readonly string[], defaultSchema: string): Promise<FoundTable | null> {
  const [row] = await queries.query<{ schema: string; columns: string[]; readable: boolean }>(
    `SELECT n.nspname::text AS schema,
       ARRAY(SELECT a.attname::text FROM pg_catalog.pg_attribute a
             WHERE a.attrelid = c.oid AND a.attname = ANY ($3::name[]) AND NOT a.attisdropped) AS columns,
       pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND pg_catalog.has_any_column_privilege(c.oid, 'SELECT') AS readable
     FROM pg_catalog.pg_class c
     JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relname = $2::name AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
       AND CASE WHEN $1::name IS NULL THEN (n.nspname = ANY (pg_catalog.current_schemas(false)) OR n.nspname = $4::name) ELSE n.nspname = $1::name END
     ORDER BY pg_catalog.array_position(pg_catalog.current_schemas(false), n.nspname)
     LIMIT 1`,
    [table.schema, table.name, columns, defaultSchema],
  );
  if (row === undefined) return null;
  return { quoted: quoteQualified({ schema: row.schema, name: table.name }), columns: row.columns, readable: row.readable };
}

function obstacles(found: FoundTable, table: QualifiedName, needed: readonly string[]): Problem[] {
  const name = table.schema === null ? table.name : `${table.schema}.${table.name}`;
  const missing = needed.find((column) => !found.columns.includes(column));
  if (missing !== undefined) {
    return [
      {
        code: 'version-table-foreign',
        severity: 'error',
        message: message('The table {name} has no column {missing}, so it does not say which revisions are applied. Check version_table in env.py.', { name, missing }),
      },
    ];
  }
  if (found.readable) return [];
  return [
    {
      code: 'version-table-not-readable',
      severity: 'error',
      message: message('This user may not read the table {name}, so it is not known which revisions are applied. Ask its owner to GRANT SELECT ON {name}, or connect as another user.', {
        name,
      }),
    },
  ];
}
