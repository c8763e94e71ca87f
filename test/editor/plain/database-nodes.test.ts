import assert from 'node:assert/strict';
import type { RevisionFile } from '../../../src/engine/history/revision';
import { buildGraph } from '../../../src/engine/history/graph';
import { positionOf } from '../../../src/engine/history/position';
import type { Connection } from '../../../src/editor/connection-setting';
import { databaseNodes, pendingBadge, stateWords, type DatabaseOutcome, type DatabaseState } from '../../../src/editor/views/database-nodes';
import type { Node } from '../../../src/editor/views/tree-node';

describe('the Databases view as data', () => {
  it('says up to date, and marks the head among the applied ones, newest first', () => {
    const [node] = databaseNodes([stateOf('dev', ['c3'])]);
    assert.equal(node!.description, 'up to date · app@localhost/shop');
    assert.deepEqual(lines(node!), ['Applied 3', '  third (head · c3)', '  second (b2)', '  first (a1)']);
    assert.equal(node!.expanded, false);
  });

  it('lists pending revisions with the next to run first, before the applied ones', () => {
    const [node] = databaseNodes([stateOf('staging', ['a1'])]);
    assert.equal(node!.description, '2 pending · app@localhost/shop');
    assert.deepEqual(lines(node!), ['Pending 2', '  second (next · b2)', '  third (head · c3)', 'Applied 1', '  first (current · a1)']);
    assert.equal(node!.expanded, true);
  });

  it('lists everything as pending where nothing was applied yet', () => {
    const [node] = databaseNodes([stateOf('fresh', [])]);
    assert.deepEqual(lines(node!), ['Pending 3', '  first (next · a1)', '  second (b2)', '  third (head · c3)', 'Applied nothing yet']);
  });

  it('calls nothing pending where the database is at a revision that no file has', () => {
    const [node] = databaseNodes([stateOf('prod', ['ffff'])]);
    assert.equal(node!.description, 'ahead: unknown revision · app@localhost/shop');
    assert.deepEqual(lines(node!), ['Unknown 1 · in the database, not in the files', '  ffff (no file here has it)']);
  });

  it('says why a database is unreachable and, below it, what to do', () => {
    const [node] = databaseNodes([
      { connection: connection('dev'), target: 'app@localhost/shop', outcome: { kind: 'unreachable', reason: 'connection refused', advice: 'Start the server.' } },
    ]);
    assert.equal(node!.description, 'unreachable: connection refused · app@localhost/shop');
    assert.deepEqual(lines(node!), ['Start the server.', 'Retry now']);
    assert.equal(node!.children[0]!.connectionId, 'dev');
  });

  it('says that one was lost, when it is tried again, and offers to do so now', () => {
    const lost = { kind: 'unreachable', reason: 'no answer', advice: 'Is a VPN needed?', isLost: true, retryIn: 29_500 } as const;
    const [node] = databaseNodes([{ connection: connection('dev'), target: 'app@localhost/shop', outcome: lost }]);
    assert.equal(node!.description, 'lost: no answer, trying again in 30 s · app@localhost/shop');
    assert.equal(node!.children[1]!.spoken, 'Retry dev now');
    assert.equal(stateWords({ ...lost, retryIn: null }), 'lost: no answer');
  });

  it('names a row of the version table that another one includes, which Alembic refuses', () => {
    const [node] = databaseNodes([stateOf('dev', ['b2', 'c3'])]);
    assert.match(lines(node!)[0]!, /holds b2/);
  });

  it('tells a screen reader the name, the environment, the state and the place', () => {
    const [node] = databaseNodes([stateOf('prod', ['a1'], 'production')]);
    assert.equal(node!.spoken, 'prod, production database, 2 pending, app@localhost/shop');
    assert.equal(node!.children[0]!.children[0]!.spoken, 'second, revision b2, pending, next');
  });

  it('says in words whatever an icon or a colour shows', () => {
    const outcomes: readonly DatabaseOutcome[] = [
      { kind: 'connecting' }, { kind: 'restricted' }, { kind: 'noHistory', reason: 'no project is open' }, { kind: 'unreachable', reason: 'no answer', advice: 'Is a VPN needed?' }, { kind: 'unreachable', reason: 'no answer', advice: '', isLost: true },
      ...[['c3'], ['b2'], ['a1'], [], ['ffff'], ['ffff', 'a1'], ['b2', 'c3']].map(read),
    ];
    const shown = new Map<string, string>();
    const look = ({ label, spoken, icon, tint, children }: Node): void => {
      const looks = `${icon} ${tint}`;
      assert.equal(shown.get(`${label}: ${spoken}`) ?? looks, looks, `${spoken} is said of two lines that look otherwise`);
      shown.set(`${label}: ${spoken}`, looks);
      children.forEach(look);
    };
    databaseNodes(outcomes.map((outcome) => ({ connection: connection('dev'), target: null, outcome }))).forEach(look);
    assert.ok(shown.size > 20);
  });

  it('gives every node an id of its own', () => {
    const ids = databaseNodes([stateOf('dev', ['c3']), stateOf('staging', ['a1']), stateOf('prod', ['ffff', 'a1'])]).flatMap(idsOf);
    assert.equal(new Set(ids).size, ids.length);
  });

  it('marks several heads, and counts what is pending on all databases', () => {
    const branched = buildGraph([...files, revision('d4', ['b2'], 'fourth')]).value;
    const at = (versions: readonly string[]): DatabaseState => ({ connection: connection(versions.join('+')), target: null, outcome: { kind: 'read', versions, hasVersionTable: true, position: positionOf(branched, versions), supabase: null } });
    const [both, one] = databaseNodes([at(['c3', 'd4']), at(['c3'])]);
    assert.deepEqual(lines(both!).filter((line) => line.includes('head')), ['  third (head · c3)', '  fourth (head · d4)']);
    assert.deepEqual(lines(one!).slice(0, 2), ['Pending 1', '  fourth (next · head · d4)']);
    assert.deepEqual(pendingBadge([at(['c3', 'd4']), at(['c3']), at(['a1'])]), { value: 4, tooltip: '4 pending: 1 on c3, 3 on a1' });
    assert.equal(pendingBadge([at(['c3', 'd4'])]), null);
  });

  it('has the same words for the status bar', () => {
    assert.equal(stateWords(read(['ffff', 'a1'])), 'ahead: unknown revision, 2 pending');
    assert.equal(stateWords(read(['ffff', 'eeee'])), 'ahead: 2 unknown revisions');
    assert.equal(stateWords({ kind: 'connecting' }), 'connecting…');
  });
});

const files = [revision('a1', [], 'first'), revision('b2', ['a1'], 'second'), revision('c3', ['b2'], 'third')];
const graph = buildGraph(files).value;

function read(versions: readonly string[]): DatabaseOutcome {
  return { kind: 'read', versions, hasVersionTable: true, position: positionOf(graph, versions), supabase: null };
}

function stateOf(id: string, versions: readonly string[], environment: Connection['environment'] = 'development'): DatabaseState {
  return { connection: connection(id, environment), target: 'app@localhost/shop', outcome: read(versions) };
}

function connection(id: string, environment: Connection['environment'] = 'development'): Connection {
  return { id, name: id, environment, source: { kind: 'alembicIni' }, passwordCommand: null, project: null, origin: 'workspace' };
}

function revision(id: string, downRevisions: readonly string[], message: string): RevisionFile {
  const places = { revision: null, downRevision: null, upgrade: null, downgrade: null };
  return { path: `/app/versions/${id}.py`, id, downRevisions, branchLabels: [], dependsOn: [], message, createDate: null, places };
}

function lines(node: Node, indent = ''): readonly string[] {
  return node.children.filter(({ label }) => label !== 'Enum types' && label !== 'Drift').flatMap((child) => {
    const note = child.description === '' ? '' : child.children.length > 0 || child.label === 'Applied' ? ` ${child.description}` : ` (${child.description})`;
    return [`${indent}${child.label}${note}`, ...lines(child, `${indent}  `)];
  });
}

function idsOf(node: Node): readonly string[] {
  return [node.id, ...node.children.flatMap(idsOf)];
}
