import type { ColumnType, EnumType } from '../../engine/schema/schema';
import { commentJoin, extensionJoin } from './relations';

export interface EnumRow {
  readonly schema: string;
  readonly name: string;
  readonly owner: string;
  readonly labels: readonly string[];
  readonly comment: string | null;
  readonly extension: string | null;
  readonly held_by: readonly string[];
}

/**
 * What holds the type itself, in PostgreSQL's words: functions by argument and result, domains, attributes of composite types,
 * range types, casts; and expressions that name the type without reading a column of it. Not: columns of tables and views, and what
 * reads those, which change their type with them. Source: pg_depend (deptype n), by the type and by its array type;
 * of a part (a view's rule, a domain's CHECK, a range's constructor) the whole.
 */
const heldBy = `
ARRAY(SELECT DISTINCT pg_catalog.pg_describe_object(COALESCE(w.refclassid, d.classid), COALESCE(w.refobjid, d.objid), COALESCE(w.refobjsubid, d.objsubid))
  FROM pg_catalog.pg_depend d
  LEFT JOIN pg_catalog.pg_depend w ON w.classid = d.classid AND w.objid = d.objid
    AND ((w.deptype = 'i' AND d.classid <> 'pg_catalog.pg_class'::regclass) OR (w.deptype = 'a' AND d.classid = 'pg_catalog.pg_constraint'::regclass AND w.refclassid = 'pg_catalog.pg_type'::regclass))
  WHERE d.refclassid = 'pg_catalog.pg_type'::regclass AND d.refobjid IN (t.oid, t.typarray) AND d.deptype = 'n'
    AND NOT EXISTS (SELECT FROM pg_catalog.pg_class r WHERE d.classid = 'pg_catalog.pg_class'::regclass AND r.oid = d.objid AND d.objsubid > 0 AND r.relkind NOT IN ('c', 'f'))
    AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend o
      JOIN pg_catalog.pg_attribute a ON a.attrelid = o.refobjid AND a.attnum = o.refobjsubid AND a.atttypid IN (t.oid, t.typarray)
      WHERE o.classid = d.classid AND o.objid = d.objid AND o.refclassid = 'pg_catalog.pg_class'::regclass
        AND d.classid IN ('pg_catalog.pg_class'::regclass, 'pg_catalog.pg_constraint'::regclass, 'pg_catalog.pg_attrdef'::regclass, 'pg_catalog.pg_rewrite'::regclass, 'pg_catalog.pg_policy'::regclass, 'pg_catalog.pg_trigger'::regclass))
  ORDER BY 1) AS held_by`;

export function enumsQuery(namespaces: string): string {
  return `
SELECT n.nspname::text AS schema, t.typname::text AS name, pg_catalog.pg_get_userbyid(t.typowner)::text AS owner,
  ARRAY(SELECT l.enumlabel::text FROM pg_catalog.pg_enum l WHERE l.enumtypid = t.oid ORDER BY l.enumsortorder) AS labels,
  d.description AS comment, e.extname::text AS extension,${heldBy}
FROM pg_catalog.pg_type t
JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
${extensionJoin('pg_type', 't.oid')}
${commentJoin('pg_type', 't.oid')}
WHERE t.typtype = 'e' AND t.typnamespace = ANY (${namespaces})`;
}

export function readEnum(row: EnumRow, namespace: (schema: string) => string | null): EnumType {
  const { name, labels, comment, extension } = row;
  return { schema: namespace(row.schema), name, labels, comment, extension, ...(row.held_by.length === 0 ? {} : { heldBy: row.held_by }) };
}

/** A type as a column uses it; of an array, its element. */
export interface TypeRow {
  readonly type_schema: string;
  readonly type_name: string;
  /** `pg_type.typtype`: b base, c composite, d domain, e enum, r range, m multirange. */
  readonly type_kind: string;
  /** `format_type(oid, typmod)`: `numeric(10,2)`, `app."Vector"(3)`. */
  readonly type_text: string;
  readonly is_array: boolean;
}

export function readColumnType(row: TypeRow, namespace: (schema: string) => string | null): ColumnType {
  const dimensions = row.is_array ? 1 : 0;
  if (row.type_schema === 'pg_catalog') return { kind: 'builtin', ...splitModifiers(row.type_text), dimensions };
  const schema = namespace(row.type_schema);
  if (row.type_kind === 'e') return { kind: 'enum', schema, name: row.type_name, dimensions };
  return { kind: 'named', schema, name: row.type_name, args: readModifiers(/\(([^()"]*)\)$/.exec(row.type_text)?.[1]), dimensions };
}

/** `timestamp(3) with time zone` → `timestamp with time zone`, `['3']`; `interval day to second(3)` → `interval`, `['day to second', '3']`. */
function splitModifiers(text: string): { name: string; args: readonly string[] } {
  const found = /^([^(]*)(?:\(([^()]*)\))?(.*)$/.exec(text);
  const name = `${found?.[1] ?? text}${found?.[3] ?? ''}`;
  const args = readModifiers(found?.[2]);
  const fields = /^interval (.+)$/.exec(name)?.[1];
  return fields === undefined ? { name, args } : { name: 'interval', args: [fields, ...args] };
}

function readModifiers(text: string | undefined): readonly string[] {
  return text === undefined || text === '' ? [] : text.split(',').map((part) => part.trim());
}
