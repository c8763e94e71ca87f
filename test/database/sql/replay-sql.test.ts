/** SQL of every kind, run on a real server and replayed from its text: the replay says the same as the catalog, or *maybe*. */
import assert from 'node:assert/strict';
import { Client } from 'pg';
import { readSql } from '../../../src/engine/operations/read-sql';
import { replay } from '../../../src/engine/history/replay';
import type { Operation } from '../../../src/engine/operations/operation';
import { emptySchema, type Schema } from '../../../src/engine/schema/schema';
import type { SqlParser } from '../../../src/engine/sql/parser';
import { readSchema } from '../../../src/database/read-schema';
import { loadSqlParser } from '../../../src/workspace/load-sql-parser';
import { startPostgres, type PostgresMajor, type PostgresServer } from '../../harness/postgres';
import { need } from '../../harness/tools';
import { open } from '../opened';
import { differencesFrom, remakeStatements, textsOf } from './compare-with-server';
import { sqlCases } from './statements';

const versions: readonly PostgresMajor[] = [14, 15, 18];

for (const major of versions) {
  describe(`SQL replayed and run on PostgreSQL ${major}`, function () {
    this.timeout(300_000);
    let server: PostgresServer;
    let parser: SqlParser;
    const counts = { equal: 0, maybe: 0 };
    before(async function () {
      server = await need(this, startPostgres({ major, settings: { fsync: 'off' } }));
      parser = await loadSqlParser();
    });
    after(async () => {
      await server?.stop();
      console.log(`      PostgreSQL ${major}: ${counts.equal} equal, ${counts.maybe} honestly not understood, 0 wrong`);
    });

    const operations = (sql: string): readonly Operation[] => readSql(sql, parser).value.flatMap((statement) => statement.operations);

    sqlCases.forEach((one, index) => {
      if ((one.from ?? 0) > major || (one.until ?? major) < major) return;
      // What older servers alone do is seen there; the rest is no different from 15.
      if (major === 14 && one.until === undefined) return;
      it(one.sql, async () => {
        const database = `case${index}`;
        const url = await server.createDatabase(database);
        const client = new Client({ connectionString: url });
        await client.connect();
        // one for the whole case: the first queries of a new one cost twice as much
        const ours = await open(url);
        const read = async (): Promise<Schema> => (await readSchema(ours)).schema;
        try {
          const run = async (sql: string): Promise<void> => {
            // Statements that may not stand in a transaction come one by one.
            for (const { statement } of readSql(sql, parser).value) await client.query(statement.text);
          };
          await run(one.given ?? '');
          const before = await read();
          await run(one.sql);
          const after = await read();

          const fromCatalog = replay([{ upgrade: operations(one.sql) }], before);
          const fromNothing = replay([{ upgrade: operations(`${one.given ?? ''};${one.sql}`) }], emptySchema);
          for (const [how, replayed] of [['from the catalog before', fromCatalog], ['from nothing', fromNothing]] as const) {
            assert.deepEqual(differencesFrom(after, replayed), [], how);
            if (one.maybe !== true) assert.deepEqual(replayed.unknown, [], how);
            else assert.notDeepEqual(replayed.unknown, [], `${how}: it is understood, and so no longer to be marked as maybe`);
          }
          if (fromNothing.unknown.length === 0) {
            await run(['RESET search_path', ...remakeStatements(fromNothing)].join(';\n'));
            assert.deepEqual(textsOf(await read()), textsOf(after), 'made again from the texts');
          }
          counts[fromNothing.unknown.length === 0 ? 'equal' : 'maybe']++;
        } finally {
          await ours.close();
          await client.end();
        }
        await server.dropDatabase(database);
      });
    });
  });
}
