/**
 * docs/locks.md: what common statements lock and how much work they are. The page says what `hazardOf` says for each version;
 * that it is so is seen on servers of 14 and 18 here, and for everything else in hazards.test.ts.
 *
 *     UPDATE_LOCKS=1 npm test -- test/database/locks-page.test.ts      writes the page anew
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';
import { readSchema } from '../../src/database/read-schema';
import { hazardOf } from '../../src/engine/operations/hazards';
import { blockedText, describeHazard } from '../../src/engine/operations/hazards/describe';
import { lockModes } from '../../src/engine/operations/hazards/hazard';
import type { Operation } from '../../src/engine/operations/operation';
import { readSql } from '../../src/engine/operations/read-sql';
import { resolvedSteps } from '../../src/engine/operations/resolve-types';
import { emptySchema, type Schema } from '../../src/engine/schema/schema';
import type { SqlParser } from '../../src/engine/sql/parser';
import { formatMessage } from '../../src/engine/text/problem';
import { loadSqlParser } from '../../src/workspace/load-sql-parser';
import { projectRoot } from '../harness/paths';
import { startPostgres, type PostgresServer } from '../harness/postgres';
import { need } from '../harness/tools';
import { differencesBetween } from './hazards/judge';
import { observe } from './hazards/observe';
import { open } from './opened';

const page = path.join(projectRoot, 'docs', 'locks.md');
const versions = [14, 15, 16, 17, 18];

const tables = `
CREATE TYPE status AS ENUM ('new', 'done');
CREATE TABLE customers (id integer PRIMARY KEY, name text);
CREATE TABLE orders (id integer PRIMARY KEY, customer_id integer, code varchar(20), total numeric(10, 2), state status, created timestamptz, note text, checked text CHECK (checked IS NOT NULL), amount integer, CONSTRAINT orders_customer_fkey FOREIGN KEY (customer_id) REFERENCES customers (id));
ALTER TABLE orders ADD CONSTRAINT orders_total_check CHECK (total > 0) NOT VALID;
ALTER TABLE orders ADD CONSTRAINT orders_again_fkey FOREIGN KEY (customer_id) REFERENCES customers (id) NOT VALID;
CREATE INDEX orders_code_idx ON orders (code);
CREATE INDEX orders_note_idx ON orders (lower(note));
CREATE UNIQUE INDEX orders_amount_idx ON orders (amount);
CREATE SEQUENCE numbers;
CREATE MATERIALIZED VIEW names AS SELECT name, count(*) AS times FROM customers GROUP BY name;
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER touching BEFORE UPDATE ON customers FOR EACH ROW EXECUTE FUNCTION touch();
CREATE POLICY mine ON customers USING (true);
INSERT INTO customers SELECT i, 'n' || i FROM generate_series(1, 300) i;
INSERT INTO orders (id, customer_id, code, total, state, created, note, checked, amount) SELECT i, i, 'c' || i, i, 'new', now(), 'x', 'y', i FROM generate_series(1, 300) i;
ANALYZE`;

const sections: readonly (readonly [string, readonly string[]])[] = [
  ['Tables', ['CREATE TABLE lines (order_id integer, CONSTRAINT lines_order_fkey FOREIGN KEY (order_id) REFERENCES orders (id))', 'DROP TABLE orders', 'ALTER TABLE orders RENAME TO sales', 'ALTER TABLE orders SET SCHEMA archive', "COMMENT ON TABLE orders IS 'what is sold'"]],
  ['New columns', [
    'ALTER TABLE orders ADD COLUMN x integer', 'ALTER TABLE orders ADD COLUMN x integer NOT NULL DEFAULT 0', 'ALTER TABLE orders ADD COLUMN x timestamptz DEFAULT now()', 'ALTER TABLE orders ADD COLUMN x timestamptz DEFAULT clock_timestamp()', 'ALTER TABLE orders ADD COLUMN x uuid DEFAULT gen_random_uuid()', 'ALTER TABLE orders ADD COLUMN x serial',
    'ALTER TABLE orders ADD COLUMN x integer GENERATED ALWAYS AS IDENTITY', 'ALTER TABLE orders ADD COLUMN x integer GENERATED ALWAYS AS (id * 2) STORED',
  ]],
  ['Columns', ['ALTER TABLE orders DROP COLUMN note', 'ALTER TABLE orders DROP COLUMN customer_id', 'ALTER TABLE orders RENAME COLUMN note TO remark', "ALTER TABLE orders ALTER COLUMN note SET DEFAULT 'x'", 'ALTER TABLE orders ALTER COLUMN note DROP NOT NULL', 'ALTER TABLE orders ALTER COLUMN note SET NOT NULL', 'ALTER TABLE orders ALTER COLUMN checked SET NOT NULL', "COMMENT ON COLUMN orders.note IS 'x'"]],
  ['Types of columns', [
    'ALTER TABLE orders ALTER COLUMN code TYPE varchar(50)', 'ALTER TABLE orders ALTER COLUMN code TYPE text', 'ALTER TABLE orders ALTER COLUMN code TYPE varchar(10)', 'ALTER TABLE orders ALTER COLUMN note TYPE varchar', 'ALTER TABLE orders ALTER COLUMN note TYPE varchar(100)', 'ALTER TABLE orders ALTER COLUMN total TYPE numeric(12, 2)', 'ALTER TABLE orders ALTER COLUMN total TYPE numeric(12, 4)',
    'ALTER TABLE orders ALTER COLUMN created TYPE timestamp', 'ALTER TABLE orders ALTER COLUMN amount TYPE bigint', 'ALTER TABLE orders ALTER COLUMN customer_id TYPE bigint', 'ALTER TABLE customers ALTER COLUMN id TYPE bigint', 'ALTER TABLE orders ALTER COLUMN state TYPE text', 'ALTER TABLE orders ALTER COLUMN code TYPE jsonb USING to_jsonb(code)',
  ]],
  ['Keys and constraints', [
    'ALTER TABLE orders ADD CONSTRAINT c CHECK (amount > 0)', 'ALTER TABLE orders ADD CONSTRAINT c CHECK (amount > 0) NOT VALID', 'ALTER TABLE orders VALIDATE CONSTRAINT orders_total_check', 'ALTER TABLE orders ADD CONSTRAINT f FOREIGN KEY (customer_id) REFERENCES customers (id)', 'ALTER TABLE orders ADD CONSTRAINT f FOREIGN KEY (customer_id) REFERENCES customers (id) NOT VALID', 'ALTER TABLE orders VALIDATE CONSTRAINT orders_again_fkey',
    'ALTER TABLE orders DROP CONSTRAINT orders_customer_fkey', 'ALTER TABLE orders DROP CONSTRAINT orders_total_check', 'ALTER TABLE orders ADD CONSTRAINT u UNIQUE (code)', 'ALTER TABLE orders ADD CONSTRAINT u UNIQUE USING INDEX orders_amount_idx', 'ALTER TABLE orders RENAME CONSTRAINT orders_total_check TO positive_total',
  ]],
  ['Indexes', ['CREATE INDEX i ON orders (note)', 'CREATE UNIQUE INDEX i ON orders (code)', 'CREATE INDEX CONCURRENTLY i ON orders (note)', 'DROP INDEX orders_code_idx', 'DROP INDEX CONCURRENTLY orders_code_idx', 'ALTER INDEX orders_code_idx RENAME TO i', 'REINDEX TABLE orders', 'REINDEX TABLE CONCURRENTLY orders']],
  ['Enum types', ["ALTER TYPE status ADD VALUE 'paid'", "ALTER TYPE status RENAME VALUE 'new' TO 'fresh'", 'ALTER TYPE status RENAME TO order_status']],
  ['What hangs on tables', ['CREATE TRIGGER t BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch()', 'ALTER TABLE orders ENABLE ROW LEVEL SECURITY', 'CREATE POLICY p ON orders USING (true)', 'DROP POLICY mine ON customers', 'REFRESH MATERIALIZED VIEW names', 'REFRESH MATERIALIZED VIEW names WITH NO DATA', 'ALTER TABLE orders SET (fillfactor = 70)', 'ALTER TABLE orders OWNER TO CURRENT_USER']],
  ['Rows', ["UPDATE orders SET note = 'x'", 'UPDATE orders SET customer_id = 1', 'DELETE FROM orders', "INSERT INTO orders (id, customer_id, checked) VALUES (0, 1, 'y')", 'SELECT * FROM orders FOR UPDATE', 'TRUNCATE orders']],
];

describe('the page about locks', () => {
  let sql: SqlParser;
  const servers: PostgresServer[] = [];

  before(async () => {
    sql = await loadSqlParser();
  });
  after(async () => {
    for (const server of servers) await server.stop();
  });

  const operationsOf = (statement: string, schema: Schema): readonly Operation[] => resolvedSteps(schema, readSql(statement, sql).value.flatMap((read) => read.operations)).map((step) => step.operation);

  for (const major of [14, 18] as const) {
    it(`says what PostgreSQL ${major} does`, async function () {
      const server = await need(this, startPostgres({ major, settings: { autovacuum: 'off', timezone: 'Europe/Berlin' } }));
      servers.push(server);
      const url = await server.createDatabase('locks');
      await server.query(`${tables}; CREATE SCHEMA archive`, 'locks');
      const database = await open(url);
      const { schema } = await readSchema(database);
      await database.close();
      const client = new Client({ connectionString: url });
      await client.connect();
      const wrong: string[] = [];
      for (const statement of sections.flatMap(([, statements]) => statements)) {
        const observed = await observe(client, [statement]);
        const operations = operationsOf(statement, schema);
        const [operation] = operations;
        assert.ok(operation !== undefined && operations.length === 1, statement);
        const hazard = hazardOf(operation, schema, { postgresVersion: major, sql, timeZone: null });
        assert.equal(hazard.unknown, null, statement);
        if (hazard.outsideTransaction) assert.match(String(observed), /^25001 /, statement);
        else if (typeof observed === 'string') wrong.push(`${statement}: ${observed}`);
        else wrong.push(...differencesBetween(hazard, observed, operation, schema).map((difference) => `${statement}: ${difference}`));
      }
      await client.end();
      assert.deepEqual(wrong, []);
    });
  }

  it('is as it would be written', () => {
    const schema = resolvedSteps(emptySchema, readSql(tables, sql).value.flatMap((read) => read.operations)).at(-1)!.after;
    const withViews = { ...schema, views: [{ schema: null, name: 'names', materialized: true, definition: '', dependsOn: [{ schema: null, name: 'customers', column: null }], comment: null, extension: null }] };
    const text = pageText((statement) => cellOf(statement, withViews));
    if (process.env['UPDATE_LOCKS'] !== undefined) writeFileSync(page, text);
    assert.equal(existsSync(page) ? readFileSync(page, 'utf8') : '', text, 'write it anew: UPDATE_LOCKS=1 npm test -- test/database/locks-page.test.ts');
  });

  /** What holds for all versions once, else by versions. */
  function cellOf(statement: string, schema: Schema): string {
    const byVersion = versions.map((postgresVersion) => {
      const hazards = operationsOf(statement, schema).map((operation) => hazardOf(operation, schema, { postgresVersion, sql }));
      const lines = hazards.flatMap(describeHazard).map(formatMessage);
      return lines.length === 0 ? 'locks no table' : lines.join('<br>');
    });
    const distinct = [...new Set(byVersion)];
    return distinct.length === 1 ? (distinct[0] ?? '') : distinct.map((text) => `PostgreSQL ${versions.filter((_, index) => byVersion[index] === text).join(', ')}: ${text}`).join('<br>');
  }
});

function pageText(cell: (statement: string) => string): string {
  return `# What locks what

A statement holds its locks until its transaction ends. Alembic runs a revision in one transaction, and all revisions of one
\`alembic upgrade\` in the same one, unless env.py says \`transaction_per_migration=True\`; each statement in
\`with op.get_context().autocommit_block():\` commits by itself, as does what came before the block. The Supabase CLI runs a file
in one transaction.

${lockModes.map((mode) => `- \`${mode}\`: ${blockedText(mode)}`).join('\n')}

Whoever waits for a lock makes those behind wait, too: an ALTER TABLE that waits for a long query stops all that come after it.

The tables below are \`customers (id, name)\` and \`orders (id, customer_id, code varchar(20), total numeric(10, 2), state, created
timestamptz, note text, amount integer, checked)\`, which refers to it. \`checked\` has a valid \`CHECK (checked IS NOT NULL)\`;
\`orders_total_check\` and \`orders_again_fkey\` are NOT VALID; \`code\`, \`lower(note)\` and \`amount\` are indexed. *Perhaps* says that it
hangs on something that the statement does not show. Where no version is named,
it is the same on PostgreSQL 14 to 18.

${sections.map(([title, statements]) => `## ${title}\n\n| statement | locks and work |\n|---|---|\n${statements.map((statement) => `| \`${statement}\` | ${cell(statement)} |`).join('\n')}`).join('\n\n')}

Written and held against PostgreSQL 14 and 18 by \`test/database/locks-page.test.ts\`; thousands of further cases, on all
versions, by \`test/database/hazards.test.ts\`.
`;
}
