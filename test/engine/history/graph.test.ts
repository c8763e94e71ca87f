import assert from 'node:assert/strict';
import { buildGraph } from '../../../src/engine/history/graph';
import { historyOrder, pending } from '../../../src/engine/history/order';
import { readRevisionFile } from '../../../src/engine/history/read-revision-file';
import { resolveRevision } from '../../../src/engine/history/resolve';
import type { RevisionFile } from '../../../src/engine/history/revision';
import { formatMessage } from '../../../src/engine/text/problem';

describe('the graph of revisions', () => {
  it('tells a parent that does not exist, at its line', () => {
    const file = readRevisionFile('/v/b.py', "revision = 'bbbb'\ndown_revision = 'gone'\ndef upgrade(): pass\n").value!;
    const { value, problems } = buildGraph([revision('aaaa'), file]);
    assert.deepEqual(problems.map((problem) => [problem.code, problem.at]), [['broken-parent', { path: '/v/b.py', range: { start: 18, end: 40 } }]]);
    assert.deepEqual(value.heads, ['aaaa', 'bbbb']);
    assert.deepEqual(value.bases, ['aaaa', 'bbbb']);
  });

  it('says which id a shortened parent means', () => {
    const { problems } = buildGraph([revision('abcdef12'), revision('bbbb', ['abcd'])]);
    assert.equal(formatMessage(problems[0]!.message), 'The parent `abcd` must be written in full: abcdef12.');
  });

  it('tells an id that stands twice, in both files', () => {
    const { value, problems } = buildGraph([{ ...revision('aaaa'), path: '/v/1.py' }, { ...revision('aaaa'), path: '/v/2.py' }]);
    assert.deepEqual(problems.map((problem) => [problem.code, problem.at?.path]), [['duplicate-revision', '/v/2.py'], ['duplicate-revision', '/v/1.py']]);
    assert.equal(value.nodes.get('aaaa')?.file.path, '/v/2.py');
  });

  it('tells a circle and still gives an order', () => {
    const { value, problems } = buildGraph([revision('aaaa', ['cccc']), revision('bbbb', ['aaaa']), revision('cccc', ['bbbb']), revision('dddd', ['cccc']), revision('eeee', ['eeee'])]);
    assert.deepEqual(problems.map((problem) => problem.code), ['revision-cycle', 'revision-cycle', 'revision-cycle', 'revision-cycle']);
    assert.equal(historyOrder(value).length, 5);
    assert.equal(pending(value, []).pending.length, 5);
  });

  it('tells dependencies and labels that lead nowhere or clash', () => {
    const { problems } = buildGraph([{ ...revision('aaaa'), dependsOn: ['nope'], branchLabels: ['one'] }, { ...revision('bbbb'), branchLabels: ['one', 'aaaa'] }]);
    assert.deepEqual(problems.map((problem) => problem.code).sort(), ['broken-dependency', 'duplicate-label', 'duplicate-label']);
  });

  it('does not call several heads a problem', () => {
    const { value, problems } = buildGraph([revision('aaaa'), revision('bbbb', ['aaaa']), revision('cccc', ['aaaa'])]);
    assert.deepEqual(problems, []);
    assert.deepEqual(value.heads, ['bbbb', 'cccc']);
    assert.match(reasonOf(resolveRevision(value, 'head')), /several heads: bbbb, cccc/);
  });

  it('knows which revisions a database lacks and which the files lack', () => {
    const { value } = buildGraph([revision('aaaa1111'), revision('bbbb', ['aaaa1111']), revision('cccc', ['bbbb'])]);
    const { pending: waiting, applied, unknown, overlapping } = pending(value, ['aaaa', 'feed']);
    assert.deepEqual(waiting.map((file) => file.id), ['bbbb', 'cccc']);
    assert.deepEqual(applied.map((file) => file.id), ['aaaa1111']);
    assert.deepEqual(unknown, ['feed']);
    assert.deepEqual(overlapping, []);
    assert.deepEqual(pending(value, ['aaaa1111', 'cccc']).overlapping, ['aaaa1111']);
  });

  it('stands without revisions', () => {
    const { value } = buildGraph([]);
    assert.deepEqual(pending(value, []), { pending: [], applied: [], unknown: [], overlapping: [] });
    assert.match(reasonOf(resolveRevision(value, 'head')), /no revision yet/);
  });

  it('goes through thousands of revisions at once', () => {
    const files = Array.from({ length: 4000 }, (_, index) => revision(`r${String(index).padStart(5, '0')}`, index === 0 ? [] : [`r${String(index - 1).padStart(5, '0')}`]));
    const start = performance.now();
    const { value } = buildGraph(files);
    assert.equal(pending(value, ['r01000']).pending.length, 2999);
    assert.ok(performance.now() - start < 2000);
  });
});

function revision(id: string, downRevisions: readonly string[] = []): RevisionFile {
  return { path: `/v/${id}.py`, id, downRevisions, branchLabels: [], dependsOn: [], message: id, createDate: null, places: { revision: null, downRevision: null, upgrade: null, downgrade: null } };
}

function reasonOf(found: ReturnType<typeof resolveRevision>): string {
  assert.ok('reason' in found);
  return formatMessage(found.reason);
}
