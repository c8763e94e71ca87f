import type { SchemaStatement } from '../engine/render/schema-sql';
import { isManagedNamespace, namespacesQuery, oidArray, type NamespaceRow } from './catalog/namespaces';
import type { Database } from './connect';

/**
 * What tables, defaults, policies and triggers stand on and `Schema` does not hold: domains, composite and range types, functions and
 * procedures of the user's, as the statements that make them. Members of extensions and Supabase's own are left out.
 */
export async function readDefinitions(database: Database): Promise<readonly SchemaStatement[]> {
  return database.read(async (queries) => {
    const namespaces = (await queries.query<NamespaceRow>(namespacesQuery)).filter((row) => !isManagedNamespace(row, database.server));
    const oids = oidArray(namespaces);
    const rows = await queries.query<{ what: string; sql: string }>(`${typesQuery(oids)} UNION ALL ${partitionsQuery(oids)} UNION ALL ${functionsQuery(oids)}`);
    return rows.map(({ what, sql }) => ({ what, sql }));
  });
}

/** Source: pg_type, pg_constraint, pg_range; the words are those of CREATE DOMAIN and CREATE TYPE. */
function typesQuery(namespaces: string): string {
  const name = "pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(t.typname)";
  const notOfExtension = "NOT EXISTS (SELECT FROM pg_catalog.pg_depend e WHERE e.classid = 'pg_catalog.pg_type'::regclass AND e.objid = t.oid AND e.deptype = 'e')";
  return `
SELECT 1 AS rank, 'domain ' || t.typname AS what, 'CREATE DOMAIN ' || ${name} || ' AS ' || pg_catalog.format_type(t.typbasetype, t.typtypmod)
  || COALESCE(' DEFAULT ' || t.typdefault, '') || CASE WHEN t.typnotnull THEN ' NOT NULL' ELSE '' END
  || COALESCE((SELECT pg_catalog.string_agg(' CONSTRAINT ' || pg_catalog.quote_ident(c.conname) || ' ' || pg_catalog.pg_get_constraintdef(c.oid), '' ORDER BY c.conname)
     FROM pg_catalog.pg_constraint c WHERE c.contypid = t.oid AND c.contype = 'c'), '') AS sql
FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
WHERE t.typtype = 'd' AND t.typnamespace = ANY (${namespaces}) AND ${notOfExtension}
UNION ALL
SELECT 1, 'type ' || t.typname, 'CREATE TYPE ' || ${name} || ' AS (' || COALESCE((SELECT pg_catalog.string_agg(pg_catalog.quote_ident(a.attname) || ' ' || pg_catalog.format_type(a.atttypid, a.atttypmod), ', ' ORDER BY a.attnum)
  FROM pg_catalog.pg_attribute a WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped), '') || ')'
FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace JOIN pg_catalog.pg_class r ON r.oid = t.typrelid AND r.relkind = 'c'
WHERE t.typtype = 'c' AND t.typnamespace = ANY (${namespaces}) AND ${notOfExtension}
UNION ALL
SELECT 1, 'range type ' || t.typname, 'CREATE TYPE ' || ${name} || ' AS RANGE (SUBTYPE = ' || pg_catalog.format_type(g.rngsubtype, NULL) || ')'
FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace JOIN pg_catalog.pg_range g ON g.rngtypid = t.oid
WHERE t.typtype = 'r' AND t.typnamespace = ANY (${namespaces}) AND ${notOfExtension}`;
}

/** What `Schema` knows of a partition is its parent alone. */
function partitionsQuery(namespaces: string): string {
  return `
SELECT 1, 'table ' || CASE WHEN n.nspname = pg_catalog.current_schema() THEN '' ELSE n.nspname || '.' END || c.relname,
  'CREATE TABLE ' || pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname) || ' PARTITION OF ' || i.inhparent::regclass || ' ' || pg_catalog.pg_get_expr(c.relpartbound, c.oid)
  || COALESCE(' PARTITION BY ' || pg_catalog.pg_get_partkeydef(c.oid), '')
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace JOIN pg_catalog.pg_inherits i ON i.inhrelid = c.oid
WHERE c.relispartition AND c.relkind IN ('r', 'p') AND c.relnamespace = ANY (${namespaces})`;
}

function functionsQuery(namespaces: string): string {
  return `
SELECT 2, 'function ' || p.proname, pg_catalog.pg_get_functiondef(p.oid)
FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_language l ON l.oid = p.prolang
WHERE p.prokind IN ('f', 'p') AND p.pronamespace = ANY (${namespaces}) AND l.lanname IN ('sql', 'plpgsql')
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e WHERE e.classid = 'pg_catalog.pg_proc'::regclass AND e.objid = p.oid AND e.deptype IN ('e', 'i'))
ORDER BY 1, 2, 3`;
}
