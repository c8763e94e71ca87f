/** A review that goes on from what earlier ones of the same draft found says what one that begins anew says, in every place of it. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { newKeptStatements } from '../../../src/engine/operations/draft/kept-statements';
import { newPythonCache } from '../../../src/engine/python/evaluate';
import { review, type Review, type ReviewInput } from '../../../src/engine/review';
import { applyEdits } from '../../../src/engine/text/text';
import { loadSqlParser } from '../../../src/workspace/load-sql-parser';
import { ruleCases, startOf } from '../../rules/cases';
import { seed } from '../../harness/seed';

const cases = ruleCases().filter(({ isSql }) => !isSql);

/** What people type, and what makes the same statement mean something else. */
const edits = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    /** At a line's beginning, where a whole line comes or goes, or anywhere. */
    line: fc.boolean(),
    cut: fc.constantFrom(0, 0, 0, 1, 3, 30),
    piece: fc.constantFrom('', 'x', '\n', '# a comment\n', "'", '(', ')', '    op = other()\n', '    sa = op\n', '    from elsewhere import op\n', "    op.drop_table('gone')\n", '    with op.get_context().autocommit_block():\n        pass\n', '    if op.get_bind():\n    ', '    return\n', "    op.add_column('a', sa.Column('b', sa.Enum('x', name='e')))\n"),
    back: fc.boolean(),
  }),
  { minLength: 3, maxLength: 6 },
);

describe('a review of a draft that was reviewed before', function () {
  this.timeout(240_000);

  it(`says what one that begins anew says (seed ${seed})`, async () => {
    const sql = await loadSqlParser();
    let [compared, recalled] = [0, 0];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...cases), edits, async (one, list) => {
        const { before, more } = await startOf(one);
        const known = { cache: newPythonCache(), statements: newKeptStatements() };
        const look = (text: string, kept: Partial<ReviewInput>): Review => review({ path: '/p/versions/draft.py', text, before, desired: null, sql, ...more, ...kept });
        let text = one.draft;
        look(text, known);
        for (const { at, line, cut, piece, back } of list) {
          const old = text;
          const spot = Math.floor(at * text.length);
          const from = line ? text.lastIndexOf('\n', spot) + 1 : spot;
          text = text.slice(0, from) + piece + text.slice(line && cut > 0 ? text.indexOf('\n', from) + 1 || text.length : from + cut);
          const kept = look(text, known);
          assert.deepStrictEqual(said(text, kept), said(text, look(text, {})));
          assert.deepStrictEqual([kept.upgrade, kept.downgrade], operations(look(text, { statements: newKeptStatements() })));
          compared++;
          if (known.statements.known.size > 0) recalled++;
          if (back) text = old;
        }
      }),
      { numRuns: 150, seed },
    );
    assert.ok(compared > 300 && recalled > compared / 2, `${recalled} of ${compared} had something to go on from`);
  });

  it('keeps the very values of statements above and below the one that is typed in', async () => {
    const sql = await loadSqlParser();
    const { before, more } = await startOf(cases[0]!);
    const statements = newKeptStatements();
    const draft = (name: string): string => `from alembic import op\nimport sqlalchemy as sa\nrevision = 'a'\ndown_revision = None\n\n\ndef upgrade():\n    op.add_column('t', sa.Column('above', sa.Text()))\n    op.add_column('t', sa.Column('${name}', sa.Text()))\n    op.create_index('i', 't', ['below'])\n\n\ndef downgrade():\n    pass\n`;
    const read = (text: string): Review => review({ path: '/p/versions/draft.py', text, before, sql, ...more, desired: null, statements });
    const [first, second] = [read(draft('name')), read(draft('names'))];
    assert.equal(second.upgrade[0], first.upgrade[0]);
    const [index, moved] = [first.upgrade[2], second.upgrade[2]];
    assert.ok(index?.kind === 'create_index' && moved?.kind === 'create_index');
    assert.equal(moved.index, index.index);
    assert.equal(moved.source!.range.start, index.source!.range.start + 1);
    assert.equal(draft('names').slice(moved.source!.range.start, moved.source!.range.end), "op.create_index('i', 't', ['below'])");
  });
});

/** All that a person is told and offered, with the text that each fix leaves. */
function said(text: string, { diagnostics, notReviewed, wanted }: Review): unknown {
  return { diagnostics: diagnostics.map(({ fixes, ...rest }) => ({ ...rest, fixes: fixes.map((fix) => ({ ...fix, leaves: applyEdits(text, fix.edits) })) })), notReviewed, wanted };
}

function operations({ upgrade, downgrade }: Review): unknown {
  return [upgrade, downgrade];
}
