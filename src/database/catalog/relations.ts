/** A table, partitioned table, view or materialized view. Sequences have their own query. */
export interface RelationRow {
  readonly oid: number;
  readonly schema: string;
  readonly name: string;
  /** Schema and name as they stand in a statement. */
  readonly quoted_name: string;
  /** `pg_class.relkind`: r table, p partitioned table, v view, m materialized view. */
  readonly kind: 'r' | 'p' | 'v' | 'm';
  readonly owner: string;
  readonly extension: string | null;
  readonly comment: string | null;
  readonly row_level_security: boolean;
  readonly partition_by: string | null;
  readonly parent_schema: string | null;
  readonly parent_name: string | null;
  /** `fillfactor=70`, of views `security_invoker=true`. */
  readonly options: readonly string[] | null;
  readonly definition: string | null;
  readonly populated: boolean;
  /** Of a view: the GRANT statements of everybody but its owner. */
  readonly grants: readonly string[] | null;
}

export function relationsQuery(namespaces: string): string {
  return `
SELECT c.oid, n.nspname::text AS schema, c.relname::text AS name, c.relkind AS kind,
  pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname) AS quoted_name,
  pg_catalog.pg_get_userbyid(c.relowner)::text AS owner, e.extname::text AS extension, d.description AS comment,
  c.relrowsecurity AS row_level_security,
  CASE WHEN c.relkind = 'p' THEN pg_catalog.pg_get_partkeydef(c.oid) END AS partition_by,
  pn.nspname::text AS parent_schema, p.relname::text AS parent_name,
  c.reloptions AS options,
  CASE WHEN c.relkind IN ('v', 'm') THEN pg_catalog.pg_get_viewdef(c.oid) END AS definition,
  c.relispopulated AS populated,
  CASE WHEN c.relkind IN ('v', 'm') THEN ARRAY(
    SELECT 'GRANT ' || pg_catalog.string_agg(a.privilege_type, ', ' ORDER BY a.privilege_type) || ' ON ' || pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname)
      || ' TO ' || CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(a.grantee)) END || CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END
    FROM pg_catalog.aclexplode(c.relacl) a WHERE a.grantee <> c.relowner GROUP BY a.grantee, a.is_grantable ORDER BY a.grantee, a.is_grantable
  ) END AS grants
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
${extensionJoin('pg_class', 'c.oid')}
${commentJoin('pg_class', 'c.oid')}
LEFT JOIN pg_catalog.pg_inherits i ON c.relispartition AND i.inhrelid = c.oid
LEFT JOIN pg_catalog.pg_class p ON p.oid = i.inhparent
LEFT JOIN pg_catalog.pg_namespace pn ON pn.oid = p.relnamespace
WHERE c.relnamespace = ANY (${namespaces}) AND c.relkind IN ('r', 'p', 'v', 'm')`;
}

/** `e.extname` is the extension that the object is a member of (PostgreSQL documentation, "pg_depend", DEPENDENCY_EXTENSION). */
export function extensionJoin(catalog: string, oid: string): string {
  return `LEFT JOIN pg_catalog.pg_depend x ON x.classid = 'pg_catalog.${catalog}'::regclass AND x.objid = ${oid} AND x.objsubid = 0
  AND x.refclassid = 'pg_catalog.pg_extension'::regclass AND x.deptype = 'e'
LEFT JOIN pg_catalog.pg_extension e ON e.oid = x.refobjid`;
}

/** `d.description` is the object's comment. */
export function commentJoin(catalog: string, oid: string, part = '0'): string {
  return `LEFT JOIN pg_catalog.pg_description d ON d.classoid = 'pg_catalog.${catalog}'::regclass AND d.objoid = ${oid} AND d.objsubid = ${part}`;
}

/** `['fillfactor=70']` → `{ fillfactor: '70' }` */
export function readOptions(options: readonly string[] | null): Record<string, string> {
  return Object.fromEntries(
    (options ?? []).map((option) => {
      const equals = option.indexOf('=');
      return [option.slice(0, equals), option.slice(equals + 1)];
    }),
  );
}
