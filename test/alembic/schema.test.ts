/** What is read of a database, held against SQLAlchemy's inspector and against pg_dump. */
import assert from 'node:assert/strict';
import { cpSync, copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { loadModule, parseSync } from 'libpg-query';
import { connect } from '../../src/database/connect';
import { parseConnectionUrl } from '../../src/database/connection-url';
import { readSchema } from '../../src/database/read-schema';
import type { Column, Expression, Identity, Schema } from '../../src/engine/schema/schema';
import { normalForm } from '../../src/engine/sql/expression';
import { projectRoot } from '../harness/paths';
import { pgDump, pgDumpMajor, startPostgres } from '../harness/postgres';
import type { PostgresServer } from '../harness/postgres';
import { pythonEnvironment } from '../harness/python';
import type { PythonEnvironment } from '../harness/python';
import { need } from '../harness/tools';
import { differences } from './differences';
import { canRun, createAll, inspectorOf } from './metadata';
import { styleGroups } from './model-groups';
import { projectFolder } from './sample';

describe('a database’s schema', () => {
  let server: PostgresServer;
  let python: PythonEnvironment;

  before(async function () {
    await loadModule();
    python = await need(this, pythonEnvironment());
    server = await need(this, startPostgres({ major: pgDumpMajor }));
  });
  after(() => server?.stop());

  /** Makes a database and gives its URL; null: it can't be made with this Python. */
  const sources: readonly (readonly [name: string, database: string, make: (name: string) => Promise<string | null>])[] = [
    ['the kitchen sink', 'sink', (name) => server.createDatabase(name, ['test/database/kitchen-sink.sql', 'test/database/kitchen-sink-15.sql'])],
    ['the scraper’s old state', 'scraper_old', (name) => scraper(name, false)],
    ['the scraper’s new state', 'scraper_new', (name) => scraper(name, true)],
    ...styleGroups.map((group) => [
      `what SQLAlchemy makes of ${group.name}`, `style_${group.name}`,
      async (name: string) => ((await canRun(python, group)) ? createAll(python, server, group, name) : null),
    ] as const),
  ];

  for (const [name, database, make] of sources) {
    describe(name, () => {
      let schema: Schema;
      let url: string;
      before(async function () {
        const made = await make(database);
        if (made === null) return this.skip();
        url = made;
        schema = await read(url);
        assert.ok(schema.tables.length > 0);
      });

      it('is the same again from what pg_dump writes', async () => {
        const dump = await pgDump(url, ['--schema-only']);
        const again = `${database}_restored`;
        const restored = await server.createDatabase(again);
        await server.query(dump.replaceAll(/^\\(un)?restrict .*$/gm, ''), again);
        // PostgreSQL prints `x IN (…)` over varchar as a cast of an array, and reads that as an array of casts
        assert.deepEqual(inNormalForm(await read(restored)), inNormalForm(schema));
      });

      it('is what SQLAlchemy’s inspector tells', async () => {
        const found = differences(forInspector(await inspectorOf(python, url)), inspected(schema), { part: true }).filter((line) => !inspectorIsOff.some((off) => off.test(line)));
        assert.deepEqual(found, [], found.join('\n'));
      });
    });
  }

  async function read(url: string): Promise<Schema> {
    const parsed = parseConnectionUrl(url);
    if (parsed.kind !== 'target') throw new Error('not a URL');
    const database = await connect(parsed.target, parsed.password);
    try {
      const { schema, problems } = await readSchema(database);
      assert.deepEqual(problems.filter(({ severity }) => severity === 'error'), []);
      return schema;
    } finally {
      await database.close();
    }
  }

  async function scraper(name: string, migrated: boolean): Promise<string> {
    const databaseUrl = await server.createDatabase(name);
    const folder = mkdtempSync(path.join(os.tmpdir(), 'alembic-review-'));
    try {
      cpSync(projectFolder('scraper'), folder, { recursive: true });
      if (migrated) copyFileSync(path.join(projectRoot, 'test', 'alembic', 'scraper.careful.py'), path.join(folder, 'alembic', 'versions', 'careful.py'));
      await python.alembic(folder, ['upgrade', 'head'], { databaseUrl });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    return databaseUrl;
  }
});

function inNormalForm<T>(value: T): T {
  return mapExpressions(value, ({ sql }) => ({ sql: normalForm(sql) ?? sql }));
}

/** The inspector has expressions printed prettily, with fewer parentheses: both sides become PostgreSQL's own parse trees. */
function asTrees(value: unknown): unknown {
  return mapExpressions(value, ({ sql }) => ({ sql: treeOf(sql) }));
}

/** PostgreSQL's parse tree of an expression as text, without places and with AND and OR flat. */
function treeOf(sql: string): string {
  const { stmts } = parseSync(`SELECT (${sql})`) as { stmts: readonly unknown[] };
  return JSON.stringify(stmts, (key, value: unknown) => (key === 'location' || key.endsWith('list_start') || key.endsWith('list_end') || key === 'stmt_location' || key === 'stmt_len' ? undefined : flat(value)));
}

interface BoolExpr {
  readonly BoolExpr: { readonly boolop: string; readonly args: readonly unknown[] };
}

function flat(value: unknown): unknown {
  if (!isBoolExpr(value)) return value;
  const { boolop, args } = value.BoolExpr;
  const inner = (arg: unknown): readonly unknown[] => (isBoolExpr(arg) && arg.BoolExpr.boolop === boolop && boolop !== 'NOT_EXPR' ? arg.BoolExpr.args.flatMap(inner) : [arg]);
  return { BoolExpr: { boolop, args: args.flatMap(inner) } };
}

function isBoolExpr(value: unknown): value is BoolExpr {
  return typeof value === 'object' && value !== null && 'BoolExpr' in value;
}

/** A copy in which each expression is what `change` makes of it; undefined fields are left out, as JSON does. */
function mapExpressions<T>(value: T, change: (expression: Expression) => Expression): T {
  const isExpression = (item: unknown): item is Expression => typeof item === 'object' && item !== null && typeof (item as { sql?: unknown }).sql === 'string';
  return JSON.parse(JSON.stringify(value, (_, item: unknown) => (isExpression(item) ? change(item) : item))) as T;
}

/** Our schema in the words of the inspector, which knows less. */
function inspected(schema: Schema): unknown {
  return asTrees({ ...schema, tables: schema.tables.map((table) => ({ ...table, columns: table.columns.map(inspectedColumn) })) });
}

function inspectedColumn(column: Column): unknown {
  return {
    ...column,
    drawsFromSequence: column.serial || /^nextval\('.*'::regclass\)$/.test(column.default?.sql ?? ''),
    identity: column.identity && { always: column.identity.always, ...startAndStep(column.identity) },
  };
}

/** CREATE SEQUENCE: without a word about it, an ascending one starts at its smallest value, a descending one at its largest. */
function startAndStep({ options }: Identity): { readonly start: string; readonly increment: string } {
  const increment = options['increment'] ?? '1';
  const start = increment.startsWith('-') ? (options['maxvalue'] ?? '-1') : (options['minvalue'] ?? '1');
  return { increment, start: options['start'] ?? start };
}

/** What the inspector tells otherwise, on objects of the kitchen sink. */
const inspectorIsOff: readonly RegExp[] = [
  // types "char" and name become VARCHAR, those of extensions look like PostgreSQL's own
  /^tables\((types|secret)\)\.columns\((c_internal|c_name|owner)\)\.type\.name: expected "character varying"/,
  /^tables\(types\)\.columns\(n_(citexts?|hstore)\)\.type\.kind: expected "builtin", found "named"/,
  // a sequence in the default schema is written with it, and not taken for one
  /^tables\(draws\)\.columns\(c\)\.(default\.sql: expected .*\\"public\\|drawsFromSequence: )/,
  // PostgreSQL's own copies of a key for each partition that it points to
  /^tables\(log\)\.foreignKeys\(log_event_id_event_at_fkey\d?\) is missing: .*"name":"event_(2024|rest|rest_all)"/,
  // the columns of SET NULL are told apart by us as a problem
  /^tables\(nulls\)\.foreignKeys\(nulls_parent\)\.onDelete: expected "SET NULL \(a\)", found "SET NULL"/,
];

/** The inspector's answer without what it puts differently and what we leave out on purpose. */
function forInspector(answer: unknown): unknown {
  const { tables, ...rest } = answer as { tables: { name: string; columns: Record<string, unknown>[] }[] };
  return asTrees({
    ...rest,
    tables: tables.filter((table) => table.name !== 'alembic_version').map((table) => ({
      ...table, columns: table.columns.map((column) => (column['drawsFromSequence'] === true ? { ...column, default: undefined } : column)),
    })),
  });
}
