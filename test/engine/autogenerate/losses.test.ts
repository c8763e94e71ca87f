import assert from 'node:assert/strict';
import { autogenerate } from '../../../src/engine/autogenerate';
import { noAnswers } from '../../../src/engine/questions';
import { plainColumn, plainTable } from '../../../src/engine/schema/plain';
import { emptySchema, type ColumnType, type Schema } from '../../../src/engine/schema/schema';

/** What is said of a change of type without a database, up and down. */

const type = (name: string, ...args: readonly string[]): ColumnType => ({ kind: 'builtin', name, args, dimensions: 0 });
const job = (of: ColumnType): Schema => ({ ...emptySchema, tables: [{ ...plainTable, schema: null, name: 'job', columns: [{ ...plainColumn, name: 'it', type: of }] }] });
function said(from: ColumnType, to: ColumnType): readonly [string | undefined, string | undefined] {
  const { upgrade, downgrade } = autogenerate({ current: job(from), models: job(to), scope: null, answers: noAnswers, facts: null });
  return [upgrade[0]?.note, downgrade[0]?.note];
}

describe('a change of type without a database', () => {
  it('says what it may do to values, and nothing where it does nothing', () => {
    assert.deepEqual(said(type('integer'), type('bigint')), [undefined, 'This fails (22003), and loses nothing, while a row holds a number that integer has no room for.']);
    assert.deepEqual(said(type('character varying', '20'), type('text')), [undefined, 'This fails (22001), and loses nothing, while a row holds more than character varying(20) has room for.']);
    assert.deepEqual(said(type('numeric', '10', '4'), type('numeric', '10', '2')), ['REVIEW: digits beyond those that numeric(10,2) keeps are rounded.', 'This fails (22003), and loses nothing, while a row holds a number that numeric(10,4) has no room for.']);
    assert.deepEqual(said(type('timestamp without time zone'), type('date')), ['REVIEW: the times of day go.', undefined]);
    assert.deepEqual(said(type('text'), type('uuid')), ['REVIEW: this fails (22P02), and loses nothing, while a row holds what is no uuid.', undefined]);
    assert.match(said(type('timestamp without time zone'), type('timestamp with time zone')).join(' '), /^REVIEW: the values are taken .* USING it AT TIME ZONE 'UTC'.* The values become /);
    assert.deepEqual(said(type('date'), type('timestamp without time zone')), [undefined, 'The times of day go.']);
    assert.deepEqual(said(type('json'), type('jsonb')), ['A jsonb keeps no blanks, no order of keys, and of a key that is there twice the last value.', undefined]);
  });
});
