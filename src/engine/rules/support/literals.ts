import type { ColumnType } from '../../schema/schema';
import { isText, typeKey } from '../../schema/types';

/** The text of a string constant, whatever type is written behind it: `'NEW'::character varying` → `NEW`. Null: it is something else. */
export function constantText(sql: string): string | null {
  const constant = /^\(*\s*'((?:[^']|'')*)'(?:::[\w\s."[\](),]+?)?\s*\)*$/.exec(sql.trim());
  return constant === null ? null : (constant[1] ?? '').replaceAll("''", "'");
}

/**
 * What PostgreSQL answers to a string constant as a default of this type (SQLSTATE); null: it takes it, or that is not known.
 * Source: the input functions of PostgreSQL's types; only texts that are wrong beyond doubt are.
 */
export function refusalOf(type: ColumnType, text: string, labels: readonly string[] | undefined): string | null {
  if (type.kind === 'enum') return type.dimensions > 0 ? refusalOfArray(text, labels) : labels === undefined || labels.includes(text) ? null : '22P02';
  if (type.kind !== 'builtin' || type.dimensions > 0) return null;
  const plain = text.trim();
  switch (type.name) {
    case 'smallint':
    case 'integer':
    case 'bigint': {
      if (/^0[xob]|_/i.test(plain)) return null;
      if (!/^[-+]?\d+$/.test(plain)) return '22P02';
      const most = 2n ** (type.name === 'smallint' ? 15n : type.name === 'integer' ? 31n : 63n);
      const value = BigInt(plain.replace(/^\+/, ''));
      return value >= most || value < -most ? '22003' : null;
    }
    case 'numeric':
    case 'real':
    case 'double precision':
      return /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$|^[-+]?inf|^nan$|^0[xob]|_/i.test(plain) ? null : '22P02';
    case 'boolean':
      return /^(?:t|tr|tru|true|f|fa|fal|fals|false|y|ye|yes|n|no|on|of|off|1|0)$/i.test(plain) ? null : '22P02';
    case 'uuid':
      return /^\{?[0-9a-f]{4}(?:-?[0-9a-f]{4}){7}\}?$/i.test(plain) ? null : '22P02';
    case 'json':
    case 'jsonb':
      return isJson(plain) ? null : '22P02';
    case 'date':
    case 'timestamp with time zone':
    case 'timestamp without time zone':
      // Whatever has no digit is a word: of words PostgreSQL knows these.
      return /\d/.test(plain) || /^\W*(?:now|today|tomorrow|yesterday|epoch|-?infinity)\W*$/i.test(plain) ? null : '22007';
    default:
      return null;
  }
}

function refusalOfArray(text: string, labels: readonly string[] | undefined): string | null {
  if (!/^\s*\{.*\}\s*$/.test(text)) return '22P02';
  const items = text.trim().slice(1, -1).split(',').map((item) => item.trim());
  if (labels === undefined || items.some((item) => /["\\{}]/.test(item))) return null;
  return items.every((item) => item === '' || labels.includes(item)) ? null : '22P02';
}

/** JSON as PostgreSQL reads it is what JavaScript reads. */
function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** A bare number or truth value has a type of its own: `sa.text("0")` is no default of a boolean (42804). */
export function refusalOfBare(type: ColumnType, sql: string): string | null {
  if (type.kind === 'unknown' || type.kind === 'named') return null;
  const bare = sql.trim();
  const isNumber = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(bare);
  const isTruth = /^(?:true|false)$/i.test(bare);
  if ((!isNumber && !isTruth) || isText(type)) return null;
  if (type.kind === 'enum' || type.dimensions > 0) return '42804';
  const numbers = ['smallint', 'integer', 'bigint', 'numeric', 'real', 'double precision'];
  const own = isTruth ? ['boolean'] : [...numbers, 'money'];
  const others = ['boolean', 'uuid', 'json', 'jsonb', 'date', 'timestamp with time zone', 'timestamp without time zone', 'bytea', ...numbers];
  return !own.includes(type.name) && others.includes(type.name) ? '42804' : null;
}

/** The label that a text most likely means: the same but for case, blanks, hyphens. */
export function nearestLabel(text: string, labels: readonly string[]): string | null {
  const plain = (value: string): string => value.trim().toLowerCase().replaceAll(/[\s_.-]+/g, '');
  return labels.find((label) => plain(label) === plain(text)) ?? null;
}

/** `upper` or `lower` where that alone makes every text a label. */
export function foldingFunction(texts: readonly string[], labels: readonly string[]): 'upper' | 'lower' | null {
  for (const [name, fold] of [['upper', (text: string) => text.toUpperCase()], ['lower', (text: string) => text.toLowerCase()]] as const) {
    if (labels.every((label) => label === fold(label)) && texts.every((text) => labels.includes(fold(text)))) return name;
  }
  return null;
}

export function isSameType(a: ColumnType, b: ColumnType): boolean {
  return a.kind !== 'unknown' && b.kind !== 'unknown' && typeKey(a) === typeKey(b);
}
