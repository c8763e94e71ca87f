import assert from 'node:assert/strict';
import { parsePython } from '../../../src/engine/python/parse';
import type { Expression } from '../../../src/engine/python/expression-syntax';
import { sourceOffset, type Module } from '../../../src/engine/python/syntax';

const parse = (text: string): Module => {
  const { value, problems } = parsePython('/w/a.py', text);
  assert.deepEqual(problems, []);
  return value;
};

function only(text: string): Expression {
  const statement = parse(text).body[0];
  assert.equal(statement?.kind, 'expression');
  return statement?.kind === 'expression' ? statement.value : assert.fail();
}

function problemsOf(text: string): [string, string][] {
  return parsePython('/w/a.py', text).problems.map((problem) => [text.slice(problem.at?.range.start, problem.at?.range.end), problem.message.text]);
}

describe('Python: syntax', () => {
  it('refuses a line that is indented as no block around it is', () => {
    const words = 'This line is indented as no block around it is.';
    assert.deepEqual(problemsOf('class A:\n    x = 1\n   y = 2\n'), [['   ', words]]);
    assert.deepEqual(problemsOf('class A:\n    def f(self):\n        pass\n  \n   # a comment\n  z = 3\n').length, 1);
    assert.deepEqual(problemsOf('if a:\n\tx = 1\n        y = 2\nz = (\n  1,\n      2)\ns = \'\'\'\n   text\n\'\'\'\nx = 1; y = 2\nif b: c = 1\n'), []);
  });

  it('separates positional, keyword, starred and generator arguments', () => {
    const call = only('f(a, *b, k=1, **c)');
    assert.equal(call.kind, 'call');
    if (call.kind !== 'call') return;
    assert.deepEqual(call.args.map((argument) => argument.kind), ['name', 'starred']);
    assert.deepEqual(call.keywords.map((keyword) => keyword.name), ['k', null]);
    const generator = only('f(x for x in y if x)');
    assert.equal(generator.kind === 'call' ? generator.args[0]?.kind : null, 'comprehension');
  });

  it('decodes strings and leads from their values back to the source', () => {
    const text = String.raw`"a\n\x41" r'\d' u"\u00e9\
z" "\q"`;
    const literal = only(text);
    assert.equal(literal.kind, 'string');
    if (literal.kind !== 'string') return;
    assert.equal(literal.value, 'a\nA\\d\u00e9z\\q');
    for (const [value, source] of [['a', 'a'], ['A', '\\x41'], ['d', 'd'], ['z', 'z'], ['q', 'q']] as const) {
      const offset = sourceOffset(literal, literal.value.indexOf(value));
      assert.ok(text.startsWith(source, offset), `${value} at ${offset}`);
    }
  });

  it('joins implicit concatenation, and keeps f-strings in pieces', () => {
    const format = only(`f"a{b!r:>{w}}c" "{d}" f"{{{e}}}"`);
    assert.equal(format.kind, 'formatString');
    if (format.kind !== 'formatString') return;
    assert.deepEqual(
      format.pieces.map((piece) => (piece.kind === 'text' ? piece.value : `<${piece.conversion ?? ''}|${piece.spec ?? ''}>`)),
      ['a', '<r|>{w}>', 'c', '{d}', '{', '<|>', '}'],
    );
  });

  it('reads decorators, classes and functions with their ranges', () => {
    const text = '@a.b(c=1)\n@d\nclass E(F, table=True):\n    """doc"""\n    x: int = 1\n\n    async def g(self, a, /, b=2, *c, d: int, **e) -> str:\n        pass\n\n\ny = 1\n';
    const [type, last] = parse(text).body;
    assert.equal(type?.kind, 'class');
    if (type?.kind !== 'class') return;
    assert.deepEqual(type.decorators.map((decorator) => decorator.kind), ['call', 'name']);
    assert.deepEqual([type.name, type.bases.length, type.keywords[0]?.name, type.docstring?.value], ['E', 1, 'table', 'doc']);
    const method = type.body[2];
    assert.equal(method?.kind, 'function');
    if (method?.kind !== 'function') return;
    assert.deepEqual(
      method.parameters.map((parameter) => [parameter.name, parameter.kind]),
      [['self', 'positional'], ['a', 'positional'], ['b', 'positional'], ['c', 'args'], ['d', 'keywordOnly'], ['e', 'kwargs']],
    );
    assert.equal(method.isAsync, true);
    assert.equal(text.slice(type.range.start, type.range.end).endsWith('pass'), true);
    assert.equal(last?.kind, 'assign');
  });

  it('reads imports', () => {
    const [a, b, c, d] = parse('import a.b as c, d\nfrom ...x.y import (p as q,\n  r,)\nfrom . import z\nfrom k import *').body;
    assert.deepEqual(a?.kind === 'import' ? a.names.map(({ name, alias }) => [name, alias]) : null, [['a.b', 'c'], ['d', null]]);
    assert.deepEqual(b?.kind === 'importFrom' ? [b.level, b.module, b.names.map(({ name, alias }) => [name, alias])] : null, [3, 'x.y', [['p', 'q'], ['r', null]]]);
    assert.deepEqual(c?.kind === 'importFrom' ? [c.level, c.module, c.names[0]?.name] : null, [1, '', 'z']);
    assert.equal(d?.kind === 'importFrom' && d.star, true);
  });

  it('does not take what lezer does not know for an error', () => {
    const valid = [
      'def f():\n    yield\n    x = yield\n',
      'x = tuple[*T]\n',
      'x = 24.*3 + 1. + 1.e5\n',
      'try:\n    pass\nexcept* ValueError:\n    pass\n',
      'with lock(name="a.b") as self.lock, other() as a.b.c:\n    pass\n',
      '\f\nx = 1\n',
      'with (open(a) as b, open(c) as d):\n    pass\nx = 1\n',
      'with a as (b, c):\n    x = 1\n',
      'match x:\n    case A():\n        pass\n',
      '@(a or b)\ndef f(): pass\n',
      'f = [a for *_, a in b]\n',
      'print >>f, "x"\n',
      '\ufeffx = 1\r\nif x:\r\n\ty = """a\r\nb"""\r\n',
      'x = "é\u{1f600}"; y = 1 # ü\n',
      'type X[T] = list[T]\ndef f[T](x: T) -> T: ...\n',
    ];
    for (const text of valid) assert.deepEqual(problemsOf(text), [], text);
  });

  it('says where the syntax is broken, and reads the rest', () => {
    assert.deepEqual(problemsOf('x = foo(a,\ndef g():\n    pass\n'), [['(', 'This {bracket} is never closed.']]);
    assert.deepEqual(problemsOf('x = "abc\ny = 1\n'), [['"abc', 'This string is not closed. Add the closing quote.']]);
    const half = parsePython('/w/a.py', 'class A(Base):\n    x = \n    y = 1\nclass B: pass\n');
    assert.equal(half.problems.length, 1);
    assert.deepEqual(half.value.body.map((statement) => (statement.kind === 'class' ? statement.name : '')), ['A', 'B']);
  });

  it('ends statements at their last word, and finds comments', () => {
    const text = 'if a:\n    b()  # why\n    # more\n\n\nc()\n';
    const module = parse(text);
    assert.equal(text.slice(module.body[0]?.range.start, module.body[0]?.range.end), 'if a:\n    b()');
    assert.deepEqual(module.comments.map((comment) => comment.text), ['# why', '# more']);
  });

  it('counts offsets behind a byte order mark and in CRLF files', () => {
    const text = '\ufeffx = f(\r\n  "a"\r\n)\r\n';
    const statement = parse(text).body[0];
    const call = statement?.kind === 'assign' ? statement.value : null;
    const argument = call?.kind === 'call' ? call.args[0] : undefined;
    assert.equal(text.slice(argument?.range.start, argument?.range.end), '"a"');
  });
});
