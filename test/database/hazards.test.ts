/**
 * Hazards are what real servers do: each operation with each of its options runs on tables with rows, and what `hazardOf`
 * says is held against `pg_locks`, the files of tables and indexes, the scans that PostgreSQL counts, and what is gone.
 *
 *     HAZARD_VERSIONS=all npm test -- test/database/hazards.test.ts                      on 14 to 18 rather than 14 and 18
 *     HAZARD_TYPES=9000 HAZARD_SEED=7 npm test -- test/database/hazards.test.ts -g types  more changes of types
 */
import assert from 'node:assert/strict';
import { Client } from 'pg';
import { readSchema } from '../../src/database/read-schema';
import { applyOperation } from '../../src/engine/operations/apply';
import { hazardOf } from '../../src/engine/operations/hazards';
import type { Lock } from '../../src/engine/operations/hazards/hazard';
import { settledFunctions, volatileFunctions } from '../../src/engine/operations/hazards/volatility';
import type { Operation, OperationKind } from '../../src/engine/operations/operation';
import { operationSql } from '../../src/engine/render/operation-sql';
import { plainIndex } from '../../src/engine/schema/plain';
import { findTable } from '../../src/engine/schema/lookup';
import type { Index, Schema } from '../../src/engine/schema/schema';
import type { SqlParser } from '../../src/engine/sql/parser';
import { loadSqlParser } from '../../src/workspace/load-sql-parser';
import { startPostgres, type PostgresMajor, type PostgresServer } from '../harness/postgres';
import { need } from '../harness/tools';
import { casesOf } from './hazards/cases';
import { differencesBetween } from './hazards/judge';
import { seed } from '../harness/seed';
import { observe } from './hazards/observe';
import { observeOutside } from './hazards/outside';
import { tablesSql, typeChanges } from './hazards/type-pairs';
import { open } from './opened';

const typeCases = Number(process.env['HAZARD_TYPES'] ?? 900);
const majors: readonly PostgresMajor[] = process.env['HAZARD_VERSIONS'] === 'all' ? [14, 15, 16, 17, 18] : [14, 18];

for (const major of majors) {
  describe(`hazards on PostgreSQL ${major}`, () => {
    let server: PostgresServer;
    let client: Client;
    let schema: Schema;
    let sql: SqlParser;
    const counts = { cases: 0, right: 0, open: 0, refused: 0 };

    before(async function () {
      sql = await loadSqlParser();
      server = await need(this, startPostgres({ major, settings: { autovacuum: 'off' } }));
      const url = await server.createDatabase('scene', ['test/database/hazards/scene.sql']);
      const database = await open(url);
      schema = (await readSchema(database)).schema;
      await database.close();
      client = new Client({ connectionString: url });
      await client.connect();
    });

    after(async () => {
      await client?.end();
      await server?.stop();
      console.log(`      hazards on ${major}: ${counts.cases} cases, ${counts.right} right, ${counts.open} of them left open in part, ${counts.refused} that PostgreSQL refuses`);
    });

    for (const kind of Object.keys(casesOf) as OperationKind[]) {
      it(kind, async () => {
        const wrong: string[] = [];
        const refusals: string[] = [];
        let right = 0;
        const cases: readonly Operation[] = casesOf[kind](schema, major);
        for (const operation of cases) {
          const statements = operationSql(operation, schema);
          const observed = await observe(client, statements);
          if (typeof observed === 'string') {
            refusals.push(`${statements.join('; ')}: ${observed}`);
            continue;
          }
          const hazard = hazardOf(operation, schema, { postgresVersion: major, sql, timeZone: 'UTC' });
          const differences = differencesBetween(hazard, observed, operation, schema);
          if (differences.length > 0) wrong.push([statements.join('; '), ...differences].join('\n    '));
          else right++;
          if (hazard.unknown !== null || hazard.work.some(({ maybe }) => maybe !== undefined)) counts.open++;
        }
        counts.cases += cases.length - refusals.length;
        counts.right += right;
        counts.refused += refusals.length;
        if (process.env['HAZARD_REFUSALS'] !== undefined) console.log(refusals.join('\n'));
        assert.equal(wrong.length, 0, `${wrong.length} of ${cases.length} differ, such as\n${wrong.slice(0, Number(process.env['HAZARD_SHOWN'] ?? 5)).join('\n')}`);
        assert.ok(right > 0 || cases.length === 0, `PostgreSQL refuses all of them: ${refusals[0]}`);
      });
    }

    it('outside of a transaction', async () => {
      const url = await server.createDatabase('outside', ['test/database/hazards/scene.sql']);
      const at = { schema: null, table: 'customer' };
      const index: Index = { ...plainIndex, name: 'fresh_idx', elements: [{ column: 'name', expression: null, collation: null, operatorClass: null, descending: false, nullsFirst: false }] };
      const operations: readonly Operation[] = [
        { kind: 'create_index', ...at, index, concurrently: true },
        { kind: 'drop_index', schema: null, name: 'fresh_idx', table: null, concurrently: true },
        { kind: 'create_index', ...at, index: { ...index, name: 'email_idx', unique: true, where: { sql: 'email IS NOT NULL' } }, concurrently: true, ifNotExists: true },
        { kind: 'execute', sql: 'REINDEX TABLE CONCURRENTLY customer', effect: 'none' },
        { kind: 'execute', sql: 'REINDEX INDEX CONCURRENTLY customer_name_idx', effect: 'none' },
        { kind: 'drop_index', schema: null, name: 'customer_name_idx', table: null, concurrently: true, ifExists: true },
      ];
      let before = schema;
      for (const operation of operations) {
        const [statement = ''] = operationSql(operation, before);
        const hazard = hazardOf(operation, before, { postgresVersion: major, sql });
        assert.equal(hazard.outsideTransaction, true, statement);
        assert.equal(hazard.unknown, null);
        assert.match(String(await observe(client, [statement])), /^25001 /, statement);
        const tables = (locks: readonly Lock[]): readonly string[] => locks.filter(({ relation }) => relation === 'table').map(({ mode, name }) => `${mode} ${name}`).sort();
        const seen = await observeOutside(url, statement, 'customer');
        assert.deepEqual(tables(hazard.locks), tables(seen), statement);
        assert.deepEqual(seen.filter(({ relation, mode }) => relation === 'index' && mode === 'AccessExclusiveLock'), [], statement);
        before = applyOperation(before, operation);
      }
    });

    it('functions in defaults', async () => {
      await server.createDatabase('functions');
      const { rows } = await server.query('CREATE EXTENSION "uuid-ossp"; CREATE EXTENSION pgcrypto', 'functions').then(() => server.query("SELECT proname::text AS name, bool_or(provolatile = 'v') AS is_volatile, bool_and(provolatile = 'v') AS always FROM pg_proc WHERE prokind = 'f' AND 'timetz'::regtype <> ALL (proargtypes::oid[]) GROUP BY proname", 'functions'));
      const known = new Map(rows.map((row) => [row.name as string, row as { is_volatile: boolean; always: boolean }]));
      const wrong = [...[...volatileFunctions].filter((name) => known.get(name)?.always === false), ...[...settledFunctions].filter((name) => known.get(name)?.is_volatile === true)];
      assert.deepEqual(wrong, []);
      // Those that are no functions of this server are words of SQL, or come with a later version.
      assert.ok([...volatileFunctions].filter((name) => known.has(name)).length >= 15);
    });

    it(`types changed into each other (${typeCases}, seed ${seed})`, async () => {
      const url = await server.createDatabase('types');
      await server.query(tablesSql(), 'types');
      const database = await open(url);
      // An extension's types are there as in any other database; its own tables are none of ours.
      const { schema: typed } = await readSchema(database);
      await database.close();
      const session = new Client({ connectionString: url });
      await session.connect();
      const wrong: string[] = [];
      const found = { cases: 0, rewritten: 0, open: 0, refused: 0 };
      for (const [round, timeZone] of ['UTC', 'Europe/Berlin', null].entries()) {
        await session.query(`SET TimeZone = '${timeZone ?? 'Asia/Tokyo'}'`);
        for (const operation of typeChanges(typed, typeCases / 3, seed + round)) {
          const statements = operationSql(operation, typed);
          const observed = await observe(session, statements);
          if (typeof observed === 'string') {
            found.refused++;
            continue;
          }
          const hazard = hazardOf(operation, typed, { postgresVersion: major, sql, timeZone });
          const differences = differencesBetween(hazard, observed, operation, typed);
          if (differences.length > 0) wrong.push([`TimeZone ${timeZone}, from ${JSON.stringify(findTable(typed, { schema: null, name: operation.table })?.columns[0]?.type)}`, statements.join('; '), ...differences].join('\n    '));
          found.cases++;
          if (observed.rewritten.length > 0) found.rewritten++;
          if (hazard.work.some(({ maybe }) => maybe !== undefined)) found.open++;
        }
      }
      await session.end();
      console.log(`      types on ${major}: ${found.cases} changes, ${found.rewritten} rewrite, ${found.open} left open, ${wrong.length} wrong; ${found.refused} that PostgreSQL refuses`);
      assert.equal(wrong.length, 0, `${wrong.length} of ${found.cases} differ, such as\n${wrong.slice(0, Number(process.env['HAZARD_SHOWN'] ?? 5)).join('\n')}`);
      assert.ok(found.rewritten > found.cases / 10 && found.rewritten < found.cases * 0.9);
    });
  });
}
