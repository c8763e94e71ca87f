import { docstringOf } from './parse-statements';
import { ExpressionReader } from './quick-expressions';
import { keepSyntax, keptSyntax } from './kept-syntax';
import { NotPlain, notPlain, tokenize, type Tokens } from './quick-tokens';
import type { Expression } from './expression-syntax';
import type { ExpressionStatement, ImportedName, Module, Statement } from './syntax';
import type { TextRange } from '../text/text';

/** Blocks nested deeper than this are for the patient reader. */
const deepest = 40;

/**
 * Reads plain Python, as Alembic writes it and most people do: some twenty times as fast as `parsePython`'s other way, and with the very
 * same outcome (a test holds the two against each other over thousands of files). Null: something rare or broken stands in the file,
 * which is for the reader that knows all of Python and goes on behind errors. `last`: what an earlier text gave, whose statements are kept where
 * nobody typed in them (`kept-syntax.ts`).
 */
export function parsePlainPython(path: string, text: string, last: Module | null = null): Module | null {
  try {
    const tokens = tokenize(text, 0, text.length, false, last === null ? null : keptSyntax(last, text));
    const reader = new StatementReader(text, tokens);
    const body = reader.module();
    const module: Module = { path, text, body, comments: tokens.comments, docstring: docstringOf(body) };
    keepSyntax(module, reader.expressions);
    return module;
  } catch (thrown) {
    if (thrown instanceof NotPlain) return null;
    throw thrown;
  }
}

const atAssignment = (reader: StatementReader): boolean => reader.stands('=');
const atColon = (reader: StatementReader): boolean => reader.stands(':');

class StatementReader extends ExpressionReader {
  /** The statements that the next text may keep, in order. */
  readonly expressions: ExpressionStatement[] = [];
  private blocks = 0;
  private nextKnown = 0;

  constructor(
    text: string,
    private readonly tokens: Tokens,
  ) {
    super(text, tokens);
  }

  stands(written: string): boolean {
    return this.is(written);
  }

  module(): Statement[] {
    const body: Statement[] = [];
    while (this.kinds[this.at] !== 'end') body.push(this.statement());
    return body;
  }

  private statement(): Statement {
    const start = this.start;
    const kind = this.kinds[this.at];
    const word = this.texts[this.at] ?? '';
    if (kind === 'operator' && word === '@') return this.decorated();
    if (kind === 'name' && softKeywords.has(word)) throw notPlain;
    if (kind === 'keyword' && compound.has(word)) return this.compoundStatement(word, start);
    const statement = kind === 'known' ? this.known() : kind === 'keyword' ? this.keywordStatement(word, start) : this.plainStatement(start);
    if (this.kinds[this.at] !== 'newline') throw notPlain;
    this.at++;
    if (statement.kind === 'expression' && (kind === 'known' || !this.hasComment(statement.range))) this.expressions.push(statement);
    return statement;
  }

  private known(): ExpressionStatement {
    const statement = this.tokens.known[this.nextKnown++];
    if (statement === undefined) throw notPlain;
    this.take();
    return statement;
  }

  private hasComment({ start, end }: TextRange): boolean {
    return this.tokens.comments.some(({ range }) => range.start >= start && range.end <= end);
  }

  /** `:` and what is below it, or behind it on its line. */
  private body(): Statement[] {
    this.expect(':');
    if (this.kinds[this.at] !== 'newline') {
      if (compound.has(this.texts[this.at] ?? '') && this.kinds[this.at] === 'keyword') throw notPlain;
      return [this.statement()];
    }
    this.at++;
    if (this.kinds[this.at] !== 'indent' || ++this.blocks > deepest) throw notPlain;
    this.at++;
    const statements: Statement[] = [];
    while (this.kinds[this.at] !== 'dedent') statements.push(this.statement());
    this.at++;
    this.blocks--;
    return statements;
  }

  private plainStatement(start: number): Statement {
    const first = this.tupleOrOne(atAssignment);
    if (this.accept(':')) {
      const annotation = this.test();
      const value = this.accept('=') ? this.tupleOrOne(never) : null;
      return { kind: 'assign', targets: [first], annotation, value, range: { start, end: this.lastEnd } };
    }
    if (this.is('=')) {
      const all = [first];
      while (this.accept('=')) all.push(this.tupleOrOne(atAssignment));
      const value = all.pop() ?? null;
      return { kind: 'assign', targets: all, annotation: null, value, range: { start, end: this.lastEnd } };
    }
    const written = this.texts[this.at] ?? '';
    if (this.kinds[this.at] === 'operator' && updates.has(written)) {
      this.take();
      if (this.is('*')) throw notPlain;
      const value = this.tupleOrOne(never);
      return { kind: 'update', target: first, operator: written.slice(0, -1), value, range: { start, end: this.lastEnd } };
    }
    return { kind: 'expression', value: first, range: { start, end: this.lastEnd } };
  }

  private keywordStatement(word: string, start: number): Statement {
    const done = <K extends Statement['kind']>(kind: K): { kind: K; range: { start: number; end: number } } => ({ kind, range: { start, end: this.lastEnd } });
    switch (word) {
      case 'pass':
      case 'break':
      case 'continue':
        this.take();
        return done(word);
      case 'import':
        return this.import(start);
      case 'from':
        return this.importFrom(start);
      case 'return': {
        this.take();
        const value = this.kinds[this.at] === 'newline' ? null : this.tupleOrOne(never);
        return { ...done('return'), value };
      }
      case 'raise': {
        this.take();
        const exception = this.kinds[this.at] === 'newline' ? null : this.test();
        if (this.accept('from')) this.test();
        return { ...done('raise'), exception };
      }
      case 'del': {
        this.take();
        const { items } = this.bare(never);
        if (items.length === 0 || !items.every(({ kind }) => kind === 'name' || kind === 'attribute' || kind === 'subscript')) throw notPlain;
        return { ...done('delete'), targets: items };
      }
      case 'assert':
        this.take();
        this.test();
        if (this.accept(',')) this.test();
        return done('assert');
      case 'global':
      case 'nonlocal':
        this.take();
        do this.takeName();
        while (this.accept(','));
        return done('scope');
      case 'not':
      case 'None':
      case 'True':
      case 'False':
      case 'lambda':
        return this.plainStatement(start);
      default:
        throw notPlain;
    }
  }

  private import(start: number): Statement {
    this.take();
    const names: ImportedName[] = [];
    do {
      const from = this.start;
      let name = this.takeName();
      while (this.accept('.')) name += `.${this.takeName()}`;
      const alias = this.accept('as') ? this.takeName() : null;
      names.push({ name, alias, range: { start: from, end: this.lastEnd } });
    } while (this.accept(','));
    return { kind: 'import', names, range: { start, end: this.lastEnd } };
  }

  private importFrom(start: number): Statement {
    this.take();
    const moduleStart = this.start;
    let level = 0;
    for (;;) {
      if (this.accept('.')) level++;
      else if (this.accept('...')) level += 3;
      else break;
    }
    let module = '';
    if (!this.is('import')) {
      module = this.takeName();
      while (this.accept('.')) module += `.${this.takeName()}`;
    } else if (level === 0) throw notPlain;
    const moduleRange = { start: moduleStart, end: this.lastEnd };
    this.expect('import');
    if (this.accept('*')) return { kind: 'importFrom', level, module, moduleRange, names: [], star: true, range: { start, end: this.lastEnd } };
    const names: ImportedName[] = [];
    const bracketed = this.accept('(');
    do {
      if (bracketed && this.is(')')) break;
      const from = this.start;
      const name = this.takeName();
      const alias = this.accept('as') ? this.takeName() : null;
      names.push({ name, alias, range: { start: from, end: this.lastEnd } });
    } while (this.accept(','));
    if (bracketed) this.expect(')');
    if (names.length === 0) throw notPlain;
    return { kind: 'importFrom', level, module, moduleRange, names, star: false, range: { start, end: this.lastEnd } };
  }

  private compoundStatement(word: string, start: number): Statement {
    switch (word) {
      case 'def':
        return this.function(start, []);
      case 'class':
        return this.class(start, []);
      case 'if':
        return this.if(start);
      case 'for':
        return this.for(start);
      case 'while': {
        this.take();
        const condition = this.test();
        const body = this.body();
        const otherwise = this.accept('else') ? this.body() : [];
        return { kind: 'while', condition, body, otherwise, range: { start, end: this.lastEnd } };
      }
      case 'try':
        return this.try(start);
      case 'with':
        return this.with(start);
      default:
        throw notPlain;
    }
  }

  private if(start: number): Statement {
    const branches: { condition: Expression; body: readonly Statement[] }[] = [];
    do {
      if (branches.length === 0) this.expect('if');
      const condition = this.test();
      branches.push({ condition, body: this.body() });
    } while (this.accept('elif'));
    const otherwise = this.accept('else') ? this.body() : [];
    return { kind: 'if', branches, otherwise, range: { start, end: this.lastEnd } };
  }

  private for(start: number): Statement {
    this.take();
    const target = this.targets();
    this.expect('in');
    if (this.is('*')) throw notPlain;
    const iterable = this.tupleOrOne(atColon);
    const body = this.body();
    const otherwise = this.accept('else') ? this.body() : [];
    return { kind: 'for', target, iterable, body, otherwise, range: { start, end: this.lastEnd } };
  }

  private try(start: number): Statement {
    this.take();
    const body = this.body();
    const handlers: { type: Expression | null; name: string | null; body: readonly Statement[] }[] = [];
    while (this.accept('except')) {
      const type = this.is(':') ? null : this.test();
      const name = this.accept('as') ? this.takeName() : null;
      handlers.push({ type, name, body: this.body() });
    }
    const otherwise = this.accept('else') ? this.body() : [];
    const last = this.accept('finally') ? this.body() : [];
    if (handlers.length === 0 && last.length === 0) throw notPlain;
    return { kind: 'try', body, handlers, otherwise, finally: last, range: { start, end: this.lastEnd } };
  }

  private with(start: number): Statement {
    this.take();
    const items: { context: Expression; target: Expression | null }[] = [];
    do {
      // Parentheses may belong to the expression or hold the whole list.
      if (this.is('(')) throw notPlain;
      const context = this.test();
      let target: Expression | null = null;
      if (this.accept('as')) {
        const from = this.start;
        const name = this.takeName();
        target = { kind: 'name', name, range: { start: from, end: this.lastEnd } };
      }
      items.push({ context, target });
    } while (this.accept(','));
    const body = this.body();
    return { kind: 'with', items, body, range: { start, end: this.lastEnd } };
  }

  private decorated(): Statement {
    const start = this.start;
    const decorators: Expression[] = [];
    while (this.accept('@')) {
      const from = this.start;
      const name = this.takeName();
      let decorator: Expression = { kind: 'name', name, range: { start: from, end: this.lastEnd } };
      while (this.accept('.')) {
        const nameStart = this.start;
        const attribute = this.takeName();
        decorator = { kind: 'attribute', object: decorator, name: attribute, nameRange: { start: nameStart, end: this.lastEnd }, range: { start: from, end: this.lastEnd } };
      }
      if (this.is('(')) {
        const open = this.start;
        const { args, keywords } = this.callArguments();
        decorator = { kind: 'call', callee: decorator, args, keywords, argumentsRange: { start: open, end: this.lastEnd }, range: { start: from, end: this.lastEnd } };
      }
      if (this.kinds[this.at] !== 'newline') throw notPlain;
      this.at++;
      decorators.push(decorator);
    }
    if (this.is('def')) return this.function(start, decorators);
    if (this.is('class')) return this.class(start, decorators);
    throw notPlain;
  }

  private function(start: number, decorators: readonly Expression[]): Statement {
    this.take();
    const nameStart = this.start;
    const name = this.takeName();
    const nameRange = { start: nameStart, end: this.lastEnd };
    this.expect('(');
    const parameters = this.parameters(')', true);
    this.expect(')');
    const returns = this.accept('->') ? this.test() : null;
    const { body, bodyRange } = this.definitionBody();
    return { kind: 'function', name, nameRange, decorators, body, bodyRange, docstring: docstringOf(body), range: { start, end: this.lastEnd }, parameters, returns, isAsync: false };
  }

  private class(start: number, decorators: readonly Expression[]): Statement {
    this.take();
    const nameStart = this.start;
    const name = this.takeName();
    const nameRange = { start: nameStart, end: this.lastEnd };
    const { args: bases, keywords } = this.is('(') ? this.callArguments() : { args: [], keywords: [] };
    const { body, bodyRange } = this.definitionBody();
    return { kind: 'class', name, nameRange, decorators, body, bodyRange, docstring: docstringOf(body), range: { start, end: this.lastEnd }, bases, keywords };
  }

  private definitionBody(): { readonly body: readonly Statement[]; readonly bodyRange: { readonly start: number; readonly end: number } } {
    const start = this.start + 1;
    const body = this.body();
    return { body, bodyRange: { start, end: Math.max(body[body.length - 1]?.range.end ?? 0, start) } };
  }
}

const never = (): boolean => false;

const compound: ReadonlySet<string> = new Set(['def', 'class', 'if', 'for', 'while', 'try', 'with', 'async']);

/** Names that begin a statement of their own where they stand first. */
const softKeywords: ReadonlySet<string> = new Set(['match', 'type', 'print', 'exec']);

const updates: ReadonlySet<string> = new Set(['+=', '-=', '*=', '/=', '//=', '%=', '@=', '&=', '|=', '^=', '>>=', '<<=', '**=']);

