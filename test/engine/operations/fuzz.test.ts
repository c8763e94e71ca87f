import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import type { Draft } from '../../../src/engine/operations/draft';
import type { Operation } from '../../../src/engine/operations/operation';
import { readDraft } from '../../../src/engine/operations/read-draft';
import { Reading } from '../../../src/engine/python/evaluate';
import { emptySchema } from '../../../src/engine/schema/schema';
import type { SqlParser } from '../../../src/engine/sql/parser';
import { loadSqlParser } from '../../../src/workspace/load-sql-parser';
import { projectRoot } from '../../harness/paths';
import { seed } from '../../harness/seed';

/** Real revisions and drafts: those of the test projects and of the golden folders. */
const scripts = ['projects', 'golden']
  .flatMap((folder) => readdirSync(path.join(projectRoot, 'test', folder), { recursive: true, encoding: 'utf8' }).map((file) => path.join(projectRoot, 'test', folder, file)))
  .filter((file) => /(versions\/[^/]+|draft)\.py$/.test(file))
  .sort()
  .map((file) => readFileSync(file, 'utf8'))
  .filter((text) => text.includes('def upgrade'));

const file = '/project/versions/a.py';

describe('half-typed and damaged scripts', function () {
  this.timeout(300_000);
  let sql: SqlParser;
  before(async () => {
    sql = await loadSqlParser();
  });

  const read = (text: string, path = file): Draft => {
    const draft = readDraft(new Reading({ files: new Map([[path, text]]), roots: ['/project'] }), path, { sql, before: emptySchema }).value;
    assert.ok(draft !== null);
    return draft;
  };

  it('are read wherever they are cut', () => {
    assert.ok(scripts.length > 100);
    const [longest = ''] = [...scripts].sort((a, b) => b.length - a.length);
    const short = longest.slice(0, 4000);
    for (let end = 0; end <= short.length; end += 3) read(short.slice(0, end));
    for (const [index, text] of scripts.entries()) for (let end = (index * 13) % 199; end <= text.length; end += 199) read(text.slice(0, end));
  });

  it(`are read with anything in the middle (seed ${seed})`, () => {
    const pieces = ['(', ')', '[', '"', "'''", '"""', 'f"{', '#', '\n', '\r\n', '\t', '    ', ':', 'def upgrade():', 'op.', 'with ', 'lambda ', '\\', '\u0000', 'é', '\ufeff', 'print "x"', 'except X, e:', '*', '**', '=', '%s', 'return', 'async ', 'await ', 'yield'];
    fc.assert(
      fc.property(fc.constantFrom(...scripts), fc.array(fc.tuple(fc.nat(), fc.nat(20), fc.constantFrom(...pieces)), { minLength: 1, maxLength: 4 }), (text, edits) => {
        read(edits.reduce((damaged, [at, length, piece]) => damaged.slice(0, at % damaged.length) + piece + damaged.slice((at % damaged.length) + length), text));
      }),
      { numRuns: 400, seed },
    );
  });

  it(`lose nothing of what stands before and after a half-typed line (seed ${seed})`, () => {
    const whole = new Map(scripts.map((text) => [text, read(text)]));
    let checked = 0;
    let lost = '';
    const outcome = fc.check(
      fc.property(fc.constantFrom(...scripts), fc.nat(), fc.double({ min: 0.05, max: 0.98, noNaN: true }), (text, which, part) => {
        const draft = whole.get(text)!;
        const all = [...draft.upgrade, ...draft.downgrade].filter(({ source }) => source !== undefined && text.slice(source.statement.range.start, source.statement.range.end).trimStart().startsWith('op.'));
        const chosen = all[which % Math.max(1, all.length)]?.source?.statement.range;
        if (chosen === undefined || text.slice(chosen.start, chosen.end).includes('"""')) return true;
        // Its line is cut, what follows of the statement is not there yet.
        const statement = text.slice(chosen.start, chosen.end);
        const margin = statement.length - statement.trimStart().length;
        const end = chosen.start + margin + Math.max(1, Math.floor((statement.trimEnd().length - margin) * part));
        const damaged = `${text.slice(0, end)}\n${text.slice(chosen.end)}`;
        const found = read(damaged);
        const untouched = (operations: readonly Operation[]): readonly string[] => operations.filter(({ source }) => source?.statement.range.start !== chosen.start).map(bodyOf);
        for (const side of ['upgrade', 'downgrade'] as const) {
          const left = found[side].map(bodyOf);
          for (const body of untouched(draft[side])) {
            if (left.includes(body)) continue;
            lost = `lost ${body}\nin\n${damaged.slice(Math.max(0, end - 300), end + 300)}`;
            return false;
          }
        }
        checked++;
        return true;
      }),
      { numRuns: 600, seed },
    );
    assert.ok(!outcome.failed, lost);
    assert.ok(checked > 300, `${checked} checked`);
  });

  it('say that a statement is damaged', () => {
    const { upgrade, downgrade } = read('from alembic import op\n\n\ndef upgrade():\n    op.drop_table("a")\n    op.drop_column("b", "c"\n    op.drop_table("d")\n\n\ndef downgrade():\n    op.drop_table("e")\n');
    assert.deepEqual([upgrade, downgrade].map((side) => side.map((operation) => (operation.kind === 'unknown' ? operation.tables : operation.kind === 'drop_table' ? operation.name : operation.kind))), [['a', [], 'd'], ['e']]);
  });

  it('have any line end, indentation and characters', () => {
    const plain = 'from alembic import op\nimport sqlalchemy as sa\n\n\ndef upgrade():\n    if True:\n        op.drop_table("größe")\n    op.execute("DROP TABLE b")\n\n\ndef downgrade():\n    op.drop_table("c")\n';
    const expected = [read(plain).upgrade.map(bodyOf), read(plain).downgrade.map(bodyOf)];
    assert.equal(expected[0]!.length, 2);
    for (const form of [plain.replaceAll('\n', '\r\n'), plain.replaceAll('\n', '\r'), plain.replaceAll('    ', '\t'), `\ufeff${plain}`, `# -*- coding: utf-8 -*-\n${plain}`, plain.replace(/\n$/, ''), plain.replaceAll('\n    op', '\n\top').replaceAll('\n    if', '\n\tif').replaceAll('\n        op', '\n\t    op')]) {
      assert.deepEqual([read(form).upgrade.map(bodyOf), read(form).downgrade.map(bodyOf)], expected, JSON.stringify(form));
    }
  });

  it('may be written in Python 2, or be no Python at all', () => {
    const old = read('from alembic import op\n\ndef upgrade():\n    op.drop_table("a")\n    print "done"\n    try:\n        op.drop_table("b")\n    except Exception, e:\n        print "failed", e\n        raise\n    op.execute(u"DROP TABLE c")\n\ndef downgrade():\n    op.drop_table("d")\n');
    const names = [...old.upgrade, ...old.downgrade].flatMap((operation) => (operation.kind === 'drop_table' ? [operation.name] : []));
    assert.deepEqual(names, ['a', 'b', 'c', 'd']);
    const binary = String.fromCharCode(...Array.from({ length: 20_000 }, (_value, index) => (index * 7919) % 65_536));
    assert.deepEqual(read(binary).upgrade, []);
    assert.deepEqual(read(`def upgrade():\n${binary}`).downgrade, []);
  });

  it('may be 17,000 lines long, and are read in time that grows with them', () => {
    const of = (lines: number): string => `from alembic import op\nimport sqlalchemy as sa\n\n\ndef upgrade():\n${Array.from({ length: lines }, (_value, index) => `    op.add_column("t${index % 50}", sa.Column("c${index}", sa.String(${index % 90}), nullable=True))`).join('\n')}\n\n\ndef downgrade():\n    pass\n`;
    const timed = (text: string): number => {
      const started = performance.now();
      assert.ok(read(text).upgrade.length > 1000);
      return performance.now() - started;
    };
    timed(of(1700));
    const [tenth, whole, damaged] = [timed(of(1700)), timed(of(17_000)), timed(of(17_000).replace('"c8500", sa.String(', '"c8500", sa.String'))];
    console.log(`    1,700 lines: ${tenth.toFixed(0)} ms, 17,000: ${whole.toFixed(0)} ms, one of them half-typed: ${damaged.toFixed(0)} ms`);
    // Ten times as long; a machine with other work to do may take its time.
    assert.ok(whole < Math.max(40 * tenth, 2000), `${whole} ms`);
    assert.ok(damaged < Math.max(80 * tenth, 4000), `${damaged} ms`);
  });
});

function bodyOf({ source: _source, ...body }: Operation): string {
  return JSON.stringify(body, (key, value: unknown) => (key === 'at' ? undefined : value));
}
