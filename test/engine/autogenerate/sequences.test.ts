import assert from 'node:assert/strict';
import { autogenerate } from '../../../src/engine/autogenerate';
import { noAnswers } from '../../../src/engine/questions';
import { renderBody } from '../../../src/engine/render/body';
import { plainColumn, plainTable } from '../../../src/engine/schema/plain';
import { emptySchema, type Column, type Schema, type Sequence } from '../../../src/engine/schema/schema';

/** Whose sequences are whose. */

const integer = { kind: 'builtin', name: 'integer', args: [], dimensions: 0 } as const;
const sequence = (name: string, more: Partial<Sequence> = {}): Sequence => ({ schema: null, name, type: 'bigint', options: {}, ownedBy: null, extension: null, ...more });
const job = (ticket: Partial<Column>, sequences: readonly Sequence[]): Schema => ({
  ...emptySchema,
  tables: [{ ...plainTable, schema: null, name: 'job', columns: [{ ...plainColumn, name: 'ticket', type: integer, ...ticket }] }],
  sequences,
});
const draws = { default: { sql: "nextval('ticket_seq'::regclass)" } };
const written = (current: Schema, models: Schema, scope: Parameters<typeof autogenerate>[0]['scope'] = null): readonly string[] =>
  renderBody(autogenerate({ current, models, scope, answers: noAnswers, facts: null }).upgrade).lines.filter((line) => line !== '' && !line.startsWith('#'));

describe('sequences', () => {
  it('of the database stay, whoever made them', () => {
    assert.deepEqual(written(job({}, [sequence('by_hand')]), job({}, [])), []);
    assert.deepEqual(written(job({}, [sequence('job_ticket_seq', { ownedBy: { schema: null, name: 'job', column: 'ticket' } })]), job({}, [])), []);
  });

  it('go with the last default that drew from them', () => {
    assert.deepEqual(written(job(draws, [sequence('ticket_seq')]), job({}, [])), ['op.alter_column("job", "ticket", server_default=None)', 'op.execute("DROP SEQUENCE ticket_seq")']);
    assert.deepEqual(written(job(draws, [sequence('ticket_seq')]), job({}, [sequence('ticket_seq')])), ['op.alter_column("job", "ticket", server_default=None)']);
  });

  it('of models in other files wait for those', () => {
    const models = job({}, [sequence('ticket_seq')]);
    assert.deepEqual(written(job({}, []), models, [{ schema: null, name: 'job' }]), []);
    assert.deepEqual(written(job({}, []), models), ['op.execute("CREATE SEQUENCE ticket_seq")']);
  });

  it('have what PostgreSQL gives where the model says the same', () => {
    const usual = { start: '1', increment: '1', minvalue: '1', maxvalue: '9223372036854775807', cache: '1', cycle: 'false' };
    assert.deepEqual(written(job({}, [sequence('ticket_seq')]), job({}, [sequence('ticket_seq', { options: usual })])), []);
    assert.deepEqual(written(job({}, [sequence('ticket_seq', { options: { start: '-1', increment: '-1' } })]), job({}, [sequence('ticket_seq', { options: { increment: '-1' } })])), []);
    assert.deepEqual(written(job({}, [sequence('ticket_seq')]), job({}, [sequence('ticket_seq', { options: { cache: '5' } })])), ['op.execute("ALTER SEQUENCE ticket_seq CACHE 5")']);
  });
});

describe('columns that the database fills', () => {
  it('keep their default and their numbering where the model does not say which', () => {
    const current = job({ ...draws, nullable: false }, [sequence('ticket_seq')]);
    assert.deepEqual(written(current, job({ filledByDatabase: true, nullable: false }, [])), []);
    const numbered = job({ identity: { always: true, options: {} }, nullable: false }, []);
    assert.deepEqual(written(numbered, job({ filledByDatabase: true, nullable: false }, [])), []);
    assert.deepEqual(written(numbered, job({ nullable: false }, [])), ['op.execute("ALTER TABLE job ALTER COLUMN ticket DROP IDENTITY")']);
  });
});
