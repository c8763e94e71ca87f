import assert from 'node:assert/strict';
import { cpSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startPostgres, type PostgresServer } from '../harness/postgres';
import { mustRun, runCommand } from '../harness/processes';
import { pythonEnvironment, type PythonEnvironment } from '../harness/python';
import { shadowFolder } from '../harness/shadow';
import { temporaryFolder } from '../harness/temporary';
import { need } from '../harness/tools';
import { runCli, sampleFolder } from './run-cli';

/** `checklist` from a clean branch to a commit: a real repository, the embedded server, real Alembic on a real database. */
describe('alembic-review checklist', function () {
  this.timeout(120_000);
  let server: PostgresServer;
  let python: PythonEnvironment;
  let cwd: string;
  before(async function () {
    python = await need(this, pythonEnvironment());
    server = await need(this, startPostgres());
    cwd = path.join(temporaryFolder('checklist'), 'library');
    cpSync(sampleFolder('healthy'), cwd, { recursive: true });
    await git('init', '-q', '-b', 'main');
    await commit('Start');
  });
  after(() => server?.stop());

  const git = (...args: string[]): Promise<unknown> => mustRun('git', ['-c', 'user.name=Ada', '-c', 'user.email=a@b', '-c', 'commit.gpgsign=false', ...args], { cwd });
  const commit = async (message: string): Promise<void> => {
    await git('add', '-A');
    await git('commit', '-q', '-m', message);
  };
  /** The embedded server's files lie beside the program. */
  const built = async (...args: string[]): Promise<{ readonly code: number; readonly out: string; readonly err: string }> => {
    const program = path.join(path.dirname(await shadowFolder()), 'cli.js');
    const { code, stdout, stderr } = await runCommand(process.execPath, [program, ...args], { cwd });
    return { code, out: stdout, err: stderr };
  };
  const checklist = async (...args: string[]): Promise<{ readonly code: number; readonly text: string }> => {
    const { code, out, err } = args.includes('--dry-run') ? await built('checklist', ...args) : await runCli(['checklist', ...args], { cwd });
    assert.equal(err, '');
    return { code, text: out };
  };

  it('says that nothing is at hand', async () => {
    assert.deepEqual(await checklist(), { code: 0, text: 'No migration is at hand: everything is committed, and the models need none.\n' });
  });

  it('asks for a branch and a migration where the models have changed', async () => {
    const models = path.join(cwd, 'library', 'models.py');
    writeFileSync(models, readFileSync(models, 'utf8').replace('    born: Mapped[Optional[date]]\n', '    born: Mapped[Optional[date]]\n    note: Mapped[Optional[str]]\n'));
    const { code, text } = await checklist();
    assert.equal(code, 1);
    assert.match(text, /^A migration is still to be generated\n/);
    assert.match(text, /1\. Before {2}<- next/);
    await git('checkout', '-q', '-b', 'author-notes');
    assert.match((await checklist()).text, /\[ \] 2\. Generated {2}<- next/);
  });

  it('takes the draft that was written, and names what is still to do', async () => {
    assert.equal((await runCli(['generate', '--no-database', '--message', 'author notes'], { cwd })).code, 0);
    const { code, text } = await checklist();
    assert.equal(code, 1);
    assert.match(text, /^author notes, [0-9a-f]{12} \(migrations\/versions\/\w+\.py\)\n/);
    assert.match(text, /\[x\] 2\. Generated\n/);
    assert.match(text, /\[ \] Dry run passed: This text of the draft was not tried yet\./);
    assert.match(text, /\[ \] Committed with its models/);
    assert.match(text, /models\.py: modified/);
    const json = JSON.parse((await checklist('--json', '--dry-run')).text);
    assert.equal(json.state, 'open');
    const items = new Map<string, string>(json.steps.flatMap(({ id, items }: { id: string; items: { id: string; state: string }[] }) => items.map((item) => [`${id}.${item.id}`, item.state])));
    assert.deepEqual([items.get('applied.dryRun'), items.get('ready.tested'), items.get('applied.applied')], ['done', 'done', 'open']);
  });

  it('is done, and the exit code says so, when the draft is applied, committed and deployed', async () => {
    writeFileSync(path.join(cwd, 'Procfile'), 'web: gunicorn app:app\nrelease: alembic upgrade head\n');
    await commit('Notes on authors');
    const url = await server.createDatabase('library');
    const [file = ''] = readdirSync(path.join(cwd, 'migrations', 'versions')).filter((name) => name.endsWith('author_notes.py'));
    const draft = path.join('migrations', 'versions', file);
    await python.run(['-c', `from alembic.config import Config; from alembic import command; c = Config("alembic.ini"); c.set_main_option("sqlalchemy.url", ${JSON.stringify(url.replace('postgresql://', 'postgresql+psycopg2://').replaceAll('%', '%%'))}); command.upgrade(c, "head")`], { cwd });
    const { code, text } = await checklist(draft, '--database', url, '--dry-run');
    assert.equal(code, 0, text);
    assert.doesNotMatch(text, /\[[ !?]\]/);
    assert.match(text, /\[x\] 5\. Verified\n/);
    assert.match(text, /\[x\] The deployment runs `alembic upgrade head`: Procfile:2, release/);
    assert.ok(!text.includes(server.password));
    // All of it is behind the person: nothing is at hand any more.
    assert.equal((await checklist('--database', url)).code, 0);
  });

  it('refuses what is no revision of the project', async () => {
    const { code, err } = await runCli(['checklist', 'library/models.py'], { cwd });
    assert.deepEqual([code, err], [4, 'alembic-review: library/models.py is none of the project’s revisions.\n']);
  });
});
