/** A second migration in a warm editor: whatever changed since the first is in it, in files, in the editor's unsaved text and in the database. */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startPostgres, type PostgresServer } from '../../harness/postgres';
import { pythonEnvironment } from '../../harness/python';
import { temporaryFolder } from '../../harness/temporary';
import { need } from '../../harness/tools';
import { launch, type VsCode } from '../../harness/vscode';

const base = 'from sqlalchemy.orm import DeclarativeBase\n\n\nclass Base(DeclarativeBase):\n    pass\n';
const model = (name: string, ...columns: readonly string[]): string =>
  ['from sqlalchemy import Text', 'from sqlalchemy.orm import Mapped, mapped_column', 'from app.base import Base', '', '', `class ${name}(Base):`, `    __tablename__ = "${name.toLowerCase()}"`,
    '    id: Mapped[int] = mapped_column(primary_key=True)', ...columns.map((column) => `    ${column}: Mapped[str | None] = mapped_column(Text)`), ''].join('\n');
const env = `import os
from alembic import context
from sqlalchemy import create_engine
from app.base import Base
from app import place, person

with create_engine(os.environ["DATABASE_URL"]).connect() as connection:
    context.configure(connection=connection, target_metadata=Base.metadata)
    with context.begin_transaction():
        context.run_migrations()
`;
const template = '"""${message}"""\nfrom alembic import op\nimport sqlalchemy as sa\n${imports if imports else ""}\nrevision = ${repr(up_revision)}\ndown_revision = ${repr(down_revision)}\n\n\ndef upgrade():\n    ${upgrades if upgrades else "pass"}\n\n\ndef downgrade():\n    ${downgrades if downgrades else "pass"}\n';

describe('generating again', () => {
  let server: PostgresServer;
  let vscode: VsCode;
  const folder = path.join(temporaryFolder('again'), 'project');
  const file = (name: string): string => path.join(folder, name);
  const sql = (text: string): Promise<unknown> => server.query(text, 'again');

  before(async function () {
    const python = await need(this, pythonEnvironment());
    server = await need(this, startPostgres());
    const databaseUrl = await server.createDatabase('again');
    const files: Readonly<Record<string, string>> = {
      'alembic.ini': '[alembic]\nscript_location = %(here)s/migrations\nprepend_sys_path = .\npath_separator = os\n',
      'migrations/env.py': env, 'migrations/script.py.mako': template, 'migrations/versions/.keep': '',
      'app/__init__.py': '', 'app/base.py': base, 'app/place.py': model('Place', 'name'), 'app/person.py': model('Person', 'name'),
    };
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(path.dirname(file(name)), { recursive: true });
      writeFileSync(file(name), text);
    }
    await python.alembic(folder, ['revision', '--autogenerate', '-m', 'initial'], { databaseUrl });
    await python.alembic(folder, ['upgrade', 'head'], { databaseUrl });
    vscode = await need(this, launch({ workspaceFolder: folder, env: { DATABASE_URL: databaseUrl }, settings: { 'alembicReview.connections': [{ name: 'dev', environmentVariable: 'DATABASE_URL' }] } }));
  });
  after(async () => {
    await vscode?.close();
    await server?.stop();
  });

  /** The operations of the draft, which is thrown away again; null: there is nothing to migrate. */
  const operations = async (): Promise<readonly string[] | null> => {
    const draft = await vscode.host.evaluate(async (api) => {
      const written = await api.commands.executeCommand('alembicReview.generateMigration', { scope: 'all', connection: 'dev', message: 'again' });
      return typeof written === 'string' ? written : null;
    });
    if (draft === null) return null;
    const text = readFileSync(draft, 'utf8');
    await vscode.host.evaluate((api) => api.commands.executeCommand('workbench.action.closeAllEditors'));
    rmSync(draft);
    const upgrade = text.slice(text.indexOf('def upgrade'), text.indexOf('def downgrade'));
    return [...upgrade.matchAll(/^    op\.(\w+)\(\s*(?:op\.f\()?"(\w+)"(?:,\s*(?:sa\.Column\()?"(\w+)")?/gm)].map(([, kind, table, column]) => `${kind} ${table}${column === undefined || kind === 'create_table' ? '' : `.${column}`}`);
  };

  it('finds nothing to do, twice', async () => {
    assert.equal(await operations(), null);
    assert.equal(await operations(), null);
  });

  it('sees a model that was edited on disk, at once', async () => {
    for (const column of ['first', 'second', 'third']) {
      writeFileSync(file('app/place.py'), model('Place', 'name', column));
      assert.deepEqual(await operations(), [`add_column place.${column}`]);
    }
  });

  it('sees what was changed by hand in the database, and changed back', async () => {
    await sql('ALTER TABLE place ADD COLUMN third text');
    assert.equal(await operations(), null);
    await sql('ALTER TABLE place DROP COLUMN third');
    assert.deepEqual(await operations(), ['add_column place.third']);
    await sql('ALTER TABLE person DROP COLUMN name');
    assert.deepEqual(await operations(), ['add_column person.name', 'add_column place.third']);
    await sql('ALTER TABLE person ADD COLUMN name text');
    assert.deepEqual(await operations(), ['add_column place.third']);
  });

  it('sees text that is not saved, and that it was taken back', async () => {
    await vscode.host.evaluate(async (api, name) => {
      const document = await api.workspace.openTextDocument(api.Uri.file(name));
      const change = new api.WorkspaceEdit();
      change.insert(document.uri, document.lineAt(document.lineCount - 1).range.end, '    typed: Mapped[str | None] = mapped_column(Text)\n');
      await api.workspace.applyEdit(change);
    }, file('app/person.py'));
    assert.deepEqual(await operations(), ['add_column person.typed', 'add_column place.third']);
    await vscode.host.evaluate(async (api, name) => {
      await api.window.showTextDocument(api.Uri.file(name));
      await api.commands.executeCommand('workbench.action.files.revert');
    }, file('app/person.py'));
    assert.deepEqual(await operations(), ['add_column place.third']);
  });

  it('sees a file that was added, renamed and deleted', async () => {
    writeFileSync(file('app/visit.py'), model('Visit', 'note'));
    assert.deepEqual(await operations(), ['create_table visit', 'add_column place.third']);
    renameSync(file('app/visit.py'), file('app/stay.py'));
    assert.deepEqual(await operations(), ['create_table visit', 'add_column place.third']);
    rmSync(file('app/stay.py'));
    assert.deepEqual(await operations(), ['add_column place.third']);
  });

  it('sees a revision that came, and refuses one that no file has', async () => {
    const later = file('migrations/versions/later.py');
    const [{ version_num: head }] = (await server.query('SELECT version_num FROM alembic_version', 'again')).rows;
    writeFileSync(later, `from alembic import op\nimport sqlalchemy as sa\n\nrevision = "aaaabbbbcccc"\ndown_revision = "${head}"\n\n\ndef upgrade():\n    op.add_column("place", sa.Column("third", sa.Text()))\n\n\ndef downgrade():\n    pass\n`);
    assert.equal(await operations(), null, 'it is pending, and does it already');
    rmSync(later);
    await sql("UPDATE alembic_version SET version_num = 'aaaabbbbcccc'");
    assert.equal(await operations(), null);
    await vscode.waitForNotification(/aaaabbbbcccc, which no file of the project has/);
    await sql(`UPDATE alembic_version SET version_num = '${head}'`);
    assert.deepEqual(await operations(), ['add_column place.third']);
  });

  it('writes a second revision for what a large table must not wait for, and opens both', async () => {
    await sql("INSERT INTO place (name) VALUES ('a'), ('b')");
    writeFileSync(file('app/place.py'), model('Place', 'name', 'third').replace('name: Mapped[str | None] = mapped_column(Text)', 'name: Mapped[str | None] = mapped_column(Text, index=True)'));
    const { first, tabs } = await vscode.host.evaluate(async (api) => {
      await api.workspace.getConfiguration('alembicReview').update('largeTableRows', 2, api.ConfigurationTarget.Workspace);
      const first = await api.commands.executeCommand('alembicReview.generateMigration', { scope: 'all', connection: 'dev', message: 'index names' });
      return { first: String(first), tabs: api.window.tabGroups.all.flatMap((group) => group.tabs.map(({ label, isActive }) => ({ label, isActive }))) };
    });
    const second = path.join(path.dirname(first), tabs.find(({ label }) => label.endsWith('_index_names_online.py'))?.label ?? '');
    assert.ok(tabs.some(({ label, isActive }) => isActive && label === path.basename(first)), JSON.stringify(tabs));
    const [one, two] = [readFileSync(first, 'utf8'), readFileSync(second, 'utf8')];
    assert.match(one, /op\.add_column\("place"/);
    assert.doesNotMatch(one, /create_index/);
    assert.match(two, new RegExp(`down_revision = '?"?${/^revision = ['"](\w+)/m.exec(one)?.[1] ?? 'none'}`));
    assert.match(two, /with op\.get_context\(\)\.autocommit_block\(\):\n[^]*op\.create_index\(\n[^]*postgresql_concurrently=True/);
    await vscode.waitForNotification(/stands in a second revision/);
    await vscode.screenshot('generate-large-table');
  });
});
