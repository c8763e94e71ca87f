/**
 * What the product says that a change of a column's type may do to values is what a server does: every pair of the types
 * below, with values that lie in wait, goes through ALTER COLUMN … TYPE as a draft writes it.
 */
import assert from 'node:assert/strict';
import { answerFacts } from '../../src/database/facts';
import { answerTo } from '../../src/engine/facts';
import { castUsing } from '../../src/engine/operations/casts';
import { valueRisks, type ValueRisk } from '../../src/engine/operations/value-risks';
import type { ColumnType } from '../../src/engine/schema/schema';
import { typeSql } from '../../src/engine/sql/types';
import { startPostgres } from '../harness/postgres';
import type { PostgresServer } from '../harness/postgres';
import { need } from '../harness/tools';
import { open } from './opened';

const wholes = ['0', '1', '-7', '200'];
const fractions = ['1.5', '-99.99', '0.005', '123.456789012'];
const moments = ['2026-01-02 03:04:05', '2026-06-30 23:59:59.999999', '1999-12-31 12:30:00.25'];
const json = ['{"a": 1, "b": [true, null]}', '"text"', '5', '1.5', '1.2345678901234', '99999999999999999999', '1e400', 'true', '{"b": 1, "a": 2, "a": 3}', '"\\u0000"'];
/** What texts may hold: something for every type to read, and something for every type to refuse. */
const texts = [
  '', 'abc', 'abc   ', ' x', 'a much longer text than most columns have room for', '007', '42', '-1', '70000', '99999999999', '99999999999999999999', '1.5', '123.456789012', '0.12345678901234567890', '1e40', '1e400', 'NaN', 'true', 'no', 'T',
  '6F9619FF-8b86-d011-b42d-00c04fc964ff', '2026-01-02', '2026-13-45', '2026-01-02T03:04:05.1234567', '2026-01-02 03:04:05', '2026-01-02 03:04:05+05', '2026-01-02 03:04:05 Mars/Olympus', '03:04:05', '25:00:00', '10:00:00 Mars/Olympus', '1 day', '1 day 02:00:00.123456', '{"a", "b"}', '99999999999999 years', '{"b": 1, "a": 2, "a": 3}', '["\\u0000"]',
  '\\x6162', 'a\\b', '\\x6', '\\xzz', '192.168.0.1', '192.168.0.1/24', '192.168.0.0/24', '08:00:2b:01:02:03', '08002B010203', '300:00:2b:01:02:03', '<a>x</a>', '<a>', '101', '1010101010', '{1,2}', '{a, b}', '{40000}', '{abcdef}', '{99999999999}', '{1.55}',
];
const samples: Readonly<Record<string, readonly string[]>> = {
  smallint: [...wholes, '32767', '-32768'],
  integer: [...wholes, '32768', '16777217', '2147483647', '-2147483648'],
  bigint: [...wholes, '2147483648', '16777217', '9007199254740993', '9223372036854775807', '-9223372036854775808'],
  numeric: [...wholes, ...fractions, '32768', '3000000000', '1e20', '1e39', '1e309', '0.1234567890123456789012345', 'NaN', 'Infinity'],
  'numeric(4,0)': [...wholes, '9999'],
  'numeric(10,2)': [...wholes, '1.25', '99999999.99', '-0.01', '70000.5'],
  'numeric(12,4)': [...wholes, '1.255', '9999.99', '99999999.9999'],
  'numeric(3,2)': ['0', '1', '9.99', '-1.25', '0.05'],
  'numeric(20,10)': ['0', '1', '1.0123456789', '9999999999.9999999999'],
  real: ['0', '1', '1.5', '0.1', '1.234', '16777216', '3e10', '1e20', '3e38', 'NaN', 'Infinity'],
  'double precision': ['0', '1', '1.5', '0.1', '0.30000000000000004', '32768', '3e10', '1e20', '1e300', 'NaN', 'Infinity'],
  money: ['0', '1', '1.25', '123456789.01', '92233720368547758.07'],
  boolean: ['true', 'false'],
  text: texts,
  'character varying': ['abc', 'abc   ', '007', '99999999999', '1.5', '2026-01-02', 'true'],
  'character varying(60)': ['abc', 'abc   ', '007', '99999999999', '1.5', '2026-01-02', 'true'],
  'character varying(3)': ['abc', 'a  ', '7', '1', '101', '', '{}'],
  'character(5)': ['abc', 'a', '42', 'true'],
  'character(60)': ['abc', '007', '99999999999', '1.5', '2026-01-02', 'true'],
  uuid: ['6f9619ff-8b86-d011-b42d-00c04fc964ff'],
  date: ['2026-01-02', '1999-12-31'],
  'timestamp without time zone': moments,
  'timestamp(0) without time zone': ['2026-01-02 03:04:05'],
  'timestamp(3) without time zone': ['2026-01-02 03:04:05.123'],
  'timestamp with time zone': moments,
  'timestamp(0) with time zone': ['2026-01-02 03:04:05', '2026-01-02 23:04:05'],
  'time without time zone': ['03:04:05', '23:59:59.999999'],
  'time(0) without time zone': ['03:04:05'],
  'time with time zone': ['03:04:05+02', '23:59:59.999999-05'],
  interval: ['1 day', '3 months 2 days 04:05:06.789', '26:00:00'],
  'interval(0)': ['1 day', '3 months 2 days 04:05:06', '26:00:00'],
  'interval year': ['3 years'],
  json,
  jsonb: json.slice(0, -2),
  bytea: ['', 'abc', '\\x00ff'],
  inet: ['192.168.0.1', '192.168.0.1/24', '::1'],
  cidr: ['192.168.0.0/24', '::1/128'],
  macaddr: ['08:00:2b:01:02:03'],
  xml: ['<a>x</a>', 'text', '5'],
  'bit(3)': ['101'],
  'bit(8)': ['10101010'],
  'bit varying': ['1', '1010101010'],
  'bit varying(3)': ['1', '101'],
  'text[]': ['{}', '{1,2}', '{abcdef,"a  "}'],
  'integer[]': ['{1,2}', '{40000}', '{NULL}'],
  'smallint[]': ['{1,2}', '{NULL}'],
  'numeric(5,1)[]': ['{1.5}', '{9999.9}'],
  'character varying(3)[]': ['{abc}', '{1}'],
};
/** Types that have no room for what would show all that is said, or so much that no value above shows it. */
const roomless = /^(character|bit|interval year)|\[\]$/;

describe('what a change of type does to values', function () {
  this.timeout(180_000);
  let server: PostgresServer;

  before(async function () {
    server = await need(this, startPostgres());
    await server.createDatabase('casts');
    await server.query(tryCasts, 'casts');
  });
  after(async () => server?.stop());

  const pairs = Object.keys(samples).flatMap((from) => Object.keys(samples).filter((to) => to !== from).map((to) => ({ from, to })));
  const outcomes = new Map<string, Outcome[]>();

  before(async () => {
    const asked = pairs.map(({ from, to }) => ({ from, to, values: samples[from], using: castUsing('c', typeOf(from), typeOf(to)), back: wayBack(typeOf(from), typeOf(to)) }));
    const { rows } = await server.query(`SELECT t."from", t."to", o.* FROM jsonb_to_recordset($json$${JSON.stringify(asked)}$json$) AS t("from" text, "to" text, "values" text[], "using" text, back text), try_casts(t."from", t."to", t."values", t."using", t.back) o`, 'casts');
    for (const row of rows as Outcome[]) outcomes.set(`${row.from} → ${row.to}`, [...(outcomes.get(`${row.from} → ${row.to}`) ?? []), row]);

  });

  it('is what is said of it, for every pair of types', () => {
    const wrong: string[] = [];
    let judged = 0;
    for (const { from, to } of pairs) {
      const seen = outcomes.get(`${from} → ${to}`) ?? [];
      const risks = valueRisks(typeOf(from), typeOf(to));
      if (risks === null) continue;
      judged++;
      for (const outcome of seen) {
        if (!isSaid(outcome, risks)) wrong.push(`${from} → ${to}: ${JSON.stringify(outcome.value)} ${outcome.state ?? `becomes ${JSON.stringify(outcome.becomes)}${outcome.zoned ? ', by time zone' : ''}`}, not said`);
      }
      // Between types that have nothing in common, nearly all values are refused.
      for (const risk of roomless.test(from) || roomless.test(to) || castUsing('c', typeOf(from), typeOf(to))?.includes('::text::') === true ? [] : risks) {
        if (!seen.some((outcome) => shows(outcome, risk))) wrong.push(`${from} → ${to}: ${risk.kind} is said, and no value shows it`);
      }
    }
    assert.deepEqual(wrong, []);
    console.log(`    ${judged} of ${pairs.length} pairs of types are judged; ${[...outcomes.values()].flat().length} values went through them`);
  });

  it('is what is counted of the rows beforehand', async () => {
    const names = Object.keys(samples);
    for (const [index, type] of names.entries()) await server.query(`CREATE TABLE holder_${index} (c ${type}); INSERT INTO holder_${index} VALUES ${valuesThatFit(type).map((value) => `('${value.replaceAll("'", "''")}')`).join(', ')}`, 'casts');
    const database = await open(server.url('casts'));
    const questions = pairs.filter(({ from, to }) => isCounted(from) && isCounted(to) && (valueRisks(typeOf(from), typeOf(to)) ?? []).length > 0).map(({ from, to }) => ({ from, to, question: { kind: 'values-not-kept' as const, table: { schema: null, name: `holder_${names.indexOf(from)}` }, column: 'c', from: typeOf(from), to: typeOf(to) } }));
    const { facts } = await answerFacts(database, questions.map(({ question }) => question));
    await database.close();
    const wrong = questions.flatMap(({ from, to, question }) => {
      const answer = answerTo(facts, question);
      const seen = outcomes.get(`${from} → ${to}`) ?? [];
      const [refused, changed] = [seen.filter(({ state }) => state !== null), seen.filter(({ kept }) => kept === false)];
      if (answer?.kind !== 'values-not-kept') return [`${from} → ${to}: ${JSON.stringify(answer)}`];
      // Between types that have nothing in common, what is not refused is another thing altogether.
      const isThroughText = castUsing('c', typeOf(from), typeOf(to))?.includes('::text::') === true;
      if (answer.refused.count === refused.length && (isThroughText || answer.changed.count === changed.length)) return [];
      return [`${from} → ${to}: refused ${JSON.stringify(refused.map(({ value }) => value))}, counted ${JSON.stringify(answer.refused)}; changed ${JSON.stringify(changed.map(({ value, becomes }) => [value, becomes]))}, counted ${JSON.stringify(answer.changed)}`];
    });
    assert.deepEqual(wrong, []);
    console.log(`    ${questions.length} pairs of types are counted`);
  });

  /** Those that the old column takes; every one of them has gone somewhere. */
  function valuesThatFit(type: string): readonly string[] {
    const other = Object.keys(samples).find((to) => to !== type) ?? '';
    return (outcomes.get(`${type} → ${other}`) ?? []).map(({ value }) => value);
  }
});

/** JSON is not counted: blanks and the order of keys are nobody's loss. */
function isCounted(type: string): boolean {
  return !['json', 'jsonb', 'xml', 'bytea'].includes(type) && !type.startsWith('bit') && !type.startsWith('interval ');
}

interface Outcome {
  readonly from: string;
  readonly to: string;
  readonly value: string;
  /** With which the server refused it. */
  readonly state: string | null;
  readonly becomes: string | null;
  /** It is what it was when it is cast back. */
  readonly kept: boolean | null;
  /** In another time zone it becomes something else. */
  readonly zoned: boolean | null;
}

const changing: readonly ValueRisk['kind'][] = ['rounds', 'cuts', 'trims', 'rewrites'];

function isSaid(outcome: Outcome, risks: readonly ValueRisk[]): boolean {
  if (outcome.state !== null) return risks.some((risk) => shows(outcome, risk));
  return (outcome.kept !== false || risks.some(({ kind }) => changing.includes(kind))) && (outcome.zoned !== true || risks.some(({ kind }) => kind === 'session-time-zone'));
}

function shows(outcome: Outcome, risk: ValueRisk): boolean {
  if ('sqlstates' in risk) return outcome.state !== null && risk.sqlstates.includes(outcome.state);
  return risk.kind === 'session-time-zone' ? outcome.zoned === true : outcome.kept === false;
}

function typeOf(text: string): ColumnType {
  const [, name = '', args, rest = '', brackets] = /^([a-z ]+?)(?:\(([^)]*)\))?( with(?:out)? time zone)?(\[\])?$/.exec(text) ?? [];
  const fields = /^interval (.+)$/.exec(name)?.[1];
  return { kind: 'builtin', name: fields === undefined ? `${name}${rest}` : 'interval', args: [...(fields === undefined ? [] : [fields]), ...(args?.split(',') ?? [])], dimensions: brackets === undefined ? 0 : 1 };
}

function wayBack(from: ColumnType, to: ColumnType): string {
  const cast = castUsing('c', to, bare(from)) ?? `c::${typeSql(bare(from))}`;
  // Blanks at the end of a `character` are none of its value.
  return to.kind === 'builtin' && to.name === 'character' ? cast.replace('c', 'rtrim(c)') : cast;
}

/** Without its modifiers, so that the way back loses nothing. */
function bare(type: ColumnType): ColumnType {
  if (type.kind !== 'builtin') return type;
  if (type.name === 'character') return { ...type, name: 'text', args: [] };
  return { ...type, name: type.name === 'bit' ? 'bit varying' : type.name, args: [] };
}

/** Each value alone in a table whose column changes its type, once in UTC and once far from it. */
const tryCasts = `
CREATE FUNCTION try_cast(from_type text, to_type text, cast_by text, zone text, v text) RETURNS text LANGUAGE plpgsql AS $f$
BEGIN
  SET LOCAL TimeZone = 'UTC';
  EXECUTE format('CREATE TEMP TABLE tried (c %s)', from_type);
  EXECUTE format('INSERT INTO tried VALUES (%L)', v);
  EXECUTE format('SET LOCAL TimeZone = %L', zone);
  EXECUTE format('ALTER TABLE tried ALTER COLUMN c TYPE %s %s', to_type, coalesce('USING ' || cast_by, ''));
  SET LOCAL TimeZone = 'UTC';
  RETURN (SELECT c::text FROM tried);
END $f$;
-- Each look is rolled back: locks of so many tables would not fit into one transaction.
CREATE FUNCTION try_casts(from_type text, to_type text, vs text[], cast_by text, back text) RETURNS TABLE (value text, state text, becomes text, kept boolean, zoned boolean) LANGUAGE plpgsql AS $f$
DECLARE far text; equal text := CASE WHEN from_type IN ('json', 'xml') OR from_type ~ '^(text|character varying)' THEN '(%s)::text = %L' WHEN from_type LIKE 'character(%' THEN 'rtrim((%s)::text) = rtrim(%L)' ELSE '(%s) = %L::' || from_type END;
BEGIN
  FOREACH value IN ARRAY vs LOOP
    -- What does not go into the old column is no value of it.
    BEGIN
      EXECUTE format('CREATE TEMP TABLE tried (c %s)', from_type);
      EXECUTE format('INSERT INTO tried VALUES (%L)', value);
      RAISE 'fits' USING ERRCODE = 'ZZ000';
    EXCEPTION WHEN SQLSTATE 'ZZ000' THEN NULL; WHEN OTHERS THEN CONTINUE;
    END;
    state := NULL; becomes := NULL; kept := NULL; zoned := NULL; far := NULL;
    BEGIN
      becomes := try_cast(from_type, to_type, cast_by, 'UTC', value);
      BEGIN
        EXECUTE format('SELECT ' || equal || ' FROM tried', back, value) INTO kept;
      EXCEPTION WHEN OTHERS THEN kept := false;
      END;
      RAISE 'done' USING ERRCODE = 'ZZ000';
    EXCEPTION WHEN SQLSTATE 'ZZ000' THEN NULL; WHEN OTHERS THEN state := SQLSTATE;
    END;
    IF from_type ~ '^(date|time)' OR to_type ~ '^(date|time)' THEN
      BEGIN
        far := try_cast(from_type, to_type, cast_by, 'Asia/Kathmandu', value);
        RAISE 'done' USING ERRCODE = 'ZZ000';
      EXCEPTION WHEN SQLSTATE 'ZZ000' THEN NULL; WHEN OTHERS THEN far := NULL;
      END;
      zoned := far IS DISTINCT FROM becomes;
    END IF;
    RETURN NEXT;
  END LOOP;
END $f$;`;
