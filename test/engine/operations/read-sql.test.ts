import assert from 'node:assert/strict';
import fc from 'fast-check';
import { applyOperations } from '../../../src/engine/operations/apply';
import type { OperationBody } from '../../../src/engine/operations/operation';
import { readSql } from '../../../src/engine/operations/read-sql';
import { plainColumn, plainTable } from '../../../src/engine/schema/plain';
import { emptySchema } from '../../../src/engine/schema/schema';
import type { SqlParser } from '../../../src/engine/sql/parser';
import { loadSqlParser } from '../../../src/workspace/load-sql-parser';

describe('reading SQL as operations', () => {
  let parser: SqlParser;
  before(async () => {
    parser = await loadSqlParser();
  });
  const read = (sql: string): readonly OperationBody[] => readSql(sql, parser).value.flatMap((statement) => statement.operations);
  const only = (sql: string): OperationBody => {
    const operations = read(sql);
    assert.equal(operations.length, 1, JSON.stringify(operations));
    return operations[0]!;
  };

  const simple: readonly (readonly [string, OperationBody])[] = [
    ["CREATE TYPE sales.status AS ENUM ('a', 'it''s')", { kind: 'create_enum', enum: { schema: 'sales', name: 'status', labels: ['a', "it's"], comment: null, extension: null }, checkFirst: false }],
    ['DROP TYPE IF EXISTS public.status', { kind: 'drop_enum', schema: null, name: 'status', checkFirst: true }],
    ["ALTER TYPE status ADD VALUE IF NOT EXISTS 'x' BEFORE 'y'", { kind: 'add_enum_value', schema: null, name: 'status', label: 'x', position: { before: 'y' }, ifNotExists: true }],
    ["ALTER TYPE status ADD VALUE 'x' AFTER 'y'", { kind: 'add_enum_value', schema: null, name: 'status', label: 'x', position: { after: 'y' } }],
    ["ALTER TYPE status RENAME VALUE 'x' TO 'y'", { kind: 'rename_enum_value', schema: null, name: 'status', label: 'x', newLabel: 'y' }],
    ['ALTER TYPE status RENAME TO "Status"', { kind: 'rename_enum', schema: null, name: 'status', newName: 'Status' }],
    ['ALTER TABLE ONLY place RENAME COLUMN a TO b', { kind: 'alter_column', schema: null, table: 'place', column: 'a', newName: 'b' }],
    ['ALTER TABLE place RENAME TO places', { kind: 'rename_table', schema: null, name: 'place', newName: 'places' }],
    ['ALTER TABLE place RENAME CONSTRAINT a TO b', { kind: 'rename_constraint', schema: null, table: 'place', name: 'a', newName: 'b' }],
    ['ALTER INDEX app.i RENAME TO j', { kind: 'rename_index', schema: 'app', name: 'i', newName: 'j' }],
    ['ALTER SEQUENCE s RENAME TO t', { kind: 'rename_sequence', schema: null, name: 's', newName: 't' }],
    ['ALTER TABLE place DROP COLUMN IF EXISTS a CASCADE', { kind: 'drop_column', schema: null, table: 'place', column: 'a', ifExists: true, cascade: true }],
    ['ALTER TABLE place ALTER a DROP NOT NULL', { kind: 'alter_column', schema: null, table: 'place', column: 'a', nullable: true }],
    ["ALTER TABLE place ALTER a SET DEFAULT 'x'::text || ',y'", { kind: 'alter_column', schema: null, table: 'place', column: 'a', default: { sql: "'x'::text || ',y'" } }],
    ['ALTER TABLE place ALTER a DROP DEFAULT', { kind: 'alter_column', schema: null, table: 'place', column: 'a', default: null }],
    ['ALTER TABLE place DROP CONSTRAINT IF EXISTS c', { kind: 'drop_constraint', schema: null, table: 'place', name: 'c', type: null, ifExists: true }],
    ['DROP INDEX CONCURRENTLY IF EXISTS i', { kind: 'drop_index', schema: null, name: 'i', table: null, concurrently: true, ifExists: true }],
    ['DROP TABLE a.b', { kind: 'drop_table', schema: 'a', name: 'b' }],
    ["COMMENT ON COLUMN app.place.a IS 'x'", { kind: 'alter_column', schema: 'app', table: 'place', column: 'a', comment: 'x' }],
    ["COMMENT ON TABLE place IS 'x'", { kind: 'create_table_comment', schema: null, table: 'place', comment: 'x' }],
    ['COMMENT ON TABLE place IS NULL', { kind: 'drop_table_comment', schema: null, table: 'place' }],
    ['GRANT SELECT ON place TO bob', { kind: 'execute', sql: 'GRANT SELECT ON place TO bob', effect: 'none', follows: [{ schema: null, name: 'place' }] }],
    [
      "UPDATE place p SET name = trim(p.title), n = 1 WHERE p.x = ';'",
      {
        kind: 'execute',
        sql: "UPDATE place p SET name = trim(p.title), n = 1 WHERE p.x = ';'",
        effect: 'data',
        writes: [
          { schema: null, name: 'place', column: 'name', from: ['title'] },
          { schema: null, name: 'place', column: 'n', from: [] },
        ],
      },
    ],
    [
      'INSERT INTO b (x, y) SELECT o.c, 1 FROM old o',
      {
        kind: 'execute',
        sql: 'INSERT INTO b (x, y) SELECT o.c, 1 FROM old o',
        effect: 'data',
        writes: [
          { schema: null, name: 'b', column: 'x', from: ['c'] },
          { schema: null, name: 'b', column: 'y', from: [] },
        ],
      },
    ],
  ];
  for (const [sql, expected] of simple) it(sql, () => assert.deepEqual(only(sql), expected));

  it('keeps the source text of USING, and the type in PostgreSQL\'s spelling', () => {
    assert.deepEqual(only("ALTER TABLE é ALTER COLUMN s TYPE varchar(10)[] USING (CASE WHEN s = 'ü, using' THEN ARRAY[s, 'b'] END)"), {
      kind: 'alter_column',
      schema: null,
      table: 'é',
      column: 's',
      type: { kind: 'builtin', name: 'character varying', args: ['10'], dimensions: 1 },
      using: "(CASE WHEN s = 'ü, using' THEN ARRAY[s, 'b'] END)",
    });
  });

  it('reads each command of an ALTER TABLE', () => {
    const operations = read(
      `ALTER TABLE t ADD COLUMN a status NOT NULL DEFAULT 'NEW'::status REFERENCES r (x) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
        ADD CONSTRAINT k CHECK (b IN (1, 2)) NOT VALID, ALTER COLUMN c TYPE numeric(10,2) USING round(c, 2), ALTER c SET DEFAULT f(1, 2), DROP d`,
    );
    assert.deepEqual(operations.map((operation) => operation.kind), ['add_column', 'create_foreign_key', 'create_check_constraint', 'alter_column', 'alter_column', 'drop_column']);
    const [add, key, check, alter, setDefault] = operations;
    assert.ok(add?.kind === 'add_column' && key?.kind === 'create_foreign_key' && check?.kind === 'create_check_constraint' && alter?.kind === 'alter_column' && setDefault?.kind === 'alter_column');
    assert.equal(add.column.default?.sql, "'NEW'::status");
    assert.equal(add.column.nullable, false);
    assert.deepEqual(add.column.type, { kind: 'named', schema: null, name: 'status', args: [], dimensions: 0 });
    assert.deepEqual([key.constraint.columns, key.constraint.references, key.constraint.onDelete, key.constraint.deferrable, key.constraint.initiallyDeferred], [
      ['a'],
      { schema: null, name: 'r', columns: ['x'] },
      'CASCADE',
      true,
      true,
    ]);
    assert.deepEqual([check.constraint.name, check.constraint.expression.sql, check.constraint.notValid], ['k', 'b IN (1, 2)', true]);
    assert.equal(alter.using, 'round(c, 2)');
    assert.equal(setDefault.default?.sql, 'f(1, 2)');
  });

  it('reads CREATE TABLE with everything at its columns', () => {
    const operation = only(`CREATE TABLE IF NOT EXISTS app.place (
      id bigserial PRIMARY KEY,
      n numeric(10,2) DEFAULT 0.10 NOT NULL CONSTRAINT positive CHECK (n > 0),
      "Name" varchar(20) COLLATE "C" DEFAULT 'a' || ',b' UNIQUE,
      g int GENERATED ALWAYS AS (n * 2) STORED,
      i bigint GENERATED BY DEFAULT AS IDENTITY (START 5 INCREMENT -1),
      t timestamptz(3) DEFAULT now(), iv interval day to second(3),
      CONSTRAINT fk FOREIGN KEY (g, i) REFERENCES q.r (c, d) MATCH FULL ON UPDATE SET NULL,
      UNIQUE NULLS NOT DISTINCT (g) INCLUDE (i),
      EXCLUDE USING gist (g WITH =, (tstzrange(t, t)) WITH &&) WHERE (g IS NOT NULL)
    ) PARTITION BY RANGE (t, lower("Name"))`);
    assert.ok(operation.kind === 'create_table');
    const { table } = operation;
    assert.equal(operation.ifNotExists, true);
    assert.deepEqual([table.schema, table.name, table.partitionBy], ['app', 'place', 'RANGE (t, lower("Name"))']);
    const column = (name: string) => table.columns.find((candidate) => candidate.name === name)!;
    assert.deepEqual([column('id').serial, column('id').nullable, column('id').type], [true, false, { kind: 'builtin', name: 'bigint', args: [], dimensions: 0 }]);
    assert.deepEqual([column('n').default, column('n').nullable], [{ sql: '0.10' }, false]);
    assert.deepEqual([column('Name').default, column('Name').collation], [{ sql: "'a' || ',b'" }, 'C']);
    assert.deepEqual(column('g').generated, { expression: { sql: 'n * 2' }, stored: true });
    assert.deepEqual(column('i').identity, { always: false, options: { start: '5', increment: '-1' } });
    assert.deepEqual([column('t').type, column('t').default], [{ kind: 'builtin', name: 'timestamp with time zone', args: ['3'], dimensions: 0 }, { sql: 'now()' }]);
    assert.deepEqual(column('iv').type, { kind: 'builtin', name: 'interval', args: ['day to second', '3'], dimensions: 0 });
    assert.deepEqual(table.primaryKey?.columns, ['id']);
    assert.deepEqual(table.checks.map((check) => [check.name, check.expression.sql]), [['positive', 'n > 0']]);
    assert.deepEqual(table.uniques.map((unique) => [unique.columns, unique.include, unique.nullsNotDistinct]), [
      [['Name'], [], false],
      [['g'], ['i'], true],
    ]);
    assert.deepEqual(table.foreignKeys.map((key) => [key.name, key.match, key.onUpdate]), [['fk', 'FULL', 'SET NULL']]);
    assert.deepEqual(
      table.excludes.map((exclude) => [exclude.method, exclude.elements.map((element) => [element.column, element.expression?.sql ?? null, element.operator]), exclude.where?.sql]),
      [['gist', [['g', null, '='], [null, 'tstzrange(t, t)', '&&']], 'g IS NOT NULL']],
    );
  });

  it('reads CREATE INDEX', () => {
    const operation = only("CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON app.t USING gin (a DESC NULLS LAST, lower(b) text_pattern_ops, (c || ',') DESC) INCLUDE (d) WITH (fillfactor = 70) WHERE a > 1 AND b = ';'");
    assert.ok(operation.kind === 'create_index');
    assert.deepEqual([operation.schema, operation.table, operation.concurrently, operation.ifNotExists], ['app', 't', true, true]);
    const { index } = operation;
    assert.deepEqual([index.name, index.unique, index.method, index.include, index.where?.sql, index.options], ['i', true, 'gin', ['d'], "a > 1 AND b = ';'", { fillfactor: '70' }]);
    assert.deepEqual(
      index.elements.map((element) => [element.column, element.expression?.sql ?? null, element.operatorClass, element.descending, element.nullsFirst]),
      [
        ['a', null, null, true, false],
        [null, 'lower(b)', 'text_pattern_ops', false, false],
        [null, "c || ','", null, true, true],
      ],
    );
  });

  it('reads CREATE TYPE inside the guards that PostgreSQL lacks', () => {
    for (const sql of [
      "DO $$ BEGIN CREATE TYPE s AS ENUM ('a;b'); EXCEPTION WHEN duplicate_object THEN NULL; END $$;",
      "DO $$\nBEGIN\n  IF NOT EXISTS (SELECT 1 FROM pg_type WHERE typname = 's') THEN\n CREATE TYPE s AS ENUM ('a;b');\n END IF;\nEND\n$$",
    ]) {
      const operation = only(sql);
      assert.ok(operation.kind === 'create_enum', operation.kind);
      assert.deepEqual([operation.enum.labels, operation.checkFirst], [['a;b'], true]);
    }
    assert.equal(only("DO $$ BEGIN EXECUTE 'CREATE TYPE s AS ENUM ()'; END $$").kind, 'create_enum');
    assert.equal(only("DO $$ BEGIN EXECUTE 'CREATE TYPE ' || name || ' AS ENUM ()'; END $$").kind, 'unknown');
    assert.equal(only("DO $$ BEGIN IF f() THEN CREATE TYPE s AS ENUM ('a'); END IF; END $$").kind, 'unknown');
  });

  it('knows moves between schemas, and constraints that are validated or take over an index', () => {
    const table = { ...plainTable, schema: null, name: 't', columns: [{ ...plainColumn, name: 'a', type: { kind: 'builtin', name: 'text', args: [], dimensions: 0 } as const }] };
    const start = { ...emptySchema, tables: [table], enums: [{ schema: null, name: 'mood', labels: ['a'], comment: null, extension: null }] };
    const sql = `CREATE UNIQUE INDEX CONCURRENTLY i ON t (a); ALTER TABLE t ADD CONSTRAINT k UNIQUE USING INDEX i;
      ALTER TABLE t ADD CONSTRAINT c CHECK (a <> '') NOT VALID; ALTER TABLE t VALIDATE CONSTRAINT c;
      ALTER TABLE t SET SCHEMA app; ALTER TYPE mood SET SCHEMA app`;
    const after = applyOperations(start, readSql(sql, parser).value.flatMap(({ operations }) => operations));
    const [moved] = after.tables;
    assert.deepEqual([moved?.schema, moved?.indexes, moved?.uniques.map(({ name, columns }) => [name, columns]), moved?.checks.map(({ notValid }) => notValid)], ['app', [], [['k', ['a']]], [false]]);
    assert.deepEqual(after.enums.map(({ schema, name }) => [schema, name]), [['app', 'mood']]);
    assert.deepEqual(after.unknown, []);
  });

  it('knows what begins and ends transactions', () => {
    const controls = read('begin; start transaction; savepoint a; rollback to a; release a; commit; end; commit and chain; abort; rollback; set constraints all deferred');
    assert.deepEqual(controls.map((operation) => (operation.kind === 'execute' ? (operation.control ?? null) : operation)), ['begin', 'begin', 'savepoint', 'savepoint', 'savepoint', 'commit', 'commit', 'chain', 'rollback', 'rollback', null]);
  });

  it('says what it does not follow, and how far that reaches', () => {
    const reach = (sql: string): unknown => {
      const operation = only(sql);
      return operation.kind === 'unknown' ? operation.tables : operation.kind;
    };
    assert.deepEqual(reach('SELECT create_hypertable(\'t\', \'at\')'), null);
    assert.deepEqual(reach("SELECT setval('s', 1)"), 'execute');
    assert.deepEqual(reach('CREATE TABLE t OF u'), [{ schema: null, name: 't' }]);
    assert.deepEqual(reach('ALTER TABLE t INHERIT u'), [{ schema: null, name: 't' }]);
    assert.deepEqual(reach('DROP FUNCTION f() CASCADE'), null);
    assert.deepEqual(reach('SET search_path = app, public'), null);
    assert.deepEqual(reach('SET search_path = public, extensions'), 'execute');
  });

  it('lets one statement that PostgreSQL would not parse spoil no other, and says where', () => {
    const { value, problems } = readSql("DROP TABLE é; SELEC 1; DROP TABLE b", parser);
    assert.deepEqual(value.map((statement) => statement.operations.map((operation) => operation.kind)), [['drop_table'], ['unknown'], ['drop_table']]);
    assert.deepEqual(problems.map((problem) => problem.code), ['sql-syntax']);
    assert.deepEqual(value[1]?.statement.error, { text: 'syntax error at or near "SELEC"', at: 14 });
  });

  it('never throws, wherever a script is cut', () => {
    const script = simple.map(([sql]) => sql).join(';\n');
    fc.assert(
      fc.property(fc.nat(script.length), fc.nat(200), (start, length) => {
        readSql(script.slice(start, start + length), parser);
      }),
      { numRuns: 300 },
    );
  });
});
