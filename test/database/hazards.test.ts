/**
 * Hazards are what real servers do: each operation with each of its options runs on tables with rows, and what `hazardOf`
 * says is held against `pg_locks`, the files of tables and indexes, the scans that PostgreSQL counts, and what is gone.
 *
 *     HAZARD_VERSIONS=all npm test -- test/database/hazards.test.ts      on 14 to 18 rather than 14 and 18
 */
import assert from 'node:assert/strict';
import { Client } from 'pg';
import { readSchema } from '../../src/database/read-schema';
import { hazardOf } from '../../src/engine/operations/hazards';
import type { Operation, OperationKind } from '../../src/engine/operations/operation';
import { operationSql } from '../../src/engine/render/operation-sql';
import type { Schema } from '../../src/engine/schema/schema';
import type { SqlParser } from '../../src/engine/sql/parser';
import { loadSqlParser } from '../../src/workspace/load-sql-parser';
import { startPostgres, type PostgresMajor, type PostgresServer } from '../harness/postgres';
import { need } from '../harness/tools';
import { casesOf } from './hazards/cases';
import { differencesBetween } from './hazards/judge';
import { observe } from './hazards/observe';
import { open } from './opened';

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
  });
}
