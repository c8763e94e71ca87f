import { readStrings, type StringToken } from './quick-strings';
import { notPlain } from './quick-tokens';
import { TokenReader } from './token-reader';
import type { ComprehensionClause, Expression, Keyword, Parameter } from './expression-syntax';

/** Nesting beyond this is for the patient reader, which stops in time. */
const deepest = 60;

/** `a + b + …`, `a.b.c…` of more links are nested as deeply as that for whoever reads the tree. */
const longest = 60;

/** How tightly operators bind, loosest first (Python reference, 6.17 "Operator precedence"). */
const precedences: Readonly<Record<string, number>> = {
  or: 1, and: 2, in: 4, is: 4, not: 4, '<': 4, '>': 4, '<=': 4, '>=': 4, '==': 4, '!=': 4,
  '|': 5, '^': 6, '&': 7, '<<': 8, '>>': 8, '+': 9, '-': 9, '*': 10, '/': 10, '//': 10, '%': 10, '@': 10,
};
const negation = 3;
const comparison = 4;

/** Reads expressions from tokens by recursive descent. What it gives is what the patient reader gives, ranges included. */
export class ExpressionReader extends TokenReader {
  /** Comma-separated expressions without brackets up to one of `closers` or the line's end; `*x` among them. */
  protected bare(closers: (reader: this) => boolean): { readonly items: Expression[]; readonly comma: boolean } {
    const items: Expression[] = [];
    let comma = false;
    while (this.kinds[this.at] !== 'newline' && this.kinds[this.at] !== 'end' && !closers(this)) {
      items.push(this.starredOr(() => this.test()));
      if (!this.accept(',')) break;
      comma = true;
    }
    return { items, comma };
  }

  protected tupleOrOne(closers: (reader: this) => boolean): Expression {
    const { items, comma } = this.bare(closers);
    return asTuple(items, comma);
  }

  protected starredOr(read: () => Expression): Expression {
    if (!this.is('*')) return read();
    const start = this.start;
    this.take();
    const value = this.binary(5);
    return { kind: 'starred', value, range: { start, end: value.range.end } };
  }

  /** A whole expression, conditional or lambda included. */
  test(): Expression {
    if (++this.depth > deepest) throw notPlain;
    const result = this.is('lambda') ? this.lambda() : this.conditional();
    this.depth--;
    return result;
  }

  private conditional(): Expression {
    const start = this.start;
    const then = this.binary(1);
    if (!this.accept('if')) return then;
    const condition = this.binary(1);
    this.expect('else');
    const otherwise = this.test();
    return { kind: 'conditional', then, condition, otherwise, range: { start, end: this.lastEnd } };
  }

  private lambda(): Expression {
    const start = this.start;
    this.take();
    const parameters = this.parameters(':', false);
    this.expect(':');
    const body = this.test();
    return { kind: 'lambda', parameters, body, range: { start, end: this.lastEnd } };
  }

  protected binary(least: number): Expression {
    const start = this.start;
    let left = this.unary(least);
    let isComparison = false;
    for (let links = 0; ; links++) {
      if (links > longest) throw notPlain;
      const kind = this.kinds[this.at];
      if (kind !== 'operator' && kind !== 'keyword') return left;
      let operator = this.texts[this.at] ?? '';
      const precedence = precedences[operator];
      if (precedence === undefined || precedence < least) return left;
      this.take();
      if (operator === 'not') {
        this.expect('in');
        operator = 'not in';
      } else if (operator === 'is' && this.accept('not')) operator = 'is not';
      const right = this.binary(precedence + 1);
      const range = { start, end: this.lastEnd };
      if (isComparison && precedence === comparison && left.kind === 'binary') {
        // `a < b < c` is `a < b and b < c`.
        left = { kind: 'binary', operator: 'and', left, right: { kind: 'binary', operator, left: left.right, right, range: { start: left.right.range.start, end: range.end } }, range };
        isComparison = false;
      } else {
        left = { kind: 'binary', operator, left, right, range };
        isComparison = precedence === comparison;
      }
    }
  }

  private unary(least: number): Expression {
    const start = this.start;
    if (this.is('not')) {
      if (least > negation) throw notPlain;
      this.take();
      return { kind: 'unary', operator: 'not', operand: this.binary(comparison), range: { start, end: this.lastEnd } };
    }
    for (const operator of ['-', '+', '~'] as const) {
      if (!this.is(operator)) continue;
      this.take();
      if (++this.depth > deepest) throw notPlain;
      const operand = this.unary(20);
      this.depth--;
      return { kind: 'unary', operator, operand, range: { start, end: this.lastEnd } };
    }
    const base = this.postfix();
    if (!this.accept('**')) return base;
    const right = this.unary(20);
    return { kind: 'binary', operator: '**', left: base, right, range: { start, end: this.lastEnd } };
  }

  private postfix(): Expression {
    const start = this.start;
    let result = this.atom();
    for (let links = 0; ; links++) {
      if (links > longest) throw notPlain;
      if (this.accept('.')) {
        const nameStart = this.start;
        const name = this.takeName();
        result = { kind: 'attribute', object: result, name, nameRange: { start: nameStart, end: this.lastEnd }, range: { start, end: this.lastEnd } };
      } else if (this.is('(')) {
        const open = this.start;
        const { args, keywords } = this.callArguments();
        result = { kind: 'call', callee: result, args, keywords, argumentsRange: { start: open, end: this.lastEnd }, range: { start, end: this.lastEnd } };
      } else if (this.accept('[')) {
        const index = this.subscripts();
        result = { kind: 'subscript', object: result, index, range: { start, end: this.lastEnd } };
      } else return result;
    }
  }

  /** From the opening parenthesis to the closing one. */
  protected callArguments(): { readonly args: Expression[]; readonly keywords: Keyword[] } {
    const args: Expression[] = [];
    const keywords: Keyword[] = [];
    this.expect('(');
    while (!this.accept(')')) {
      const start = this.start;
      if (this.accept('*')) {
        const value = this.test();
        args.push({ kind: 'starred', value, range: { start, end: value.range.end } });
      } else if (this.accept('**')) {
        const value = this.test();
        keywords.push({ name: null, value, range: { start, end: value.range.end } });
      } else if (this.kinds[this.at] === 'name' && this.texts[this.at + 1] === '=' && this.kinds[this.at + 1] === 'operator') {
        const name = this.takeName();
        this.take();
        const operatorEnd = this.lastEnd;
        const value = this.test();
        keywords.push({ name, value, range: { start, end: Math.max(value.range.end, operatorEnd) } });
      } else {
        const element = this.test();
        if (this.is('for')) {
          if (args.length + keywords.length > 0) throw notPlain;
          const clauses = this.clauses();
          const end = clauses[clauses.length - 1]?.iterable.range.end ?? element.range.end;
          args.push({ kind: 'comprehension', collection: 'generator', element, value: null, clauses, range: { start: element.range.start, end } });
          this.expect(')');
          break;
        }
        args.push(element);
      }
      if (!this.accept(',') && !this.is(')')) throw notPlain;
    }
    return { args, keywords };
  }

  private subscripts(): Expression[] {
    const index: Expression[] = [];
    while (!this.is(']')) {
      const start = this.start;
      const parts: (Expression | null)[] = [null, null, null];
      let colons = 0;
      while (!this.is(',') && !this.is(']')) {
        if (this.accept(':')) colons++;
        else if (parts[colons] === null) parts[colons] = this.test();
        else throw notPlain;
      }
      const [lower = null, upper = null, step = null] = parts;
      if (colons > 0) index.push({ kind: 'slice', lower, upper, step, range: { start, end: this.lastEnd } });
      else if (lower !== null) index.push(lower);
      else throw notPlain;
      if (!this.accept(',')) break;
    }
    this.expect(']');
    if (index.length === 0) throw notPlain;
    return index;
  }

  private atom(): Expression {
    const start = this.start;
    switch (this.kinds[this.at]) {
      case 'name': {
        const name = this.takeName();
        return { kind: 'name', name, range: { start, end: this.lastEnd } };
      }
      case 'number':
        this.take();
        return { kind: 'number', text: this.text.slice(start, this.lastEnd), range: { start, end: this.lastEnd } };
      case 'string':
      case 'format':
        return this.strings();
      case 'keyword': {
        const word = this.texts[this.at];
        if (word !== 'None' && word !== 'True' && word !== 'False') throw notPlain;
        this.take();
        return { kind: 'constant', value: word, range: { start, end: this.lastEnd } };
      }
      case 'operator':
        if (this.accept('(')) return this.parenthesised(start);
        if (this.accept('[')) return this.listOrComprehension(start);
        if (this.accept('{')) return this.braces(start);
        if (this.accept('...')) return { kind: 'constant', value: '...', range: { start, end: this.lastEnd } };
        throw notPlain;
      default:
        throw notPlain;
    }
  }

  private parenthesised(start: number): Expression {
    if (this.accept(')')) return { kind: 'tuple', items: [], range: { start, end: this.lastEnd } };
    const first = this.starredOr(() => this.test());
    if (this.is('for')) {
      const clauses = this.clauses();
      this.expect(')');
      return { kind: 'comprehension', collection: 'generator', element: first, value: null, clauses, range: { start, end: this.lastEnd } };
    }
    if (!this.is(',')) {
      if (first.kind === 'starred') throw notPlain;
      this.expect(')');
      return first;
    }
    const items = [first, ...this.rest(')')];
    return { kind: 'tuple', items, range: { start, end: this.lastEnd } };
  }

  /** `, b, c]` */
  private rest(close: string): Expression[] {
    const items: Expression[] = [];
    while (this.accept(',') && !this.is(close)) items.push(this.starredOr(() => this.test()));
    this.expect(close);
    return items;
  }

  private listOrComprehension(start: number): Expression {
    if (this.accept(']')) return { kind: 'list', items: [], range: { start, end: this.lastEnd } };
    const first = this.starredOr(() => this.test());
    if (this.is('for')) {
      const clauses = this.clauses();
      this.expect(']');
      return { kind: 'comprehension', collection: 'list', element: first, value: null, clauses, range: { start, end: this.lastEnd } };
    }
    const items = [first, ...this.rest(']')];
    return { kind: 'list', items, range: { start, end: this.lastEnd } };
  }

  private braces(start: number): Expression {
    const entries: { key: Expression | null; value: Expression }[] = [];
    if (this.accept('}')) return { kind: 'dict', entries, range: { start, end: this.lastEnd } };
    if (!this.is('**')) {
      const first = this.starredOr(() => this.test());
      if (!this.is(':')) return this.setOf(start, first);
      this.take();
      const value = this.test();
      if (this.is('for')) {
        const clauses = this.clauses();
        this.expect('}');
        return { kind: 'comprehension', collection: 'dict', element: first, value, clauses, range: { start, end: this.lastEnd } };
      }
      entries.push({ key: first, value });
      if (!this.is('}')) this.expect(',');
    }
    while (!this.accept('}')) {
      if (this.accept('**')) entries.push({ key: null, value: this.test() });
      else {
        const key = this.test();
        this.expect(':');
        entries.push({ key, value: this.test() });
      }
      if (!this.accept(',') && !this.is('}')) throw notPlain;
    }
    return { kind: 'dict', entries, range: { start, end: this.lastEnd } };
  }

  private setOf(start: number, first: Expression): Expression {
    if (this.is('for')) {
      const clauses = this.clauses();
      this.expect('}');
      return { kind: 'comprehension', collection: 'set', element: first, value: null, clauses, range: { start, end: this.lastEnd } };
    }
    const items = [first, ...this.rest('}')];
    return { kind: 'set', items, range: { start, end: this.lastEnd } };
  }

  private clauses(): ComprehensionClause[] {
    const clauses: { target: Expression; iterable: Expression; conditions: Expression[] }[] = [];
    while (this.accept('for')) {
      const target = this.targets();
      this.expect('in');
      clauses.push({ target, iterable: this.binary(1), conditions: [] });
      while (this.accept('if')) clauses[clauses.length - 1]?.conditions.push(this.binary(1));
    }
    return clauses;
  }

  /** What stands between `for` and `in`: there `in` is no operator. */
  protected targets(): Expression {
    const items: Expression[] = [];
    let comma = false;
    while (!this.is('in')) {
      items.push(this.binary(5));
      if (!this.accept(',')) break;
      comma = true;
    }
    return asTuple(items, comma);
  }

  /** Of a function (annotations may be there), or of a lambda. Up to, and not including, `close`. */
  protected parameters(close: string, annotated: boolean): Parameter[] {
    const parameters: Parameter[] = [];
    let keywordOnly = false;
    while (!this.is(close)) {
      const start = this.start;
      const stars = this.accept('*') ? '*' : this.accept('**') ? '**' : '';
      if (stars === '*' && this.is(',')) keywordOnly = true;
      else if (stars === '' && this.is('/')) this.take();
      else {
        const name = this.takeName();
        let end = this.lastEnd;
        let annotation: Expression | null = null;
        let fallback: Expression | null = null;
        if (annotated && this.accept(':')) {
          annotation = this.test();
          end = this.lastEnd;
        }
        if (this.accept('=')) {
          if (stars !== '') throw notPlain;
          fallback = this.test();
          end = Math.max(end, fallback.range.end);
        }
        const kind = stars === '*' ? 'args' : stars === '**' ? 'kwargs' : keywordOnly ? 'keywordOnly' : 'positional';
        if (stars === '*') keywordOnly = true;
        parameters.push({ name, kind, annotation, default: fallback, range: { start, end } });
      }
      if (!this.accept(',') && !this.is(close)) throw notPlain;
    }
    return parameters;
  }

  private strings(): Expression {
    const parts: StringToken[] = [];
    for (; this.kinds[this.at] === 'string' || this.kinds[this.at] === 'format'; this.take()) {
      parts.push({ start: this.starts[this.at] ?? 0, end: this.ends[this.at] ?? 0, formatted: this.kinds[this.at] === 'format' });
    }
    return readStrings(this.text, parts, (tokens) => {
      const reader = new ExpressionReader(this.text, tokens);
      const value = reader.tupleOrOne(() => false);
      reader.expectEnd();
      return value;
    });
  }
}

/** `a, b` without brackets is a tuple; one expression without a comma is itself. */
export function asTuple(items: readonly Expression[], comma: boolean): Expression {
  const first = items[0];
  const last = items[items.length - 1];
  if (first === undefined || last === undefined) throw notPlain;
  if (items.length === 1 && !comma) return first;
  return { kind: 'tuple', items, range: { start: first.range.start, end: last.range.end } };
}
