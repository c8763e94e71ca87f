import assert from 'node:assert/strict';
import type { Connection } from '../../../src/editor/connection-setting';
import { noDetails, type DatabaseDetails, type UnknownState } from '../../../src/editor/views/database-details';
import { databaseNodes, stateWords, type DatabaseOutcome, type DatabaseState } from '../../../src/editor/views/database-nodes';
import { enumInsights } from '../../../src/editor/views/enum-insights';
import { revisionMarks } from '../../../src/editor/views/revision-marks';
import type { Node } from '../../../src/editor/views/tree-node';
import { buildGraph } from '../../../src/engine/history/graph';
import { asRevision, positionOf, supabasePositionOf } from '../../../src/engine/history/position';
import type { RevisionFile } from '../../../src/engine/history/revision';
import { plainColumn, plainTable } from '../../../src/engine/schema/plain';
import { emptySchema, type EnumType, type Schema, type Table } from '../../../src/engine/schema/schema';
import { driftOf, type Drift } from '../../../src/engine/verify/drift';
import type { GitRevision } from '../../../src/workspace/git-place';

/** What the Databases view finds out in the background, as the lines that a person reads. */
describe('the details of a database as data', () => {
  describe('revisions that no file has', () => {
    const found: GitRevision = { id: 'ffff', path: '/app/versions/ffff_x.py', text: '', ref: 'refs/heads/feature/x', place: { kind: 'branch', name: 'feature/x', isCurrent: false }, commit: { id: 'abc12345', date: 0, author: 'Ada', subject: 'Add it' } };
    const shown = (state: UnknownState | null): Node => {
      const unknown = new Map(state === null ? [] : [['ffff', state]]);
      return databaseNodes([stateOf(read(['ffff']))], () => ({ ...noDetails, unknown }))[0]!.children[0]!.children[0]!;
    };
    it('say where git has them, and can be restored then', () => {
      const node = shown({ kind: 'found', revision: found, words: 'on branch feature/x, commit abc12345, 3 days ago, by Ada' });
      assert.equal(node.description, 'on branch feature/x, commit abc12345, 3 days ago, by Ada');
      assert.deepEqual([node.context, node.unknown, node.connectionId], ['alembicReview.unknownRevision', { id: 'ffff', form: 'alembic' }, 'dev']);
      assert.match(node.tooltip, /Add it\nRestore writes that file where it was/);
      assert.deepEqual(node.children, []);
    });
    it('say plainly that git does not have them, and what to do', () => {
      const node = shown({ kind: 'nowhere', isWhole: true });
      assert.deepEqual([node.description, node.context], ['git does not have it', 'alembicReview.lostRevision']);
      assert.match(node.children[0]!.label, /git fetch --all/);
      assert.match(shown({ kind: 'nowhere', isWhole: false }).description, /not searched to the end/);
      assert.match(shown({ kind: 'noRepository' }).children[0]!.label, /no git repository/);
    });
    it('are being looked for, or were stored by Supabase’s CLI', () => {
      assert.equal(shown({ kind: 'searching' }).description, 'looking for it in git…');
      assert.equal(shown({ kind: 'stored' }).context, 'alembicReview.unknownRevision');
      assert.equal(shown(null).description, 'no file here has it');
    });
  });

  describe('revisions that were edited after they were applied', () => {
    const edited = new Map([['/app/versions/a1.py', { path: '/app/versions/a1.py', where: 'main', changes: 'new: drop table place', text: 'old' }]]);
    it('are marked, and lead to both texts side by side', () => {
      const applied = databaseNodes([stateOf(read(['c3']))], () => ({ ...noDetails, edited }))[0]!.children[0]!;
      assert.deepEqual([applied.description, applied.expanded], ['3 · 1 edited since', true]);
      const [third, , first] = applied.children;
      assert.deepEqual([third!.icon, first!.icon, first!.description, first!.spoken], ['circle-filled', 'warning', 'edited · a1', 'first, revision a1, applied, edited after it was applied']);
      assert.deepEqual(first!.children.map(({ label, description, click }) => [label, description, click]), [['new: drop table place', 'compare with main', { kind: 'compare', path: '/app/versions/a1.py', text: 'old', where: 'main' }]]);
    });
    it('are badged in the explorer, before what is pending and applied', () => {
      const marks = revisionMarks([stateOf(read(['b2'])), { ...stateOf(read(['c3'])), connection: connection('prod') }], (id) => (id === 'prod' ? edited : new Map()));
      assert.deepEqual([...marks].map(([path, { badge, words }]) => [path, badge, words]), [
        ['/app/versions/c3.py', '↑', 'Migration: pending on dev; applied on prod'],
        ['/app/versions/b2.py', '✓', 'Migration: applied on dev, prod'],
        ['/app/versions/a1.py', '!', 'Migration: edited after it was applied (new: drop table place); applied on dev, prod'],
      ]);
    });
  });

  describe('Supabase’s history beside Alembic’s', () => {
    const migrations = ['20240101000000', '20240202000000'].map((version) => ({ version, name: 'it', path: `/app/supabase/migrations/${version}_it.sql` }));
    const both = (versions: readonly string[], problem: string | null = null): DatabaseOutcome => ({ ...(read(['c3']) as Extract<DatabaseOutcome, { kind: 'read' }>), supabase: { position: supabasePositionOf(migrations, versions), problem } });
    it('has a group of its own, and counts', () => {
      const [node] = databaseNodes([stateOf(both(['20240101000000']))]);
      assert.equal(node!.description, 'up to date; Supabase 1 pending · here');
      assert.deepEqual(node!.children.slice(0, 2).map(({ label, description }) => [label, description]), [['Alembic', 'up to date'], ['Supabase', '1 pending']]);
      assert.deepEqual(node!.children[1]!.children.map(({ label, children }) => [label, ...children.map(({ description }) => description)]), [['Pending', 'next · head · 20240202000000'], ['Applied', 'current · 20240101000000']]);
      const ids = idsOf(node!);
      assert.equal(new Set(ids).size, ids.length);
    });
    it('says nothing more where both are up to date, and why where it can’t be read', () => {
      assert.equal(stateWords(both(['20240101000000', '20240202000000'])), 'up to date');
      assert.equal(databaseNodes([stateOf(both([], 'This user may not read it.'))])[0]!.children[1]!.description, 'This user may not read it.');
    });
    it('names the versions that no file has with the form that they are restored in', () => {
      const [node] = databaseNodes([stateOf(both(['20230101000000', '20240101000000', '20240202000000']))]);
      assert.deepEqual(node!.children[1]!.children[0]!.children.map(({ unknown }) => unknown), [{ id: '20230101000000', form: 'supabase' }]);
    });
  });

  describe('enum types', () => {
    const types = (...enums: readonly (readonly [string, string])[]): readonly EnumType[] => enums.map(([name, labels]) => ({ schema: null, name, labels: labels.split(' '), comment: null, owner: null, extension: null }));
    const column = { ...plainColumn, name: 'state', type: { kind: 'enum', schema: null, name: 'mood', dimensions: 0 } } as const;
    const schema = (enums: readonly EnumType[], tables: readonly Table[] = []): Schema => ({ ...emptySchema, enums, tables });
    const shown = (insight: DatabaseDetails['insight']): Node => databaseNodes([stateOf(read(['c3']))], () => ({ ...noDetails, insight }))[0]!.children.find(({ label }) => label === 'Enum types')!;
    it('tell their values, who uses them, and what is not as in the models', () => {
      const models = schema(types(['mood', 'sad ok glad'], ['size', 's m'], ['kind', 'a'], ['fresh', 'x']));
      const database = schema(types(['mood', 'ok sad'], ['size', 'm s'], ['kind', 'a'], ['old', 'y']), [{ ...plainTable, schema: null, name: 'person', columns: [column] }]);
      const node = shown({ kind: 'read', drift: nothing, enums: enumInsights(database, database, models) });
      assert.equal(node.description, '4 · 2 not as in the models · 1 more in the models');
      assert.deepEqual(node.children.map(({ label, description }) => [label, description]), [
        ['fresh', 'in the models, not in the database · x'],
        ['kind', 'a'],
        ['mood', 'not as in the models · ok, sad'],
        ['old', 'in no model · y'],
        ['size', 'not as in the models · m, s'],
      ]);
      const [, , mood, , size] = node.children;
      assert.deepEqual(mood!.children.map(({ label, description }) => [label, description]), [['ok', ''], ['sad', ''], ['glad', 'in the models, not in the database'], ['person.state', 'uses it']]);
      assert.deepEqual(size!.children[0]!.label, 'In the models: s, m');
    });
    it('are no difference where pending revisions bring them, or where there are no models', () => {
      const [database, after] = [schema(types(['mood', 'sad'])), schema(types(['mood', 'sad ok'], ['fresh', 'x']))];
      assert.deepEqual(enumInsights(database, after, after).map(({ state }) => state), ['coming', 'coming']);
      assert.deepEqual(enumInsights(database, after, null).map(({ state }) => state), ['notCompared']);
    });
  });

  describe('drift', () => {
    const table = (...columns: readonly string[]): Schema => ({ ...emptySchema, tables: [{ ...plainTable, schema: null, name: 'place', columns: columns.map((name) => ({ ...plainColumn, name, type: { kind: 'builtin', name: 'text', args: [], dimensions: 0 } })) }] });
    const shown = (drift: Drift): Node => databaseNodes([stateOf(read(['c3']))], () => ({ ...noDetails, insight: { kind: 'read', enums: [], drift } }))[0]!;
    it('is counted on the connection and told part by part', () => {
      const node = shown(driftOf({ database: table('id', 'nick'), databaseAfter: table('id', 'nick'), history: table('id'), historyAfter: table('id'), models: table('id', 'city') }));
      assert.equal(node.description, 'up to date, drift: 1 · here');
      const group = node.children.at(-1)!;
      assert.equal(group.description, '1 difference');
      assert.deepEqual(group.children.map(({ label, click }) => [label, click?.kind]), [['table place', 'verify'], ['1 object of the models waits for a migration (no drift)', 'generate'], ['Show the whole report', 'verify']]);
      assert.deepEqual(group.children[0]!.children.map(({ label, description }) => [label, description]), [['column nick', 'only in the database; no revision makes it']]);
    });
    it('is none, or not known', () => {
      assert.deepEqual(((node) => [node.description, node.icon])(shown(nothing).children.at(-1)!), ['none', 'pass']);
      assert.deepEqual(((node) => [node.description, node.icon])(shown({ ...nothing, against: [] }).children.at(-1)!), ['not known', 'question']);
      const lost = shown({ ...nothing, against: ['models'] }).children.at(-1)!;
      assert.deepEqual([lost.description, lost.icon, lost.children.length], ['none from the models; its history is not known', 'question', 1]);
      const failed = databaseNodes([stateOf(read(['c3']))], () => ({ ...noDetails, insight: { kind: 'failed', reason: 'no right' } }))[0]!.children.at(-1)!;
      assert.equal(failed.description, 'not known: no right');
    });
  });
});

const files = [revision('a1', [], 'first'), revision('b2', ['a1'], 'second'), revision('c3', ['b2'], 'third')];
const graph = buildGraph(files).value;
const nothing: Drift = { objects: [], ungenerated: [], unknown: 0, against: ['history', 'models'] };

function read(versions: readonly string[]): DatabaseOutcome {
  return { kind: 'read', versions, hasVersionTable: true, position: positionOf(graph, versions), supabase: null };
}

function stateOf(outcome: DatabaseOutcome): DatabaseState {
  return { connection: connection('dev'), target: 'here', outcome };
}

function connection(id: string): Connection {
  return { id, name: id, environment: 'development', source: { kind: 'alembicIni' }, project: null, passwordCommand: null, origin: 'workspace' };
}

function revision(id: string, downRevisions: readonly string[], message: string): RevisionFile {
  return { ...asRevision({ version: id, name: message, path: `/app/versions/${id}.py` }), downRevisions };
}

function idsOf(node: Node): readonly string[] {
  return [node.id, ...node.children.flatMap(idsOf)];
}
