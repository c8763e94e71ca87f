/** Every step of a checklist in every state that it can have, by the facts that lead to it. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { alembicCommand, supabaseCommand } from '../../../src/engine/checklist/alembic-command';
import { migrationAtHand, type Candidate } from '../../../src/engine/checklist/at-hand';
import { checklistOf } from '../../../src/engine/checklist/checklist';
import type { ChecklistItem, ChecklistStep } from '../../../src/engine/checklist/items';
import { commitMessage } from '../../../src/engine/checklist/commit-message';
import type { ChecklistFacts, DatabaseFacts, DraftFacts, GitRepository, ReviewFacts } from '../../../src/engine/checklist/facts';
import { roundTrip, type RunEvidence } from '../../../src/engine/checklist/run-evidence';
import { declaringFiles, touchedBy } from '../../../src/engine/checklist/touched';
import type { Operation } from '../../../src/engine/operations/operation';
import { emptySchema, type ColumnType, type EnumType, type Schema, type Table } from '../../../src/engine/schema/schema';
import { formatMessage, message } from '../../../src/engine/text/problem';

const draftPath = '/shop/versions/b2_status.py';
const modelPath = '/shop/models.py';
const text: ColumnType = { kind: 'builtin', name: 'text', args: [], dimensions: 0 };
const statusType: ColumnType = { kind: 'enum', schema: null, name: 'status', dimensions: 0 };
const statusEnum: EnumType = { schema: null, name: 'status', labels: ['NEW', 'DONE'], comment: null, extension: null, at: { path: '/shop/enums.py', range: { start: 0, end: 6 } } };
const source = { path: draftPath, range: { start: 10, end: 20 }, editable: true, statement: { path: draftPath, range: { start: 10, end: 20 } }, arguments: {} };

function table(name: string, type: ColumnType = text, path?: string): Table {
  const at = path === undefined ? {} : { at: { path, range: { start: 1, end: 2 } } };
  const column = { name: 'state', type, nullable: true, default: null, identity: null, generated: null, serial: false, collation: null, comment: null, renamedFrom: null, modelDefault: null, ...at };
  return { schema: null, name, columns: [column], primaryKey: null, foreignKeys: [], uniques: [], checks: [], excludes: [], indexes: [], comment: null, policies: [], rowLevelSecurity: false, partitionBy: null, partitionOf: null, owner: null, extension: null, renamedFrom: null, ...at };
}

const before: Schema = { ...emptySchema, tables: [table('job')] };
const after: Schema = { ...emptySchema, tables: [table('job', statusType)], enums: [statusEnum] };
const models: Schema = { ...emptySchema, tables: [table('job', statusType, modelPath)], enums: [statusEnum] };
const upgrade: readonly Operation[] = [
  { kind: 'create_enum', enum: statusEnum, checkFirst: false, source },
  { kind: 'alter_column', schema: null, table: 'job', column: 'state', type: statusType, using: 'state::status', source },
];

const review: ReviewFacts = { upgrade, before, after, desired: models, findings: [], notReviewed: [], downgradeRaises: false };
const draft: DraftFacts = { id: 'b2', name: 'status of jobs', path: draftPath, isHead: true, parents: ['a1'], review, earlier: [], causes: [modelPath] };
const git: GitRepository = { kind: 'repository', branch: 'feature/db-migration', mainBranch: 'main', isUnborn: false, operation: null, changes: [] };
const dev: DatabaseFacts = { id: 'd', name: 'dev', environment: 'development', standing: { kind: 'read', applied: true, pendingBefore: 0, versions: ['b2'], unknown: [] }, verified: { against: 'models', objects: [{ kind: 'table', name: 'job', status: 'same', parts: [], expected: null, actual: null, reason: null }, { kind: 'enum type', name: 'status', status: 'same', parts: [], expected: null, actual: null, reason: null }] } };
const pendingDev: DatabaseFacts = { ...dev, standing: { kind: 'read', applied: false, pendingBefore: 2, versions: ['a1'], unknown: [] }, verified: null };
const run = (did: RunEvidence['did'], at: number, more: Partial<RunEvidence> = {}): RunEvidence => ({ draft: 'h', revision: 'b2', database: { id: 'd', name: 'dev', environment: 'development' }, did, outcome: 'passed', how: 'observed', at, ...more });
const roundTripRuns = [run('upgraded', 1), run('downgraded', 2), run('upgraded', 3)];
const deployStep = { at: { path: '/shop/Procfile', range: { start: 0, end: 4 } }, line: 3, text: 'alembic upgrade head', by: 'alembic', where: 'release', role: 'deploy' } as const;

const ready: ChecklistFacts = {
  form: 'alembic',
  project: { name: 'shop', configPath: '/shop/alembic.ini', migrations: 'versions', problems: [], openHeads: ['b2'], versionTable: 'alembic_version' },
  git,
  models: { kind: 'unread' },
  draft,
  databases: [dev],
  runs: roundTripRuns,
  deploy: [deployStep],
};

const step = (facts: ChecklistFacts, id: ChecklistStep['id']): ChecklistStep => checklistOf(facts).steps.find((one) => one.id === id)!;
const item = (facts: ChecklistFacts, id: ChecklistStep['id'], name: string): ChecklistItem => step(facts, id).items.find((one) => one.id === name)!;
const words = (one: ChecklistItem): string => `${one.state}: ${one.evidence === null ? '' : formatMessage(one.evidence)}`;
const withReview = (more: Partial<ReviewFacts>): ChecklistFacts => ({ ...ready, draft: { ...draft, review: { ...review, ...more } } });
const finding = (rule: string, severity: 'error' | 'warning' | 'info' | 'hint', safe = false): ReviewFacts['findings'][number] => ({ rule, severity, message: message('Something of {rule}.', { rule }), at: { path: draftPath, range: { start: 12, end: 14 } }, fixes: safe ? [{ title: 'Fix', edits: [], safety: 'safe' }] : [] });

describe('the checklist', () => {
  it('is done where everything has its evidence', () => {
    const { steps, migration } = checklistOf(ready);
    assert.deepEqual(migration, { id: 'b2', name: 'status of jobs', path: draftPath });
    assert.deepEqual(steps.map(({ id, state, isNext }) => [id, state, isNext]), [['before', 'done', false], ['generated', 'done', false], ['reviewed', 'done', false], ['applied', 'done', false], ['verified', 'done', false], ['ready', 'done', false]]);
  });

  it('has no steps where nothing is under way', () => {
    for (const kind of ['unread', 'none', 'same'] as const) assert.deepEqual(checklistOf({ ...ready, draft: null, models: { kind } }).steps, []);
    assert.equal(checklistOf({ ...ready, draft: null, models: { kind: 'unreadable', reason: message('x') } }).migration, null);
  });

  it('asks for the migration that the models need; what comes after it waits', () => {
    const facts: ChecklistFacts = { ...ready, draft: null, models: { kind: 'changed', operations: upgrade, desired: models }, databases: [], runs: [], deploy: null };
    const { steps, migration } = checklistOf(facts);
    assert.deepEqual(migration, { id: null, name: '', path: null });
    assert.deepEqual(steps.map(({ id, state }) => [id, state]), [['before', 'done'], ['generated', 'open'], ['reviewed', 'later'], ['applied', 'later'], ['verified', 'later'], ['ready', 'unknown']]);
    assert.equal(words(item(facts, 'generated', 'generated')), 'open: The models need 2 changes that no migration makes: job.');
    assert.deepEqual(item(facts, 'generated', 'generated').action, { kind: 'generate' });
    assert.deepEqual(item(facts, 'before', 'tables').parts.map((part) => [formatMessage(part.text), part.at?.path]), [['job', modelPath]]);
  });

  it('marks the first step with something to do, and that alone', () => {
    const { steps } = checklistOf({ ...ready, git: { ...git, branch: 'main' }, deploy: [] });
    assert.deepEqual(steps.filter(({ isNext }) => isNext).map(({ id }) => id), ['before']);
  });

  describe('before', () => {
    const branch = (more: Partial<GitRepository>): string => words(item({ ...ready, git: { ...git, ...more } }, 'before', 'branch'));
    it('wants a branch that is not the one everybody works from', () => {
      assert.match(branch({ branch: 'main' }), /^open: you are on main/);
      assert.match(branch({ branch: 'master', mainBranch: null }), /^open/);
      assert.match(branch({ branch: 'master', mainBranch: 'develop' }), /^done: master/);
      assert.match(branch({ branch: 'develop', mainBranch: 'develop' }), /^open/);
      assert.match(branch({ branch: null }), /^open: HEAD is detached/);
      assert.match(branch({ isUnborn: true }), /^open: Nothing is committed/);
      assert.match(branch({ operation: 'rebase', changes: [{ path: modelPath, staged: null, unstaged: 'modified', isConflict: true }] }), /^failed: A rebase is under way/);
      for (const kind of ['none', 'untrusted', 'unread'] as const) assert.match(words(item({ ...ready, git: { kind } }, 'before', 'branch')), /^unknown: /);
    });
    it('says what else is changed', () => {
      const change = (path: string, unstaged: 'modified' | 'untracked') => ({ path, staged: null, unstaged, isConflict: false });
      assert.equal(branch({ changes: [change(draftPath, 'untracked'), change(modelPath, 'modified'), change('/shop/new.txt', 'untracked')] }), 'done: feature/db-migration');
      assert.match(branch({ changes: [change('/shop/README.md', 'modified')] }), /^done: .*1 other file is changed.*README\.md/);
    });
    it('says what is wrong with the configuration', () => {
      const problem = { code: 'x', severity: 'error', message: message('No env.py.') } as const;
      assert.deepEqual([item({ ...ready, project: { ...ready.project, problems: [problem] } }, 'before', 'configured').state, item({ ...ready, project: { ...ready.project, problems: [{ ...problem, severity: 'warning' }] } }, 'before', 'configured').state], ['failed', 'done']);
    });
    it('lists tables, new ones and those that go, and says when others may be touched', () => {
      const operations: readonly Operation[] = [{ kind: 'create_table', table: table('fresh') }, { kind: 'drop_table', schema: null, name: 'job' }, { kind: 'unknown', reason: message('?'), tables: null }];
      const tables = item(withReview({ upgrade: operations, after: { ...emptySchema, tables: [table('fresh')] } }), 'before', 'tables');
      assert.deepEqual(tables.parts.map((part) => formatMessage(part.text)), ['fresh (new)', 'job (goes)']);
      assert.match(words(tables), /may touch others$/);
    });
  });

  it('knows a history with several heads, and a draft that others stand on', () => {
    const heads = item({ ...ready, project: { ...ready.project, openHeads: ['b2', 'c3'] } }, 'generated', 'head');
    assert.deepEqual([heads.state, heads.action], ['failed', { kind: 'mergeHeads' }]);
    assert.equal(item({ ...ready, draft: { ...draft, isHead: false } }, 'generated', 'head').state, 'note');
    assert.equal(words(item({ ...ready, draft: { ...draft, parents: [] } }, 'generated', 'head')), 'done: b2, the first revision');
  });

  describe('reviewed', () => {
    it('waits for the review', () => {
      assert.equal(step({ ...ready, draft: { ...draft, review: null } }, 'reviewed').state, 'later');
    });
    it('holds enum types and column types against the models', () => {
      assert.deepEqual(item(ready, 'reviewed', 'enums').parts.map((part) => [part.state, formatMessage(part.text)]), [['done', 'status: NEW, DONE, as the models have it']]);
      assert.deepEqual(item(ready, 'reviewed', 'types').parts.map((part) => [part.state, formatMessage(part.text)]), [['done', 'job.state: text → status, as the models have it']]);
      const other: Schema = { ...models, enums: [{ ...statusEnum, labels: ['NEW'] }], tables: [table('job', text, modelPath)] };
      const facts = withReview({ desired: other });
      assert.deepEqual([item(facts, 'reviewed', 'enums').state, item(facts, 'reviewed', 'types').state], ['failed', 'failed']);
      const unknown = withReview({ desired: null });
      assert.deepEqual([item(unknown, 'reviewed', 'enums'), item(unknown, 'reviewed', 'types')].map(({ state, parts }) => [state, parts[0]?.state]), [['done', 'note'], ['done', 'note']]);
    });
    it('puts findings where they belong, with what mends them', () => {
      const facts = withReview({ findings: [finding('enum-not-created', 'error', true), finding('destructive-rename', 'warning'), finding('key-change', 'hint'), finding('missing-change', 'warning'), finding('index-not-concurrent', 'info')] });
      assert.deepEqual(step(facts, 'reviewed').items.map(({ id, state, action }) => [id, state, action?.kind ?? null]), [['enums', 'failed', 'fixAllSafe'], ['types', 'done', null], ['renames', 'open', 'open'], ['keys', 'done', null], ['findings', 'open', 'open']]);
      assert.equal(step(facts, 'reviewed').state, 'failed');
    });
    it('shows every finding exactly once', () => {
      const rules = ['enum-not-created', 'narrowing-type', 'rename-leaves-names', 'duplicate-rows', 'column-drop', 'no-such-rule'];
      const shown = step(withReview({ findings: rules.map((rule) => finding(rule, 'warning')) }), 'reviewed').items.flatMap(({ parts }) => parts.map((part) => formatMessage(part.text)).filter((words) => words.startsWith('Something of')));
      assert.deepEqual(shown.sort(), rules.map((rule) => `Something of ${rule}.`).sort());
    });
    it('takes nothing for safe that was not read', () => {
      const facts = withReview({ upgrade: [], notReviewed: [{ code: 'x', severity: 'info', message: message('A loop.') }] });
      assert.deepEqual(step(facts, 'reviewed').items.map(({ state }) => state), ['unknown', 'unknown', 'unknown', 'unknown', 'unknown']);
    });
    it('lists renames and keys', () => {
      const operations: readonly Operation[] = [{ kind: 'alter_column', schema: null, table: 'job', column: 'a', newName: 'b' }, { kind: 'drop_constraint', schema: null, table: 'job', name: 'job_key', type: 'unique' }];
      const facts = withReview({ upgrade: operations });
      assert.deepEqual([item(facts, 'reviewed', 'renames'), item(facts, 'reviewed', 'keys')].map(({ parts }) => parts.map((part) => formatMessage(part.text))), [['job.a becomes b'], ['drop constraint job_key on job']]);
    });
  });

  describe('applied', () => {
    const applied = (databases: readonly DatabaseFacts[]): ChecklistItem => item({ ...ready, databases }, 'applied', 'applied');
    const live: DatabaseFacts = { ...dev, id: 'l', name: 'live', environment: 'production' };
    it('is ticked by a development or staging database, never by production', () => {
      assert.equal(words(applied([dev])), 'done: dev has b2');
      assert.equal(words(applied([{ ...dev, environment: 'staging' }])), 'done: dev has b2');
      assert.match(words(applied([live, pendingDev])), /^failed: A production database has it, and no development/);
      assert.match(words(applied([{ ...live, standing: pendingDev.standing }])), /^open: Only production/);
    });
    it('does not take what was stamped for what ran', () => {
      const applied = (more: Partial<ChecklistFacts>): string => words(item({ ...ready, ...more }, 'applied', 'applied'));
      const stamped = { runs: [run('upgraded', 1), run('downgraded', 2), run('stamped', 3, { how: 'run' })] };
      const lacking: DatabaseFacts = { ...dev, verified: { against: 'models', objects: [{ kind: 'table', name: 'job', status: 'missing', parts: [], expected: null, actual: null, reason: null }, dev.verified!.objects[1]!] } };
      assert.equal(applied(stamped), 'note: dev was stamped with b2: it did not run there.');
      assert.equal(applied({ ...stamped, databases: [lacking] }), 'failed: dev was stamped with b2: it did not run there; job is missing there.');
      assert.deepEqual(item({ ...ready, ...stamped }, 'applied', 'applied').parts.map((one) => formatMessage(one.text)), ['dev (development): stamped, did not run']);
      const nowhere: DatabaseFacts = { ...dev, verified: { against: 'models', objects: [] } };
      assert.equal(applied({ ...stamped, databases: [nowhere] }), 'failed: dev was stamped with b2: it did not run there; job, enum type status are missing there.');
      assert.deepEqual(item({ ...ready, databases: [nowhere] }, 'verified', 'tables').parts.map((one) => formatMessage(one.text)), ['job: missing, and the models do not ask for it']);
      // By whom it was noted down nobody saw: that it is not there can be seen.
      assert.equal(applied({ databases: [lacking], runs: [run('upgraded', 1)] }), 'failed: dev notes b2 down as applied, and job is missing there: it was stamped, or undone by hand.');
      assert.equal(applied({ runs: [...stamped.runs, run('upgraded', 4)] }), 'done: dev has b2');
      const tested = (runs: readonly RunEvidence[]): string => words(item({ ...ready, runs }, 'ready', 'tested'));
      assert.match(tested([run('downgraded', 1), run('stamped', 2)]), /^open: /);
      assert.match(tested([run('upgraded', 1, { outcome: 'failed', reason: 'no type' }), run('stamped', 2)]), /^failed: On dev: no type/);
    });

    it('says what to do where it is not', () => {
      assert.deepEqual(applied([]).action, { kind: 'connect' });
      assert.equal(words(applied([pendingDev])), 'open: not on dev yet; 2 revisions before it run with it');
      assert.deepEqual(applied([pendingDev]).action, { kind: 'upgrade', connection: 'd' });
      assert.match(words(applied([{ ...dev, standing: { kind: 'unreadable', reason: 'connection refused' } }])), /^unknown: dev cannot be read: connection refused/);
    });
    const dryRun = (more: Partial<ChecklistFacts>): string => words(item({ ...ready, databases: [pendingDev], runs: [], ...more }, 'applied', 'dryRun'));
    it('has a dry run ticked by its last outcome', () => {
      assert.match(dryRun({}), /^open: This text of the draft was not tried yet/);
      assert.equal(dryRun({ runs: [run('dryRun', 1, { database: null, how: 'run' })] }), 'done: on an embedded PostgreSQL');
      assert.equal(dryRun({ runs: [run('dryRun', 1), run('dryRun', 2, { outcome: 'failed', reason: 'no type' })] }), 'failed: On dev: no type');
      assert.match(dryRun({ databases: [dev] }), /^note: Not needed any more: it ran on dev/);
      // What only stands in the version table did not run.
      assert.match(dryRun({ databases: [dev], runs: [run('stamped', 1)] }), /^open: This text of the draft was not tried yet/);
    });
  });

  describe('verified', () => {
    it('waits until a database has it', () => {
      assert.equal(step({ ...ready, databases: [pendingDev] }, 'verified').state, 'later');
    });
    it('tells tables, types and the version table by themselves', () => {
      assert.deepEqual(step(ready, 'verified').items.map(words), ['done: 1 table on dev as the models say', 'done: 1 enum type on dev as the models say', 'done: dev holds b2']);
      const objects = dev.verified!.objects.map((object) => (object.kind === 'table' ? { ...object, status: 'different' as const, parts: [{ kind: 'type' as const, name: 'state', status: 'different' as const, expected: 'status', actual: 'text', reason: null }] } : object));
      const facts: ChecklistFacts = { ...ready, databases: [{ ...dev, verified: { against: 'models', objects } }] };
      assert.deepEqual([item(facts, 'verified', 'tables').state, item(facts, 'verified', 'tables').action, item(facts, 'verified', 'enums').state], ['failed', { kind: 'verify', connection: 'd' }, 'done']);
      assert.equal(step({ ...ready, databases: [{ ...dev, verified: null }] }, 'verified').items[0]?.state, 'unknown');
    });
    it('says what else the version table holds', () => {
      const facts: ChecklistFacts = { ...ready, databases: [{ ...dev, standing: { kind: 'read', applied: true, pendingBefore: 0, versions: ['b2', 'zz'], unknown: ['zz'] } }] };
      assert.match(words(item(facts, 'verified', 'version')), /^open: dev also holds zz/);
    });
  });

  describe('ready', () => {
    const tested = (runs: readonly RunEvidence[]): string => words(item({ ...ready, runs }, 'ready', 'tested'));
    it('is tested by what went down and up again on one database, in this order', () => {
      assert.match(tested(roundTripRuns), /^done: dev was seen/);
      assert.match(tested([run('downgraded', 1), run('upgraded', 2)]), /^done/);
      assert.match(tested([run('upgraded', 1), run('downgraded', 2)]), /^open/);
      assert.match(tested([run('downgraded', 1), run('upgraded', 2, { database: { id: 'other', name: 'other', environment: 'development' } })]), /^open/);
      assert.match(tested([...roundTripRuns, run('downgraded', 4, { outcome: 'failed', reason: 'it hangs' })]), /^failed: On dev: it hangs/);
      assert.match(tested([run('dryRun', 1, { database: null, how: 'run' })]), /^done: An embedded PostgreSQL went up, down and up again/);
      assert.match(tested([]), /^open: Its downgrade did not run yet/);
      assert.equal(roundTrip([]), null);
    });
    it('lets a closed way back be', () => {
      assert.equal(item({ ...withReview({ downgradeRaises: true }), runs: [] }, 'ready', 'tested').state, 'note');
    });
    const committed = (changes: GitRepository['changes'], more: Partial<GitRepository> = {}): ChecklistItem => item({ ...ready, git: { ...git, ...more, changes } }, 'ready', 'committed');
    const change = (path: string, staged: 'added' | null, unstaged: 'untracked' | 'modified' | null) => ({ path, staged, unstaged, isConflict: false });
    it('is committed with its models', () => {
      assert.match(words(committed([])), /^done: feature\/db-migration has it/);
      const open = committed([change(draftPath, null, 'untracked'), change(modelPath, null, 'modified')]);
      assert.deepEqual([words(open), open.action], ['open: The revision and 1 model file to commit', { kind: 'commit' }]);
      assert.match(words(committed([change(draftPath, 'added', null), change(modelPath, 'added', null)])), /^open: Staged: b2_status\.py, models\.py\. Commit it\./);
      assert.deepEqual(committed([change(draftPath, 'added', 'modified')]).parts.map((part) => formatMessage(part.text)), ['b2_status.py: staged in part', 'models.py: committed']);
      assert.deepEqual(committed([change('/shop/versions/', null, 'untracked')]).state, 'open', 'in a folder that is new as a whole');
      assert.equal(words(item({ ...ready, draft: { ...draft, earlier: ['/shop/versions/b1.py'] }, git: { ...git, changes: [change(draftPath, null, 'untracked')] } }, 'ready', 'committed')), 'open: The 2 revisions and 1 model file to commit');
      assert.equal(committed([change(draftPath, null, 'untracked')], { operation: 'merge' }).state, 'failed');
      assert.equal(item({ ...ready, git: { kind: 'none' } }, 'ready', 'committed').state, 'unknown');
    });
    const deployed = (deploy: ChecklistFacts['deploy']): ChecklistItem => item({ ...ready, deploy }, 'ready', 'deployed');
    it('finds the deploy step, or offers one', () => {
      assert.equal(words(deployed([deployStep])), 'done: Procfile:3, release');
      assert.equal(deployed([deployStep]).at?.path, '/shop/Procfile');
      assert.deepEqual([deployed([]).state, deployed([]).action], ['open', { kind: 'offerDeployStep' }]);
      assert.match(words(deployed([{ ...deployStep, role: 'test' }])), /^open: It stands only in Procfile:3, release, tests/);
      assert.equal(deployed([{ ...deployStep, by: 'supabase' }]).state, 'open', 'another tool’s');
      assert.equal(deployed(null).state, 'unknown');
    });
  });

  it('speaks Supabase’s words for its files', () => {
    const facts: ChecklistFacts = { ...ready, form: 'supabase', project: { ...ready.project, configPath: '/shop/supabase/config.toml', versionTable: 'supabase_migrations.schema_migrations' }, draft: { ...draft, path: '/shop/supabase/migrations/2_x.sql', id: '2', parents: [] }, deploy: [{ ...deployStep, by: 'supabase' }] };
    const said = checklistOf(facts).steps.flatMap(({ items }) => items.map((one) => `${formatMessage(one.text)}: ${words(one)}`)).join('\n');
    assert.match(said, /`supabase db push`: done/);
    assert.match(said, /A file of SQL has no way back/);
    assert.doesNotMatch(said, /alembic|revision/i);
  });

  it('never throws, and orders states the same for any facts', () => {
    const facts = fc.record({
      draft: fc.constantFrom(null, draft, { ...draft, review: null }),
      git: fc.constantFrom(git, { kind: 'none' as const }, { ...git, branch: null }, { ...git, isUnborn: true }),
      databases: fc.subarray([dev, pendingDev, { ...dev, environment: 'production' as const }]),
      runs: fc.subarray(roundTripRuns),
      deploy: fc.constantFrom(null, [], [deployStep]),
      form: fc.constantFrom('alembic' as const, 'supabase' as const),
    });
    fc.assert(fc.property(facts, (some) => {
      const { steps } = checklistOf({ ...ready, models: { kind: 'changed', operations: upgrade, desired: models }, ...some });
      assert.equal(steps.length, 6);
      assert.ok(steps.filter(({ isNext }) => isNext).length <= 1);
      for (const { items, state } of steps) {
        assert.equal(new Set(items.map(({ id }) => id)).size, items.length);
        if (items.some((one) => one.state === 'failed')) assert.equal(state, 'failed');
        for (const one of items) assert.doesNotMatch(`${formatMessage(one.text)} ${words(one)}`, /\{\w+\}|undefined|null/);
      }
    }));
  });
});

describe('the migration at hand', () => {
  const candidate = (id: string, more: Partial<Candidate> = {}): Candidate => ({ id, path: `/${id}.py`, isActive: false, isCommitted: true, databases: [{ environment: 'development', applied: true }], ...more });
  const atHand = async (candidates: readonly Candidate[], needs = false): Promise<string> => {
    const found = await migrationAtHand(candidates, () => Promise.resolve(needs));
    return found.kind === 'draft' ? found.id : found.kind;
  };
  const production = (applied: boolean): Candidate['databases'] => [{ environment: 'development', applied: true }, { environment: 'production', applied }];

  it('is the newest that is not committed, or that no development database has', async () => {
    assert.equal(await atHand([candidate('c'), candidate('b', { isCommitted: false }), candidate('a', { isCommitted: false })]), 'b');
    assert.equal(await atHand([candidate('b', { databases: [{ environment: 'development', applied: false }] }), candidate('a')], true), 'b');
  });
  it('is the one in the active editor, as long as something of it is open', async () => {
    assert.equal(await atHand([candidate('b', { isCommitted: false }), candidate('a', { isActive: true, databases: production(false) })]), 'a');
    assert.equal(await atHand([candidate('b', { isCommitted: false }), candidate('a', { isActive: true })]), 'b');
    assert.equal(await atHand([candidate('a', { isActive: true, isCommitted: null, databases: [] })]), 'a');
  });
  it('is what the models need before what only production lacks', async () => {
    assert.equal(await atHand([candidate('b', { databases: production(false) })], true), 'generate');
    assert.equal(await atHand([candidate('b', { databases: production(false) })]), 'b');
    assert.equal(await atHand([candidate('b', { databases: production(true) })]), 'none');
    assert.equal(await atHand([], true), 'generate');
    assert.equal(await atHand([candidate('a', { isCommitted: null, databases: [] })]), 'none');
  });
  it('does not ask the models where it need not', async () => {
    await migrationAtHand([candidate('a', { isCommitted: false })], () => assert.fail('it is work'));
  });
});

describe('what a migration touches', () => {
  it('is told by the names that things have at last', () => {
    const touched = touchedBy([{ kind: 'alter_column', schema: null, table: 'a', column: 'x', nullable: true }, { kind: 'rename_table', schema: null, name: 'a', newName: 'b' }, { kind: 'rename_enum', schema: null, name: 's', newName: 't' }, { kind: 'execute', sql: '', effect: 'data', writes: [{ schema: 'z', name: 'c', column: 'd' }] }]);
    assert.deepEqual(touched, { tables: [{ schema: null, name: 'b' }, { schema: 'z', name: 'c' }], enums: [{ schema: null, name: 't' }] });
  });
  it('stands in the files of tables and of their enums', () => {
    assert.deepEqual([...declaringFiles(models, touchedBy(upgrade))].sort(), ['/shop/enums.py', modelPath]);
  });
});

describe('the message of a commit', () => {
  it('says what changes, line for line', () => {
    const more: readonly Operation[] = [...upgrade, { kind: 'alter_column', schema: null, table: 'job', column: 'note', newName: 'remark' }, { kind: 'drop_constraint', schema: null, table: 'job', name: 'job_key', type: 'unique' }, { kind: 'execute', sql: 'select 1', effect: 'none' }];
    assert.equal(
      commitMessage({ message: 'status of\n jobs', id: 'b2', parents: ['a1'], upgrade: more }),
      'Migration: status of jobs\n\n- create type status (NEW, DONE)\n- job.state becomes status\n- rename job.note to remark\n- drop constraint job_key on job\n\nRevision b2, on a1\n',
    );
  });
  it('is short where nothing is known, and long subjects and lists are cut', () => {
    assert.equal(commitMessage({ message: '', id: 'b2', parents: [], upgrade: [] }), 'Migration b2\n\nRevision b2\n');
    const long = commitMessage({ message: 'x'.repeat(100), id: 'b2', parents: [], upgrade: Array.from({ length: 60 }, (_, index): Operation => ({ kind: 'drop_table', schema: null, name: `t${index}` })) });
    assert.ok(long.split('\n')[0]!.length <= 72);
    assert.match(long, /- and 20 more changes\n/);
  });
});

describe('Alembic’s command line', () => {
  const project = { root: '/ws/backend', configPath: '/ws/backend/alembic.ini', section: 'alembic', scriptLocation: '/ws/backend/alembic' };
  it('has what Alembic needs to find the project', () => {
    assert.equal(alembicCommand('upgrade', { project, from: '/ws/backend', heads: 1 }), 'alembic upgrade head');
    assert.equal(alembicCommand('upgrade', { project, from: '/ws', heads: 2 }), 'cd backend && alembic upgrade heads');
    assert.equal(alembicCommand('roundTrip', { project: { ...project, configPath: '/ws/backend/db/my alembic.ini', section: 'reporting' }, from: '/ws/backend', heads: 1 }), "alembic -c 'db/my alembic.ini' -n reporting upgrade head && alembic -c 'db/my alembic.ini' -n reporting downgrade -1 && alembic -c 'db/my alembic.ini' -n reporting upgrade head");
    assert.equal(alembicCommand('check', { project: { ...project, configPath: '/ws/backend/pyproject.toml' }, from: '/ws/backend', heads: 1 }), 'alembic check');
    assert.equal(alembicCommand('downgrade', { project: { ...project, runsIn: '/ws' }, from: '/ws', heads: 1 }), 'alembic -c backend/alembic.ini downgrade -1');
    assert.equal(alembicCommand('stamp', { project: { ...project, root: '/ws/$(x)\'s' , configPath: "/ws/$(x)'s/alembic.ini" }, from: '/ws', heads: 1 }), "cd '$(x)'\\''s' && alembic stamp head");
    const flask = { root: '/ws', configPath: '/ws/migrations/alembic.ini', section: 'alembic', scriptLocation: '/ws/migrations' };
    assert.equal(alembicCommand('roundTrip', { project: flask, from: '/ws', heads: 1 }), 'flask db upgrade head && flask db downgrade -1 && flask db upgrade head');
    assert.equal(alembicCommand('upgrade', { project: { ...flask, configPath: '/ws/db/alembic.ini', scriptLocation: '/ws/db' }, from: '/ws', heads: 1 }), 'flask db upgrade -d db head');
    assert.equal(supabaseCommand('upgrade', '/ws/app', '/ws'), 'cd app && supabase db push');
  });
});
