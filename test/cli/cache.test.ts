import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from '../harness/temporary';
import { syntheticDraft, syntheticHistory, writeHistory } from '../bench/synthetic-history';
import { runCli, type CliResult } from './run-cli';

/** More than a history must have to be worth keeping. */
const revisions = syntheticHistory(40);
const draft = syntheticDraft(40, 100);

describe('what the command line keeps of a history', function () {
  this.timeout(60_000);
  let cwd: string;
  let home: string;
  beforeEach(() => {
    cwd = temporaryFolder('cli-cache');
    home = temporaryFolder('cli-home');
    writeHistory(cwd, [...revisions, draft]);
  });
  const script = path.posix.join('migrations', 'versions', draft.name);
  const review = (args: readonly string[] = [], env: Readonly<Record<string, string>> = {}): Promise<CliResult> => runCli(['review', script, '--json', ...args], { cwd, env });
  const filesOf = (folder: string): readonly string[] => (existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.kept')) : []);

  it('is in a folder that is named, out of Git’s sight, and the next run says the same', async () => {
    const anew = await review(['--no-cache']);
    const first = await review(['--cache', 'kept']);
    const folder = path.join(cwd, 'kept');
    assert.equal(readFileSync(path.join(folder, '.gitignore'), 'utf8'), '*\n');
    const [file, ...others] = filesOf(folder);
    assert.ok(file !== undefined && others.length === 0);
    const written = statSync(path.join(folder, file)).mtimeMs;
    const again = await review(['--cache', 'kept']);
    assert.deepEqual([first, again], [anew, anew]);
    assert.equal(statSync(path.join(folder, file)).mtimeMs, written);
    assert.deepEqual(await runCli(['sql', script, '--cache', 'kept'], { cwd }), await runCli(['sql', script], { cwd }));
    assert.deepEqual(await runCli(['history', '--cache', 'kept'], { cwd }), await runCli(['history'], { cwd }));
  });

  it('is what later runs go on from: a table that only it has is there', async () => {
    await review(['--cache', 'kept']);
    const [file = ''] = filesOf(path.join(cwd, 'kept'));
    const known = readFileSync(path.join(cwd, 'kept', file), 'utf8');
    assert.ok(known.includes('"item_9"'));
    // A line that was tampered with is not believed, and everything is read anew.
    writeFileSync(path.join(cwd, 'kept', file), known.replaceAll('"item_9"', '"item_x"'));
    assert.deepEqual(await review(['--cache', 'kept']), await review(['--no-cache']));
  });

  it('does not outlive an edit of a revision', async () => {
    await review(['--cache', 'kept']);
    const [first] = revisions;
    const path0 = path.join(cwd, 'migrations', 'versions', first!.name);
    writeFileSync(path0, readFileSync(path0, 'utf8').replaceAll('item_0', 'thing_0'));
    const edited = await review(['--cache', 'kept']);
    assert.deepEqual(edited, await review(['--no-cache']));
    assert.match(edited.out, /item_0/);
  });

  it('is in the user’s cache folder unless the environment says CI, and nowhere without one', async () => {
    const usual = process.platform === 'win32' ? { LOCALAPPDATA: home } : { HOME: home, XDG_CACHE_HOME: path.join(home, 'xdg') };
    const folder = process.platform === 'win32' ? path.join(home, 'alembic-review') : process.platform === 'darwin' ? path.join(home, 'Library', 'Caches', 'alembic-review') : path.join(home, 'xdg', 'alembic-review');
    await review(['--no-cache'], usual);
    await review([], { ...usual, CI: 'true' });
    await review([], { XDG_CACHE_HOME: 'relative' });
    assert.equal(existsSync(folder), false);
    await review([], usual);
    assert.equal(filesOf(folder).length, 1);
    assert.equal(existsSync(path.join(folder, '.gitignore')), false);
    assert.equal(existsSync(path.join(cwd, 'relative')), false);
  });

  it('is left out where it cannot be written', async () => {
    mkdirSync(path.join(cwd, 'taken'));
    writeFileSync(path.join(cwd, 'taken', 'file'), '');
    assert.deepEqual(await review(['--cache', 'taken/file']), await review(['--no-cache']));
  });

  it('keeps nothing of a review of all revisions', async () => {
    await runCli(['review', '--all', '--cache', 'kept'], { cwd });
    assert.deepEqual(filesOf(path.join(cwd, 'kept')), []);
  });
});
