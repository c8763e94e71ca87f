import type { Policy } from '../../engine/schema/schema';
import { quoteLiteral } from '../../engine/sql/identifiers';
import { commentJoin } from './relations';

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
  readonly reads: readonly OtherColumnRow[];
  readonly comment: string | null;
}

/** A column of another table, in `pg_depend`'s words. */
export interface OtherColumnRow {
  readonly schema: string;
  readonly name: string;
  readonly column: string;
}

/** The columns that an object depends on: of the table it stands on (`columns`) and of others (`reads`). */
export function columnsRead(catalog: string, oid: string, table: string): string {
  const from = `FROM pg_catalog.pg_depend d
    JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid`;
  const where = `WHERE d.classid = 'pg_catalog.${catalog}'::regclass AND d.objid = ${oid} AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjsubid > 0`;
  return `ARRAY(
    SELECT a.attname::text ${from}
    ${where} AND d.refobjid = ${table}
    GROUP BY a.attnum, a.attname ORDER BY a.attnum
  ) AS columns,
  ARRAY(
    SELECT pg_catalog.json_build_object('schema', rn.nspname, 'name', r.relname, 'column', a.attname) ${from}
    JOIN pg_catalog.pg_class r ON r.oid = d.refobjid
    JOIN pg_catalog.pg_namespace rn ON rn.oid = r.relnamespace
    ${where} AND d.refobjid <> ${table}
    GROUP BY rn.nspname, r.relname, a.attname, a.attnum ORDER BY rn.nspname, r.relname, a.attnum
  ) AS reads`;
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
  ${columnsRead('pg_policy', 'pol.oid', 'pol.polrelid')}, d.description AS comment
FROM pg_catalog.pg_policy pol
JOIN pg_catalog.pg_class c ON c.oid = pol.polrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
${commentJoin('pg_policy', 'pol.oid')}
WHERE c.relnamespace = ANY (${namespaces})`;
}

/** The statement always names the schema, so that it means the same table under every search path. */
export function readPolicy(row: PolicyRow, namespace: (schema: string) => string | null): Policy {
  const parts = [
    `CREATE POLICY ${row.quoted_name} ON ${row.quoted_table}`,
    ...(row.permissive ? [] : ['AS RESTRICTIVE']),
    `FOR ${commands[row.command] ?? 'ALL'} TO ${row.roles}`,
    ...(row.using === null ? [] : [`USING (${row.using})`]),
    ...(row.with_check === null ? [] : [`WITH CHECK (${row.with_check})`]),
  ];
  const comment = row.comment === null ? [] : [`COMMENT ON POLICY ${row.quoted_name} ON ${row.quoted_table} IS ${quoteLiteral(row.comment)}`];
  return { name: row.name, definition: parts.join(' '), columns: row.columns, ...partsOf(comment, row.reads, namespace) };
}

/** What is there only where there is some. */
export function partsOf(extras: readonly string[], reads: readonly OtherColumnRow[], namespace: (schema: string) => string | null): Pick<Policy, 'extras' | 'reads'> {
  return {
    ...(extras.length === 0 ? {} : { extras }),
    ...(reads.length === 0 ? {} : { reads: reads.map(({ schema, name, column }) => ({ schema: namespace(schema), name, column })) }),
  };
}

const commands: Readonly<Record<string, string>> = { r: 'SELECT', a: 'INSERT', w: 'UPDATE', d: 'DELETE', '*': 'ALL' };
