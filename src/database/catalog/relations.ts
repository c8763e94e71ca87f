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
  /** Of a view: the statements that give back what goes with it when it is dropped (`viewExtras`). */
  readonly extras: readonly string[] | null;
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
  CASE WHEN c.relkind IN ('v', 'm') THEN ARRAY(${viewExtras}) END AS extras
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
${extensionJoin('pg_class', 'c.oid')}
${commentJoin('pg_class', 'c.oid')}
LEFT JOIN pg_catalog.pg_inherits i ON c.relispartition AND i.inhrelid = c.oid
LEFT JOIN pg_catalog.pg_class p ON p.oid = i.inhparent
LEFT JOIN pg_catalog.pg_namespace pn ON pn.oid = p.relnamespace
WHERE c.relnamespace = ANY (${namespaces}) AND c.relkind IN ('r', 'p', 'v', 'm')`;
}

const fullName = `pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname)`;

const granteeOf = `SELECT ' TO ' || CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(a.grantee)) END || CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END AS clause`;

/**
 * What a view loses when it is dropped, beside its comment, as statements in an order that runs: defaults and comments of
 * its columns, triggers, rules, the rights of everybody but its owner, and its owner where
 * what it reads belongs to somebody else, who most likely makes it again.
 */
const viewExtras = `
    SELECT extra.statement FROM (
      SELECT 1 AS place, a.attnum::text AS position, 'ALTER VIEW ' || ${fullName} || ' ALTER COLUMN ' || pg_catalog.quote_ident(a.attname) || ' SET DEFAULT ' || pg_catalog.pg_get_expr(ad.adbin, ad.adrelid) AS statement
      FROM pg_catalog.pg_attrdef ad JOIN pg_catalog.pg_attribute a ON a.attrelid = ad.adrelid AND a.attnum = ad.adnum WHERE ad.adrelid = c.oid
      UNION ALL
      SELECT 2, a.attnum::text, 'COMMENT ON COLUMN ' || ${fullName} || '.' || pg_catalog.quote_ident(a.attname) || ' IS ' || pg_catalog.quote_literal(cd.description)
      FROM pg_catalog.pg_description cd JOIN pg_catalog.pg_attribute a ON a.attrelid = cd.objoid AND a.attnum = cd.objsubid
      WHERE cd.classoid = 'pg_catalog.pg_class'::regclass AND cd.objoid = c.oid AND cd.objsubid > 0
      UNION ALL
      SELECT 3, t.tgname::text, pg_catalog.pg_get_triggerdef(t.oid) FROM pg_catalog.pg_trigger t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal
      UNION ALL
      SELECT 4, w.rulename::text, pg_catalog.rtrim(pg_catalog.pg_get_ruledef(w.oid), ';') FROM pg_catalog.pg_rewrite w WHERE w.ev_class = c.oid AND w.rulename <> '_RETURN'
      UNION ALL
      SELECT 5, a.grantee || ' ' || a.is_grantable, 'GRANT ' || pg_catalog.string_agg(a.privilege_type, ', ' ORDER BY a.privilege_type) || ' ON ' || ${fullName} || grantee.clause
      FROM pg_catalog.aclexplode(c.relacl) a, LATERAL (${granteeOf}) grantee WHERE a.grantee <> c.relowner GROUP BY a.grantee, a.is_grantable, grantee.clause
      UNION ALL
      SELECT 6, a.grantee || ' ' || a.is_grantable || ' ' || ca.attnum, 'GRANT ' || pg_catalog.string_agg(a.privilege_type || ' (' || pg_catalog.quote_ident(ca.attname) || ')', ', ' ORDER BY a.privilege_type) || ' ON ' || ${fullName} || grantee.clause
      FROM pg_catalog.pg_attribute ca, LATERAL pg_catalog.aclexplode(ca.attacl) a, LATERAL (${granteeOf}) grantee
      WHERE ca.attrelid = c.oid AND ca.attacl IS NOT NULL AND a.grantee <> c.relowner GROUP BY a.grantee, a.is_grantable, ca.attnum, grantee.clause
      UNION ALL
      SELECT 7, '', 'ALTER ' || CASE c.relkind WHEN 'm' THEN 'MATERIALIZED VIEW ' ELSE 'VIEW ' END || ${fullName} || ' OWNER TO ' || pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(c.relowner))
      WHERE EXISTS (
        SELECT FROM pg_catalog.pg_rewrite w JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_rewrite'::regclass AND d.objid = w.oid AND d.refclassid = 'pg_catalog.pg_class'::regclass
        JOIN pg_catalog.pg_class r ON r.oid = d.refobjid WHERE w.ev_class = c.oid AND r.relowner <> c.relowner
      )
    ) extra ORDER BY extra.place, extra.position`;

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
