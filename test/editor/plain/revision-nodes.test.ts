import assert from 'node:assert/strict';
import { graphView } from '../../../src/editor/graph/rows';
import { graphSvg } from '../../../src/editor/graph/svg';
import { chunk, historyNodes, type HistoryNode, type ShownHistory } from '../../../src/editor/views/revision-nodes';
import { supabaseGraph } from '../../../src/editor/views/supabase-graph';
import { buildGraph } from '../../../src/engine/history/graph';
import { unmergedHeads } from '../../../src/engine/history/heads';
import { readRevisionFile } from '../../../src/engine/history/read-revision-file';
import type { RevisionFile } from '../../../src/engine/history/revision';
import { syntheticHistory } from '../../bench/synthetic-history';

describe('the lines of the Revisions view', () => {
  it('puts several heads on top, and leads to the merge', () => {
    const nodes = historyNodes([history([revision('a'), revision('b', ['a']), revision('c', ['a'])])]);
    assert.deepEqual(nodes.map(({ label }) => label), ['The history has 2 heads', 'Heads', 'History']);
    assert.deepEqual(nodes[0]!.click, { kind: 'merge' });
    assert.match(nodes[0]!.spoken, /^Error: The history has 2 heads: b, c/);
    assert.deepEqual(nodes[1]!.children!().map(({ revision: file }) => file?.id), ['b', 'c']);
  });

  it('counts the heads without a label, where others have one', () => {
    const nodes = historyNodes([history([revision('a'), revision('b', ['a']), revision('c', ['a']), { ...revision('d', ['a']), branchLabels: ['reports'] }])]);
    assert.equal(nodes[0]!.label, '2 of the 3 heads have no branch label');
  });

  it('lets heads of labelled branches, and those that others depend on, stand', () => {
    const labelled = buildGraph([revision('a'), { ...revision('b'), branchLabels: ['reports'] }]).value;
    const needed = buildGraph([revision('a'), { ...revision('b'), dependsOn: ['a'] }]).value;
    assert.deepEqual([unmergedHeads(labelled), unmergedHeads(needed)], [[], []]);
  });

  it('says what is broken, and where', () => {
    const [first] = historyNodes([history([revision('a'), revision('b', ['gone'])])]).filter(({ label }) => label.includes('gone'));
    assert.equal(first!.click?.kind, 'place');
    assert.equal(first!.icon, 'error');
  });

  it('says where databases stand, and which stand outside of the files', () => {
    const shown = { ...history([revision('abcdef'), revision('b', ['abcdef'])]), databases: [{ name: 'dev', environment: 'development', versions: ['abcd'] }, { name: 'live', environment: 'production', versions: ['0bad'] }] } as const;
    const nodes = historyNodes([shown]);
    assert.equal(nodes[0]!.label, 'live is at 0bad, which no file here has');
    const rows = nodes.at(-1)!.children!();
    assert.equal(rows[1]!.description, 'base · ◆ dev · abcdef');
    assert.match(rows[1]!.spoken, /development database dev stands here$/);
  });

  it('leads from a merge, a branch point and a dependency to its neighbours', () => {
    const files = [revision('a'), revision('b', ['a']), revision('c', ['a']), { ...revision('d', ['b', 'c']), dependsOn: ['x'] }, revision('x')];
    const rows = historyNodes([history(files)]).at(-1)!.children!();
    const ways = (id: string): readonly string[] | undefined => rows.find(({ revision: file }) => file?.id === id)!.children?.().map(({ label }) => label);
    assert.deepEqual(ways('d'), ['stands on b', 'stands on c', 'depends on x']);
    assert.deepEqual(ways('a'), ['followed by b', 'followed by c']);
    assert.deepEqual(ways('x'), ['needed by d']);
    assert.equal(ways('b'), undefined);
  });

  it('makes lines only as they are looked at, each with an id of its own', () => {
    const files = syntheticHistory(2000).flatMap(({ name, text }) => readRevisionFile(`/v/${name}`, text).value ?? []);
    const start = performance.now();
    const top = historyNodes([history(files)]);
    const first = top.at(-1)!.children!();
    const took = performance.now() - start;
    assert.equal(first.length, chunk + 9);
    assert.deepEqual([first.at(-1)!.label, first.at(-1)!.description], ['Older: 1801 to 2000', 'step 199 … step 0']);
    assert.ok(took < 1000, `${took} ms`);
    const all = flatten(top);
    assert.equal(new Set(all.map(({ id }) => id)).size, all.length);
    assert.equal(all.filter(({ id }) => /\/history\/[^/]+$/.test(id)).length, 2000);
  });

  it('has a line for each project where there are several', () => {
    const nodes = historyNodes([history([revision('a')]), { ...history([revision('z')]), id: 'other', name: 'other' }]);
    assert.deepEqual(nodes.map(({ label, description }) => [label, description]), [['shop', '1 revision'], ['other', '1 revision']]);
    const ids = flatten(nodes).map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
  });

  it('shows Supabase’s migrations as one line', () => {
    const graph = supabaseGraph([{ version: '1', name: 'first', path: '/m/1_first.sql' }, { version: '2', name: 'second', path: '/m/2_second.sql' }]);
    assert.deepEqual(graph.heads, ['2']);
    assert.deepEqual(graphView({ ...history([]), graph }).rows.map(({ id, lane }) => [id, lane]), [['2', 0], ['1', 0]]);
  });
});

describe('the graph as a file', () => {
  it('escapes what people write, and draws each line', () => {
    const svg = graphSvg(graphView(history([{ ...revision('a'), message: 'a < b & "c" \u0001' }, revision('b', ['a']), { ...revision('c'), dependsOn: ['a'] }])));
    assert.match(svg, /a &lt; b &amp; &quot;c&quot; </);
    assert.equal(svg.match(/<circle/g)?.length, 3);
    assert.equal(svg.match(/class="c\d dependency"/g)?.length, 1);
    assert.doesNotMatch(svg, /\u0001|undefined|NaN/);
  });
});

function history(files: readonly RevisionFile[]): ShownHistory {
  const { value, problems } = buildGraph(files);
  return { id: 'shop', name: 'shop', graph: value, problems, databases: [] };
}

function revision(id: string, downRevisions: readonly string[] = []): RevisionFile {
  return { path: `/v/${id}.py`, id, downRevisions, branchLabels: [], dependsOn: [], message: id, createDate: null, places: { revision: null, downRevision: null, upgrade: null, downgrade: null } };
}

function flatten(nodes: readonly HistoryNode[]): readonly HistoryNode[] {
  return nodes.flatMap((node) => [node, ...flatten(node.children?.() ?? [])]);
}
