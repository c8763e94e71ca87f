import type { Place } from '../text/text';
import { attributeOf } from './attributes';
import { callValue } from './calls';
import type { Reading } from './evaluate';
import { iterate } from './expressions';
import { superOfInstance } from './instances';
import { boolAt, numberAt, numberOf, stringAt, stringOf, truth } from './known';
import { jsonText, reprOf, textOfValue } from './operators';
import { lookUp, type Scope } from './scope';
import type { CallValue, Located, Value } from './values';

const names = new Set(
  ('ArithmeticError AssertionError AttributeError BaseException Exception ImportError IndexError KeyError LookupError ModuleNotFoundError NameError ' +
    'NotImplemented NotImplementedError OSError RuntimeError StopIteration SyntaxError TypeError ValueError Warning __debug__ abs all any ascii bin bool ' +
    'breakpoint bytearray bytes callable chr classmethod compile complex delattr dict dir divmod enumerate eval exec filter float format frozenset ' +
    'getattr globals hasattr hash help hex id input int isinstance issubclass iter len list locals map max memoryview min next object oct open ord ' +
    'pow print property range repr reversed round set setattr slice sorted staticmethod str sum super tuple type unicode vars zip').split(' '),
);

export function isBuiltin(name: string): boolean {
  return names.has(name);
}

/** A call of one of Python's built-in functions on known values; null where that can not be worked out. */
export function callBuiltin(reading: Reading, name: string, call: CallValue & Located, scope?: Scope): Value | null {
  const at = call.at;
  const [first, second] = call.args;
  const items = (value: Value | undefined): readonly Value[] | null => (value === undefined ? null : iterate(reading, value));
  switch (name) {
    case 'list':
    case 'tuple':
    case 'set':
    case 'frozenset': {
      const kind = name === 'frozenset' ? 'set' : name;
      if (call.args.length === 0) return { kind, items: [], at };
      const inside = items(first);
      return inside === null ? null : { kind, items: inside, at };
    }
    case 'dict':
      return makeDict(call, items);
    case 'str': {
      if (first === undefined) return stringAt('', at);
      const text = textOfValue(first);
      return text === null ? null : stringAt(text, at);
    }
    case 'repr': {
      const text = first === undefined ? null : reprOf(first);
      return text === null ? null : stringAt(text, at);
    }
    case 'int': {
      if (first?.kind === 'number' && /^-?\d+$/.test(first.text)) return first;
      const text = first === undefined ? null : stringOf(first);
      return text !== null && /^\s*-?\d+\s*$/.test(text) && call.args.length === 1 ? { kind: 'number', text: text.trim(), at } : null;
    }
    case 'bool': {
      const decided = first === undefined ? false : truth(first);
      return decided === null ? null : boolAt(decided, at);
    }
    case 'len': {
      const inside = items(first);
      return inside === null ? null : numberAt(inside.length, at);
    }
    case 'sorted':
    case 'reversed': {
      const inside = items(first);
      if (inside === null) return null;
      if (name === 'reversed') return { kind: 'list', items: [...inside].reverse(), at };
      return sort(reading, inside, call);
    }
    case 'range': {
      const numbers = call.args.map(numberOf);
      if (numbers.includes(null) || numbers.length === 0) return null;
      const [start, stop, step] = numbers.length === 1 ? [0, numbers[0] ?? 0, 1] : [numbers[0] ?? 0, numbers[1] ?? 0, numbers[2] ?? 1];
      if (step === 0 || Math.abs((stop - start) / step) > 10_000) return null;
      const result: Value[] = [];
      for (let i = start; step > 0 ? i < stop : i > stop; i += step) result.push(numberAt(i, at));
      return { kind: 'list', items: result, at };
    }
    case 'enumerate': {
      const inside = items(first);
      const start = second === undefined ? numberOf(call.keywords.get('start') ?? numberAt(0, at)) : numberOf(second);
      if (inside === null || start === null) return null;
      return { kind: 'list', items: inside.map((item, index) => ({ kind: 'tuple', items: [numberAt(start + index, at), item], at }) as const), at };
    }
    case 'zip': {
      const columns = call.args.map((arg) => items(arg));
      if (columns.includes(null) || columns.length === 0) return null;
      const length = Math.min(...columns.map((column) => column?.length ?? 0));
      const rows = Array.from({ length }, (_row, index) => ({ kind: 'tuple', items: columns.flatMap((column) => column?.[index] ?? []), at }) as const);
      return { kind: 'list', items: rows, at };
    }
    case 'map': {
      const inside = items(second);
      if (inside === null || first === undefined || call.args.length !== 2) return null;
      return { kind: 'list', items: inside.map((item) => callValue(reading, first, [item], new Map(), at)), at };
    }
    case 'filter': {
      const inside = items(second);
      if (inside === null || first === undefined) return null;
      const decided = inside.map((item) => truth(first.kind === 'none' ? item : callValue(reading, first, [item], new Map(), at)));
      return decided.includes(null) ? null : { kind: 'list', items: inside.filter((_item, index) => decided[index]), at };
    }
    case 'any':
    case 'all': {
      const decided = items(first)?.map(truth);
      if (decided === undefined) return null;
      const settling = name === 'any';
      if (decided.includes(settling)) return boolAt(settling, at);
      return decided.includes(null) ? null : boolAt(!settling, at);
    }
    case 'max':
    case 'min': {
      const inside = call.args.length === 1 ? items(first) : call.args;
      const numbers = inside?.map(numberOf);
      if (numbers === undefined || numbers.length === 0 || numbers.includes(null) || call.keywords.size > 0) return null;
      return numberAt(Math[name](...(numbers as number[])), at);
    }
    case 'sum': {
      const numbers = items(first)?.map(numberOf);
      return numbers === undefined || numbers.includes(null) || call.args.length > 1 ? null : numberAt(numbers.reduce<number>((a, b) => a + (b ?? 0), 0), at);
    }
    case 'next': {
      const inside = items(first);
      return inside === null ? null : (inside[0] ?? second ?? null);
    }
    case 'iter':
      return items(first) === null ? null : (first ?? null);
    case 'getattr': {
      const attribute = second === undefined ? null : stringOf(second);
      return first === undefined || attribute === null || call.args.length > 2 ? null : attributeOf(reading, first, attribute, at);
    }
    case 'super':
      return superOf(reading, scope, at);
    default:
      return null;
  }
}

/** In a method of an object: what comes behind its class (`superOfInstance`). Of a class it is not followed; saying so keeps what hangs on it unknown. */
function superOf(reading: Reading, scope: Scope | undefined, at: Place): Value | null {
  const ofInstance = scope === undefined ? null : superOfInstance(reading, scope, at);
  if (ofInstance !== null) return ofInstance;
  const type = scope === undefined ? null : lookUp(scope, 'cls');
  return type?.kind === 'class' ? { kind: 'attribute', object: type, name: 'super()', at } : null;
}

function makeDict(call: CallValue & Located, items: (value: Value | undefined) => readonly Value[] | null): Value | null {
  const entries: (readonly [Value, Value])[] = [];
  const first = call.args[0];
  if (first?.kind === 'dict') entries.push(...first.entries);
  else if (first !== undefined) {
    const pairs = items(first);
    if (pairs === null) return null;
    for (const pair of pairs) {
      if ((pair.kind !== 'tuple' && pair.kind !== 'list') || pair.items[0] === undefined || pair.items[1] === undefined) return null;
      entries.push([pair.items[0], pair.items[1]]);
    }
  }
  if (call.keywords.has('**')) return null;
  for (const [key, value] of call.keywords) entries.push([stringAt(key, value.at), value]);
  return { kind: 'dict', entries, at: call.at };
}

function sort(reading: Reading, items: readonly Value[], call: CallValue & Located): Value | null {
  const key = call.keywords.get('key');
  const keys = items.map((item) => (key === undefined ? item : callValue(reading, key, [item], new Map(), call.at))).map((value) => stringOf(value) ?? numberOf(value));
  if (keys.includes(null) || new Set(keys.map((value) => typeof value)).size > 1) return null;
  const order = items.map((_item, index) => index).sort((a, b) => {
    const [left, right] = [keys[a] ?? '', keys[b] ?? ''];
    return left < right ? -1 : left > right ? 1 : a - b;
  });
  const down = truth(call.keywords.get('reverse') ?? boolAt(false, call.at));
  if (down === null) return null;
  const sorted = order.flatMap((index) => items[index] ?? []);
  return { kind: 'list', items: down ? sorted.reverse() : sorted, at: call.at };
}

/** A few functions of the standard library that names are made with; null for everything else. */
export function callLibrary(name: string, call: CallValue & Located): Value | null {
  const [first, second, third] = call.args;
  switch (name) {
    case 'typing.cast':
      return second ?? null;
    case 'copy.copy':
    case 'copy.deepcopy':
      return first ?? null;
    case 'collections.OrderedDict':
      return first?.kind === 'dict' ? first : null;
    case 'json.dumps': {
      const text = first === undefined || call.keywords.size > 0 ? null : jsonText(first);
      return text === null ? null : stringAt(text, call.at);
    }
    case 'textwrap.dedent': {
      const text = first === undefined ? null : stringOf(first);
      return text === null ? null : stringAt(dedent(text), call.at);
    }
    case 're.sub': {
      const [pattern, replacement, text] = [first, second, third].map((value) => (value === undefined ? null : stringOf(value)));
      if (typeof pattern !== 'string' || typeof replacement !== 'string' || typeof text !== 'string' || call.args.length !== 3) return null;
      const result = substitute(pattern, replacement, text);
      return result === null ? null : stringAt(result, call.at);
    }
    default:
      return null;
  }
}

/** `textwrap.dedent`: takes off the white space that all lines begin with; lines of white space alone become empty. */
function dedent(text: string): string {
  const lines = text.split('\n').map((line) => (/^[ \t]*$/.test(line) ? '' : line));
  const margins = lines.filter((line) => line !== '').map((line) => /^[ \t]*/.exec(line)?.[0] ?? '');
  let margin = margins[0] ?? '';
  for (const other of margins) while (!other.startsWith(margin)) margin = margin.slice(0, -1);
  return lines.map((line) => line.slice(line === '' ? 0 : margin.length)).join('\n');
}

/** Python's `re.sub` on a short text, as tables are named by it; null where JavaScript's expressions differ or the pattern is long. */
function substitute(pattern: string, replacement: string, text: string): string | null {
  if (pattern.length > 200 || text.length > 200 || /\(\?[^:=!<P]|\\[AZ]|\(\?P[^<]/.test(pattern)) return null;
  try {
    const expression = new RegExp(pattern.replace(/\(\?P</g, '(?<'), 'g');
    const template = replacement.replace(/\$/g, '$$$$').replace(/\\g<(\w+)>/g, (_whole, group: string) => (/^\d+$/.test(group) ? `$${group}` : `$<${group}>`)).replace(/\\(\d)/g, '$$$1');
    return text.replace(expression, template);
  } catch {
    return null;
  }
}

