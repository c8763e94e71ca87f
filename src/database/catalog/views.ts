import type { View } from '../../engine/schema/schema';
import type { RelationRow } from './relations';
import { readOptions } from './relations';

/** One column (or, without one, one relation) that a view reads. */
export interface ViewDependencyRow {
  readonly view: number;
  readonly schema: string;
  readonly name: string;
  readonly column: string | null;
}

/** A view's dependencies are those of its rewrite rule (PostgreSQL documentation, "pg_rewrite"). */
export function viewDependenciesQuery(namespaces: string): string {
  return `
SELECT DISTINCT r.ev_class AS view, n.nspname::text AS schema, c.relname::text AS name, a.attname::text AS column
FROM pg_catalog.pg_rewrite r
JOIN pg_catalog.pg_class v ON v.oid = r.ev_class
JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_rewrite'::regclass AND d.objid = r.oid
  AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid <> r.ev_class
JOIN pg_catalog.pg_class c ON c.oid = d.refobjid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid AND d.refobjsubid > 0
WHERE v.relnamespace = ANY (${namespaces}) AND v.relkind IN ('v', 'm')`;
}

export function readView(row: RelationRow, dependencies: readonly ViewDependencyRow[], namespace: (schema: string) => string | null): View {
  return {
    schema: namespace(row.schema),
    name: row.name,
    materialized: row.kind === 'm',
    definition: definition(row),
    dependsOn: dependencies.map(({ schema, name, column }) => ({ schema: namespace(schema), name, column })),
    ...(row.extras === null || row.extras.length === 0 ? {} : { extras: row.extras }),
    comment: row.comment,
    extension: row.extension,
  };
}

/** The statement always names the schema, so that it means the same view under every search path. */
function definition(row: RelationRow): string {
  const options = Object.entries(readOptions(row.options)).map(([name, value]) => `${name}=${/^[\w.-]+$/.test(value) ? value : quoteLiteral(value)}`);
  const query = (row.definition ?? '').trim().replace(/;$/, '');
  return [
    `CREATE ${row.kind === 'm' ? 'MATERIALIZED VIEW' : 'VIEW'} ${row.quoted_name}`,
    ...(options.length === 0 ? [] : [`WITH (${options.join(', ')})`]),
    `AS ${query}`,
    ...(row.kind === 'm' && !row.populated ? ['WITH NO DATA'] : []),
  ].join(' ');
}

function quoteLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
