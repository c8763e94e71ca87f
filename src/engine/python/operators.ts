import type { Place } from '../text/text';
import { boolAt, entryOf, equal, itemsOf, numberAt, numberOf, stringAt, stringOf, truth } from './known';
import type { Value } from './values';

/**
 * The outcome of a binary operator on values, as far as both are known; else an `operation` that keeps them.
 * `and` and `or` are not here: they need not evaluate their right side.
 */
export function applyBinary(operator: string, left: Value, right: Value, at: Place): Value {
  const compared = compare(operator, left, right);
  if (compared !== null) return boolAt(compared, at);
  const text = stringOf(left);
  const otherText = stringOf(right);
  const a = numberOf(left);
  const b = numberOf(right);
  if (operator === '+' && text !== null && otherText !== null) return stringAt(text + otherText, at);
  if (operator === '+' && (left.kind === 'list' || left.kind === 'tuple') && left.kind === right.kind) {
    return { kind: left.kind, items: [...left.items, ...right.items], at };
  }
  if (operator === '|' && left.kind === 'dict' && right.kind === 'dict') {
    return { kind: 'dict', entries: [...left.entries, ...right.entries], at };
  }
  if (operator === '|' && left.kind === 'set' && right.kind === 'set') return { kind: 'set', items: [...left.items, ...right.items], at };
  if (operator === '*' && text !== null && b !== null && b * text.length < 10_000) return stringAt(text.repeat(Math.max(0, b)), at);
  if (operator === '*' && (left.kind === 'list' || left.kind === 'tuple') && b !== null && b >= 0 && b * left.items.length < 1000) {
    return { kind: left.kind, items: Array.from({ length: b }, () => left.items).flat(), at };
  }
  if (operator === '%' && left.kind === 'string') {
    const formatted = formatPercent(left.value, right);
    if (formatted !== null) return stringAt(formatted, at);
  }
  if (a !== null && b !== null && Number.isInteger(a) && Number.isInteger(b)) {
    const result = integer(operator, a, b);
    if (result !== null && Number.isSafeInteger(result)) return numberAt(result, at);
  }
  return { kind: 'operation', operator, operands: [left, right], at };
}

function integer(operator: string, a: number, b: number): number | null {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '//':
      return b === 0 ? null : Math.floor(a / b);
    case '%':
      return b === 0 ? null : a - b * Math.floor(a / b);
    case '**':
      return b < 0 ? null : a ** b;
    case '|':
      return Math.abs(a) < 2 ** 31 && Math.abs(b) < 2 ** 31 ? a | b : null;
    case '&':
      return Math.abs(a) < 2 ** 31 && Math.abs(b) < 2 ** 31 ? a & b : null;
    case '<<':
      return b < 0 || b > 52 ? null : a * 2 ** b;
    default:
      return null;
  }
}

/** Null: not a comparison, or not known. */
function compare(operator: string, left: Value, right: Value): boolean | null {
  switch (operator) {
    case '==':
      return equal(left, right);
    case '!=': {
      const same = equal(left, right);
      return same === null ? null : !same;
    }
    case 'is':
    case 'is not': {
      const same = identical(left, right);
      return same === null ? null : (operator === 'is') === same;
    }
    case 'in':
    case 'not in': {
      const inside = contains(right, left);
      return inside === null ? null : (operator === 'in') === inside;
    }
    case '<':
    case '>':
    case '<=':
    case '>=':
      return order(operator, left, right);
    default:
      return null;
  }
}

function identical(left: Value, right: Value): boolean | null {
  if (left.kind === 'none' || right.kind === 'none') {
    const other = left.kind === 'none' ? right : left;
    if (other.kind === 'none') return true;
    return /^(unknown|attribute|operation|call|symbol|subscript)$/.test(other.kind) ? null : false;
  }
  return equal(left, right);
}

function contains(container: Value, item: Value): boolean | null {
  const text = stringOf(container);
  const part = stringOf(item);
  if (text !== null && part !== null) return text.includes(part);
  if (container.kind === 'dict') {
    const entry = entryOf(container, item);
    return entry === null ? null : entry !== undefined;
  }
  if (container.kind === 'string') return null;
  const items = itemsOf(container);
  if (items === null) return null;
  let outcome: boolean | null = false;
  for (const candidate of items) {
    const same = equal(candidate, item);
    if (same === true) return true;
    if (same === null) outcome = null;
  }
  return outcome;
}

function order(operator: string, left: Value, right: Value): boolean | null {
  // Which Python runs is not known; a current one is meant.
  const newer = isVersion(left) ? operator.startsWith('>') : isVersion(right) ? operator.startsWith('<') : null;
  if (newer !== null) return newer;
  const a = numberOf(left) ?? stringOf(left);
  const b = numberOf(right) ?? stringOf(right);
  if (a === null || b === null || typeof a !== typeof b) return null;
  if (operator === '<') return a < b;
  if (operator === '>') return a > b;
  if (operator === '<=') return a <= b;
  return a >= b;
}

function isVersion(value: Value): boolean {
  if (value.kind === 'subscript') return isVersion(value.object);
  return value.kind === 'symbol' && value.name.startsWith('sys.version_info');
}

export function applyUnary(operator: 'not' | '-' | '+' | '~', operand: Value, at: Place): Value {
  if (operator === 'not') {
    const outcome = truth(operand);
    if (outcome !== null) return boolAt(!outcome, at);
  } else if (operand.kind === 'number' && operator !== '~') {
    if (operator === '+') return { ...operand, at };
    return { kind: 'number', text: operand.text.startsWith('-') ? operand.text.slice(1) : `-${operand.text}`, at };
  }
  return { kind: 'operation', operator, operands: [operand], at };
}

/** `'…%s…' % value`; null where a value or a directive is not known. */
export function formatPercent(template: string, argument: Value): string | null {
  const positional = argument.kind === 'tuple' ? [...argument.items] : [argument];
  let failed = false;
  const result = template.replace(/%(?:\((\w+)\))?([-+ 0#]*)(\d+)?(?:\.(\d+))?([sdirfx%])/g, (_whole, key: string | undefined, flags: string, width: string | undefined, precision: string | undefined, kind: string) => {
    if (kind === '%') return '%';
    const value = key === undefined ? positional.shift() : argument.kind === 'dict' ? entryOf(argument, stringAt(key, argument.at)) : undefined;
    const text = value === undefined || value === null ? null : kind === 'r' ? reprOf(value) : textOfValue(value);
    if (text === null || flags !== '' || precision !== undefined || (kind !== 's' && kind !== 'r' && kind !== 'd' && kind !== 'i')) {
      failed = true;
      return '';
    }
    return width === undefined ? text : text.padStart(Number(width));
  });
  return failed ? null : result;
}

/** What `str()` gives; null: not known. */
export function textOfValue(value: Value): string | null {
  switch (value.kind) {
    case 'none':
      return 'None';
    case 'bool':
      return value.value ? 'True' : 'False';
    case 'number':
      return /^-?\d+$/.test(value.text) ? String(BigInt(value.text)) : /^-?\d+\.\d+$/.test(value.text) ? String(Number(value.text)) : null;
    case 'string':
      return value.value;
    case 'list':
    case 'tuple':
      return reprOf(value);
    case 'enumMember': {
      // Only StrEnum prints its value in every version of Python.
      const direct = value.enum.bases.some((base) => base.kind === 'symbol' && base.name.endsWith('.StrEnum'));
      return direct && value.value.kind === 'string' ? value.value.value : null;
    }
    default:
      return null;
  }
}

/** What `repr()` gives; null: not known. */
export function reprOf(value: Value): string | null {
  if (value.kind === 'string') {
    if (/[^\x20-\x7e]|\\/.test(value.value)) return null;
    return value.value.includes("'") && !value.value.includes('"') ? `"${value.value}"` : `'${value.value.replace(/'/g, "\\'")}'`;
  }
  if (value.kind === 'list' || value.kind === 'tuple') {
    const items = value.items.map(reprOf);
    if (items.some((item) => item === null)) return null;
    const inner = items.join(', ');
    return value.kind === 'list' ? `[${inner}]` : items.length === 1 ? `(${inner},)` : `(${inner})`;
  }
  return textOfValue(value);
}

/** As `json.dumps` writes a value; null: not known. */
export function jsonText(value: Value): string | null {
  switch (value.kind) {
    case 'none':
      return 'null';
    case 'bool':
      return String(value.value);
    case 'number':
      return numberOf(value) === null ? null : value.text;
    case 'string':
      return JSON.stringify(value.value).replace(/[\u0080-\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
    case 'list':
    case 'tuple': {
      const items = value.items.map(jsonText);
      return items.includes(null) ? null : `[${items.join(', ')}]`;
    }
    case 'dict': {
      const entries = value.entries.map(([key, entry]) => [key.kind === 'string' ? jsonText(key) : null, jsonText(entry)] as const);
      return entries.some(([key, entry]) => key === null || entry === null) ? null : `{${entries.map(([key, entry]) => `${key ?? ''}: ${entry ?? ''}`).join(', ')}}`;
    }
    default:
      return null;
  }
}
