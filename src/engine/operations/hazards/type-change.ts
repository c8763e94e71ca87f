import type { ColumnType } from '../../schema/schema';
import { compareTypes, typeKey } from '../../schema/types';
import { message, type Message } from '../../text/problem';

/**
 * Whether changing a column's type by PostgreSQL's own cast writes every row anew; a message where that hangs on something
 * not known. Source: `ATColumnChangeRequiresRewrite` in tablecmds.c, on casts simplified by their support functions
 * (`varchar_support`, `numeric_support`, `TemporalSimplify`, `interval_support`); pg_cast rows with castmethod 'b'.
 */
export function rewritesFor(from: ColumnType, to: ColumnType, timeZone: string | null): boolean | Message {
  if (from.kind === 'unknown') return from.reason;
  if (to.kind === 'unknown') return to.reason;
  if (compareTypes(from, to).outcome === 'same') return false;
  // The cast of an array goes through its elements, whatever it does to them.
  if (from.dimensions > 0 || to.dimensions > 0) return isBareOf(from, to) ? false : true;
  if (from.kind === 'enum' || to.kind === 'enum') return isNoDomain(from) && isNoDomain(to) ? true : mayBeDomain(from, to);
  if (from.kind === 'builtin' && to.kind === 'builtin') return from.name === to.name ? modifiersRewrite(from.name, argsOf(from), argsOf(to)) : castRewrites(from.name, to.name, argsOf(to), timeZone);
  if (isBareOf(from, to)) return false;
  if (from.kind === to.kind && from.name === to.name) return true;
  const [left, right] = [bareName(from), bareName(to)];
  if (binaryCoercible[left]?.includes(right) === true) return argsOf(to).length > 0;
  return isNoDomain(from) && isNoDomain(to) ? true : mayBeDomain(from, to);
}

/** The same type without modifiers: nothing has to be cut. */
function isBareOf(from: ColumnType, to: ColumnType): boolean {
  if (from.kind === 'unknown' || to.kind === 'unknown' || from.kind === 'enum' || to.kind === 'enum') return false;
  return argsOf(to).length === 0 && typeKey({ ...from, args: [], dimensions: from.dimensions > 0 ? 1 : 0 }) === typeKey({ ...to, dimensions: to.dimensions > 0 ? 1 : 0 }) && !(from.kind === 'builtin' && (from.name === 'character' || from.name === 'bit'));
}

function isNoDomain(type: ColumnType): boolean {
  return type.kind === 'builtin' || type.kind === 'enum' || (type.kind === 'named' && knownExtensionTypes.has(type.name));
}

function mayBeDomain(from: ColumnType, to: ColumnType): Message {
  const type = isNoDomain(from) ? to : from;
  return message('What kind of type {type} is, is not known.', { type: typeKey(type) });
}

/** As in `typeKey`: what PostgreSQL fills in is written out. */
function argsOf(type: ColumnType): readonly string[] {
  if (type.kind !== 'builtin') return type.kind === 'named' ? type.args : [];
  if (type.name === 'numeric' && type.args.length === 1) return [type.args[0] ?? '', '0'];
  return (type.name === 'character' || type.name === 'bit') && type.args.length === 0 ? ['1'] : type.args;
}

function bareName(type: ColumnType): string {
  return type.kind === 'unknown' ? '' : type.name;
}

/** A type with other modifiers. */
function modifiersRewrite(name: string, from: readonly string[], to: readonly string[]): boolean {
  const [oldFirst = '', newFirst = ''] = [from[0], to[0]];
  switch (name) {
    case 'character varying':
    case 'bit varying':
      return to.length > 0 && !(from.length > 0 && Number(newFirst) >= Number(oldFirst));
    case 'numeric':
      return to.length > 0 && !(from.length > 0 && Number(from[1]) === Number(to[1]) && Number(newFirst) >= Number(oldFirst));
    case 'timestamp with time zone':
    case 'timestamp without time zone':
    case 'time with time zone':
    case 'time without time zone':
      return to.length > 0 && Number(newFirst) !== 6 && !(from.length > 0 && Number(newFirst) >= Number(oldFirst));
    case 'interval':
      return intervalRewrites(from, to);
    default:
      return to.length > 0;
  }
}

/** Source: `interval_support` in timestamp.c. */
function intervalRewrites(from: readonly string[], to: readonly string[]): boolean {
  if (to.length === 0) return false;
  const [old, next] = [intervalOf(from), intervalOf(to)];
  return !(next.least <= old.least && (old.least > 0 || next.precision >= 6 || next.precision >= old.precision));
}

/** The smallest field that it keeps (0: seconds), and how many digits of those. */
function intervalOf(args: readonly string[]): { readonly least: number; readonly precision: number } {
  const fields = args.find((arg) => !/^\d+$/.test(arg));
  const precision = args.find((arg) => /^\d+$/.test(arg));
  const least = fields === undefined ? 0 : Math.max(0, ['second', 'minute', 'hour', 'day', 'month', 'year'].indexOf(fields.toLowerCase().split(' ').at(-1) ?? ''));
  return { least, precision: precision === undefined ? Infinity : Number(precision) };
}

/** A cast to another type, then cut to its modifiers. */
function castRewrites(from: string, to: string, args: readonly string[], timeZone: string | null): boolean | Message {
  if (/^timestamp /.test(from) && /^timestamp /.test(to)) {
    if (args.length > 0 && Number(args[0]) !== 6) return true;
    if (timeZone === null) return message('Only where the TimeZone of the session is not UTC.');
    return !utc.has(timeZone.toLowerCase());
  }
  return !(binaryCoercible[from]?.includes(to) === true && args.length === 0);
}

const utc = new Set('utc gmt etc/utc etc/gmt uct etc/uct zulu etc/zulu universal etc/universal greenwich etc/greenwich gmt0 gmt+0 gmt-0 etc/gmt0 etc/gmt+0 etc/gmt-0'.split(' '));

/** pg_cast with castmethod 'b' and a context that ALTER COLUMN uses: the bytes are the same. */
export const binaryCoercible: Readonly<Record<string, readonly string[]>> = {
  text: ['character varying', 'citext'],
  'character varying': ['text', 'citext'],
  citext: ['text', 'character varying'],
  cidr: ['inet'],
  bit: ['bit varying'],
  'bit varying': ['bit'],
  integer: ['oid', 'regclass', 'regtype', 'regproc', 'regprocedure', 'regoper', 'regoperator', 'regrole', 'regnamespace', 'regconfig', 'regdictionary', 'regcollation'],
  oid: ['integer', 'regclass', 'regtype', 'regproc', 'regprocedure', 'regoper', 'regoperator', 'regrole', 'regnamespace', 'regconfig', 'regdictionary', 'regcollation'],
  regclass: ['oid', 'integer'],
  xml: ['text', 'character varying'],
};

/** Types of extensions, none of them a domain. */
export const knownExtensionTypes = new Set('citext hstore ltree lquery ltxtquery vector halfvec sparsevec geometry geography box2d box3d raster cube seg isbn isbn13 issn ean13 upc intarray query_int'.split(' '));

/** Types whose values PostgreSQL compares by the same operators: indexes and foreign keys over them stay as they are. */
export function sameOperators(from: ColumnType, to: ColumnType): boolean {
  if (from.kind === 'unknown' || to.kind === 'unknown' || from.dimensions > 0 !== to.dimensions > 0) return false;
  if (from.kind !== to.kind) return false;
  if (from.kind === 'builtin') return (groups[from.name] ?? from.name) === (groups[bareName(to)] ?? bareName(to));
  return from.name === bareName(to);
}

const groups: Readonly<Record<string, string>> = { 'character varying': 'text', cidr: 'inet', ...Object.fromEntries((binaryCoercible['oid'] ?? []).filter((name) => name.startsWith('reg')).map((name) => [name, 'oid'])) };
