import assert from 'node:assert/strict';
import fc from 'fast-check';
import { diffSchemas } from '../../../src/engine/diff/diff';
import { describeOperation } from '../../../src/engine/render/describe-operation';
import { plainColumn, plainIndex, plainTable } from '../../../src/engine/schema/plain';
import { emptySchema, type Column, type Schema, type Table } from '../../../src/engine/schema/schema';
import { message } from '../../../src/engine/text/problem';
import { renderVerification } from '../../../src/engine/verify/markdown';
import type { VerifiedObject, VerifiedSide } from '../../../src/engine/verify/verification';
import { differs, verify } from '../../../src/engine/verify/verify';
import { richSchemaArb } from '../autogenerate/rich-schemas';
import { model } from '../models/models';

const column = (name: string, more: Partial<Column> = {}): Column => ({ ...plainColumn, name, type: { kind: 'builtin', name: 'integer', args: [], dimensions: 0 }, ...more });
const table = (name: string, more: Partial<Table> = {}): Table => ({ ...plainTable, schema: null, name, columns: [column('id')], ...more });
const schema = (...tables: readonly Table[]): Schema => ({ ...emptySchema, tables });
const against = (side: 'models' | 'history', database: Schema, expected: Schema): VerifiedSide => verify({ database, version: null, models: side === 'models' ? expected : null, history: side === 'history' ? expected : null }).sides[0]!;
const wrong = ({ objects }: VerifiedSide): readonly string[] => objects.flatMap(({ kind, name, status, parts }) => (status === 'same' || status === 'apart' ? [] : [`${kind} ${name} ${status}`, ...parts.filter((part) => part.status !== 'same').map((part) => `${part.kind} ${part.name} ${part.status}`)]));

describe('a database held against what it should be', () => {
  it('finds what a migration would change, and nothing else, in random schemas', () => {
    fc.assert(
      fc.property(richSchemaArb, richSchemaArb, (database, expected) => {
        const side = against('history', database, expected);
        const operations = diffSchemas(database, expected).operations.map((operation) => describeOperation(operation) ?? operation.kind);
        // A type that no column used is nobody's to drop; views and policies are the history's alone to tell.
        const found = wrong(side).filter((one) => !/^(enum type \S+ extra|view |policy |trigger |row level security )/.test(one));
        assert.equal(found.some((one) => / (different|missing|extra)$/.test(one)), operations.length > 0, `${found.join('\n')}\n--\n${operations.join('\n')}`);
      }),
      { numRuns: 300 },
    );
  });

  it('is the same as itself', () => {
    fc.assert(
      fc.property(richSchemaArb, (database) => {
        assert.deepEqual(wrong(against('history', database, structuredClone(database))), []);
      }),
    );
  });

  it('proves nothing where a model could not be read whole', () => {
    const reading = model(`
from sqlalchemy import Integer
from sqlalchemy.orm import DeclarativeBase, mapped_column
from elsewhere import make
class Base(DeclarativeBase): pass
class Place(Base):
    __tablename__ = "place"
    id = mapped_column(Integer, primary_key=True)
    odd = make()
`);
    const side = against('models', schema(table('place', { columns: [column('id'), column('odd')] })), reading.value);
    const [place] = side.objects as readonly [VerifiedObject];
    assert.equal(place.status, 'unknown');
    assert.ok(place.reason !== null);
    assert.deepEqual(place.parts.filter((part) => part.status === 'extra' || part.status === 'missing' || part.status === 'different'), []);
  });

  it('says of a type that is not known that it was not compared', () => {
    const reason = message('A type of its own.');
    const wanted = table('place', { columns: [column('id', { type: { kind: 'unknown', reason } })] });
    const verification = verify({ database: schema(table('place')), version: null, models: schema(wanted), history: null });
    assert.deepEqual(verification.sides[0]?.objects.map(({ status, parts }) => [status, parts.map((part) => [part.kind, part.status, part.reason])]), [['unknown', [['type', 'unknown', reason]]]]);
    assert.equal(differs(verification), false);
    assert.match(renderVerification(verification, { database: 'dev', server: 'PostgreSQL 18' }), /\*\*Nothing was found to be different, and 1 object could not be compared\.\*\*/);
  });

  it('takes what the history may have made for unknown, and not for wrong', () => {
    const reason = message('A DO block that was not understood.');
    const some: Schema = { ...schema(table('a'), table('b', { columns: [column('id'), column('more')] })), unknown: [{ reason, tables: [{ schema: null, name: 'b' }] }] };
    assert.deepEqual(wrong(against('history', schema(table('a', { columns: [column('id'), column('new')] }), table('b')), some)), ['table a different', 'column new extra', 'table b unknown', 'column more unknown']);
    const all: Schema = { ...schema(table('a'), table('gone')), unknown: [{ reason, tables: null }] };
    assert.deepEqual(wrong(against('history', schema(table('a'), table('c')), all)), ['table gone unknown', 'table c unknown']);
    const partial: Schema = { ...schema(table('a')), isPartial: true };
    assert.deepEqual(wrong(against('history', schema(table('a'), table('older')), partial)), ['table older unknown']);
  });

  it('leaves alone what is not the project’s', () => {
    const database: Schema = { ...schema(table('place', { partitionBy: 'RANGE (id)' }), table('place_1', { partitionOf: { schema: null, name: 'place' } }), table('spatial_ref_sys', { extension: 'postgis' }), table('kept'), table('legacy')), managedNamespaces: ['auth'] };
    const models = schema(table('place', { partitionBy: 'range ("id")' }), table('users', { schema: 'auth' }));
    const { sides } = verify({ database, version: null, models, history: null, keeps: [{ schema: null, name: 'kept' }] });
    assert.deepEqual(sides[0]?.objects.map(({ name, status }) => `${name} ${status}`), ['place same', 'auth.users apart', 'place_1 apart', 'spatial_ref_sys apart', 'kept apart', 'legacy extra']);
    assert.ok(sides[0]?.objects.every(({ status, reason }) => status !== 'apart' || reason !== null));
  });

  it('tells names that differ, an index that failed, and policies by their names', () => {
    const index = { ...plainIndex, name: 'ix_a', elements: [{ column: 'id', expression: null, collation: null, operatorClass: null, descending: false, nullsFirst: false }] };
    const policy = (name: string) => ({ name, definition: `CREATE POLICY ${name}`, columns: [] });
    const database = schema(table('a', { indexes: [index], policies: [policy('one'), policy('two')], rowLevelSecurity: true }), table('b', { indexes: [{ ...index, name: 'ix_b', valid: false }] }));
    const expected = schema(table('a', { indexes: [{ ...index, name: 'ix_new' }], policies: [policy('one')] }), table('b', { indexes: [{ ...index, name: 'ix_b' }] }));
    assert.deepEqual(wrong(against('history', database, expected)), ['table a different', 'index ix_a different', 'policy two extra', 'row level security  different', 'table b different', 'index ix_b different']);
    assert.deepEqual(wrong(against('models', database, expected)), ['table a different', 'index ix_a different', 'table b different', 'index ix_b different']);
  });
});
