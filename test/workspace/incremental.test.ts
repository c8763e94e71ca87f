/** What a review recomputes after an edit, and what it keeps from before, together are what reading everything anew gives. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isProject } from '../../src/engine/project/read-project';
import type { Project } from '../../src/engine/project/project';
import { findProject } from '../../src/workspace/find-project';
import { openKeptHistory, type KeptHistory } from '../../src/workspace/kept-history';
import { loadHistory, type HistoryCache } from '../../src/workspace/load-history';
import { revisionRoots } from '../../src/workspace/load-models';
import { loadReplay, newReplayCache, type ReplayCache } from '../../src/workspace/load-replay';
import { loadSqlParser } from '../../src/workspace/load-sql-parser';
import { reviewFile } from '../../src/workspace/review-file';
import type { Workspace } from '../../src/workspace/workspace';
import { seed } from '../harness/seed';
import { temporaryFolder } from '../harness/temporary';
import { syntheticDraft, syntheticHistory } from '../bench/synthetic-history';
import { memoryWorkspace } from './memory';

const versions = '/r/migrations/versions';
const helper = '/r/migrations/names.py';
const revisions = syntheticHistory(36);
const draft = syntheticDraft(36, 100);

/** The history with revisions that take a name from another file, and some that ask the database what there is. */
const start: Readonly<Record<string, string>> = {
  '/r/alembic.ini': '[alembic]\nscript_location = migrations\nprepend_sys_path = .\n',
  '/r/migrations/__init__.py': '',
  '/r/migrations/env.py': '',
  [helper]: "COLUMN = 'extra'\n",
  ...Object.fromEntries(revisions.map(({ name, text }, index) => [`${versions}/${name}`, index % 8 === 5 ? withHelper(text) : index % 8 === 6 ? withGuard(text, index) : text])),
  [`${versions}/${draft.name}`]: draft.text,
};

function withHelper(text: string): string {
  return text.replace('import sqlalchemy as sa\n', 'import sqlalchemy as sa\nfrom migrations.names import COLUMN\n').replace('    # ###', "    op.add_column('item_0', sa.Column(COLUMN, sa.Text()))\n    # ###");
}

/** What it does hangs on the revisions before it. */
function withGuard(text: string, index: number): string {
  return text.replace('    # ###', `    if not sa.inspect(op.get_bind()).has_table('item_2'):\n        op.create_table('guarded_${index}', sa.Column('id', sa.Integer()))\n    # ###`);
}

/** One edit: a file (the draft more often), a place, what goes and what comes. */
const edits = fc.array(
  fc.record({
    file: fc.oneof(fc.constant(-1), fc.constant(-1), fc.nat({ max: revisions.length }), fc.constant(-2)),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    cut: fc.constantFrom(0, 0, 0, 1, 1, 4, 40),
    piece: fc.constantFrom('', 'x', ' ', '\n', '    ', "'", '(', ')', ',', '#', "op.drop_column('item_1', 'note')\n    ", "op.execute('DROP TABLE item_2')\n    ", "op.execute(something())\n    ", "op.rename_table('item_3', 'item_4b')\n    ", "op.add_column('item_0', sa.Column('y', sa.Enum('a', name='kind_9')))\n    ", 'if x:\n        ', 'return\n    '),
    /** Every third edit is taken back by the next keystroke, as people do. */
    back: fc.nat({ max: 2 }).map((one) => one === 0),
  }),
  { minLength: 4, maxLength: 12 },
);

describe('an edit, and what hangs on it', function () {
  this.timeout(240_000);

  it(`is reviewed as everything read anew is (seed ${seed})`, async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(edits, async (list) => {
        const files = { ...start };
        const workspace = memoryWorkspace(files);
        const project = await findProject(workspace, '/r');
        assert.ok(isProject(project));
        const kept = { cache: newReplayCache(), history: new Map() };
        for (const { file, at, cut, piece, back } of list) {
          const path = file === -1 ? `${versions}/${draft.name}` : file === -2 ? helper : `${versions}/${(revisions[file] ?? draft).name}`;
          const before = files[path] ?? '';
          // Behind the head of the script: an edit there makes another history, which is seldom what is typed.
          const from = path === helper ? 0 : before.indexOf('def upgrade');
          const position = from + Math.floor(at * (before.length - from));
          files[path] = before.slice(0, position) + piece + before.slice(position + cut);
          assert.deepStrictEqual(await everything(workspace, project, kept.cache, kept.history), await everything(workspace, project, newReplayCache(), new Map()));
          compared++;
          if (back) files[path] = before;
        }
      }),
      { numRuns: 12, seed },
    );
    assert.ok(compared > 40);
  });

  it(`is reviewed so by what other sessions kept, too (seed ${seed})`, async () => {
    let resumed = 0;
    await fc.assert(
      fc.asyncProperty(edits, async (list) => {
        const files = { ...start };
        const workspace = memoryWorkspace(files);
        const project = await findProject(workspace, '/r');
        assert.ok(isProject(project));
        const folder = { path: temporaryFolder('kept'), version: '1' };
        for (const { file, at, cut, piece, back } of [{ file: -1, at: 0, cut: 0, piece: '', back: false }, ...list]) {
          const path = file === -1 ? `${versions}/${draft.name}` : file === -2 ? helper : `${versions}/${(revisions[file] ?? draft).name}`;
          const before = files[path] ?? '';
          // Here in the heads of the scripts as well: histories of another shape.
          const position = Math.floor(at * before.length);
          files[path] = before.slice(0, position) + piece + before.slice(position + cut);
          const kept = openKeptHistory(folder, '/r');
          const cache = newReplayCache();
          assert.deepStrictEqual(await everything(workspace, project, cache, new Map(), kept), await everything(workspace, project, newReplayCache(), new Map()));
          if (cache.revisions.size < revisions.length / 2) resumed++;
          await kept.save();
          if (back) files[path] = before;
        }
      }),
      { numRuns: 8, seed },
    );
    assert.ok(resumed > 8, `${resumed} sessions went on from what was kept`);
  });

  it('reads nothing again for a keystroke in the draft, and one revision for a keystroke in that', async () => {
    const sql = await loadSqlParser();
    const files = { ...start };
    const workspace = memoryWorkspace(files);
    const project = await findProject(workspace, '/r');
    assert.ok(isProject(project));
    const cache = newReplayCache();
    const { value: graph } = await loadHistory(workspace, project);
    const replay = (): ReturnType<typeof loadReplay> => loadReplay({ workspace, graph, heads: graph.heads.flatMap((id) => graph.nodes.get(id)?.parents ?? []), roots: ['/r'], sql, cache });
    const schema = await replay();
    const before = new Map(cache.revisions);
    files[`${versions}/${draft.name}`] += '\n';
    assert.equal(await replay(), schema);
    assert.deepEqual([...cache.revisions], [...before]);
    const [first] = revisions;
    files[`${versions}/${first!.name}`] += '\n';
    const again = await replay();
    assert.deepEqual([...cache.revisions].filter(([path, reading]) => before.get(path) !== reading).map(([path]) => path), [`${versions}/${first!.name}`]);
    assert.deepEqual(again.tables, schema.tables);
  });

  async function everything(workspace: Workspace, project: Project, cache: ReplayCache, history: HistoryCache, kept?: KeptHistory): Promise<unknown> {
    const sql = await loadSqlParser();
    const { value: graph, problems } = await loadHistory(workspace, project, history, undefined, kept);
    const path = `${versions}/${draft.name}`;
    const review = await reviewFile({ workspace, project: { project, graph, ...(kept && { kept }) }, path, text: (await workspace.read(path)) ?? '', database: null, desired: null, sql, cache });
    const roots = await revisionRoots(workspace, project);
    const [parents, all] = await Promise.all([[draft.id].flatMap((id) => graph.nodes.get(id)?.parents ?? []), graph.heads].map((heads) => loadReplay({ workspace, graph, heads, roots, sql, cache, ...(kept && { kept }) })));
    return { problems, heads: graph.heads, review, parents, all };
  }
});
