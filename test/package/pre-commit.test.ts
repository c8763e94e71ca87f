/** The hook as pre-commit itself installs and runs it: from a Git repository of the project, on commits of a repository with an Alembic project. */
import assert from 'node:assert/strict';
import { appendFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../harness/paths';
import { mustRun, runCommand } from '../harness/processes';
import { pythonTool } from '../harness/python';
import { temporaryFolder } from '../harness/temporary';
import { need } from '../harness/tools';

const script = (id: string, parent: string | null, upgrade: readonly string[], downgrade: readonly string[]): string => {
  const body = (lines: readonly string[]): string => lines.map((line) => `    ${line}\n`).join('');
  return `"""A revision."""\nfrom alembic import op\nimport sqlalchemy as sa\n\nrevision = "${id}"\ndown_revision = ${parent === null ? 'None' : `"${parent}"`}\n\n\ndef upgrade():\n${body(upgrade)}\n\ndef downgrade():\n${body(downgrade)}`;
};

describe('the hook of pre-commit', function () {
  this.timeout(600_000);
  const folder = temporaryFolder('pre-commit');
  const [hook, project] = [path.join(folder, 'hook'), path.join(folder, 'project')];
  const git = async (cwd: string, ...args: readonly string[]): Promise<string> => (await mustRun('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.org', ...args], { cwd })).stdout.trim();
  let preCommit: (...args: readonly string[]) => ReturnType<typeof runCommand>;
  let commit: (message: string) => ReturnType<typeof runCommand>;

  before(async function () {
    // 4: npm installs it from Git. Until 3, pre-commit packed it itself.
    const python = await need(this, pythonTool('pre-commit==4.7.0'));
    const env = { ...process.env, PRE_COMMIT_HOME: path.join(folder, 'home') };
    preCommit = (...args) => runCommand(python, ['-m', 'pre_commit', ...args], { cwd: project, env });
    commit = (message) => runCommand('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.org', 'commit', '-m', message], { cwd: project, env });

    // The project as it is now, committed or not; what is not in its repository is not in this one.
    for (const entry of ['.npmrc', '.npmignore', '.pre-commit-hooks.yaml', 'LICENSE', 'README.md', 'esbuild.js', 'prepare.mjs', 'package.json', 'package-lock.json', 'tsconfig.json', 'src']) {
      cpSync(path.join(projectRoot, entry), path.join(hook, entry), { recursive: true });
    }
    await git(hook, 'init', '-q');
    await git(hook, 'add', '-A');
    await git(hook, 'commit', '-q', '-m', 'The project');

    mkdirSync(path.join(project, 'alembic', 'versions'), { recursive: true });
    writeFileSync(path.join(project, 'alembic.ini'), '[alembic]\nscript_location = alembic\n');
    writeFileSync(path.join(project, 'alembic', 'env.py'), '');
    writeFileSync(path.join(project, 'alembic', 'versions', 'a1.py'), script('a1', null, ['op.create_table("place", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("business_name", sa.String(200)))'], ['op.drop_table("place")']));
    // As docs/cli.md says it.
    const example = /```yaml\n(repos:[\s\S]*?)```/.exec(readFileSync(path.join(projectRoot, 'docs', 'cli.md'), 'utf8'))?.[1] ?? '';
    writeFileSync(path.join(project, '.pre-commit-config.yaml'), example.replace('<this repository>', hook).replace(/rev: .*/, `rev: ${await git(hook, 'rev-parse', 'HEAD')}`));
    await git(project, 'init', '-q');
    const installed = await preCommit('install', '--install-hooks');
    assert.equal(installed.code, 0, installed.stdout + installed.stderr);
  });

  it('lets a revision pass in which nothing is wrong, and does not look at other files', async () => {
    await git(project, 'add', '-A');
    const { code, stdout, stderr } = await commit('A project');
    assert.equal(code, 0, stdout + stderr);
    assert.match(stderr + stdout, /review Alembic migrations\.+Passed/);
    writeFileSync(path.join(project, 'README.md'), 'Places.\n');
    await git(project, 'add', '-A');
    const other = await commit('Words');
    assert.match(other.stderr + other.stdout, /review Alembic migrations\.+\(no files to check\)Skipped/);
  });

  it('refuses a commit with a draft that loses data, says why, and lets it pass when it is repaired', async () => {
    const draft = path.join(project, 'alembic', 'versions', 'b2.py');
    writeFileSync(draft, script('b2', 'a1', ['op.add_column("place", sa.Column("business_title", sa.String(200)))', 'op.drop_column("place", "business_name")'], ['op.add_column("place", sa.Column("business_name", sa.String(200)))', 'op.drop_column("place", "business_title")']));
    await git(project, 'add', '-A');
    const refused = await commit('Titles');
    assert.equal(refused.code, 1);
    const said = refused.stdout + refused.stderr;
    assert.match(said, /review Alembic migrations\.+Failed/);
    assert.match(said, /^alembic\/versions\/b2\.py:11:\d+: error: business_name of place is dropped and business_title added: .* \[destructive-rename\]$/m);
    assert.match(said, /^ {2}fix: Rename "business_name" to "business_title", keeping its values$/m);
    assert.match(said, /^1 finding in 1 draft\.$/m);

    writeFileSync(draft, script('b2', 'a1', ['op.alter_column("place", "business_name", new_column_name="business_title")'], ['op.alter_column("place", "business_title", new_column_name="business_name")']));
    await git(project, 'add', '-A');
    const passed = await commit('Titles');
    assert.equal(passed.code, 0, passed.stdout + passed.stderr);
  });

  it('takes the options that a project gives it', async () => {
    const draft = path.join(project, 'alembic', 'versions', 'c3.py');
    writeFileSync(draft, script('c3', 'b2', ['op.drop_column("place", "business_title")'], ['op.add_column("place", sa.Column("business_title", sa.String(200)))']));
    await git(project, 'add', '-A');
    appendFileSync(path.join(project, '.pre-commit-config.yaml'), '        args: [--fail-on, warning]\n');
    await git(project, 'add', '-A');
    const refused = await commit('No titles');
    assert.equal(refused.code, 1, refused.stdout + refused.stderr);
    assert.match(refused.stdout + refused.stderr, /c3\.py:\d+:\d+: warning: business_title of place is dropped/);
  });
});
