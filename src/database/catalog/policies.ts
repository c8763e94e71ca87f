import type { Policy } from '../../engine/schema/schema';

export interface PolicyRow {
  readonly relation: number;
  readonly name: string;
  readonly quoted_name: string;
  readonly quoted_table: string;
  readonly permissive: boolean;
  /** `pg_policy.polcmd`: r SELECT, a INSERT, w UPDATE, d DELETE, * all. */
  readonly command: string;
  readonly roles: string;
  readonly using: string | null;
  readonly with_check: string | null;
  readonly columns: readonly string[];
}

export function policiesQuery(namespaces: string): string {
  return `
SELECT pol.polrelid AS relation, pol.polname::text AS name, pg_catalog.quote_ident(pol.polname) AS quoted_name,
  pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname) AS quoted_table,
  pol.polpermissive AS permissive, pol.polcmd AS command,
  CASE WHEN 0 = ANY (pol.polroles) THEN 'PUBLIC' ELSE
    pg_catalog.array_to_string(ARRAY(SELECT pg_catalog.quote_ident(r.rolname) FROM pg_catalog.pg_roles r WHERE r.oid = ANY (pol.polroles) ORDER BY r.rolname), ', ')
  END AS roles,
  pg_catalog.pg_get_expr(pol.polqual, pol.polrelid) AS using, pg_catalog.pg_get_expr(pol.polwithcheck, pol.polrelid) AS with_check,
  ARRAY(
    SELECT a.attname::text FROM pg_catalog.pg_depend d
    JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
    WHERE d.classid = 'pg_catalog.pg_policy'::regclass AND d.objid = pol.oid AND d.refclassid = 'pg_catalog.pg_class'::regclass
      AND d.refobjid = pol.polrelid AND d.refobjsubid > 0
    GROUP BY a.attnum, a.attname ORDER BY a.attnum
  ) AS columns
FROM pg_catalog.pg_policy pol
JOIN pg_catalog.pg_class c ON c.oid = pol.polrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relnamespace = ANY (${namespaces})`;
}

/** The statement always names the schema, so that it means the same table under every search path. */
export function readPolicy(row: PolicyRow): Policy {
  const parts = [
    `CREATE POLICY ${row.quoted_name} ON ${row.quoted_table}`,
    ...(row.permissive ? [] : ['AS RESTRICTIVE']),
    `FOR ${commands[row.command] ?? 'ALL'} TO ${row.roles}`,
    ...(row.using === null ? [] : [`USING (${row.using})`]),
    ...(row.with_check === null ? [] : [`WITH CHECK (${row.with_check})`]),
  ];
  return { name: row.name, definition: parts.join(' '), columns: row.columns };
}

const commands: Readonly<Record<string, string>> = { r: 'SELECT', a: 'INSERT', w: 'UPDATE', d: 'DELETE', '*': 'ALL' };
