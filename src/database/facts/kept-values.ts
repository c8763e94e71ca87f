import { castUsing } from '../../engine/operations/casts';
import { valueRisks } from '../../engine/operations/value-risks';
import type { ColumnType } from '../../engine/schema/schema';
import { typeSql } from '../../engine/sql/types';

/** Values with what becomes of them are listed so long. */
const readable = 200;

/**
 * The query behind `values-not-kept`: one JSON object with the rows that a type refuses and the rows whose values it changes.
 * Nothing in it fails on a value where that can be helped: each value is cast only if it fits. Whether a text is one of a
 * type, PostgreSQL tells since 16 (`pg_input_is_valid`); before, the cast is tried, and fails where the change would.
 */
export function valuesNotKept(table: string, column: string, from: ColumnType, to: ColumnType, options: { readonly version: number; readonly examples: number }): string {
  const fits = from.kind !== 'unknown' && from.dimensions > 0 && to.kind !== 'unknown' && to.dimensions > 0 ? `NOT EXISTS (SELECT FROM unnest(e) AS element (e) WHERE NOT (${fitting('e', { ...from, dimensions: 0 }, { ...to, dimensions: 0 }, options.version)}))` : fitting('e', from, to, options.version);
  const examples = (which: string): string => `(SELECT COALESCE(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('value', x.value, 'becomes', x.becomes, 'count', x.n)), '[]')
    FROM (SELECT pg_catalog.left(value, ${readable}) AS value, pg_catalog.left(becomes, ${readable}) AS becomes, n FROM found WHERE ${which} ORDER BY n DESC, value LIMIT ${options.examples}) x)`;
  return `WITH fitted AS (SELECT ${column} AS e FROM ${table} WHERE ${column} IS NOT NULL),
  judged AS (SELECT e, COALESCE(${fits}, true) AS fits FROM fitted),
  cast_ AS (SELECT e, fits, CASE WHEN fits THEN ${castSql('e', from, to)} END AS c FROM judged),
  found AS (
    SELECT e::text AS value, c::text AS becomes, NOT fits AS refused, pg_catalog.count(*) AS n FROM cast_
    WHERE CASE WHEN fits THEN ${isChanged(from, to, options.version)} ELSE true END GROUP BY 1, 2, 3
  )
  SELECT pg_catalog.jsonb_build_object(
    'rows', (SELECT pg_catalog.count(*) FROM ${table}),
    'refused', (SELECT COALESCE(pg_catalog.sum(n), 0) FROM found WHERE refused), 'refusedValues', ${examples('refused')},
    'changed', (SELECT COALESCE(pg_catalog.sum(n), 0) FROM found WHERE NOT refused), 'changedValues', ${examples('NOT refused')})`;
}

/**
 * The new value holds another than the old one: cast back, without the old type's modifiers, it is another, or has no room.
 * Where the way back leads through text, the texts are compared.
 */
function isChanged(from: ColumnType, to: ColumnType, version: number): string {
  const changes = valueRisks(from, to)?.some(({ kind }) => kind === 'rounds' || kind === 'cuts' || kind === 'trims' || kind === 'rewrites') ?? false;
  if (!changes) return 'false';
  if (isTextual(from)) return `c::text IS DISTINCT FROM ${isPadded(from) ? 'pg_catalog.rtrim(e)' : 'e::text'}`;
  const bare = from.kind === 'builtin' ? { ...from, args: [] } : from;
  const back = castSql('c', to, bare);
  if (back.includes('::text::')) return 'c::text IS DISTINCT FROM e::text';
  const isOfOne = from.kind !== 'unknown' && from.dimensions === 0;
  return `CASE WHEN ${isOfOne ? fitting('c', to, bare, version) : 'true'} THEN ${back} IS DISTINCT FROM e ELSE true END`;
}

function castSql(name: string, from: ColumnType, to: ColumnType): string {
  return castUsing(name, from, to) ?? `${name}::${typeSql(to)}`;
}

/** Whether the value has room in the type; true where nothing is ever refused. */
function fitting(e: string, from: ColumnType, to: ColumnType, version: number): string {
  if (from.kind === 'unknown' || to.kind === 'unknown' || to.kind === 'named') return 'true';
  const risks = valueRisks(from, to) ?? [];
  if (!risks.some((risk) => 'sqlstates' in risk)) return 'true';
  if (risks.some(({ kind }) => kind === 'may-not-parse')) return version >= 160_000 ? `pg_catalog.pg_input_is_valid(${isPadded(from) ? `pg_catalog.concat(${e})` : `${e}::text`}, '${typeSql(readType(to)).replaceAll("'", "''")}')` : 'true';
  // Blanks beyond the length go without a word.
  if (isTextual(to)) return `pg_catalog.char_length(pg_catalog.rtrim(${e}::text)) <= ${to.kind === 'builtin' ? (to.args[0] ?? '1') : 'NULL'}`;
  if (to.kind !== 'builtin' || from.kind !== 'builtin') return 'true';
  const isBinary = from.name === 'real' || from.name === 'double precision';
  const range = ranges[to.name];
  // As rint() of C has it, which the cast uses: halves to the even one. NaN is larger than every number.
  if (range !== undefined && isBinary) return `pg_catalog.round(${e}::double precision) >= ${range.least}::double precision AND pg_catalog.round(${e}::double precision) < ${range.beyond}::double precision`;
  if (range !== undefined) return `pg_catalog.round(${e}::numeric) >= ${range.least} AND pg_catalog.round(${e}::numeric) < ${range.beyond}`;
  if (to.name === 'numeric') {
    const [precision = '0', scale = '0'] = to.args;
    return `(${e}::numeric = 'NaN' OR pg_catalog.abs(pg_catalog.round(${e}::numeric, ${scale})) < 10::numeric ^ ${Number(precision) - Number(scale)})`;
  }
  const limits = to.name === 'real' ? ['7.0064923216240854e-46', '3.4028235677973366e38'] : ['4.94e-324', '1.7976931348623157e308'];
  return `(${e} = 0 OR ${e}::text IN ('NaN', 'Infinity', '-Infinity') OR pg_catalog.abs(${e}) BETWEEN ${limits[0]} AND ${limits[1]})`;
}

/** From the least whole number to the first beyond. */
const ranges: Readonly<Record<string, { readonly least: string; readonly beyond: string }>> = {
  smallint: { least: "'-32768'", beyond: "'32768'" },
  integer: { least: "'-2147483648'", beyond: "'2147483648'" },
  bigint: { least: "'-9223372036854775808'", beyond: "'9223372036854775808'" },
};

/** A text that is cast to texts or bits of a length is cut, not refused. */
function readType(type: ColumnType): ColumnType {
  return type.kind === 'builtin' && ['character varying', 'bit', 'bit varying'].includes(type.name) ? { ...type, name: type.name === 'bit' ? 'bit varying' : type.name, args: [] } : type;
}

function isPadded(type: ColumnType): boolean {
  return type.kind === 'builtin' && type.dimensions === 0 && type.name === 'character';
}

function isTextual(type: ColumnType): boolean {
  return (type.kind === 'builtin' && type.dimensions === 0 && ['text', 'character varying', 'character'].includes(type.name)) || (type.kind === 'named' && type.name === 'citext');
}
