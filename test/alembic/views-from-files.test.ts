/** A history that makes views in SQL, a model whose column changes its type, no database: the draft runs up, down and up again. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runCli } from '../cli/run-cli';
import { startPostgres, type PostgresServer } from '../harness/postgres';
import { pythonEnvironment, type PythonEnvironment } from '../harness/python';
import { need } from '../harness/tools';

const environment = `import os

from alembic import context
from sqlalchemy import create_engine

from models import Base

target_metadata = Base.metadata
engine = create_engine(os.environ["DATABASE_URL"])
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=target_metadata)
    with context.begin_transaction():
        context.run_migrations()
engine.dispose()
`;

const models = (status: string): string => `import enum

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class JobStatus(enum.Enum):
    NEW = "NEW"
    DONE = "DONE"


class Job(Base):
    __tablename__ = "job"
    id: Mapped[int] = mapped_column(primary_key=True)
    status: Mapped[str] = mapped_column(${status}, nullable=False)
    owner: Mapped[str | None] = mapped_column(sa.Text)
`;

const first = `"""first"""
from alembic import op
import sqlalchemy as sa

revision = "a00000000001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("job_pkey")),
    )
    op.execute("""
        CREATE VIEW open_job AS SELECT * FROM job j WHERE j.status = 'NEW';
        COMMENT ON VIEW open_job IS 'Waiting';
        GRANT SELECT ON open_job TO PUBLIC;
    """)
    op.execute("CREATE OR REPLACE VIEW open_count AS SELECT o.status, count(*) AS n FROM open_job o GROUP BY o.status")
    op.execute("CREATE MATERIALIZED VIEW job_kind AS SELECT status, count(*) AS n FROM job GROUP BY status")
    op.execute("CREATE UNIQUE INDEX ix_job_kind ON job_kind (status)")
    op.execute("ALTER VIEW open_count RENAME COLUMN n TO total")
    op.execute("CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$")
    op.execute("CREATE TRIGGER touch BEFORE UPDATE OF status ON job FOR EACH ROW EXECUTE FUNCTION touch()")
    op.execute("ALTER TABLE job ENABLE ROW LEVEL SECURITY")
    op.execute("CREATE POLICY only_new ON job FOR SELECT USING (status = 'NEW')")


def downgrade():
    op.execute("DROP VIEW open_job CASCADE")
    op.execute("DROP MATERIALIZED VIEW job_kind")
    op.drop_table("job")
    op.execute("DROP FUNCTION touch")
`;

describe('views of a history in files', function () {
  this.timeout(180_000);
  let server: PostgresServer;
  let python: PythonEnvironment;
  const folder = mkdtempSync(path.join(os.tmpdir(), 'views-'));
  before(async function () {
    python = await need(this, pythonEnvironment());
    server = await need(this, startPostgres());
  });
  after(async () => {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('step aside and come back in a draft that was made without a database', async () => {
    const versions = path.join(folder, 'alembic', 'versions');
    mkdirSync(versions, { recursive: true });
    writeFileSync(path.join(folder, 'alembic.ini'), '[alembic]\nscript_location = %(here)s/alembic\nprepend_sys_path = .\n');
    writeFileSync(path.join(folder, 'alembic', 'env.py'), environment);
    writeFileSync(path.join(folder, 'models.py'), models('sa.Enum(JobStatus, name="job_status")'));
    writeFileSync(path.join(versions, 'a00000000001_first.py'), first);

    const generated = await runCli(['generate', '-m', 'status'], { cwd: folder });
    assert.equal(generated.code, 0, generated.err);
    assert.doesNotMatch(generated.err, /known in part/);

    const url = await server.createDatabase('views');
    const alembic = (command: readonly string[]) => python.alembic(folder, command, { databaseUrl: url });
    const seen = async (): Promise<unknown> => [
      (await server.query('SELECT id, status::text, owner FROM open_job', 'views')).rows,
      (await server.query('SELECT status::text, total FROM open_count', 'views')).rows,
      (await server.query('SELECT status::text, n FROM job_kind ORDER BY 1', 'views')).rows,
      (await server.query(`SELECT obj_description('open_job'::regclass) AS comment, has_table_privilege('public', 'open_job', 'select') AS granted`, 'views')).rows,
      (await server.query(`SELECT (SELECT count(*) FROM pg_policies), (SELECT count(*) FROM pg_trigger WHERE tgname = 'touch'), (SELECT count(*) FROM pg_indexes WHERE indexname = 'ix_job_kind')`, 'views')).rows,
    ];
    const type = async (): Promise<unknown> => (await server.query(`SELECT format_type(atttypid, -1) AS type FROM pg_attribute WHERE attrelid = 'job'::regclass AND attname = 'status'`, 'views')).rows[0]?.['type'];
    await alembic(['upgrade', 'a00000000001']);
    await server.query(`INSERT INTO job (id, status, owner) VALUES (1, 'NEW', 'me'), (2, 'DONE', NULL); REFRESH MATERIALIZED VIEW job_kind`, 'views');
    const before = await seen();
    for (const [command, wanted] of [['upgrade', 'job_status'], ['downgrade', 'text'], ['upgrade', 'job_status']] as const) {
      await alembic([command, command === 'upgrade' ? 'head' : '-1']);
      assert.deepEqual(await seen(), before, command);
      assert.equal(await type(), wanted);
    }

    // The draft itself is understood when it is a part of the history.
    const again = await runCli(['generate', '-m', 'again', '--stdout'], { cwd: folder });
    assert.equal(again.code, 0, again.err);
    assert.match(again.out + again.err, /[Nn]othing to/);
    assert.doesNotMatch(again.err, /known in part/);
  });
});
