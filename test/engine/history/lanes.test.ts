import assert from 'node:assert/strict';
import fc from 'fast-check';
import { buildGraph, type RevisionGraph } from '../../../src/engine/history/graph';
import { crossings, layOutLanes, type LaneRow, type Lanes } from '../../../src/engine/history/lanes';
import { historyOrder } from '../../../src/engine/history/order';
import { readRevisionFile } from '../../../src/engine/history/read-revision-file';
import type { RevisionFile } from '../../../src/engine/history/revision';
import { syntheticHistory } from '../../bench/synthetic-history';

describe('the lanes of a history', () => {
  it('draws a line of revisions in one lane', () => {
    const { rows, width } = lay([revision('a'), revision('b', ['a']), revision('c', ['b'])]);
    assert.equal(width, 1);
    assert.deepEqual(rows.map(({ id, lane }) => [id, lane]), [['c', 0], ['b', 0], ['a', 0]]);
    assert.deepEqual(rows[1]!.lines, [{ part: 'in', lane: 0, colour: 0, kind: 'parent' }, { part: 'out', lane: 0, colour: 0, kind: 'parent' }]);
  });

  it('draws two heads beside each other, down to where they part', () => {
    const { rows, width } = lay([revision('a'), revision('b', ['a']), revision('c', ['a'])]);
    assert.equal(width, 2);
    assert.deepEqual(rows.map(({ id, lane, lines }) => [id, lane, lines.map(({ part, lane: to }) => `${part} ${to}`)]), [
      ['b', 0, ['out 0']],
      ['c', 1, ['through 0', 'out 0']],
      ['a', 0, ['in 0']],
    ]);
  });

  it('marks what is only a dependency, until a parent shares its lane', () => {
    const { rows } = lay([revision('a'), { ...revision('b'), dependsOn: ['a'] }, revision('c', ['a'])]);
    const kinds = new Map(rows.map(({ id, lines }) => [id, lines.map(({ part, kind }) => `${part} ${kind}`)]));
    assert.deepEqual(kinds.get('b'), ['out dependency']);
    assert.deepEqual(kinds.get('a'), ['in parent']);
  });

  it('uses a lane again that has arrived', () => {
    // Ten merges of a short branch, one after the other.
    const files = [revision('r0')];
    for (let index = 0; index < 10; index++) files.push(revision(`x${index}`, [`r${index}`]), revision(`y${index}`, [`r${index}`]), revision(`r${index + 1}`, [`x${index}`, `y${index}`]));
    const lanes = lay(files);
    assert.equal(lanes.width, 2);
    assert.equal(crossings(lanes), 0);
  });

  it('stands on a circle and on parents that are not there', () => {
    const { rows } = lay([revision('a', ['c']), revision('b', ['a']), revision('c', ['b']), revision('d', ['gone']), revision('e', ['d'])]);
    assert.equal(rows.length, 5);
  });

  it('leads each line from a revision to the one that it stands on, and nowhere else', () => {
    fc.assert(
      fc.property(histories(), (files) => {
        const graph = buildGraph(files).value;
        const lanes = layOutLanes(graph, historyOrder(graph));
        assert.deepEqual(followed(lanes), written(graph));
      }),
    );
  });

  it('is never wider than what is waited for, and crosses less than lanes that begin at the edge', () => {
    let [ours, naive] = [0, 0];
    fc.assert(
      fc.property(histories(), (files) => {
        const graph = buildGraph(files).value;
        const order = historyOrder(graph);
        const lanes = layOutLanes(graph, order);
        assert.equal(lanes.width, leastWidth(graph, order));
        for (const row of lanes.rows) assert.ok(row.lane < lanes.width && row.lines.every(({ lane }) => lane < lanes.width));
        ours += crossings(lanes);
        naive += crossings(atTheEdge(graph, order));
      }),
      { seed: 7, numRuns: 300 },
    );
    assert.ok(naive > 100, String(naive));
    assert.ok(ours < naive * 0.85, `${ours} of ${naive}`);
  });

  it('lays out 2,000 revisions of a team without a crossing, in a moment', () => {
    const files = syntheticHistory(2000).flatMap(({ name, text }) => readRevisionFile(`/v/${name}`, text).value ?? []);
    const graph = buildGraph(files).value;
    const order = historyOrder(graph);
    const start = performance.now();
    const lanes = layOutLanes(graph, order);
    const took = performance.now() - start;
    assert.equal(lanes.rows.length, 2000);
    assert.equal(lanes.width, 2);
    assert.equal(crossings(lanes), 0);
    assert.ok(took < 500, `${took} ms`);
  });
});

function lay(files: readonly RevisionFile[]): Lanes {
  const graph = buildGraph(files).value;
  return layOutLanes(graph, historyOrder(graph));
}

function revision(id: string, downRevisions: readonly string[] = []): RevisionFile {
  return { path: `/v/${id}.py`, id, downRevisions, branchLabels: [], dependsOn: [], message: id, createDate: null, places: { revision: null, downRevision: null, upgrade: null, downgrade: null } };
}

/** Any history: each revision stands on up to three earlier ones and depends on up to one. */
function histories(): fc.Arbitrary<readonly RevisionFile[]> {
  const back = fc.integer({ min: 1, max: 6 });
  return fc.array(fc.record({ down: fc.array(back, { maxLength: 3 }), depends: fc.option(back, { freq: 6, nil: null }) }), { minLength: 1, maxLength: 40 }).map((entries) =>
    entries.map(({ down, depends }, index) => ({
      ...revision(`r${index}`, [...new Set(down.filter((distance) => distance <= index).map((distance) => `r${index - distance}`))]),
      dependsOn: depends === null || depends > index ? [] : [`r${index - depends}`],
    })),
  );
}

function written(graph: RevisionGraph): readonly string[] {
  return [...graph.nodes].flatMap(([id, node]) => [...new Set([...node.downRevisions, ...node.dependencies])].map((to) => `${id} ${to}`)).sort();
}

/** Walks down the lanes as an eye would. */
function followed({ rows }: Lanes): readonly string[] {
  const found: string[] = [];
  for (const [index, row] of rows.entries()) {
    for (const out of row.lines.filter(({ part }) => part === 'out')) {
      const lane = out.lane;
      let at = index + 1;
      while (rows[at]?.lane !== lane) {
        assert.ok(rows[at]?.lines.some((line) => line.part === 'through' && line.lane === lane), `${row.id}: the lane ${lane} breaks off`);
        at++;
      }
      assert.ok(rows[at]!.lines.some((line) => line.part === 'in'));
      found.push(`${row.id} ${rows[at]!.id}`);
    }
  }
  return found.sort();
}

/** Revisions above which something waits for them, at the row where there are most: what any drawing needs a lane each for. */
function leastWidth(graph: RevisionGraph, order: readonly string[]): number {
  const waiting = new Set<string>();
  let most = 0;
  for (const id of order) {
    most = Math.max(most, waiting.has(id) ? waiting.size : waiting.size + 1);
    waiting.delete(id);
    const node = graph.nodes.get(id)!;
    for (const to of [...node.downRevisions, ...node.dependencies]) waiting.add(to);
    most = Math.max(most, waiting.size);
  }
  return most;
}

/** The simplest drawing: every lane begins at the right edge, and each line has one of its own. */
function atTheEdge(graph: RevisionGraph, order: readonly string[]): Lanes {
  let open: { readonly to: string; readonly lane: number }[] = [];
  let next = 0;
  const rows = order.map((id): LaneRow => {
    const arriving = open.filter(({ to }) => to === id);
    open = open.filter(({ to }) => to !== id);
    const lane = arriving[0]?.lane ?? next++;
    const through = open.map((other) => ({ part: 'through', lane: other.lane, colour: 0, kind: 'parent' }) as const);
    const node = graph.nodes.get(id)!;
    const out = [...new Set([...node.downRevisions, ...node.dependencies])].map((to, index) => ({ to, lane: index === 0 ? lane : next++ }));
    open.push(...out);
    return { id, lane, colour: 0, lines: [...through, ...out.map((other) => ({ part: 'out', lane: other.lane, colour: 0, kind: 'parent' }) as const)] };
  });
  return { rows, width: next };
}
