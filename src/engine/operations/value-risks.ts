import type { ColumnType } from '../schema/schema';
import { isText, typeKey } from '../schema/types';

/** One thing that a change of a column's type may do to the values in it. */
export type ValueRisk =
  /** A value becomes the nearest one that the new type has: digits go, fractions of seconds go. */
  | { readonly kind: 'rounds' }
  /** A part of what a value says goes: the time of day, the host behind a network, all but "is it 0". */
  | { readonly kind: 'cuts' }
  /** Blanks at the end go. */
  | { readonly kind: 'trims' }
  /** The value is read and written anew: '007' becomes 7, of a JSON object's repeated keys the last one stays. */
  | { readonly kind: 'rewrites' }
  /** What becomes of the value hangs on the TimeZone of the session that runs the change. */
  | { readonly kind: 'session-time-zone' }
  /** Fails on values that are longer than the new type has room for. */
  | { readonly kind: 'too-long'; readonly sqlstates: readonly string[] }
  /** Fails on numbers that are larger than the new type has room for. */
  | { readonly kind: 'overflows'; readonly sqlstates: readonly string[] }
  /** Fails on values that are no text of the new type. */
  | { readonly kind: 'may-not-parse'; readonly sqlstates: readonly string[] };

/**
 * What `ALTER COLUMN … TYPE` may do to values when it casts as `castUsing` (casts.ts) has it; empty: every value stays what it
 * was. Null: not known (a domain, an extension's type, a type that is not known). `explicit`: a USING has the cast
 * (`name::varchar(20)`), which cuts silently where an assignment fails. An enum type's `labels` are looked at where it has
 * them. Left out: NaN and infinity in `numeric(p, s)`, dates that no timestamp has (after the year 294276).
 *
 * Source: PostgreSQL documentation, 8.1 (numbers round to the nearest; "the scale … is rounded"), 8.3 (characters: blanks,
 * "explicitly casts"), 8.5 (times: precision, time zones), 8.10 (bits), 8.14 (json and jsonb), appendix A (SQLSTATEs); and
 * `test/database/value-risks.test.ts`, which asks every pair of a server.
 */
export function valueRisks(from: ColumnType, to: ColumnType, by: 'assignment' | 'explicit' = 'assignment'): readonly ValueRisk[] | null {
  if (from.kind === 'unknown' || to.kind === 'unknown') return null;
  if (from.kind === to.kind && typeKey(from) === typeKey(to)) return [];
  const [had, has] = [from.dimensions > 0, to.dimensions > 0];
  if (had && has) return valueRisks({ ...from, dimensions: 0 }, { ...to, dimensions: 0 }, by);
  // An array's text is as long as it likes.
  if (had) return isTextLike(to) ? intoText({ longest: Infinity }, to, by) : readAs(to);
  if (has) {
    const elements = readAs({ ...to, dimensions: 0 }, 'explicit');
    return elements === null ? null : union([mayNotParse('22P02'), rewrites], elements);
  }
  return ofScalars(from, to, by);
}

type Known = Exclude<ColumnType, { readonly kind: 'unknown' }>;
type Builtin = Extract<ColumnType, { readonly kind: 'builtin' }>;

const rounds: ValueRisk = { kind: 'rounds' };
const cuts: ValueRisk = { kind: 'cuts' };
const trims: ValueRisk = { kind: 'trims' };
const rewrites: ValueRisk = { kind: 'rewrites' };
const sessionTimeZone: ValueRisk = { kind: 'session-time-zone' };
const overflows: ValueRisk = { kind: 'overflows', sqlstates: ['22003'] };
const tooLong = (sqlstate: string): ValueRisk => ({ kind: 'too-long', sqlstates: [sqlstate] });
const mayNotParse = (...sqlstates: readonly string[]): ValueRisk => ({ kind: 'may-not-parse', sqlstates });

function ofScalars(from: Known, to: Known, by: 'assignment' | 'explicit'): readonly ValueRisk[] | null {
  if (from.kind === 'enum' || to.kind === 'enum') return ofEnums(from, to, by);
  if (isTextLike(to)) return fromAnyToText(from, to, by);
  if (isTextLike(from)) return readAs(to);
  if (from.kind !== 'builtin' || to.kind !== 'builtin') return null;
  const risks = ofNumbers(from, to) ?? ofTimes(from, to) ?? ofBits(from, to, by) ?? ofOthers(from, to);
  if (risks !== null) return risks;
  // Bits of numbers, and numbers of bits: PostgreSQL has casts of its own for some.
  if ((isBits(from) && isNumber(to)) || (isNumber(from) && isBits(to))) return null;
  // The way leads through text: `old::text::uuid`.
  const read = readAs(to);
  return read === null ? null : union(read, zoneOf(from));
}

/** Labels are texts; what no label says fails. */
function ofEnums(from: Known, to: Known, by: 'assignment' | 'explicit'): readonly ValueRisk[] | null {
  if (to.kind !== 'enum') {
    const labels = from.kind === 'enum' ? from.labels : undefined;
    const longest = labels === undefined ? Infinity : Math.max(0, ...labels.map((label) => [...label].length));
    return isTextLike(to) ? intoText({ longest }, to, by) : readAs(to);
  }
  const [had, has] = [from.kind === 'enum' ? from.labels : undefined, to.labels];
  return had !== undefined && has !== undefined && had.every((label) => has.includes(label)) ? [] : [mayNotParse('22P02')];
}

/** text, character varying, character, and citext, which differs in how it compares alone. */
function isTextLike(type: Known): boolean {
  return isText(type) || (type.kind === 'builtin' && type.name === 'bpchar') || (type.kind === 'named' && type.name === 'citext');
}

function isPadded(type: Known): boolean {
  return type.kind === 'builtin' && (type.name === 'character' || type.name === 'bpchar');
}

function lengthOf(type: Known): number {
  if (type.kind !== 'builtin' || (type.name !== 'character' && type.name !== 'character varying')) return Infinity;
  const length = type.args[0];
  return length === undefined ? (type.name === 'character' ? 1 : Infinity) : Number(length);
}

function fromAnyToText(from: Known, to: Known, by: 'assignment' | 'explicit'): readonly ValueRisk[] {
  if (isTextLike(from)) return intoText({ longest: lengthOf(from), blanks: !isPadded(from) }, to, by);
  return union(intoText({ longest: longestText(from) }, to, by), zoneOf(from));
}

/** As a text, a moment is a time of the session's time zone. */
function zoneOf(from: Known): readonly ValueRisk[] {
  return from.kind === 'builtin' && from.name === 'timestamp with time zone' ? [sessionTimeZone] : [];
}

/** `blanks`: the values may end with blanks that count. */
function intoText({ longest, blanks = false }: { readonly longest: number; readonly blanks?: boolean }, to: Known, by: 'assignment' | 'explicit'): readonly ValueRisk[] {
  const isNarrower = lengthOf(to) < longest;
  return [
    ...(isNarrower ? [by === 'explicit' ? cuts : tooLong('22001')] : []),
    ...(blanks && (isPadded(to) || isNarrower) ? [trims] : []),
  ];
}

/** How long the longest value is as a text. */
function longestText(type: Known): number {
  if (type.kind !== 'builtin') return Infinity;
  if (type.name === 'numeric' && type.args.length > 0) {
    const { precision, scale } = roomOf(type) ?? { precision: Infinity, scale: 0 };
    // Digits, the sign, the point, and the 0 before it.
    return Math.max(precision, scale + 1) + 1 + (scale > 0 ? 1 : 0) + Math.max(0, -scale);
  }
  return longest[type.name] ?? Infinity;
}

const longest: Readonly<Record<string, number>> = { boolean: 5, smallint: 6, integer: 11, bigint: 20, real: 15, 'double precision': 24, uuid: 36, date: 13, 'time without time zone': 15, macaddr: 17 };

/** What a text must be to be read as the type, and what becomes of it then. Null: not known. */
function readAs(to: Known, by: 'assignment' | 'explicit' = 'assignment'): readonly ValueRisk[] | null {
  if (to.kind === 'enum') return [mayNotParse('22P02')];
  if (isTextLike(to)) return intoText({ longest: Infinity, blanks: true }, to, by);
  if (to.kind !== 'builtin') return null;
  if (isNumber(to)) return [mayNotParse('22P02'), ...(to.name === 'numeric' && to.args.length === 0 ? [] : [overflows]), ...(isWhole(to) || to.name === 'numeric' && to.args.length === 0 ? [] : [rounds]), rewrites];
  if (isTime(to)) {
    const zone = to.name.endsWith('with time zone') ? [sessionTimeZone] : [];
    return [mayNotParse(...(to.name === 'interval' ? ['22007', '22015'] : ['22007', '22008', '22009', '22023'])), rewrites, ...zone];
  }
  const states = parsers[to.name];
  if (states === undefined) return null;
  // A text is cast to bits explicitly: other lengths are cut or filled with zeros.
  const length = to.name === 'bit' || (to.name === 'bit varying' && to.args.length > 0) ? [cuts] : [];
  return [mayNotParse(...states), ...length, ...(['json', 'xml', 'bit', 'bit varying'].includes(to.name) ? [] : [rewrites])];
}

/** The SQLSTATEs with which types refuse a text. */
const parsers: Readonly<Record<string, readonly string[]>> = {
  boolean: ['22P02'],
  uuid: ['22P02'],
  json: ['22P02'],
  jsonb: ['22P02', '22P05'],
  bytea: ['22P02', '22023'],
  inet: ['22P02'],
  cidr: ['22P02'],
  macaddr: ['22P02', '22003'],
  xml: ['2200N'],
  bit: ['22P02'],
  'bit varying': ['22P02'],
};

/** Decimal digits of whole numbers: so many always fit, and so many they may have. */
const wholes: Readonly<Record<string, readonly [fit: number, most: number]>> = { smallint: [4, 5], integer: [9, 10], bigint: [18, 19] };
/** Decimal digits that a binary fraction keeps (FLT_DIG, DBL_DIG): what `numeric` takes of it, and what it takes back from one. */
const binaries: Readonly<Record<string, number>> = { real: 6, 'double precision': 15 };

function isWhole(type: Known): boolean {
  return type.kind === 'builtin' && Object.hasOwn(wholes, type.name);
}

function isNumber(type: Known): boolean {
  return isWhole(type) || (type.kind === 'builtin' && (type.name === 'numeric' || Object.hasOwn(binaries, type.name)));
}

/** Digits in all and behind the point, where there is a limit. money has as many digits behind the point as its locale says: mostly two. */
function roomOf(type: Builtin): { readonly precision: number; readonly scale: number } | null {
  if (type.name === 'money') return { precision: 19, scale: 2 };
  const [precision, scale = '0'] = type.args;
  return type.name === 'numeric' && precision !== undefined ? { precision: Number(precision), scale: Number(scale) } : null;
}

/** Null: not numbers both. */
function ofNumbers(from: Builtin, to: Builtin): readonly ValueRisk[] | null {
  if (!(isNumber(from) || (from.name === 'money' && to.name === 'numeric')) || !isNumber(to)) return null;
  const risks = (...found: readonly (ValueRisk | false)[]): readonly ValueRisk[] => found.filter((risk) => risk !== false);
  const [had, has] = [roomOf(from), roomOf(to)];
  const whole = wholes[from.name];
  const binary = binaries[from.name];
  const target = wholes[to.name];
  if (target !== undefined) {
    if (whole !== undefined) return risks(whole[1] > target[1] && overflows);
    if (binary !== undefined) return [overflows, rounds];
    // NaN and infinity have no SQLSTATE of numbers here: 0A000.
    if (had === null) return [{ kind: 'overflows', sqlstates: ['22003', '0A000'] }, rounds];
    return risks(had.precision - had.scale > target[0] && overflows, had.scale > 0 && rounds);
  }
  const digits = binaries[to.name];
  if (digits !== undefined) {
    if (whole !== undefined) return risks(whole[1] > digits && rounds);
    if (binary !== undefined) return binary > digits ? [overflows, rounds] : [];
    if (had === null) return [overflows, rounds];
    return risks((had.precision - had.scale > 38 && digits === 6) && overflows, had.precision > digits && rounds);
  }
  // To numeric.
  if (has === null) return risks(binary !== undefined && rounds);
  if (whole !== undefined) return risks(whole[1] > has.precision - has.scale && overflows, has.scale < 0 && rounds);
  if (had === null) return [overflows, rounds];
  const isCoarser = has.scale < had.scale;
  // 99.99 rounds to 100.0, which has one digit more.
  const digitsBefore = had.precision - had.scale + (isCoarser ? 1 : 0);
  return risks(digitsBefore > has.precision - has.scale && overflows, isCoarser && rounds);
}

const times = ['date', 'time without time zone', 'time with time zone', 'timestamp without time zone', 'timestamp with time zone', 'interval'];

function isTime(type: Known): boolean {
  return type.kind === 'builtin' && times.includes(type.name);
}

/** Null: not times both, or no cast between them but through text. */
function ofTimes(from: Builtin, to: Builtin): readonly ValueRisk[] | null {
  if (!isTime(from) || !isTime(to)) return null;
  const loses = timeCasts[from.name]?.[to.name];
  if (loses === undefined) return null;
  const isFiner = from.name !== 'date' && to.name !== 'date' && secondsOf(to) < secondsOf(from);
  const fields = to.name === 'interval' && fieldsOf(to) !== null && fieldsOf(to) !== fieldsOf(from) ? [cuts] : [];
  return [...loses, ...fields, ...(isFiner ? [rounds] : [])];
}

const same: readonly ValueRisk[] = [];
const [date, time, timetz, timestamp, timestamptz, interval] = times as [string, string, string, string, string, string];
/** The casts for assignment among times (pg_cast), and what each loses. */
const timeCasts: Readonly<Record<string, Readonly<Record<string, readonly ValueRisk[]>>>> = {
  [date]: { [timestamp]: same, [timestamptz]: [sessionTimeZone] },
  [time]: { [time]: same, [timetz]: [sessionTimeZone], [interval]: same },
  [timetz]: { [timetz]: same, [time]: [cuts] },
  [timestamp]: { [timestamp]: same, [timestamptz]: [sessionTimeZone], [date]: [cuts], [time]: [cuts] },
  [timestamptz]: { [timestamptz]: same, [timestamp]: [sessionTimeZone], [date]: [cuts, sessionTimeZone], [time]: [cuts, sessionTimeZone], [timetz]: [cuts, sessionTimeZone] },
  [interval]: { [interval]: same, [time]: [cuts] },
};

/** Digits of the fraction of a second. */
function secondsOf(type: Builtin): number {
  const digits = type.args.find((arg) => /^\d+$/.test(arg));
  return digits === undefined ? 6 : Number(digits);
}

function fieldsOf(type: Builtin): string | null {
  return type.args.find((arg) => !/^\d+$/.test(arg))?.toLowerCase() ?? null;
}

function isBits({ name }: Builtin): boolean {
  return name === 'bit' || name === 'bit varying';
}

/** Null: not bits both. */
function ofBits(from: Builtin, to: Builtin, by: 'assignment' | 'explicit'): readonly ValueRisk[] | null {
  if (!isBits(from) || !isBits(to)) return null;
  const length = ({ name, args }: Builtin): number => (args[0] === undefined ? (name === 'bit' ? 1 : Infinity) : Number(args[0]));
  const fits = to.name === 'bit' ? from.name === 'bit' && length(from) === length(to) : length(from) <= length(to);
  if (fits) return [];
  return by === 'explicit' ? [cuts] : [tooLong(to.name === 'bit' ? '22026' : '22001')];
}

/** Null: no cast but through text. */
function ofOthers(from: Builtin, to: Builtin): readonly ValueRisk[] | null {
  const isJson = (name: string): boolean => name === 'json' || name === 'jsonb';
  // Every number but 0 becomes true.
  if (to.name === 'boolean' && isNumber(from)) return [cuts];
  if (from.name === 'boolean' && isNumber(to)) return [];
  if (from.name === 'jsonb' && to.name === 'json') return [];
  if (from.name === 'json' && to.name === 'jsonb') return [rewrites, mayNotParse('22P05')];
  if (isJson(to.name) && (isWhole(from) || from.name === 'boolean' || (from.name === 'numeric' && from.args.length > 0))) return [];
  if (from.name === 'jsonb' && to.name === 'boolean') return [mayNotParse('22023')];
  if (from.name === 'jsonb' && ['integer', 'bigint', 'numeric', 'double precision'].includes(to.name)) return union([mayNotParse('22023')], ofNumbers({ ...from, name: 'numeric', args: [] }, to)?.map((risk) => (risk.kind === 'overflows' ? overflows : risk)) ?? []);
  if (from.name === 'inet' && to.name === 'cidr') return [cuts];
  if (from.name === 'cidr' && to.name === 'inet') return [];
  return null;
}

/** Each kind once, with the SQLSTATEs of both. */
function union(a: readonly ValueRisk[], b: readonly ValueRisk[]): readonly ValueRisk[] {
  const kinds = [...new Set([...a, ...b].map(({ kind }) => kind))];
  return kinds.map((kind) => {
    const states = [...new Set([...a, ...b].flatMap((risk) => (risk.kind === kind && 'sqlstates' in risk ? risk.sqlstates : [])))];
    return (states.length === 0 ? { kind } : { kind, sqlstates: states }) as ValueRisk;
  });
}
