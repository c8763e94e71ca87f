import assert from 'node:assert/strict';
import { answersOf } from '../../src/cli/answers';
import type { GenerateCommand } from '../../src/cli/command';
import { parseCommand } from '../../src/cli/arguments';
import { plainColumn, plainTable } from '../../src/engine/schema/plain';
import { emptySchema } from '../../src/engine/schema/schema';
import type { Schema, Table } from '../../src/engine/schema/schema';
import type { ColumnType } from '../../src/engine/schema/schema';

describe('options that answer questions', () => {
  const text: ColumnType = { kind: 'builtin', name: 'text', args: [], dimensions: 0 };
  const table = (name: string, ...columns: readonly string[]): Table => ({ ...plainTable, schema: null, name, columns: columns.map((column) => ({ ...plainColumn, name: column, type: text })) });
  const jobs = { schema: null, name: 'job_status', labels: ['NEW', 'DONE'], comment: null, extension: null };
  const withStatus = (found: Table): Table => ({ ...found, columns: [...found.columns, { ...plainColumn, name: 'status', type: { kind: 'enum', schema: null, name: 'job_status', labels: jobs.labels, dimensions: 0 } }] });
  const current: Schema = { ...emptySchema, tables: [table('person', 'id', 'owner', 'old'), table('job', 'id', 'status'), table('lead', 'id'), table('legacy', 'id')] };
  const models: Schema = { ...emptySchema, enums: [jobs], tables: [table('person', 'id', 'owner', 'holder'), withStatus(table('job', 'id')), table('prospect', 'id')] };
  const answers = (...options: readonly string[]) => answersOf(parseCommand(['generate', '-m', 'x', ...options]) as GenerateCommand, { current, models });

  it('are taken where they can be done', () => {
    const given = answers('--rename', 'person.old=person.holder', '--rename', 'lead=prospect', '--keep', 'legacy', '--map', 'job.status:new=NEW');
    assert.deepEqual(given.columnRenames, [{ table: { schema: null, name: 'person' }, from: 'old', to: 'holder' }]);
    assert.deepEqual(given.tableRenames.map(({ to }) => to?.name ?? null), ['prospect', null]);
    assert.deepEqual(given.valueMappings.map(({ mapping }) => mapping), [{ new: 'NEW' }]);
    assert.equal(answers('--rename', 'person.old=holder').columnRenames[0]?.to, 'holder');
  });

  const refused: readonly (readonly [readonly string[], RegExp])[] = [
    [['--rename', 'person.old=job.holder'], /--rename person\.old=job\.holder: a column is renamed within its table: person\.NAME/],
    [['--rename', 'person.old=person.nothing'], /the models’ person has no column nothing/],
    [['--rename', 'person.owner=person.holder'], /the models still have owner/],
    [['--rename', 'person.old=person.owner'], /the database has a column owner already/],
    [['--rename', 'person=prospect'], /the models still declare person/],
    [['--rename', 'lead=nothing'], /the models declare no table nothing/],
    [['--drop', 'person.owner'], /--drop person\.owner: the models still have owner/],
    [['--drop', 'person'], /--drop person: the models declare this table, so it can’t be dropped/],
    [['--keep', 'person'], /--keep person: the models declare this table, so it stays anyway/],
    [['--map', 'job.status:new=NEWISH'], /the type job_status has no label NEWISH. It has NEW, DONE/],
  ];
  for (const [options, reason] of refused) it(`are refused: ${options.join(' ')}`, () => assert.throws(() => answers(...options), reason));
});
