import assert from 'node:assert/strict';
import { hazardOf } from '../../../src/engine/operations/hazards';
import { describeHazard } from '../../../src/engine/operations/hazards/describe';
import { blockedBy, conflict, contains, lockModes, noHazard, strongestLocks, type Lock, type LockMode } from '../../../src/engine/operations/hazards/hazard';
import type { Operation } from '../../../src/engine/operations/operation';
import { readSql } from '../../../src/engine/operations/read-sql';
import { resolvedSteps } from '../../../src/engine/operations/resolve-types';
import { withHazards, type RunSettings, type Step } from '../../../src/engine/operations/transactions';
import { emptySchema, type Schema } from '../../../src/engine/schema/schema';
import type { SqlParser } from '../../../src/engine/sql/parser';
import { formatMessage, message } from '../../../src/engine/text/problem';
import { loadSqlParser } from '../../../src/workspace/load-sql-parser';

describe('hazards', () => {
  let sql: SqlParser;
  let start: Schema;
  let settings: RunSettings;

  before(async () => {
    sql = await loadSqlParser();
    settings = { form: 'alembic', postgresVersion: 18, sql };
    start = resolvedSteps(emptySchema, read('CREATE TABLE a (id integer PRIMARY KEY, n text, at timestamptz); CREATE TABLE b (id integer, a_id integer REFERENCES a (id)); CREATE INDEX a_n ON a (n)')).at(-1)!.after;
  });

  const read = (text: string): readonly Operation[] => readSql(text, sql).value.flatMap((statement) => statement.operations);
  const steps = (text: string, more: Partial<RunSettings> = {}): readonly Step[] => withHazards(resolvedSteps(start, read(text)), { ...settings, ...more });
  const said = (text: string): readonly string[] => steps(text).flatMap(({ hazard }) => describeHazard(hazard)).map(formatMessage);
  const held = (text: string): readonly (readonly string[])[] => steps(text).map((step) => step.held.map(lockText));
  const lockText = ({ mode, name }: Lock): string => `${mode} ${name}`;

  it('say in plain words what waits', () => {
    assert.deepEqual(said('ALTER TABLE a ALTER COLUMN id TYPE bigint'), ['AccessExclusiveLock on a: blocks reads and writes; rewrites the table', 'AccessExclusiveLock on b: blocks reads and writes; reads every row']);
    assert.deepEqual(said('ALTER TABLE a ALTER COLUMN at TYPE timestamp'), ['AccessExclusiveLock on a: blocks reads and writes; perhaps rewrites the table: Only where the TimeZone of the session is not UTC.']);
    assert.deepEqual(said('CREATE INDEX CONCURRENTLY i ON a (n)'), ['ShareUpdateExclusiveLock on a: blocks schema changes and VACUUM, no reads or writes; builds index i', 'cannot run inside a transaction']);
    assert.deepEqual(said('ALTER INDEX a_n RENAME TO i'), ['ShareUpdateExclusiveLock on index a_n: blocks schema changes and VACUUM, no reads or writes']);
    assert.deepEqual(said("ALTER TYPE mood ADD VALUE 'x'"), []);
  });

  it('are never nothing where something is not understood', () => {
    const unknown: readonly Operation[] = [
      { kind: 'unknown', reason: message('It is not known.'), tables: [] },
      { kind: 'execute', sql: '', effect: 'data' },
      { kind: 'execute', sql: 'SELECT FROM WHERE', effect: 'none' },
      { kind: 'execute', sql: 'DROP OWNED BY bob', effect: 'none' },
      { kind: 'drop_table', schema: null, name: 'never_seen' },
      { kind: 'drop_constraint', schema: null, table: 'a', name: 'never_seen', type: null },
      { kind: 'drop_index', schema: null, name: 'never_seen', table: null },
      { kind: 'alter_column', schema: null, table: 'a', column: 'never_seen', type: { kind: 'builtin', name: 'text', args: [], dimensions: 0 } },
      { kind: 'validate_constraint', schema: null, table: 'a', name: 'never_seen' },
      { kind: 'a_kind_of_later' } as unknown as Operation,
    ];
    for (const operation of unknown) assert.notEqual(hazardOf(operation, start, settings).unknown, null, JSON.stringify(operation));
    assert.match(said('CREATE TABLESPACE x LOCATION \'/x\'').join(), /^not all is known: /);
  });

  it('of the form that keeps a table in use are those of all of its statements', () => {
    const index = read('CREATE INDEX i ON a (n)')[0]!;
    assert.deepEqual(hazardOf(index, start, settings).locks.map(lockText), ['ShareLock a']);
    const online = hazardOf({ ...index, online: true }, start, settings);
    assert.deepEqual([online.locks.map(lockText), online.outsideTransaction], [['ShareUpdateExclusiveLock a'], true]);
    const notNull = hazardOf({ ...read('ALTER TABLE a ALTER n SET NOT NULL')[0]!, online: true }, start, settings);
    // The scan is that of VALIDATE; SET NOT NULL has none behind it.
    assert.deepEqual(notNull.work.map(({ kind }) => kind), ['scan']);
  });

  it('are held until the transaction ends, whatever a table is called meanwhile', () => {
    assert.deepEqual(held('ALTER TABLE a ADD COLUMN x integer; ALTER TABLE a RENAME TO c; UPDATE b SET a_id = 1; SELECT 1'), [[], ['AccessExclusiveLock a'], ['AccessExclusiveLock c'], ['AccessExclusiveLock c', 'RowExclusiveLock b']]);
    assert.deepEqual(held('ALTER TABLE a ADD COLUMN x integer; COMMIT; UPDATE b SET a_id = 1'), [[], ['AccessExclusiveLock a'], []]);
  });

  it('end with the transaction of a block', () => {
    const source = { path: '', range: { start: 0, end: 0 }, editable: true, statement: { path: '', range: { start: 0, end: 0 } }, arguments: {} };
    const [first, second, third, fourth] = read('ALTER TABLE a ADD COLUMN x integer; CREATE INDEX CONCURRENTLY i ON a (x); UPDATE b SET a_id = 1; SELECT 1');
    const operations = [first!, { ...second!, source: { ...source, autocommitBlock: 0 } }, third!, fourth!];
    const found = withHazards(resolvedSteps(start, operations), settings);
    assert.deepEqual(found.map((step) => [step.placement.transaction, step.placement.autocommit, step.placement.shared]), [[0, false, true], [1, true, false], [2, false, true], [2, false, true]]);
    assert.deepEqual(found.map((step) => step.held.map(lockText)), [[], [], [], ['RowExclusiveLock b', 'RowShareLock a']]);
  });

  it('on what the same transaction made are nobody’s', () => {
    const found = steps('CREATE TABLE c (id integer REFERENCES a (id)); CREATE INDEX i ON c (id); INSERT INTO c SELECT id FROM a; ALTER TABLE c ADD CHECK (id > 0); COMMIT; ALTER TABLE c DROP COLUMN id', { form: 'supabase' });
    assert.deepEqual(found.map(({ hazard }) => hazard.locks.map(lockText)), [['ShareRowExclusiveLock a'], [], ['RowShareLock a'], [], [], ['AccessExclusiveLock c', 'AccessExclusiveLock a']]);
    // It has rows from INSERT on.
    assert.deepEqual(found.map(({ hazard }) => hazard.work.filter(({ maybe }) => maybe === undefined).map(({ kind }) => kind)), [[], [], ['change_rows'], ['scan'], [], []]);
  });

  it('cost nothing before they are asked for, and little then', () => {
    const [a] = start.tables;
    const wide = { ...start, tables: Array.from({ length: 1000 }, (_, index) => ({ ...a!, name: `a${index}` })) };
    const many = resolvedSteps(wide, wide.tables.map(({ name }, index) => read(index % 2 === 0 ? `ALTER TABLE ${name} DROP COLUMN n` : `ALTER TABLE ${name} ADD COLUMN c text DEFAULT lower('X')`)[0]!));
    const asking = { ...settings, get postgresVersion(): number { throw new Error('asked'); } };
    const found = withHazards(many, asking);
    assert.throws(() => found[0]?.held, /asked/);
    const began = performance.now();
    const last = withHazards(many, settings).at(-1);
    assert.equal(last?.held.length, 999);
    assert.ok(performance.now() - began < 1000, `${performance.now() - began} ms`);
  });

  it('know the order of lock modes', () => {
    for (const one of lockModes) for (const other of lockModes) assert.equal(conflict(one, other), conflict(other, one), `${one} ${other}`);
    for (const mode of lockModes) assert.ok(contains('AccessExclusiveLock', mode) && contains(mode, 'AccessShareLock'));
    const on = (mode: LockMode): Lock => ({ schema: null, name: 'a', relation: 'table', mode });
    assert.deepEqual(strongestLocks([on('ShareLock'), on('RowExclusiveLock')]).length, 2);
    assert.deepEqual(strongestLocks([on('ShareLock'), on('RowExclusiveLock'), on('ShareRowExclusiveLock')]), [on('ShareRowExclusiveLock')]);
    assert.deepEqual(blockedBy('ShareLock'), { reads: false, writes: true, rowLocks: false, maintenance: true });
    assert.deepEqual(describeHazard(noHazard), []);
  });
});
