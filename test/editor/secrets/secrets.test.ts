/**
 * No password anywhere but where it belongs: databases are connected from every source with passwords of every awkward character, every
 * door is gone through, and then all that the editor and the extension have written, shown, said and run is searched for them.
 */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { toSqlAlchemyUrl } from '../../../src/database/connection-url';
import { plainTarget } from '../../../src/database/connection-target';
import { startPostgres, type PostgresServer } from '../../harness/postgres';
import { patience, waitFor } from '../../harness/processes';
import { pythonEnvironment } from '../../harness/python';
import { memoryFolder, temporaryFolder } from '../../harness/temporary';
import { need } from '../../harness/tools';
import { copyOfProject, launch, type VsCode } from '../../harness/vscode';

const awkward = `% @:/?#[]'"\\$\`€ `;
/** A word in each that nothing else has. */
const marks = { env: 'Zq7EnvMark', ini: 'Zq7IniMark', file: 'Zq7FileMark', command: 'Zq7CommandMark', pgpass: 'Zq7PgpassMark', typed: 'Zq7TypedMark', wrong: 'Zq7WrongMark', failing: 'Zq7FailingMark' } as const;
const passwordOf = (source: keyof typeof marks): string => ` ${marks[source]}${awkward}`;

describe('passwords', () => {
  let server: PostgresServer;
  let vscode: VsCode;
  let folder: string;
  let watch: ReturnType<typeof watchProcesses>;
  const outside = temporaryFolder('secrets');
  const said: string[] = [];
  const started = Date.now();

  before(async function () {
    const python = await need(this, pythonEnvironment());
    server = await need(this, startPostgres());
    folder = copyOfProject('healthy');
    const url = await server.createDatabase('library');
    await python.alembic(folder, ['upgrade', 'head'], { databaseUrl: url.replace('postgresql:', 'postgresql+psycopg:') });
    for (const source of ['env', 'ini', 'file', 'command', 'pgpass', 'typed'] as const) {
      await server.query(`CREATE ROLE ada_${source} LOGIN PASSWORD '${passwordOf(source).replaceAll("'", "''")}'; GRANT pg_read_all_data TO ada_${source}`);
    }
    const urlOf = (source: keyof typeof marks, driver: string | null = null): string => toSqlAlchemyUrl({ ...plainTarget, host: '127.0.0.1', port: server.port, user: `ada_${source}`, database: 'library' }, passwordOf(source), driver);
    const bare = (source: string): string => `postgresql://ada_${source}@127.0.0.1:${server.port}/library`;
    const ini = path.join(folder, 'alembic.ini');
    writeFileSync(ini, readFileSync(ini, 'utf8').replace(/^sqlalchemy\.url = .*$/m, () => `sqlalchemy.url = ${urlOf('ini', 'psycopg').replaceAll('%', '%%')}`));
    writeFileSync(path.join(folder, '.env'), `SHOP_FILE='${urlOf('file', 'asyncpg').replaceAll("'", "\\'")}'\nSHOP_WRONG="${bare('file').replace('@', `:${marks.wrong}@`)}"\n`);
    writeFileSync(path.join(outside, 'print.js'), `console.log(${JSON.stringify(passwordOf('command'))})`);
    writeFileSync(path.join(outside, 'fail.js'), `console.log('${marks.failing}'); console.error('cannot use ${marks.failing} today'); process.exit(1)`);
    writeFileSync(path.join(outside, 'pgpass'), `127.0.0.1:${server.port}:*:ada_pgpass:${passwordOf('pgpass').replace(/[\\:]/g, '\\$&')}\n`, { mode: 0o600 });
    writeFileSync(path.join(folder, 'migrations', 'versions', 'aaaa00001111_a_note.py'), draft);
    mkdirSync(path.join(outside, 'tools'));
    symlinkSync(path.dirname(path.dirname(python.interpreter)), path.join(outside, 'tools', 'python'));
    watch = watchProcesses();
    vscode = await need(
      this,
      launch({
        workspaceFolder: folder,
        env: { SHOP_ENV: urlOf('env'), PGPASSFILE: path.join(outside, 'pgpass'), DATABASE_URL: undefined },
        settings: {
          'alembicReview.pythonPath': path.join(outside, 'tools', 'python', 'bin', 'python'),
          'alembicReview.connections': [
            { name: 'from-ini', alembicIni: true },
            { name: 'wrong-one', envFile: '.env', environmentVariable: 'SHOP_WRONG' },
            { name: 'failing-one', url: bare('command'), passwordCommand: [process.execPath, path.join(outside, 'fail.js')] },
            { name: 'from-env', environmentVariable: 'SHOP_ENV' },
            { name: 'from-file', envFile: '.env', environmentVariable: 'SHOP_FILE' },
            { name: 'from-command', url: bare('command'), passwordCommand: [process.execPath, path.join(outside, 'print.js')] },
            { name: 'from-pgpass', url: bare('pgpass') },
          ],
        },
        size: { width: 1700, height: 1900 },
      }),
    );
    await vscode.openView('Databases');
  });
  after(async () => {
    watch?.stop();
    await vscode?.close();
    await server?.stop();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await vscode?.screenshot(`failed-${this.currentTest.title.slice(0, 40)}`);
    said.push(await vscode.page.locator('body').innerHTML());
  });

  /** Databases that come to be known unfold: then not all of them are in sight. */
  const state = (name: string, words: string): Promise<true> =>
    waitFor(`${name}: ${words}`, patience, async () => {
      await vscode.host.evaluate((api) => api.commands.executeCommand('workbench.actions.treeView.alembicReview.databases.collapseAll'));
      return (await row(name).filter({ hasText: words }).count()) > 0 ? true : undefined;
    });
  const row = (name: string): ReturnType<VsCode['treeRow']> => vscode.page.locator('.pane-body .monaco-list-row').filter({ hasText: name }).first();

  it('with every awkward character connect from each source', async () => {
    for (const name of ['from-env', 'from-ini', 'from-file', 'from-command', 'from-pgpass']) await state(name, '1 pending');
    await state('wrong-one', 'login refused');
    await state('failing-one', 'its password command failed');
    await vscode.screenshot('secrets');
  });

  it('and from the keyboard: typed by itself, and within a URL', async () => {
    await vscode.runCommand('Connect Database…');
    await vscode.choose('Enter a URL');
    await vscode.answer(`postgresql://ada_typed:${encodeURIComponent(marks.wrong)}@127.0.0.1:${server.port}/library`);
    said.push(await vscode.dialog());
    await vscode.clickDialog('Enter the Password Again');
    await vscode.page.locator('.quick-input-widget:visible').filter({ hasText: 'It is kept in secret storage' }).waitFor();
    await vscode.screenshot('connect-password');
    await vscode.answer(passwordOf('typed'));
    await vscode.page.locator('.quick-input-widget:visible').getByPlaceholder('What is this database for?').waitFor();
    await vscode.page.keyboard.press('Enter');
    await vscode.page.locator('.quick-input-widget:visible').filter({ hasText: 'What shall it be called?' }).waitFor();
    await vscode.answer('typed-one');
    await state('typed-one', '1 pending');
  });

  it('serve every door', async () => {
    await vscode.openFile('migrations/versions/aaaa00001111_a_note.py');
    const run = async (command: string, ...args: readonly unknown[]): Promise<void> => {
      await vscode.host.evaluate((api, { name, given }) => void api.commands.executeCommand(`alembicReview.${name}`, ...given), { name: command, given: args });
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      said.push(await vscode.page.locator('body').innerHTML());
    };
    for (const name of ['from-ini', 'from-command', 'from-pgpass', 'wrong-one', 'failing-one']) {
      await run('verifyDatabase', `settings:${name}`);
      await run('listTypes', `settings:${name}`);
    }
    await run('generateMigration', { connection: 'from-command', scope: 'workspace', message: 'x' });
    await vscode.page.keyboard.press('Escape');
    await run('reviewDraft');
    await run('previewSql');
    await run('refresh');
    await vscode.openFile('migrations/versions/aaaa00001111_a_note.py');
    await run('compareWithAutogenerate');
    await vscode.choose('from-ini');
    await waitFor('the comparison to end', patience, () => vscode.host.evaluate((api) => (api.window.tabGroups.all.some(({ tabs }) => tabs.some(({ input }) => input instanceof api.TabInputTextDiff)) ? true : undefined)));
    await run('exportReport');
    await run('showLog');
    said.push(JSON.stringify(await vscode.host.evaluate(async (api) => [api.languages.getDiagnostics(), api.workspace.textDocuments.filter(({ uri }) => uri.scheme !== 'file').map((document) => document.getText()), api.workspace.getConfiguration('alembicReview')])));
  });

  it('are in nothing that was shown or said', () => {
    assert.ok(said.length > 10 && said.some((text) => text.includes('from-pgpass')));
    for (const [index, text] of said.entries()) assert.deepEqual(marksIn(text), [], `shown ${index}`);
  });

  it('are in no file that was written: settings, storage, log, report, revision', async () => {
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    const data = readdirSync(memoryFolder()).filter((name) => name.startsWith('alembic-review-vscode-')).map((name) => path.join(memoryFolder(), name));
    const given = [path.join(folder, '.env'), path.join(folder, 'alembic.ini')];
    const files = [...data, folder].flatMap(filesIn).filter((file) => !given.includes(file) && (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0) > started - 5_000);
    assert.ok(files.some((file) => file.endsWith('.log')));
    for (const file of files) assert.deepEqual(marksIn(readFileSync(file, 'utf8')), [], file);
  });

  it("are in no process's arguments, and in no environment but the one that was given", () => {
    watch.stop();
    const { seen, looks } = watch;
    assert.ok(looks() > 20);
    assert.deepEqual([...seen].filter((one) => one !== `environment: ${marks.env}`), []);
  });
});

/** Which of them stand in a text, plainly or in Base64; other spellings leave the mark itself as it is. */
function marksIn(text: string): readonly string[] {
  return Object.values(marks).filter((mark) => text.includes(mark) || [0, 1, 2].some((before) => text.includes(base64Within(mark, before))));
}

/** What Base64 makes of it behind so many other bytes, without the ends that hang on its neighbours. */
function base64Within(mark: string, before: number): string {
  const whole = Buffer.from('x'.repeat(before) + mark).toString('base64').replace(/=+$/, '');
  return whole.slice(before === 0 ? 0 : before + 1, -2);
}

/** Looks at all processes of this machine again and again. */
function watchProcesses(): { readonly seen: ReadonlySet<string>; looks(): number; stop(): void } {
  const seen = new Set<string>();
  let count = 0;
  const look = (): void => {
    if (!existsSync('/proc')) return;
    count++;
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      for (const [what, file] of [['arguments', 'cmdline'], ['environment', 'environ']] as const) {
        try {
          for (const mark of marksIn(readFileSync(`/proc/${pid}/${file}`, 'latin1'))) seen.add(`${what}: ${mark}`);
        } catch {
          // It has ended meanwhile, or is somebody else's.
        }
      }
    }
  };
  const timer = setInterval(look, 150);
  return { seen, looks: () => count, stop: () => clearInterval(timer) };
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true }).map((name) => path.join(folder, String(name))).filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile() === true);
}

const draft = `"""A note

Revision ID: aaaa00001111
Revises: c93d10a7b642

"""
from alembic import op
import sqlalchemy as sa

revision = 'aaaa00001111'
down_revision = 'c93d10a7b642'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('author', sa.Column('note', sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column('author', 'note')
`;
