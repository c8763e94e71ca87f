/** What is handed out: a .vsix that a real VS Code installs, and an npm tarball whose command line runs with nothing else installed. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startShadow } from '../../src/shadow/shadow';
import { projectRoot } from '../harness/paths';
import { mustRun, runCommand } from '../harness/processes';
import { temporaryFolder } from '../harness/temporary';
import { need } from '../harness/tools';
import { copyOfProject, launch } from '../harness/vscode';

describe('packages', () => {
  const folder = temporaryFolder('package');

  it('npm run package gives a .vsix that VS Code installs and activates', async function () {
    const vsix = path.join(folder, 'alembic-review.vsix');
    await mustRun('npm', ['run', 'package', '--', '--out', vsix], { cwd: projectRoot });
    const vscode = await need(this, launch({ extension: { vsix }, workspaceFolder: copyOfProject('scraper') }));
    try {
      const answer = await vscode.host.evaluate(async (api) => {
        const extension = api.extensions.getExtension('alembic-review.alembic-review');
        await extension?.activate();
        return { active: extension?.isActive, folder: extension?.extensionPath };
      });
      assert.equal(answer.active, true);
      assert.notEqual(answer.folder, projectRoot);
      // the script for the project's Python is part of the bundle
      assert.match(readFileSync(path.join(answer.folder ?? '', 'dist', 'extension.js'), 'utf8'), /pg_try_advisory_xact_lock/);
      // the embedded PostgreSQL with what it starts from
      const shadow = await startShadow({ folder: path.join(answer.folder ?? '', 'dist', 'shadow'), extensions: ['citext'] });
      await shadow.stop();
    } finally {
      await vscode.close();
    }
  });

  it('npx runs the command line from the tarball of npm pack', async () => {
    await mustRun('npm', ['pack', '--pack-destination', folder], { cwd: projectRoot });
    const tarball = path.join(folder, readdirSync(folder).find((name) => name.endsWith('.tgz'))!);
    const empty = path.join(folder, 'empty');
    const run = (...args: string[]) => runCommand('npm', ['exec', '--yes', '--offline', '--package', tarball, '--', 'alembic-review', ...args], {
      cwd: folder, env: { ...process.env, npm_config_cache: empty },
    });
    const help = await run('--help');
    assert.equal(help.code, 0, help.stderr);
    assert.match(help.stdout, /generate/);
    // the SQL parser's WASM is where the bundle looks for it
    const history = await run('history', '--json');
    assert.doesNotMatch(history.stderr, /\.wasm|Cannot find module/);
    const draft = path.join(folder, 'draft.sql');
    writeFileSync(draft, 'CREATE EXTENSION citext;\nCREATE TABLE place (name citext);\n');
    const tried = await run('dry-run', draft);
    assert.equal(tried.code, 0, tried.stdout + tried.stderr);
    assert.match(tried.stdout, /^It runs\./);
  });
});
