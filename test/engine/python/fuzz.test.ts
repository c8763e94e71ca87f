import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { readModels } from '../../../src/engine/models/read-models';
import { Reading } from '../../../src/engine/python/evaluate';
import { parsePython } from '../../../src/engine/python/parse';
import { runFunction } from '../../../src/engine/python/run';
import { projectRoot } from '../../harness/paths';

const folder = path.join(projectRoot, 'test', 'projects');
const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.py'))
  .sort()
  .map((file) => readFileSync(path.join(folder, file), 'utf8'));

/** Everything that is done with a file that somebody types. */
function readAll(text: string): void {
  const { value } = parsePython('/w/a.py', text);
  for (const statement of value.body) assert.ok(statement.range.start <= statement.range.end && statement.range.end <= text.length);
  const files = new Map([['/w/a.py', text]]);
  const reading = new Reading({ files, roots: ['/w'] });
  const module = reading.module('/w/a.py');
  assert.ok(module);
  runFunction(reading, module, 'upgrade', { event: () => undefined });
  readModels({ entries: ['/w/a.py'], files, roots: ['/w'] });
}

describe('Python: half-typed files', function () {
  this.timeout(120_000);

  it('reads a file cut at every position', () => {
    const source = sources.find((text) => text.includes('__table_args__')) ?? '';
    assert.ok(source.length > 500);
    for (let end = 0; end <= source.length; end++) parsePython('/w/a.py', source.slice(0, end));
  });

  it('evaluates files cut anywhere, with a hole anywhere', () => {
    let checked = 0;
    for (const [index, source] of sources.entries()) {
      for (let at = (index * 37) % 601; at < source.length; at += 601) {
        readAll(source.slice(0, at));
        readAll(source.slice(0, at) + source.slice(at + 13));
        checked += 2;
      }
    }
    assert.ok(checked > 100);
  });

  it('takes any text at all', () => {
    const words = ['class A(Base):', '\n    ', '\n', 'x = ', '(', ')', '[', ']', '{', '}', '"', "'''", 'f"{', 'def upgrade():', 'op.f(', ',', '*', '**', ':', 'for x in ', 'lambda ', 'import ', 'from . ', '@', '\\', '\r', '\t', 'é', '=', 'if ', 'yield ', '1.', 'Mapped[', 'Enum', '%'];
    fc.assert(fc.property(fc.array(fc.constantFrom(...words), { maxLength: 40 }), (parts) => readAll(parts.join(''))), { numRuns: 300, seed: 7 });
  });

  it('survives depth, and loops that multiply', () => {
    readAll(`x = ${'('.repeat(5000)}1${')'.repeat(5000)}`);
    readAll(`x = ${'['.repeat(3000)}`);
    readAll(`x = ${Array.from({ length: 5000 }, (_value, i) => `a${i}`).join(' + ')}`);
    readAll(`x = a${'.b'.repeat(5000)}`);
    readAll(Array.from({ length: 300 }, (_value, i) => `${' '.repeat(i)}if x:`).join('\n'));
    const started = performance.now();
    readAll(`def upgrade():\n${Array.from({ length: 8 }, (_value, i) => `${'  '.repeat(i + 1)}for a${i} in range(10000):`).join('\n')}\n${'  '.repeat(9)}op.x(a0)`);
    readAll('x = [a for b in range(10000) for c in range(10000) for d in range(10000)]');
    readAll('def f(x): return [f(y) for y in x] + f(x) + f(x)\nz = f([1, [2, [3]]])');
    // Without bounds this would take years; a busy machine may take its time.
    assert.ok(performance.now() - started < 30_000);
  });
});
