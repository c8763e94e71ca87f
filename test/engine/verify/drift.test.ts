import assert from 'node:assert/strict';
import fc from 'fast-check';
import { diffSchemas } from '../../../src/engine/diff/diff';
import { plainColumn, plainTable } from '../../../src/engine/schema/plain';
import { emptySchema, type Column, type Schema, type Table } from '../../../src/engine/schema/schema';
import { formatMessage, message } from '../../../src/engine/text/problem';
import { driftOf, driftRemark, type Drift } from '../../../src/engine/verify/drift';
import { partName } from '../../../src/engine/verify/words';
import { richSchemaArb } from '../autogenerate/rich-schemas';

const integer = { kind: 'builtin', name: 'integer', args: [], dimensions: 0 } as const;
const column = (name: string, more: Partial<Column> = {}): Column => ({ ...plainColumn, name, type: integer, ...more });
const table = (name: string, ...columns: readonly string[]): Table => ({ ...plainTable, schema: null, name, columns: ['id', ...columns].map((one) => column(one)) });
const schema = (...tables: readonly Table[]): Schema => ({ ...emptySchema, tables });
const lines = ({ objects }: Drift): readonly string[] => objects.flatMap(({ kind, name, status, parts, against }) => (parts.length === 0 ? [`${kind} ${name} ${status} (${against})`] : parts.map((part) => `${kind} ${name}: ${partName(part)} ${part.status} (${against})`)));

/** Up to date with its history and with the models, unless something is said. */
const drift = (one: { readonly database: Schema; readonly databaseAfter?: Schema; readonly history?: Schema | null; readonly historyAfter?: Schema | null; readonly models?: Schema | null }): Drift => {
  const history = one.history === undefined ? one.database : one.history;
  return driftOf({ databaseAfter: one.database, history, historyAfter: history, models: null, ...one });
};

describe('drift', () => {
  it('is what somebody did by hand: neither the history nor the models know it', () => {
    const found = drift({ database: schema(table('place', 'nick')), history: schema(table('place')), models: schema(table('place')) });
    assert.deepEqual(lines(found), ['table place: column nick extra (history)']);
    assert.deepEqual(found.ungenerated, []);
  });

  it('is no change of the models that waits for its migration', () => {
    const found = drift({ database: schema(table('place')), models: schema(table('place', 'city'), table('person')) });
    assert.deepEqual(lines(found), []);
    assert.deepEqual(found.ungenerated.map(({ name, status }) => `${name} ${status}`), ['place different', 'person missing']);
  });

  it('is nothing that pending revisions bring', () => {
    const found = drift({ database: schema(table('place')), databaseAfter: schema(table('place', 'city')), historyAfter: schema(table('place', 'city')), models: schema(table('place', 'city')) });
    assert.deepEqual([lines(found), found.ungenerated], [[], []]);
  });

  it('is a change of the models that was made by hand, since a database made of the revisions lacks it', () => {
    const found = drift({ database: schema(table('place', 'city')), history: schema(table('place')), models: schema(table('place', 'city')) });
    assert.deepEqual(lines(found), ['table place: column city extra (history)']);
    assert.deepEqual(found.ungenerated.map(({ name }) => name), ['place']);
  });

  it('is said once where it differs from both', () => {
    const found = drift({ database: schema(table('place')), history: schema(table('place', 'city')), models: schema(table('place', 'city')) });
    assert.deepEqual(lines(found), ['table place: column city missing (history)']);
  });

  it('tells both apart in one table', () => {
    const found = drift({ database: schema(table('place', 'nick')), history: schema(table('place')), models: schema(table('place', 'city')) });
    assert.deepEqual(lines(found), ['table place: column nick extra (history)']);
    assert.deepEqual(found.ungenerated.map(({ name }) => name), ['place']);
  });

  it('is all that differs from the models where the history is not known, and that is said', () => {
    const found = drift({ database: schema(table('place', 'nick')), history: null, models: schema(table('place')) });
    assert.deepEqual(lines(found), ['table place: column nick extra (models)']);
    assert.match(formatMessage(driftRemark(found)!), /against the models alone/);
    assert.match(formatMessage(driftRemark(drift({ database: schema() }))!), /its own history alone/);
    assert.match(formatMessage(driftRemark(drift({ database: schema(), history: null }))!), /nothing that it could be held against/);
  });

  it('counts what could not be compared, and calls it no drift', () => {
    const history = { ...schema(table('place')), unknown: [{ reason: message('A revision runs something.'), tables: [{ schema: null, name: 'place' }] }] };
    const found = drift({ database: schema(table('place', 'nick')), history });
    assert.deepEqual([lines(found), found.unknown], [[], 1]);
  });

  it('is nothing in random databases that are what their history made, whatever the models want', () => {
    fc.assert(
      fc.property(richSchemaArb, richSchemaArb, (database, models) => {
        const found = drift({ database, models });
        assert.deepEqual(lines(found), []);
        if (diffSchemas(database, models).operations.length === 0) return;
        assert.ok(found.against.includes('models'));
      }),
      { numRuns: 100 },
    );
  });

  it('is everything that differs from the history in random databases, whatever the models want', () => {
    fc.assert(
      fc.property(richSchemaArb, richSchemaArb, richSchemaArb, (database, history, models) => {
        const alone = lines(drift({ database, history }));
        const both = lines(drift({ database, history, models }));
        assert.deepEqual(both.filter((line) => line.endsWith('(history)')), alone);
      }),
      { numRuns: 60 },
    );
  });
});
