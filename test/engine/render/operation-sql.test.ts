import assert from 'node:assert/strict';
import type { Operation } from '../../../src/engine/operations/operation';
import { operationSql } from '../../../src/engine/render/operation-sql';
import { plainColumn, plainPrimaryKey, plainTable } from '../../../src/engine/schema/plain';
import { emptySchema, type EnumType } from '../../../src/engine/schema/schema';

/** That it is what Alembic emits is test/alembic/operation-sql.test.ts; here is what Alembic can't say without a connection, and the layout. */
describe('operationSql', () => {
  const mood: EnumType = { schema: null, name: 'mood', labels: ['GOOD', "it's"], comment: null, extension: null };

  it('makes a type that is made only where there is none', () => {
    const create: Operation = { kind: 'create_enum', enum: mood, checkFirst: true };
    assert.deepEqual(operationSql(create, emptySchema), ["CREATE TYPE mood AS ENUM ('GOOD', 'it''s')"]);
    assert.deepEqual(operationSql(create, { ...emptySchema, enums: [mood] }), []);
    assert.deepEqual(operationSql({ ...create, checkFirst: false }, { ...emptySchema, enums: [mood] }), ["CREATE TYPE mood AS ENUM ('GOOD', 'it''s')"]);
    assert.deepEqual(operationSql({ kind: 'drop_enum', schema: null, name: 'mood', checkFirst: true }, emptySchema), ['DROP TYPE IF EXISTS mood']);
  });

  it('has no statement for what is not understood, and for what Alembic refuses', () => {
    assert.deepEqual(operationSql({ kind: 'unknown', reason: { text: '', args: {} }, tables: null }, emptySchema), []);
    assert.deepEqual(operationSql({ kind: 'drop_constraint', schema: null, table: 't', name: null, type: null }, emptySchema), []);
  });

  it('puts each part of a table on a line', () => {
    const table = {
      ...plainTable,
      schema: null,
      name: 'place',
      columns: [
        { ...plainColumn, name: 'id', type: { kind: 'builtin' as const, name: 'integer', args: [], dimensions: 0 }, nullable: false, serial: true },
        { ...plainColumn, name: 'mood', type: { kind: 'enum' as const, schema: null, name: 'mood', dimensions: 0 }, default: { sql: "'GOOD'::mood" }, comment: 'How it is' },
      ],
      primaryKey: { ...plainPrimaryKey, name: 'pk_place', columns: ['id'] },
    };
    assert.deepEqual(operationSql({ kind: 'create_table', table }, emptySchema), [
      "CREATE TABLE place (\n    id SERIAL NOT NULL,\n    mood mood DEFAULT 'GOOD',\n    CONSTRAINT pk_place PRIMARY KEY (id)\n)",
      "COMMENT ON COLUMN place.mood IS 'How it is'",
    ]);
  });
});
