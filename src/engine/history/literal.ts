/** A Python literal as the head of a revision uses them. `undefined` stands for everything else. */
export type Literal = string | null | readonly Literal[];

/**
 * Reads `'a1b2'`, `None`, `("a", "b")`, `["a"]`, `('a' 'b')`, and names that `lookUp` knows (earlier assignments).
 * Gives undefined where the expression is anything else, such as a call.
 */
export function readLiteral(source: string, lookUp: (name: string) => Literal | undefined): Literal | undefined {
  const reader = new LiteralReader(source, lookUp);
  const value = reader.valueOrBareTuple();
  return reader.atEnd() ? value : undefined;
}

const blank = /(?:\s|\\(?:\r\n|\r|\n)|#[^\r\n]*)*/y;
const name = /[A-Za-z_]\w*/y;
const string = /([rRuUbBfFtT]{0,2})("""|'''|"|')/y;

class LiteralReader {
  private position = 0;

  constructor(
    private readonly source: string,
    private readonly lookUp: (name: string) => Literal | undefined,
  ) {}

  atEnd(): boolean {
    this.skip(blank);
    return this.position === this.source.length;
  }

  /** `'a', 'b'` without parentheses is a tuple as well. */
  valueOrBareTuple(): Literal | undefined {
    const first = this.value();
    if (first === undefined || this.atEnd()) return first;
    const items = [first];
    while (this.source[this.position] === ',') {
      this.position++;
      if (this.atEnd()) break;
      const item = this.value();
      if (item === undefined) return undefined;
      items.push(item);
      this.skip(blank);
    }
    return items;
  }

  value(): Literal | undefined {
    this.skip(blank);
    const open = this.source[this.position];
    if (open === '(') return this.items(')');
    if (open === '[') return this.items(']');
    if (open === '{') return this.items('}');
    const text = this.string();
    if (text !== undefined) return text;
    const word = this.skip(name);
    if (word === '') return undefined;
    return word === 'None' ? null : this.lookUp(word);
  }

  /** A tuple, list or set; parentheses around one value without a comma are that value. */
  private items(close: string): Literal | undefined {
    this.position++;
    const items: Literal[] = [];
    let comma = close !== ')';
    for (;;) {
      this.skip(blank);
      if (this.source[this.position] === close) break;
      const item = this.value();
      if (item === undefined) return undefined;
      items.push(item);
      this.skip(blank);
      if (this.source[this.position] === ',') {
        this.position++;
        comma = true;
      } else if (this.source[this.position] !== close) return undefined;
    }
    this.position++;
    return !comma && items.length === 1 ? items[0] : items;
  }

  /** One string, or several that stand side by side. */
  private string(): string | undefined {
    let whole: string | undefined;
    for (;;) {
      this.skip(blank);
      string.lastIndex = this.position;
      const match = string.exec(this.source);
      if (match === null) return whole;
      const [start, prefix = '', quote = ''] = match;
      if (/[bft]/i.test(prefix)) return undefined;
      const from = this.position + start.length;
      let end = from;
      while (end < this.source.length && !this.source.startsWith(quote, end)) end += this.source[end] === '\\' ? 2 : 1;
      if (end >= this.source.length) return undefined;
      const body = this.source.slice(from, end).replace(/\r\n?/g, '\n');
      whole = (whole ?? '') + (/r/i.test(prefix) ? body : unescape(body));
      this.position = end + quote.length;
    }
  }

  private skip(pattern: RegExp): string {
    pattern.lastIndex = this.position;
    const found = pattern.exec(this.source)?.[0] ?? '';
    this.position += found.length;
    return found;
  }
}

const single: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', a: '\x07', b: '\b', f: '\f', v: '\v', '\\': '\\', "'": "'", '"': '"', '\n': '' };

/** Python's escapes (reference, "String and Bytes literals"), but for `\N{…}`, which stays as written. */
function unescape(body: string): string {
  if (!body.includes('\\')) return body;
  return body.replace(/\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-7]{1,3}|[\s\S])/g, (whole, code: string) => {
    const plain = single[code];
    if (plain !== undefined) return plain;
    const digits = /^[xuU](.+)$/.exec(code)?.[1];
    const point = digits !== undefined ? parseInt(digits, 16) : /^[0-7]/.test(code) ? parseInt(code, 8) : null;
    return point === null || point > 0x10ffff ? whole : String.fromCodePoint(point);
  });
}
