/** What Alembic itself generates, repaired by the quick fixes, and run: up with rows, down, up. */
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { review } from '../../src/engine/review';
import type { Diagnostic } from '../../src/engine/rules/rule';
import { applyEdits } from '../../src/engine/text/text';
import { formatMessage } from '../../src/engine/text/problem';
import { loadSqlParser } from '../../src/workspace/load-sql-parser';
import { pgDumpMajor, startPostgres, type PostgresServer } from '../harness/postgres';
import { pythonEnvironment, type PythonEnvironment } from '../harness/python';
import { temporaryFolder } from '../harness/temporary';
import { need } from '../harness/tools';
import { readDatabase } from './drafts';
import { migrationRoundTrip, type Prepared } from './round-trip';
import type { RowChanges } from './rows';

interface Case {
  readonly name: string;
  readonly before: string;
  readonly models: string;
  readonly rows: string;
  readonly changes: RowChanges;
  /** Rules that must have been repaired. */
  readonly rules: readonly string[];
  readonly batch?: boolean;
}

const author = 'CREATE TABLE author (id serial PRIMARY KEY, name varchar(80) NOT NULL);';
const models = `import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    metadata = sa.MetaData(naming_convention={})


class Author(Base):
    __tablename__ = "author"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(80))

`;

const cases: readonly Case[] = [
  {
    name: 'a rename with its index, unique constraint and foreign key',
    before: `${author} CREATE TABLE review (id serial PRIMARY KEY, writer_id integer CONSTRAINT review_writer_id_fkey REFERENCES author (id), slug varchar(40) NOT NULL CONSTRAINT review_slug_key UNIQUE); CREATE INDEX ix_review_writer_id ON review (writer_id);`,
    models: `${models}
class Review(Base):
    __tablename__ = "review"
    id: Mapped[int] = mapped_column(primary_key=True)
    written_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("author.id"), index=True)
    slug_name: Mapped[str] = mapped_column(sa.String(40), unique=True)
`,
    rows: `INSERT INTO author (name) VALUES ('Ada'), ('Bob'); INSERT INTO review (writer_id, slug) VALUES (1, 'a'), (NULL, 'b'), (2, 'c');`,
    changes: { renames: ['review.writer_id=review.written_by_id', 'review.slug=review.slug_name'] },
    rules: ['destructive-rename', 'destructive-rename'],
  },
  {
    name: 'a rename that changes type, default and nullability',
    before: `${author} CREATE TABLE place (id serial PRIMARY KEY, business_name varchar(50), stars integer);`,
    models: `${models}
class Place(Base):
    __tablename__ = "place"
    id: Mapped[int] = mapped_column(primary_key=True)
    business_title: Mapped[str] = mapped_column(sa.Text, server_default="?")
    stars: Mapped[int | None]
`,
    rows: `INSERT INTO place (business_name, stars) VALUES ('Café', 3), ('x', NULL);`,
    changes: { renames: ['place.business_name=place.business_title'] },
    rules: ['destructive-rename'],
  },
  {
    name: 'columns of new enum types, one by turning text into it',
    before: `${author} CREATE TABLE place (id serial PRIMARY KEY, status varchar(20) DEFAULT 'NEW' NOT NULL, mood text);`,
    models: `${models}
class Place(Base):
    __tablename__ = "place"
    id: Mapped[int] = mapped_column(primary_key=True)
    status: Mapped[str] = mapped_column(sa.Enum("NEW", "QUEUED", name="place_status"), server_default="NEW")
    mood: Mapped[str | None] = mapped_column(sa.Enum("sad", "ok", name="mood"))
    curation: Mapped[str] = mapped_column(sa.Enum("NEW", "QUEUED", name="place_status"), server_default="QUEUED")
`,
    rows: `INSERT INTO place (status, mood) VALUES ('NEW', 'ok'), ('QUEUED', NULL);`,
    changes: {},
    rules: ['enum-not-created', 'enum-not-created'],
  },
  {
    name: 'both in batches',
    batch: true,
    before: `${author} CREATE TABLE place (id serial PRIMARY KEY, business_name varchar(50) NOT NULL); CREATE INDEX ix_place_business_name ON place (business_name);`,
    models: `${models}
class Place(Base):
    __tablename__ = "place"
    id: Mapped[int] = mapped_column(primary_key=True)
    business_title: Mapped[str] = mapped_column(sa.String(50), index=True)
    status: Mapped[str] = mapped_column(sa.Enum("NEW", "QUEUED", name="place_status"), server_default="NEW")
`,
    rows: `INSERT INTO place (business_name) VALUES ('Café'), ('x');`,
    changes: { renames: ['place.business_name=place.business_title'] },
    rules: ['destructive-rename', 'enum-not-created'],
  },
];

describe('quick fixes on what Alembic generates', function () {
  let server: PostgresServer;
  let python: PythonEnvironment;

  before(async function () {
    python = await need(this, pythonEnvironment());
    server = await need(this, startPostgres({ major: pgDumpMajor }));
  });
  after(() => server?.stop());

  for (const one of cases) {
    it(one.name, async () => {
      const project = writeProject(one);
      const repaired: string[] = [];
      await migrationRoundTrip({
        server,
        python,
        project,
        rows: path.join(project, 'rows.sql'),
        changes: one.changes,
        draft: async (prepared) => {
          const draft = await autogenerate(python, prepared);
          return { path: draft.path, text: await repair(draft, prepared, one.rules, repaired) };
        },
      });
      assert.deepEqual(repaired.sort(), one.rules);
    });
  }
});

async function autogenerate(python: PythonEnvironment, { project, databaseUrl }: Prepared): Promise<{ readonly path: string; readonly text: string }> {
  await python.alembic(project, ['revision', '--autogenerate', '-m', 'draft'], { databaseUrl });
  const versions = path.join(project, 'alembic', 'versions');
  const name = readdirSync(versions).find((file) => file.endsWith('_draft.py'));
  assert.ok(name !== undefined);
  const file = path.join(versions, name);
  return { path: file, text: readFileSync(file, 'utf8') };
}

/** Applies the first fix of what is wrong until nothing is; what a person may know better is left. */
async function repair(draft: { readonly path: string; readonly text: string }, { databaseUrl }: Prepared, meant: readonly string[], repaired: string[]): Promise<string> {
  const sql = await loadSqlParser();
  const before = await readDatabase(databaseUrl);
  let text = draft.text;
  for (let round = 0; round < 10; round++) {
    const { diagnostics, notReviewed } = review({ path: draft.path, text, before, desired: null, sql });
    assert.deepEqual(notReviewed.map((problem) => formatMessage(problem.message)), []);
    const diagnostic: Diagnostic | undefined = diagnostics.find(({ rule, severity }) => severity === 'error' || meant.includes(rule));
    if (diagnostic === undefined) return text;
    const fix = diagnostic.fixes[0];
    assert.ok(fix !== undefined, `no fix for ${formatMessage(diagnostic.message)}\n${text}`);
    repaired.push(diagnostic.rule);
    text = applyEdits(text, fix.edits);
  }
  throw new Error(`Fixes without end:\n${text}`);
}

function writeProject(one: Case): string {
  const project = temporaryFolder('fixes');
  const versions = path.join(project, 'alembic', 'versions');
  mkdirSync(versions, { recursive: true });
  const write = (name: string, text: string): void => writeFileSync(path.join(project, name), text);
  write('alembic.ini', '[alembic]\nscript_location = %(here)s/alembic\nprepend_sys_path = .\n');
  write('models.py', one.models);
  write('rows.sql', one.rows);
  write('alembic/script.py.mako', template);
  write('alembic/env.py', environment.replace('BATCH', one.batch === true ? 'True' : 'False'));
  write('alembic/versions/base.py', `from alembic import op\n\nrevision = "0ba5e0000001"\ndown_revision = None\n\n\ndef upgrade():\n    op.execute("""${one.before}""")\n\n\ndef downgrade():\n    pass\n`);
  return project;
}

const environment = `import os

from alembic import context
from sqlalchemy import create_engine

from models import Base

engine = create_engine(os.environ["DATABASE_URL"].replace("postgresql:", "postgresql+psycopg:"))
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=BATCH)
    with context.begin_transaction():
        context.run_migrations()
engine.dispose()
`;

const template = `"""\${message}

Revision ID: \${up_revision}
"""
from alembic import op
import sqlalchemy as sa
\${imports if imports else ""}

revision = \${repr(up_revision)}
down_revision = \${repr(down_revision)}


def upgrade() -> None:
    \${upgrades if upgrades else "pass"}


def downgrade() -> None:
    \${downgrades if downgrades else "pass"}
`;
