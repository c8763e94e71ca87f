import { message } from '../text/problem';
import type { Message } from '../text/problem';
import { strftime, formatDate, formatDay } from './create-date';
import type { CreateDate } from './create-date';
import { reprString } from './python-repr';
import type { Quotes } from './python-repr';

/** What a template's variables can be. Lists and tuples differ in their repr alone. */
export type TemplateValue =
  | string
  | number
  | boolean
  | null
  | readonly TemplateValue[]
  | { readonly list: readonly TemplateValue[] }
  | { readonly date: CreateDate }
  | { readonly call: (args: readonly TemplateValue[]) => TemplateValue }
  /** A name that nothing sets: false in a condition, an error when written out, as Mako's UNDEFINED. */
  | { readonly missing: string };

export type Variables = ReadonlyMap<string, TemplateValue>;

/** Thrown inside the renderer alone; `renderTemplate` turns it into an answer. */
export class OutsideSubset extends Error {
  constructor(readonly reason: Message) {
    super(reason.text);
  }
}

/** Evaluates a Python expression of the kinds that templates of revisions use. Throws OutsideSubset for any other. */
export function evaluateExpression(source: string, variables: Variables, quotes: Quotes): TemplateValue {
  return new Expression(source, variables, quotes).whole();
}

export function isTrue(value: TemplateValue): boolean {
  if (value === null || typeof value !== 'object') return Boolean(value);
  if ('missing' in value) return false;
  const items = itemsOf(value);
  return items === null || items.length > 0;
}

/** The elements of a tuple or list, null for anything else. */
export function itemsOf(value: TemplateValue): readonly TemplateValue[] | null {
  if (value === null || typeof value !== 'object') return null;
  if ('list' in value) return value.list;
  return Array.isArray(value) ? (value as readonly TemplateValue[]) : null;
}

/** Python's `str(value)`. */
export function asText(value: TemplateValue, quotes: Quotes): string {
  if (typeof value === 'string') return value;
  if (value !== null && typeof value === 'object') {
    if ('missing' in value) throw new OutsideSubset(message('It writes `{name}`, which Alembic does not set.', { name: value.missing }));
    if ('date' in value) return formatDate(value.date);
  }
  return asRepr(value, quotes);
}

export function asRepr(value: TemplateValue, quotes: Quotes): string {
  if (value === null) return 'None';
  if (typeof value === 'string') return reprString(value, quotes);
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return String(value);
  const items = itemsOf(value);
  if (items === null) throw new OutsideSubset(message('It writes a value that has no plain text.'));
  const inner = items.map((item) => asRepr(item, quotes)).join(', ');
  if ('list' in value) return `[${inner}]`;
  return items.length === 1 ? `(${inner},)` : `(${inner})`;
}

const token = /\s*(?:(\d+)(?![\w.])|([A-Za-z_]\w*)|([rRuU]?)("""|'''|"|')|(==|!=|<=|>=|[-+*%<>()[\].,:]))/y;

/** Recursive descent by Python's precedence (reference, "Operator precedence"). */
class Expression {
  private position = 0;

  constructor(
    private readonly source: string,
    private readonly variables: Variables,
    private readonly quotes: Quotes,
  ) {}

  whole(): TemplateValue {
    const value = this.conditional();
    if (this.source.slice(this.position).trim() !== '') this.refuse();
    return value;
  }

  private conditional(): TemplateValue {
    const value = this.or();
    if (!this.word('if')) return value;
    const condition = isTrue(this.or());
    if (!this.word('else')) this.refuse();
    const otherwise = this.conditional();
    return condition ? value : otherwise;
  }

  private or(): TemplateValue {
    let value = this.and();
    while (this.word('or')) {
      const right = this.and();
      if (!isTrue(value)) value = right;
    }
    return value;
  }

  private and(): TemplateValue {
    let value = this.not();
    while (this.word('and')) {
      const right = this.not();
      if (isTrue(value)) value = right;
    }
    return value;
  }

  private not(): TemplateValue {
    return this.word('not') ? !isTrue(this.not()) : this.comparison();
  }

  private comparison(): TemplateValue {
    const left = this.sum();
    if (this.word('is')) {
      const negated = this.word('not');
      const right = this.sum();
      if (right !== null && typeof right !== 'boolean') this.refuse();
      return (left === right) !== negated;
    }
    const notIn = this.word('not');
    if (notIn || this.nextIsWord('in')) {
      if (!this.word('in')) this.refuse();
      return this.contains(this.sum(), left) !== notIn;
    }
    if (this.symbol('==')) return this.equal(left, this.sum());
    if (this.symbol('!=')) return !this.equal(left, this.sum());
    for (const sign of ['<=', '>=', '<', '>'] as const) {
      if (!this.symbol(sign)) continue;
      const right = this.sum();
      if (typeof left !== 'number' || typeof right !== 'number') this.refuse();
      const [a, b] = [left as number, right as number];
      return sign === '<' ? a < b : sign === '>' ? a > b : sign === '<=' ? a <= b : a >= b;
    }
    return left;
  }

  private sum(): TemplateValue {
    let value = this.postfix();
    while (this.symbol('+')) {
      const right = this.postfix();
      if (typeof value === 'string' && typeof right === 'string') value += right;
      else if (typeof value === 'number' && typeof right === 'number') value += right;
      else this.refuse();
    }
    return value;
  }

  private postfix(): TemplateValue {
    let value = this.atom();
    for (;;) {
      if (this.symbol('.')) value = attribute(value, this.name(), () => this.refuse());
      else if (this.symbol('(')) {
        const args = this.list(')');
        if (value === null || typeof value !== 'object' || !('call' in value)) this.refuse();
        else value = value.call(args);
      } else if (this.symbol('[')) value = this.subscript(value);
      else return value;
    }
  }

  private atom(): TemplateValue {
    if (this.symbol('(')) {
      if (this.symbol(')')) return [];
      const first = this.conditional();
      if (this.symbol(')')) return first;
      if (!this.symbol(',')) this.refuse();
      return [first, ...this.list(')')];
    }
    if (this.symbol('[')) return { list: this.list(']') };
    const start = this.position;
    const match = this.next();
    if (match?.[1] !== undefined) return Number(match[1]);
    if (match?.[4] !== undefined) return this.string(match[3] ?? '', match[4]);
    const name = match?.[2];
    if (name === undefined || reserved.has(name)) {
      this.position = start;
      return this.refuse();
    }
    return this.lookUp(name);
  }

  private lookUp(name: string): TemplateValue {
    const known = this.variables.get(name) ?? (this.variables.has(name) ? null : undefined);
    if (known !== undefined) return known;
    if (name === 'None') return null;
    if (name === 'True' || name === 'False') return name === 'True';
    const builtin = builtins(this.quotes)[name];
    if (builtin) return { call: builtin };
    if (beyond.has(name)) throw new OutsideSubset(message('It uses `{name}`, which takes Alembic itself to know.', { name }));
    return { missing: name };
  }

  private string(prefix: string, quote: string): TemplateValue {
    const from = this.position;
    let end = from;
    while (end < this.source.length && !this.source.startsWith(quote, end)) end += this.source[end] === '\\' ? 2 : 1;
    if (end >= this.source.length) this.refuse();
    const body = this.source.slice(from, end);
    this.position = end + quote.length;
    if (/r/i.test(prefix) || !body.includes('\\')) return body;
    return body.replace(/\\(.)/gs, (_whole, code: string) => ({ n: '\n', t: '\t', '\\': '\\', "'": "'", '"': '"' })[code] ?? String(this.refuse()));
  }

  private subscript(value: TemplateValue): TemplateValue {
    const bound = (): number | null => {
      if (this.nextIsSymbol(':') || this.nextIsSymbol(']')) return null;
      const negative = this.symbol('-');
      const found = this.conditional();
      if (typeof found !== 'number') this.refuse();
      return negative ? -(found as number) : (found as number);
    };
    const from = bound();
    const slice = this.symbol(':');
    const to = slice ? bound() : null;
    if (!this.symbol(']')) this.refuse();
    const items = typeof value === 'string' ? [...value] : itemsOf(value);
    if (items === null) return this.refuse();
    if (!slice) return items.at(from ?? 0) ?? this.refuse();
    const part = items.slice(from ?? 0, to ?? undefined);
    return typeof value === 'string' ? part.join('') : value !== null && typeof value === 'object' && 'list' in value ? { list: part } : part;
  }

  private list(close: string): TemplateValue[] {
    const items: TemplateValue[] = [];
    while (!this.symbol(close)) {
      items.push(this.conditional());
      if (!this.symbol(',') && !this.nextIsSymbol(close)) this.refuse();
    }
    return items;
  }

  private contains(container: TemplateValue, item: TemplateValue): boolean {
    if (typeof container === 'string' && typeof item === 'string') return container.includes(item);
    const items = itemsOf(container);
    if (items === null) this.refuse();
    return (items ?? []).some((other) => this.equal(other, item));
  }

  private equal(a: TemplateValue, b: TemplateValue): boolean {
    const [left, right] = [itemsOf(a), itemsOf(b)];
    if (left && right) return left.length === right.length && left.every((item, index) => this.equal(item, right[index] ?? null));
    return a === b;
  }

  private name(): string {
    return this.next()?.[2] ?? String(this.refuse());
  }

  private word(wanted: string): boolean {
    return this.take((match) => match[2] === wanted);
  }

  private symbol(wanted: string): boolean {
    return this.take((match) => match[5] === wanted);
  }

  private nextIsWord(wanted: string): boolean {
    return this.peek()?.[2] === wanted;
  }

  private nextIsSymbol(wanted: string): boolean {
    return this.peek()?.[5] === wanted;
  }

  private take(fits: (match: RegExpExecArray) => boolean): boolean {
    const match = this.peek();
    if (match === null || !fits(match)) return false;
    this.position += match[0].length;
    return true;
  }

  private peek(): RegExpExecArray | null {
    token.lastIndex = this.position;
    return token.exec(this.source);
  }

  private next(): RegExpExecArray | null {
    const match = this.peek();
    if (match) this.position += match[0].length;
    return match;
  }

  private refuse(): never {
    throw new OutsideSubset(message('The expression `{expression}` takes Mako itself.', { expression: this.source.trim() }));
  }
}

const reserved = new Set(['if', 'else', 'and', 'or', 'not', 'in', 'is', 'lambda', 'for', 'await', 'yield']);

/** What Mako and Alembic put in reach of a template, and Python's builtins that templates have been seen to use. */
const beyond = new Set(['config', 'context', 'self', 'local', 'parent', 'next', 'caller', 'capture', 'loop', 'UNDEFINED', 'STOP_RENDERING', 'pageargs', 'set', 'dict', 'map', 'filter', 'zip', 'enumerate', 'range', 'print', 'getattr', 'hasattr', 'isinstance', 'any', 'all', 'open', 'type', 'globals', 'locals', '__import__', 'eval', 'min', 'max', 'sum', 'format', 'int', 'float', 'reversed', 'bytes', 'object', 'vars', 'dir']);

function builtins(quotes: Quotes): Readonly<Record<string, (args: readonly TemplateValue[]) => TemplateValue>> {
  const one = (args: readonly TemplateValue[]): TemplateValue => {
    const [only] = args;
    if (args.length !== 1 || only === undefined) throw new OutsideSubset(message('It calls a function with arguments that take Mako itself.'));
    return only;
  };
  const items = (args: readonly TemplateValue[]): readonly TemplateValue[] => {
    const value = one(args);
    const found = typeof value === 'string' ? [...value] : itemsOf(value);
    if (found === null) throw new OutsideSubset(message('It goes through a value that is no list.'));
    return found;
  };
  return {
    str: (args) => asText(one(args), quotes),
    repr: (args) => asRepr(one(args), quotes),
    len: (args) => items(args).length,
    bool: (args) => isTrue(one(args)),
    list: (args) => ({ list: items(args) }),
    tuple: (args) => items(args),
    sorted: (args) => ({ list: items(args).map((item) => asText(item, quotes)).sort() }),
  };
}

type Method = (args: readonly TemplateValue[]) => TemplateValue | undefined;

function attribute(value: TemplateValue, name: string, refuse: () => never): TemplateValue {
  const method = typeof value === 'string' ? stringMethods(value)[name] : undefined;
  if (method) return { call: (args) => method(args) ?? refuse() };
  if (value === null || typeof value !== 'object' || !('date' in value)) return refuse();
  const { date } = value;
  const part = { year: date.year, month: date.month, day: date.day, hour: date.hour, minute: date.minute, second: date.second, microsecond: date.microsecond }[name];
  if (part !== undefined) return part;
  if (name === 'isoformat') return { call: (args) => (args.length === 0 ? formatDate(date, 'T') : typeof args[0] === 'string' && args.length === 1 ? formatDate(date, args[0]) : refuse()) };
  if (name === 'strftime') return { call: (args) => (typeof args[0] === 'string' && args.length === 1 ? (strftime(date, args[0]) ?? refuse()) : refuse()) };
  // A date without a time, whose only use in a template is its text.
  if (name === 'date') return { call: (args) => (args.length === 0 ? formatDay(date) : refuse()) };
  return refuse();
}

function stringMethods(text: string): Readonly<Record<string, Method>> {
  const plain = (make: () => TemplateValue): Method => (args) => (args.length === 0 ? make() : undefined);
  const withText = (make: (argument: string) => TemplateValue): Method => (args) => (args.length === 1 && typeof args[0] === 'string' ? make(args[0]) : undefined);
  return {
    upper: plain(() => text.toUpperCase()),
    lower: plain(() => text.toLowerCase()),
    strip: plain(() => text.trim()),
    lstrip: plain(() => text.trimStart()),
    rstrip: plain(() => text.trimEnd()),
    capitalize: plain(() => text.slice(0, 1).toUpperCase() + text.slice(1).toLowerCase()),
    splitlines: plain(() => ({ list: text === '' ? [] : text.replace(/(\r\n|\r|\n)$/, '').split(/\r\n|\r|\n/) })),
    startswith: withText((other) => text.startsWith(other)),
    endswith: withText((other) => text.endsWith(other)),
    split: withText((separator) => ({ list: separator === '' ? [] : text.split(separator) })),
    replace: (args) => (args.length === 2 && typeof args[0] === 'string' && typeof args[1] === 'string' ? text.replaceAll(args[0], args[1]) : undefined),
    join: (args) => {
      const items = args.length === 1 && args[0] !== undefined ? itemsOf(args[0]) : null;
      return items?.every((item) => typeof item === 'string') ? items.join(text) : undefined;
    },
  };
}
