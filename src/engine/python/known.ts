import { message, type Message } from '../text/problem';
import type { Place } from '../text/text';
import type { Value } from './values';

/** Small makers of values and tests on them. */

export function unknown(at: Place, text: string, args: Message['args'] = {}): Value {
  return { kind: 'unknown', reason: message(text, args), at };
}

export function stringAt(value: string, at: Place): Value {
  return { kind: 'string', value, at };
}

export function boolAt(value: boolean, at: Place): Value {
  return { kind: 'bool', value, at };
}

export function numberAt(value: number, at: Place): Value {
  return { kind: 'number', text: String(value), at };
}

/** The number that a Python literal stands for; null where JavaScript's number can not hold it well enough. */
export function numberOf(value: Value): number | null {
  if (value.kind === 'bool') return value.value ? 1 : 0;
  if (value.kind !== 'number') return null;
  const result = Number(value.text.replace(/_/g, ''));
  return Number.isFinite(result) ? result : null;
}

/** A string, or an enum member that is one (`class Color(str, Enum)`). */
export function stringOf(value: Value): string | null {
  if (value.kind === 'string') return value.value;
  if (value.kind === 'enumMember' && value.value.kind === 'string' && isStringEnum(value)) return value.value.value;
  return null;
}

function isStringEnum(member: Value & { readonly kind: 'enumMember' }): boolean {
  return member.enum.bases.some(
    (base) =>
      (base.kind === 'symbol' && (base.name === 'builtins.str' || base.name.endsWith('.StrEnum'))) ||
      (base.kind === 'class' && isStringEnum({ ...member, enum: base })),
  );
}

/** Whether Python takes it for true; null: not known. */
export function truth(value: Value): boolean | null {
  switch (value.kind) {
    case 'none':
      return false;
    case 'bool':
      return value.value;
    case 'number': {
      const number = numberOf(value);
      return number === null ? null : number !== 0;
    }
    case 'string':
      return value.value !== '';
    case 'list':
    case 'tuple':
    case 'set':
      return value.items.length > 0;
    case 'dict':
      return value.entries.length > 0;
    case 'class':
    case 'function':
    case 'lambda':
    case 'module':
    case 'enumMember':
      return true;
    case 'operation': {
      // `bind and False`: whatever `bind` is.
      if (value.operator !== 'and' && value.operator !== 'or') return null;
      const settling = value.operator === 'or';
      const decided = value.operands.map(truth);
      return decided.includes(settling) ? settling : decided.includes(null) ? null : !settling;
    }
    case 'symbol':
      return value.name === 'typing.TYPE_CHECKING' ? true : null;
    default:
      return null;
  }
}

/** Python's `==` on values; null: not known. */
export function equal(a: Value, b: Value): boolean | null {
  if (a === b && a.kind !== 'unknown') return true;
  const textA = stringOf(a);
  const textB = stringOf(b);
  if (a.kind === 'enumMember' && b.kind === 'enumMember') return a.enum === b.enum && a.name === b.name;
  if (textA !== null && textB !== null) return textA === textB;
  const numberA = numberOf(a);
  const numberB = numberOf(b);
  if (numberA !== null && numberB !== null) return numberA === numberB;
  if ((a.kind === 'list' || a.kind === 'tuple' || a.kind === 'set') && a.kind === b.kind) {
    if (a.items.length !== b.items.length) return false;
    let outcome: boolean | null = true;
    for (let i = 0; i < a.items.length; i++) {
      const left = a.items[i];
      const right = b.items[i];
      const same = left === undefined || right === undefined ? false : equal(left, right);
      if (same === false) return false;
      if (same === null) outcome = null;
    }
    return outcome;
  }
  if (a.kind === 'symbol' && b.kind === 'symbol') return a.name === b.name ? true : null;
  const plain = new Set(['none', 'bool', 'number', 'string', 'list', 'tuple', 'set', 'dict', 'class', 'enumMember']);
  if (a.kind === 'dict' && b.kind === 'dict') return null;
  return plain.has(a.kind) && plain.has(b.kind) ? false : null;
}

/** The items that iterating yields; null: not known. */
export function itemsOf(value: Value): readonly Value[] | null {
  if (value.kind === 'list' || value.kind === 'tuple' || value.kind === 'set') return value.items;
  if (value.kind === 'dict') return value.entries.map(([key]) => key);
  if (value.kind === 'string') return [...value.value].map((character) => stringAt(character, value.at));
  return null;
}

/** The entry of a dict under a key; undefined: not there; null: not known. */
export function entryOf(dict: Value & { readonly kind: 'dict' }, key: Value): Value | undefined | null {
  for (let i = dict.entries.length - 1; i >= 0; i--) {
    const entry = dict.entries[i];
    if (entry === undefined) continue;
    const same = equal(entry[0], key);
    if (same === true) return entry[1];
    if (same === null) return null;
  }
  return undefined;
}

/** A dict with one entry put in, in Python's order: an existing key keeps its place. */
export function withEntry(entries: readonly (readonly [Value, Value])[], key: Value, value: Value): (readonly [Value, Value])[] {
  const at = entries.findIndex(([existing]) => equal(existing, key) === true);
  if (at < 0) return [...entries, [key, value]];
  return entries.map((entry, index) => (index === at ? [entry[0], value] : entry));
}
