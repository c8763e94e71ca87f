/** The report of a review: word for word in report.md (`UPDATE_GOLDEN=1` writes it), and Markdown that says what the drafts say, whatever they are called. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isProject } from '../../src/engine/project/read-project';
import { renderReport, type ReportedDraft } from '../../src/engine/render/review-report';
import { findProject } from '../../src/workspace/find-project';
import { loadHistory } from '../../src/workspace/load-history';
import { loadSqlParser } from '../../src/workspace/load-sql-parser';
import { reportFile } from '../../src/workspace/report-file';
import { reviewFile } from '../../src/workspace/review-file';
import { projectRoot } from '../harness/paths';
import { memoryWorkspace } from './memory';

const script = (id: string, parent: string | null, title: string, upgrade: string, downgrade: string): string => {
  const body = (text: string): string => text.trim().split('\n').map((line) => `    ${line}\n`).join('');
  return `"""${title}"""\nfrom alembic import op\nimport sqlalchemy as sa\n\nrevision = "${id}"\ndown_revision = ${parent === null ? 'None' : `"${parent}"`}\n\n\ndef upgrade():\n${body(upgrade)}\n\ndef downgrade():\n${body(downgrade)}`;
};

const first = script('a1', null, 'Places', `
op.execute("CREATE TYPE mood AS ENUM ('good', 'bad')")
op.create_table("place", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("business_name", sa.String(200)), sa.Column("city", sa.Text(), nullable=False))
op.create_index("ix_place_business_name", "place", ["business_name"])
op.execute("CREATE VIEW cities AS SELECT DISTINCT city FROM place")`, 'raise NotImplementedError');

/** One of everything that a report can show. */
const bad = script('b2', 'a1', 'Rename | the *name* of `place`', `
op.add_column("place", sa.Column("business_title", sa.String(length=200), nullable=True))
op.drop_column("place", "business_name")
op.add_column("place", sa.Column("status", sa.Enum("NEW", "QUEUED", name="place_status"), nullable=True))
op.create_index("ix_place_city", "place", ["city"], unique=True)
op.create_check_constraint("place_city_check", "place", "city <> '|' AND city <> ''")
for row in op.get_bind().execute(sa.text("SELECT id FROM place")):
    op.execute(f"UPDATE place SET city = '{row.id}'")
op.add_column(*columns())
op.execute("ALTER TYPE mood ADD VALUE 'so-so'")
op.rename_table("place", "venue")`, `
op.rename_table("venue", "place")
op.drop_constraint("place_city_check", "place", type_="check")
op.drop_index("ix_place_city", table_name="place")
op.drop_column("place", "status")
op.add_column("place", sa.Column("business_name", sa.String(length=200), nullable=True))
op.drop_column("place", "business_title")`);
const good = script('c3', 'b2', 'Notes', 'op.create_table("note", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("text", sa.Text()))', 'op.drop_table("note")');
const empty = script('d4', 'c3', '', 'pass', 'pass');

describe('the report of a review', () => {
  const versions = '/app/alembic/versions';
  const workspace = memoryWorkspace({ '/app/alembic.ini': '[alembic]\nscript_location = alembic\n', '/app/alembic/env.py': '', [`${versions}/a1.py`]: first, [`${versions}/b2_rename.py`]: bad, [`${versions}/c3.py`]: good, [`${versions}/d4.py`]: empty });

  async function reported(name: string): Promise<ReportedDraft> {
    const found = await findProject(workspace, '/app');
    assert.ok(isProject(found));
    const at = `${versions}/${name}`;
    const draft = { workspace, project: { project: found, graph: (await loadHistory(workspace, found)).value }, path: at, text: (await workspace.read(at)) ?? '', database: null, sql: await loadSqlParser() };
    const review = await reviewFile({ ...draft, desired: null });
    assert.ok(review !== null);
    return reportFile({ ...draft, review, shown: `alembic/versions/${name}`, postgresVersion: null });
  }

  it('is as it would be written', async () => {
    const page = path.join(projectRoot, 'test', 'workspace', 'report.md');
    const text = renderReport([await reported('b2_rename.py'), await reported('c3.py'), await reported('d4.py')], { database: null, known: 1 });
    if (process.env.UPDATE_GOLDEN === '1') writeFileSync(page, text);
    assert.equal(text, existsSync(page) ? readFileSync(page, 'utf8') : '');
  });

  it('names one draft in its title, and the database', async () => {
    const text = renderReport([await reported('c3.py')], { database: 'PostgreSQL 16, database my_app' });
    assert.ok(text.startsWith('# Review of `c3` Notes\n\n**Nothing found; all of it was reviewed.**\n\nRead, not run. Held against PostgreSQL 16, database my_app.\n\n`alembic/versions/c3.py`, on `b2`\n\n'), text);
  });

  it('keeps each row of a table in one line, with as many cells as its head', async () => {
    const text = renderReport([await reported('b2_rename.py')], { database: null });
    for (const table of text.matchAll(/(?:^\|.*\n)+/gm)) {
      const cells = table[0].trimEnd().split('\n').map((line) => line.replaceAll(/\\\|/g, '').split('|').length);
      assert.equal(new Set(cells).size, 1, table[0]);
    }
  });

  it('fences what has fences in it', async () => {
    const draft = await reported('c3.py');
    const text = renderReport([{ ...draft, upgrade: [{ kind: 'statement', sql: 'SELECT $$\n```\n$$', steps: [], at: null }] }], { database: null });
    assert.ok(text.includes('````sql\nSELECT $$\n```\n$$;\n````'), text);
  });
});
