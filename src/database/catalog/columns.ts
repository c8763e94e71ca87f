import type { Column } from '../../engine/schema/schema';
import { commentJoin } from './relations';
import { sequenceOptions } from './sequences';
import type { SequenceRow } from './sequences';
import type { TypeRow } from './types';
import { readColumnType } from './types';

export interface ColumnRow extends TypeRow {
  readonly relation: number;
  readonly number: number;
  readonly name: string;
  readonly not_null: boolean;
  readonly expression: string | null;
  /** `pg_attribute.attidentity`: a always, d by default, empty. */
  readonly identity: string;
  /** `pg_attribute.attgenerated`: s stored, v virtual (PostgreSQL 18), empty. */
  readonly generated: string;
  /** The column's collation as `pg_collation.oid`, 0: its type has none; by name only where it is not the type's own. */
  readonly collation_id: number;
  readonly collation: string | null;
  readonly collation_schema: string | null;
  readonly comment: string | null;
}

/**
 * The columns of tables (and of views), in their order. An array type is the one that its element type names as its own: `int2vector`
 * and the like also have elements but are types of their own.
 */
export function columnsQuery(namespaces: string): string {
  return `
SELECT a.attrelid AS relation, a.attnum AS number, a.attname::text AS name, a.attnotnull AS not_null,
  bn.nspname::text AS type_schema, b.typname::text AS type_name, b.typtype AS type_kind, el.oid IS NOT NULL AS is_array,
  CASE WHEN b.oid = 'pg_catalog.bpchar'::regtype AND a.atttypmod = -1 THEN 'bpchar'
    ELSE pg_catalog.format_type(b.oid, a.atttypmod) END AS type_text,
  pg_catalog.pg_get_expr(ad.adbin, ad.adrelid) AS expression, a.attidentity AS identity, a.attgenerated AS generated,
  a.attcollation AS collation_id, co.collname::text AS collation, cn.nspname::text AS collation_schema, d.description AS comment
FROM pg_catalog.pg_attribute a
JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_catalog.pg_type el ON el.oid = t.typelem AND el.typarray = t.oid
JOIN pg_catalog.pg_type b ON b.oid = COALESCE(el.oid, t.oid)
JOIN pg_catalog.pg_namespace bn ON bn.oid = b.typnamespace
LEFT JOIN pg_catalog.pg_attrdef ad ON a.atthasdef AND ad.adrelid = a.attrelid AND ad.adnum = a.attnum
LEFT JOIN pg_catalog.pg_collation co ON co.oid = a.attcollation AND a.attcollation <> t.typcollation
LEFT JOIN pg_catalog.pg_namespace cn ON cn.oid = co.collnamespace
${commentJoin('pg_class', 'a.attrelid', 'a.attnum')}
WHERE c.relnamespace = ANY (${namespaces}) AND c.relkind IN ('r', 'p', 'm', 'v') AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY a.attrelid, a.attnum`;
}

/** `sequence`: the one that belongs to the column, if one does. */
export function readColumn(row: ColumnRow, sequence: SequenceRow | undefined, namespace: (schema: string) => string | null): Column {
  const type = readColumnType(row, namespace);
  const expression = row.expression === null ? null : { sql: row.expression };
  const isInteger = type.kind === 'builtin' && ['smallint', 'integer', 'bigint'].includes(type.name) && type.dimensions === 0;
  const serial = isInteger && sequence?.is_default === true && /^nextval\('(?:[^']|'')*'::regclass\)$/.test(row.expression ?? '');
  // Every property is written out: there are thousands of columns, and spreading over a plain one takes ten times as long.
  return {
    name: row.name,
    type,
    nullable: !row.not_null,
    default: row.generated !== '' || serial ? null : expression,
    identity: row.identity === '' ? null : { always: row.identity === 'a', options: sequence === undefined ? {} : sequenceOptions(sequence) },
    generated: row.generated === '' || expression === null ? null : { expression, stored: row.generated === 's' },
    serial,
    collation: qualified(row.collation_schema, row.collation, namespace),
    comment: row.comment,
    renamedFrom: null,
    modelDefault: null,
  };
}

/** `German` of the system or the default schema as it is, `app.german` of another. */
function qualified(schema: string | null, name: string | null, namespace: (schema: string) => string | null): string | null {
  if (name === null || schema === null || schema === 'pg_catalog') return name;
  const written = namespace(schema);
  return written === null ? name : `${written}.${name}`;
}
