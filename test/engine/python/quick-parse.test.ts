/** The quick reader and the one that knows all of Python say the same of every text that the quick one takes. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { parseAnyPython, parsePython } from '../../../src/engine/python/parse';
import { originOf } from '../../../src/engine/python/kept-syntax';
import { parsePlainPython } from '../../../src/engine/python/quick-parse';
import type { ExpressionStatement, Module, Statement } from '../../../src/engine/python/syntax';
import { projectRoot } from '../../harness/paths';
import { seed } from '../../harness/seed';

const folders = ['test/projects', 'test/golden'].map((folder) => path.join(projectRoot, folder));
const sources = folders.flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.py'))
    .sort()
    .map((file) => readFileSync(path.join(folder, file), 'utf8')),
);

/** What people write beside what Alembic does, each of it plain. */
const plain = String.raw`
from . import a
from .b.c import (d as e, f,)
import g.h as i, j
x: int = 1
y: "T"
a, b = b, a = (1,), [*c, 2]
n = -1 ** 2 + ~3 // 4 % 5 @ 6 << 7 >> 8 & 9 ^ 10 | 11, not 12 < 13 <= 14 != 15, 1_000, 0x1F, 1e-3, .5
b = not a and b or not c in d and not (e or f), a is not b, a not in b, a if not b and c else d or e
f = f'{a}b{{c}}{d.e!r}{f(1, "x")[0]:>10}' 'g' rf"\d{h}"
s = 'a' "b" r'\c' b'd', """e
f""", u'é', '\
g'
c = [x for x in y if not a and b for z in x], {x: y for x, y in z}, {x for x in y}, (x for x in y), f(x for x in y)
d = {**a, 'b': c, 'd': [1, 2][0:1, ::2, -1], }
z = lambda a, *b, c=1, **d: a if b else c
z **= 2
del a, b[0], c.d
print_ = True; 
@a.b(c, *d, e=f, **g)
@h
class A(B, metaclass=C):
    """Doc."""
    x = None

    @property
    def f(self, a, /, b: int = 1, *args: T, c, d=2, **kwargs) -> List[int]:
        global q
        return
class B: pass
if a: b()
elif c:
    # a comment
    pass
else:
    raise X(1) from y
for i, (j, k) in a, b:
    continue
else:
    assert a, b
while a:
    break
try:
    with open('x') as f, g():
        yield_ = 1
except (A, B) as e:
    pass
except:
    ...
finally:
    x = \
        1
`.replace('print_ = True; \n', '');

function assertSame(text: string): boolean {
  const quick = parsePlainPython('/w/a.py', text);
  if (quick === null) return false;
  assert.deepStrictEqual({ value: quick, problems: [] }, parseAnyPython('/w/a.py', text), JSON.stringify(text));
  return true;
}

describe('Python: the quick reader', function () {
  this.timeout(120_000);

  it('reads nearly every revision and model, as the other reader does', () => {
    const taken = sources.filter(assertSame).length;
    assert.ok(taken > sources.length * 0.98, `${taken} of ${sources.length}`);
    assert.ok(assertSame(plain));
    assert.ok(assertSame(plain.replaceAll('\n', '\r\n')));
    for (const text of sources.slice(0, 100)) assertSame(text.replaceAll('\n', '\r\n'));
  });

  it(`takes nothing that is broken for plain (seed ${seed})`, () => {
    const lines = [...sources.filter((_text, index) => index % 9 === 0), plain, plain, plain].map((text) => text.split('\n'));
    const pieces = ['(', ')', '[', ']', '{', '}', ',', ':', '=', '==', ' ', '\n', '\n    ', '"', "'", '#', '.', '*', '**', 'not ', 'in ', 'if ', 'else ', 'for ', 'lambda ', 'is ', '-', '@', '1', 'x', 'f"{', '\\', '\\\n', 'and ', '->', '!', ';', '\t', 'é', 'return ', 'yield ', 'def f():', 'as ', 'import ', 'match x:', ':='];
    const damaged = fc
      .record({ file: fc.nat(), line: fc.nat(), count: fc.integer({ min: 1, max: 12 }), at: fc.nat(), cut: fc.nat({ max: 6 }), piece: fc.constantFrom('', ...pieces) })
      .map(({ file, line, count, at, cut, piece }) => {
        const all = lines[file % lines.length] ?? [];
        const from = line % all.length;
        const part = all.slice(from, from + count);
        const margin = /^ */.exec(part[0] ?? '')?.[0] ?? '';
        const text = part.map((one) => (one.startsWith(margin) ? one.slice(margin.length) : one)).join('\n');
        const position = at % (text.length + 1);
        return text.slice(0, position) + piece + text.slice(position + cut);
      });
    let taken = 0;
    fc.assert(fc.property(damaged, (text) => void (assertSame(text) && taken++)), { numRuns: 6_000, seed });
    assert.ok(taken > 500, `${taken} were taken`);
  });

  it(`keeps statements of an earlier text where they are what they were (seed ${seed})`, () => {
    const texts = sources.filter((text) => text.length < 4_000);
    const pieces = ['', 'x', '(', ')', "'", '\n', '\n    ', '# a\n', ' # b', '\\', '"""', '    pass\n', "op.f('x')\n", 'if x:\n    ', ',', '\r\n'];
    const edits = fc.array(fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), cut: fc.constantFrom(0, 0, 1, 4, 40), piece: fc.constantFrom(...pieces) }), { minLength: 2, maxLength: 6 });
    let [moved, stayed] = [0, 0];
    fc.assert(
      fc.property(fc.nat(), edits, (file, list) => {
        let text = texts[file % texts.length] ?? '';
        let last: Module | null = null;
        for (const { at, cut, piece } of [{ at: 0, cut: 0, piece: '' }, ...list]) {
          const spot = Math.floor(at * text.length);
          const typed = text.slice(0, spot) + piece + text.slice(spot + cut);
          const kept: Module | null = parsePlainPython('/w/a.py', typed, last);
          const anew = parsePlainPython('/w/a.py', typed);
          for (const statement of statementsIn(kept?.body ?? [])) {
            if (originOf(statement) !== statement) moved++;
            else if (last !== null && statementsIn(last.body).includes(statement)) stayed++;
          }
          assert.deepStrictEqual(kept === null ? null : readOut(kept), anew === null ? null : readOut(anew), JSON.stringify(typed));
          if (kept !== null) [text, last] = [typed, kept];
        }
      }),
      { numRuns: 1_000, seed },
    );
    assert.ok(moved > 200 && stayed > 200, `${moved} were moved, ${stayed} stayed`);
  });

  it('gives up on depth instead of the stack', () => {
    assert.equal(parsePlainPython('/w/a.py', `x = ${'('.repeat(5000)}1${')'.repeat(5000)}`), null);
    assert.equal(parsePlainPython('/w/a.py', `x = ${'-'.repeat(50_000)}1`), null);
    assert.equal(parsePlainPython('/w/a.py', `x = ${'not '.repeat(50_000)}1`), null);
    assert.equal(parsePlainPython('/w/a.py', Array.from({ length: 300 }, (_value, i) => `${' '.repeat(i)}if x:`).join('\n')), null);
  });
});

describe('Python: what lezer’s tree says otherwise', () => {
  const shape = (text: string): string => {
    const write = (value: object): string => {
      const { kind, operator, left, right, operand, name } = value as Record<string, string & object>;
      return kind === 'binary' ? `(${write(left ?? {})} ${operator} ${write(right ?? {})})` : kind === 'unary' ? `(${operator} ${write(operand ?? {})})` : String(name);
    };
    const statement = parseAnyPython('/w/a.py', text).value.body[0];
    assert.deepStrictEqual(parsePython('/w/a.py', text).value.body[0], statement);
    return statement?.kind === 'expression' ? write(statement.value) : '';
  };

  it('ends `not` before `and` and `or`', () => {
    assert.equal(shape('not a and b'), '((not a) and b)');
    assert.equal(shape('a and not b or c'), '((a and (not b)) or c)');
    assert.equal(shape('not not a or b and not c == d'), '((not (not a)) or (b and (not (c == d))))');
    assert.equal(shape('not (a and b) and c'), '((not (a and b)) and c)');
  });

  it('ends a statement behind the closing quote', () => {
    for (const text of ['x = f"a{b}c"', "x = 'a\\n b'", 'x = f"""{a}\n"""', 'f"{a}"']) {
      assert.equal(parseAnyPython('/w/a.py', text).value.body[0]?.range.end, text.length, text);
    }
  });

  it('goes on behind a backslash at a Windows line end', () => {
    const { value, problems } = parseAnyPython('/w/a.py', "x = 'a\\\r\nb'\r\nmatch x:\r\n    case 1:\r\n        y = \\\r\n            2\r\n");
    assert.deepEqual(problems, []);
    assert.deepEqual(value.body.map(({ kind }) => kind), ['assign', 'match']);
  });
});

/** The expressions that are statements, in functions too. */
function statementsIn(body: readonly Statement[]): readonly ExpressionStatement[] {
  return body.flatMap((statement) => (statement.kind === 'expression' ? [statement] : statement.kind === 'function' ? statementsIn(statement.body) : []));
}

/** A tree with all that is read when somebody looks into it. */
function readOut(node: unknown): unknown {
  if (typeof node !== 'object' || node === null) return node;
  if (Array.isArray(node)) return node.map(readOut);
  const { kind, range, value } = node as { readonly kind?: unknown; readonly range?: unknown; readonly value?: unknown };
  if (kind === 'expression') return { kind, range, value: readOut(value) };
  return Object.fromEntries(Object.entries(node).map(([key, part]) => [key, readOut(part)]));
}
