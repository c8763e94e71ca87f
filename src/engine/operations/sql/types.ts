import type { Node, TypeName } from 'libpg-query';
import type { ColumnType } from '../../schema/schema';
import { unknownType } from '../../schema/types';
import { namespace, strings } from './tree';

/**
 * A type as SQL writes it. A name that is none of PostgreSQL's own becomes `named`, also where it is an enum: only a
 * schema can tell (`resolve.ts`). `serial` types are their integer with `serial: true`.
 */
export function readTypeName(typeName: TypeName | undefined): { readonly type: ColumnType; readonly serial: boolean } {
  const parts = strings(typeName?.names);
  const name = parts.at(-1);
  if (typeName === undefined || name === undefined) return { type: unknownType('The type is not written.'), serial: false };
  if (typeName.pct_type === true || typeName.setof === true) return { type: unknownType('%TYPE and SETOF are not types of columns.'), serial: false };
  const dimensions = typeName.arrayBounds?.length ?? 0;
  const schema = parts.length > 1 ? (parts.at(-2) ?? null) : null;
  const serial = schema === null ? serials[name] : undefined;
  if (serial !== undefined) return { type: { kind: 'builtin', name: serial, args: [], dimensions: 0 }, serial: true };
  const own = schema === null || schema === 'pg_catalog' ? builtinName(name) : null;
  if (own === null) return { type: { kind: 'named', schema: namespace(schema), name, args: modifiers(typeName.typmods), dimensions }, serial: false };
  const args = own === 'interval' ? intervalArgs(typeName.typmods) : modifiers(typeName.typmods);
  // The grammar gives a bare `char` the length 1, which format_type() writes too, and a bare `bit` as well.
  return { type: { kind: 'builtin', name: own, args, dimensions }, serial: false };
}

/** The name that `format_type()` gives a type of PostgreSQL, by its internal name or an alias; null for other names. */
export function builtinName(name: string): string | null {
  return aliases[name] ?? (ownNames.has(name) ? name : null);
}

const serials: Readonly<Record<string, string>> = {
  serial: 'integer',
  serial4: 'integer',
  bigserial: 'bigint',
  serial8: 'bigint',
  smallserial: 'smallint',
  serial2: 'smallint',
};

/** Source: PostgreSQL documentation, table 8.1 "Data Types", and pg_type.typname against format_type(). */
const aliases: Readonly<Record<string, string>> = {
  int2: 'smallint',
  int4: 'integer',
  int: 'integer',
  int8: 'bigint',
  float4: 'real',
  float8: 'double precision',
  bool: 'boolean',
  varchar: 'character varying',
  bpchar: 'character',
  char: '"char"',
  decimal: 'numeric',
  varbit: 'bit varying',
  time: 'time without time zone',
  timetz: 'time with time zone',
  timestamp: 'timestamp without time zone',
  timestamptz: 'timestamp with time zone',
};

const ownNames = new Set(
  `bigint bit boolean box bytea cidr circle date integer interval inet json jsonb jsonpath line lseg macaddr macaddr8 money name numeric oid path pg_lsn pg_snapshot point polygon real regclass regcollation regconfig regdictionary regnamespace regoper regoperator regproc regprocedure regrole regtype smallint text tid tsquery tsvector txid_snapshot uuid xid xid8 xml int4range int8range numrange tsrange tstzrange daterange int4multirange int8multirange nummultirange tsmultirange tstzmultirange datemultirange`.split(
    ' ',
  ),
);

function modifiers(nodes: readonly Node[] | undefined): readonly string[] {
  return (nodes ?? []).map((node) => constantText(node) ?? '?');
}

/** The text of a constant or a bare word, as modifiers are written: `10`, `-2`, `Point`. */
export function constantText(node: Node): string | null {
  if ('Integer' in node) return String(node.Integer.ival ?? 0);
  if ('Float' in node) return node.Float.fval ?? '0';
  if ('String' in node) return node.String.sval ?? '';
  if ('Boolean' in node) return String(node.Boolean.boolval ?? false);
  if ('TypeName' in node) return strings(node.TypeName.names).at(-1) ?? null;
  if ('ColumnRef' in node) return strings(node.ColumnRef.fields).at(-1) ?? null;
  if ('A_Const' in node) {
    const constant = node.A_Const;
    if (constant.ival !== undefined) return String(constant.ival.ival ?? 0);
    if (constant.fval !== undefined) return constant.fval.fval ?? '0';
    if (constant.sval !== undefined) return constant.sval.sval ?? '';
    if (constant.boolval !== undefined) return String(constant.boolval.boolval ?? false);
  }
  return null;
}

/** The grammar writes the fields of an interval as a bit mask, before the precision. Source: utils/timestamp.h, INTERVAL_MASK. */
function intervalArgs(nodes: readonly Node[] | undefined): readonly string[] {
  const [mask, precision] = modifiers(nodes);
  if (mask === undefined) return [];
  const fields = intervalFields[mask];
  return [...(fields === undefined ? [] : [fields]), ...(precision === undefined ? [] : [precision])];
}

const [month, year, day, hour, minute, second] = [1, 2, 3, 10, 11, 12].map((bit) => 1 << bit) as [number, number, number, number, number, number];

const intervalFields: Readonly<Record<string, string>> = {
  [year]: 'year',
  [month]: 'month',
  [day]: 'day',
  [hour]: 'hour',
  [minute]: 'minute',
  [second]: 'second',
  [year | month]: 'year to month',
  [day | hour]: 'day to hour',
  [day | hour | minute]: 'day to minute',
  [day | hour | minute | second]: 'day to second',
  [hour | minute]: 'hour to minute',
  [hour | minute | second]: 'hour to second',
  [minute | second]: 'minute to second',
};
