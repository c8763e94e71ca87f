/** `alembic-review sql` beside the real command line: `alembic upgrade --sql parent:revision`, and back. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { loadSqlParser } from '../../src/workspace/load-sql-parser';
import { runCli } from '../cli/run-cli';
import { pythonEnvironment } from '../harness/python';
import { need } from '../harness/tools';
import { openAlembicSession, type AlembicSession } from './alembic-session';
import { withoutPlaces } from './statements';

const env = `from alembic import context

context.configure(url="postgresql://", version_table="steps", version_table_schema="Ops", literal_binds=True, dialect_opts={"paramstyle": "named"})
with context.begin_transaction():
    context.run_migrations()
`;

const script = (id: string, down: string, body: string, back = 'pass', more = ''): string => `"""${id}"""
import sqlalchemy as sa
from alembic import context, op
from sqlalchemy.dialects import postgresql

revision = "${id}"
down_revision = ${down}
${more}

def upgrade():
    ${body.trim().replaceAll('\n', '\n    ')}


def downgrade():
    ${back.trim().replaceAll('\n', '\n    ')}
`;

const revisions: Readonly<Record<string, string>> = {
  first: script('first', 'None', `
op.create_table("Order", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("state", sa.Enum("a", "b", name="state"), server_default=sa.text("'a'::state"), nullable=False, comment="it's"))
postgresql.ENUM("x", "y", name="mood").create(op.get_bind(), checkfirst=True)
op.add_column("Order", sa.Column("parent", sa.Integer(), sa.ForeignKey("Order.id"), index=True, comment="another"))
op.execute("ALTER TABLE \\"Order\\" ADD COLUMN a int, ADD COLUMN b text; UPDATE \\"Order\\" SET b = 'x\\\\:y'")
`, 'op.drop_table("Order")\npostgresql.ENUM(name="mood").drop(op.get_bind(), checkfirst=True)'),
  left: script('left', '"first"', `
with op.get_context().autocommit_block():
    op.create_index("ix_b", "Order", ["b"], postgresql_concurrently=True, if_not_exists=True)
with op.get_context().autocommit_block():
    op.execute("VACUUM")
if context.is_offline_mode():
    op.execute("SELECT 'offline'")
`, 'with op.get_context().autocommit_block():\n    op.drop_index("ix_b", postgresql_concurrently=True)'),
  right: script('right', '"first"', 'op.drop_column("Order", "a")'),
  alone: script('alone', 'None', 'op.create_table("alone", sa.Column("id", sa.Integer()))'),
  merge: script('merge', '("left", "right")', 'pass', 'pass'),
  leaning: script('leaning', '"merge"', 'op.execute("SELECT 1")', 'pass', 'depends_on = "alone"'),
};

describe('alembic-review sql', () => {
  const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'sql-verb-')));
  let alembic: AlembicSession;

  before(async function () {
    alembic = openAlembicSession(await need(this, pythonEnvironment()));
    mkdirSync(path.join(folder, 'alembic', 'versions'), { recursive: true });
    writeFileSync(path.join(folder, 'alembic.ini'), '[alembic]\nscript_location = %(here)s/alembic\n');
    writeFileSync(path.join(folder, 'alembic', 'env.py'), env);
    for (const [id, text] of Object.entries(revisions)) writeFileSync(path.join(folder, 'alembic', 'versions', `${id}.py`), text);
  });
  after(() => {
    alembic?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const treesOf = async (sql: string): Promise<readonly unknown[]> => (await loadSqlParser()).parse(sql).value.map(({ text, tree }) => (tree === null ? text : withoutPlaces(tree)));
  const ask = async (id: string, ...options: readonly string[]): Promise<string> => {
    const { code, out, err } = await runCli(['sql', `alembic/versions/${id}.py`, ...options], { cwd: folder });
    assert.equal(err, '');
    assert.equal(code, 0, out);
    return out;
  };

  for (const [id, from] of [['first', 'base'], ['left', 'first'], ['right', 'first'], ['alone', 'base']] as const) {
    it(`prints what alembic upgrade --sql ${from}:${id} prints`, async () => {
      const printed = await alembic.run(folder, 'postgresql://', 'upgrade', `${from}:${id}`, true);
      const ours = await ask(id);
      assert.deepEqual(await treesOf(ours), await treesOf(printed));
      assert.deepEqual(ours.match(/^-- Running .*$/gm), printed.match(/^-- Running .*$/gm));
    });
  }

  for (const [id, to] of [['first', 'base'], ['left', 'first']] as const) {
    it(`prints what alembic downgrade --sql ${id}:${to} prints`, async () => {
      const printed = await alembic.run(folder, 'postgresql://', 'downgrade', `${id}:${to}`, true);
      assert.deepEqual(await treesOf(await ask(id, '--downgrade')), await treesOf(printed));
    });
  }

  it('notes a merge down, and what a revision depends on', async () => {
    assert.equal(await ask('merge'), `BEGIN;

-- Running upgrade left, right -> merge

DELETE FROM "Ops".steps WHERE "Ops".steps.version_num = 'left';

UPDATE "Ops".steps SET version_num='merge' WHERE "Ops".steps.version_num = 'right';

COMMIT;

`);
    const printed = await alembic.run(folder, 'postgresql://', 'upgrade', 'left:merge', true);
    const merging = (await treesOf(printed)).slice(-3);
    assert.deepEqual((await treesOf(await ask('merge'))).slice(-3), merging);
    assert.match(await ask('merge', '--downgrade'), /INSERT INTO "Ops"\.steps \(version_num\) VALUES \('left'\) RETURNING "Ops"\.steps\.version_num;\n\nUPDATE "Ops"\.steps SET version_num='right' WHERE "Ops"\.steps\.version_num = 'merge';/);
    assert.match(await ask('leaning'), /DELETE FROM "Ops"\.steps WHERE "Ops"\.steps\.version_num = 'merge';\n\nUPDATE "Ops"\.steps SET version_num='leaning' WHERE "Ops"\.steps\.version_num = 'alone';/);
  });

  it('says with line and reason what is not understood, and with its exit code', async () => {
    const file = path.join(folder, 'alembic', 'versions', 'later.py');
    writeFileSync(file, script('later', '"leaning"', 'import secrets\nop.execute(f"UPDATE t SET a = \'{secrets.token_hex()}\'")\nop.execute(sa.text("DELETE FROM t WHERE a = :a"))\nop.drop_table("t")', 'raise NotImplementedError("no way back")'));
    const { code, out } = await runCli(['sql', file], { cwd: os.tmpdir() });
    assert.equal(code, 1);
    assert.match(out, /-- not understood \(line 12\): /);
    assert.match(out, /-- not understood \(line 13\): What stands for :a in it is known only when it\n-- runs\.\n-- DELETE FROM t WHERE a = :a;\n/);
    assert.match(out, /\nDROP TABLE t;\n/);
    const back = await runCli(['sql', file, '--downgrade'], { cwd: os.tmpdir() });
    assert.equal(back.code, 1);
    assert.match(back.out, /-- not understood \(line \d+\): downgrade\(\) raises an error: there is no way back\./);
    const json = JSON.parse((await runCli(['sql', file, '--json'], { cwd: os.tmpdir() })).out) as { statements: readonly { kind: string; sql: string | null; range?: { start: { line: number } } }[] };
    assert.deepEqual(json.statements.map(({ kind }) => kind), ['statement', 'comment', 'gap', 'gap', 'statement', 'statement', 'statement']);
    assert.equal(json.statements[4]!.range!.start.line, 14);
    rmSync(file);
  });

  it('tells the locks', async () => {
    assert.match(await ask('right', '--locks'), /-- AccessExclusiveLock on Order: blocks reads and writes\nALTER TABLE "Order" DROP COLUMN a;/);
  });

  it('prints a file of SQL with what its statements are', async () => {
    const file = path.join(folder, 'notes.sql');
    writeFileSync(file, "CREATE TABLE t (id int); -- mine\nALTER TABLE t ADD COLUMN a int,\n  ADD COLUMN b text;\nINSERT INTO t VALUES (1);\nSELEC 1;\n");
    const { code, out, err } = await runCli(['sql', file], { cwd: folder });
    assert.equal(code, 1);
    assert.match(err, /notes\.sql:5:1: error: PostgreSQL would not parse this/);
    assert.ok(out.startsWith('-- create_table t\nCREATE TABLE t (id int);\n\n-- add_column t.a\n-- add_column t.b\nALTER TABLE t ADD COLUMN a int,\n  ADD COLUMN b text;\n\n-- reads or writes rows\nINSERT INTO t VALUES (1);\n\n-- not understood: PostgreSQL would not parse this: '), out);
  });

  it('refuses what is no revision, or not there', async () => {
    assert.equal((await runCli(['sql', 'alembic/env.py'], { cwd: folder })).code, 4);
    assert.equal((await runCli(['sql', 'nothing.py'], { cwd: folder })).code, 4);
    assert.equal((await runCli(['sql'], { cwd: folder })).code, 2);
  });
});
