import { message } from '../text/problem';
import type { ColumnType, Comparison } from './schema';

/** Holds two column types against each other, as PostgreSQL's catalog tells types apart. */
export function compareTypes(a: ColumnType, b: ColumnType): Comparison {
  // Most columns of most tables are what they were.
  if (a.kind === 'builtin' && b.kind === 'builtin' && a.name === b.name && a.args.length === 0 && b.args.length === 0 && a.dimensions === 0 && b.dimensions === 0) return { outcome: 'same' };
  if (a.kind === 'unknown') return { outcome: 'unknown', reason: a.reason };
  if (b.kind === 'unknown') return { outcome: 'unknown', reason: b.reason };
  // Models leave out where an extension lives (citext in Supabase's `extensions`); the search path finds it.
  const unqualified = a.kind === 'named' && b.kind === 'named' && (a.schema === null || b.schema === null);
  const [left, right] = unqualified ? [{ ...a, schema: null }, { ...b, schema: null }] : [a, b];
  return typeKey(left) === typeKey(right) ? { outcome: 'same' } : { outcome: 'different' };
}

/** One spelling a type, as PostgreSQL's `format_type()` has it: `character varying(255)`, `numeric(10,2)[]`. */
export function typeKey(type: ColumnType): string {
  if (type.kind === 'unknown') return '?';
  const brackets = type.dimensions > 0 ? '[]' : '';
  if (type.kind === 'enum') return `${quotePath(type.schema, type.name)}${brackets}`;
  if (type.kind === 'named') return `${quotePath(type.schema, type.name)}${modifiers(type.args)}${brackets}`;
  return `${builtinText(type.name, normalArgs(type.name, type.args))}${brackets}`;
}

/** PostgreSQL's own defaults are left out: numeric(10) is numeric(10,0), character is character(1), timestamp(6) is timestamp. */
function normalArgs(name: string, args: readonly string[]): readonly string[] {
  if (name === 'numeric' && args.length === 1) return [args[0] ?? '', '0'];
  if ((name === 'character' || name === 'bit') && args.length === 0) return ['1'];
  return args;
}

/** `timestamp(3) with time zone`: a type of PostgreSQL itself with its modifiers where they belong. */
export function builtinText(name: string, args: readonly string[]): string {
  if (args.length === 0) return name;
  // The precision stands inside: timestamp(3) with time zone.
  const zoned = /^(timestamp|time) (with|without) time zone$/.exec(name);
  if (zoned !== null) return `${zoned[1] ?? ''}${modifiers(args)} ${zoned[2] ?? ''} time zone`;
  if (name === 'interval') {
    const [first = '', second] = args;
    return /^\d/.test(first) ? `interval(${first})` : `interval ${first}${second === undefined ? '' : `(${second})`}`;
  }
  return `${name}${modifiers(args)}`;
}

function modifiers(args: readonly string[]): string {
  return args.length === 0 ? '' : `(${args.map((arg) => arg.trim()).join(',')})`;
}

function quotePath(schema: string | null, name: string): string {
  return schema === null ? name : `${schema}.${name}`;
}

const families: readonly (readonly string[])[] = [
  ['character varying', 'text', 'character', 'citext', '"char"', 'name'],
  ['smallint', 'integer', 'bigint'],
  ['numeric', 'real', 'double precision', 'money'],
  ['timestamp with time zone', 'timestamp without time zone'],
  ['time with time zone', 'time without time zone'],
  ['json', 'jsonb'],
];

/** The same type, or one that holds the same kind of value: texts, integers, timestamps. An enum is akin to text. */
export function sameTypeFamily(a: ColumnType, b: ColumnType): boolean {
  if (a.kind === 'unknown' || b.kind === 'unknown') return true;
  if (a.dimensions > 0 !== b.dimensions > 0) return false;
  if (a.kind === 'enum' || b.kind === 'enum') return (isText(a) || a.kind === 'enum') && (isText(b) || b.kind === 'enum');
  if (a.name === b.name) return true;
  return families.some((family) => family.includes(a.name) && family.includes(b.name));
}

/** character varying, text, character: what an enum's labels can be cast to and from. */
export function isText(type: ColumnType): boolean {
  return type.kind === 'builtin' && ['character varying', 'text', 'character'].includes(type.name);
}

export const unknownType = (reason: string): ColumnType => ({ kind: 'unknown', reason: message(reason) });
