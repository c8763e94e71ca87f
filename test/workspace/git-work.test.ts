/** Branches and commits in real repositories: what is staged by others stays theirs, and what git refuses is said in words. */
import assert from 'node:assert/strict';
import { appendFileSync, chmodSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { branchNameProblem, proposedBranch } from '../../src/engine/checklist/branch-name';
import { formatMessage } from '../../src/engine/text/problem';
import { commitObstacle, committedText, createBranch, lastCommit, readGit, stageAndCommit, type Done, type GitWork } from '../../src/workspace/git-work';
import { mustRun, runCommand } from '../harness/processes';
import { temporaryFolder } from '../harness/temporary';
import { need, ToolMissing } from '../harness/tools';

const identity = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', '-c', 'commit.gpgsign=false', '-c', 'protocol.file.allow=always', '-c', 'init.defaultBranch=main'];

class Repository {
  constructor(readonly folder = temporaryFolder('git-work')) {}

  async run(...args: string[]): Promise<string> {
    return (await mustRun('git', [...identity, ...args], { cwd: this.folder })).stdout.trim();
  }

  async init(): Promise<this> {
    await this.run('init', '-q');
    for (const [key, value] of [['user.name', 'Ada'], ['user.email', 'ada@example.org'], ['commit.gpgsign', 'false']] as const) await this.run('config', key, value);
    return this;
  }

  write(file: string, text: string): string {
    const whole = path.join(this.folder, file);
    mkdirSync(path.dirname(whole), { recursive: true });
    writeFileSync(whole, text);
    return whole;
  }

  async commitAll(subject: string): Promise<void> {
    await this.run('add', '-A');
    await this.run('commit', '-q', '--no-verify', '-m', subject);
  }

  hook(name: string, script: string): void {
    const file = this.write(`.git/hooks/${name}`, `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
  }

  async read(): Promise<GitWork> {
    const work = await readGit(this.folder);
    assert.ok(work !== null);
    return work;
  }

  /** Files of the last commit. */
  async committed(): Promise<readonly string[]> {
    return (await this.run('show', '--name-only', '--format=', 'HEAD')).split('\n').filter((line) => line !== '').sort();
  }

  async staged(): Promise<readonly string[]> {
    return (await this.run('diff', '--cached', '--name-only')).split('\n').filter((line) => line !== '').sort();
  }
}

async function withOneCommit(): Promise<Repository> {
  const repository = await new Repository().init();
  repository.write('app/models.py', 'a = 1\nb = 2\nc = 3\nd = 4\ne = 5\nf = 6\ng = 7\nh = 8\n');
  repository.write('README.md', 'shop\n');
  await repository.commitAll('First');
  return repository;
}

const reasonOf = (done: Done): string => (done.done ? '' : formatMessage(done.reason));

describe('git at work', () => {
  before(async function () {
    const { code, stderr } = await runCommand('git', ['--version']);
    await need(this, code === 0 ? Promise.resolve() : Promise.reject(new ToolMissing('git', stderr)));
  });

  describe('the state of a work tree', () => {
    it('tells branch, changes and what is staged, with awkward names', async () => {
      const repository = await withOneCommit();
      repository.write('app/models.py', 'a = 2\n');
      repository.write('versions/a b „ü“\t.py', '');
      repository.write('README.md', 'x\n');
      await repository.run('add', 'README.md');
      repository.write('README.md', 'y\n');
      await repository.run('mv', 'app/models.py', 'app/tables.py');
      const { branch, mainBranch, isUnborn, operation, changes, root, branches } = await repository.read();
      assert.deepEqual({ branch, mainBranch, isUnborn, operation, root, branches }, { branch: 'main', mainBranch: 'main', isUnborn: false, operation: null, root: repository.folder, branches: ['main'] });
      assert.deepEqual(changes.map(({ path: file, staged, unstaged }) => [file.slice(root.length + 1), staged, unstaged]), [
        ['README.md', 'modified', 'modified'],
        ['app/tables.py', 'renamed', 'modified'],
        ['versions/', null, 'untracked'],
      ]);
    });

    it('is none where there is no repository, and unborn where nothing is committed', async () => {
      assert.equal(await readGit(temporaryFolder('no-git')), null);
      const { isUnborn, branch } = await (await new Repository().init()).read();
      assert.deepEqual([isUnborn, branch], [true, 'main']);
    });

    it('knows a detached HEAD, a remote’s main branch, and is asked from a folder below', async () => {
      const origin = await withOneCommit();
      await origin.run('branch', '-m', 'trunk');
      const clone = new Repository(path.join(temporaryFolder('clone'), 'copy'));
      await mustRun('git', [...identity, 'clone', '-q', origin.folder, clone.folder]);
      await clone.run('checkout', '-q', '--detach');
      const below = await readGit(path.join(clone.folder, 'app'));
      assert.deepEqual([below?.branch, below?.mainBranch, below?.root], [null, 'trunk', clone.folder]);
    });

    it('names files as they are reached through a link', async () => {
      const repository = await withOneCommit();
      const link = path.join(temporaryFolder('link'), 'shop');
      symlinkSync(repository.folder, link);
      repository.write('app/models.py', '');
      const work = await readGit(path.join(link, 'app'));
      assert.deepEqual(work?.changes.map((change) => change.path), [path.join(link, 'app/models.py')]);
    });

    it('answers for a linked work tree and a submodule by themselves', async () => {
      const repository = await withOneCommit();
      const tree = path.join(temporaryFolder('tree'), 'side');
      await repository.run('worktree', 'add', '-q', '-b', 'side', tree);
      const side = await readGit(tree);
      assert.deepEqual([side?.branch, side?.root], ['side', tree]);
      assert.ok(existsSync(path.join(side!.gitFolder, 'HEAD')) && side!.gitFolder.includes('worktrees'));
      const outer = await new Repository().init();
      await outer.run('submodule', '--quiet', 'add', repository.folder, 'shop');
      await outer.commitAll('Shop');
      const inner = await readGit(path.join(outer.folder, 'shop'));
      assert.equal(inner?.root, path.join(outer.folder, 'shop'));
      assert.ok(existsSync(path.join(inner!.gitFolder, 'index')));
    });

    it('tells a merge with conflicts, a rebase and a bisect', async () => {
      const repository = await withOneCommit();
      await repository.run('switch', '-q', '-c', 'other');
      repository.write('README.md', 'other\n');
      await repository.commitAll('Other');
      await repository.run('switch', '-q', 'main');
      repository.write('README.md', 'main\n');
      await repository.commitAll('Main');
      await runCommand('git', [...identity, 'merge', 'other'], { cwd: repository.folder });
      const merging = await repository.read();
      assert.deepEqual([merging.operation, merging.changes.map(({ isConflict }) => isConflict)], ['merge', [true]]);
      assert.match(formatMessage(commitObstacle(merging, [path.join(repository.folder, 'README.md')])!), /A merge is under way/);
      await repository.run('merge', '--abort');
      await runCommand('git', [...identity, 'rebase', 'other'], { cwd: repository.folder });
      assert.equal((await repository.read()).operation, 'rebase');
      await repository.run('rebase', '--abort');
      await repository.run('bisect', 'start');
      assert.equal((await repository.read()).operation, 'bisect');
    });

    it('runs no program that the repository names', async () => {
      const repository = await withOneCommit();
      const trace = path.join(repository.folder, 'ran');
      const program = repository.write('../monitor.sh', `#!/bin/sh\ntouch '${trace}'\n`);
      chmodSync(program, 0o755);
      await repository.run('config', 'core.fsmonitor', program);
      await repository.run('config', 'core.pager', program);
      await repository.read();
      assert.ok(!existsSync(trace));
    });
  });

  describe('a new branch', () => {
    it('takes what is not committed along', async () => {
      const repository = await withOneCommit();
      repository.write('app/models.py', 'a = 2\n');
      assert.deepEqual(await createBranch(repository.folder, 'feature/db-migration').then(({ done }) => done), true);
      const { branch, changes } = await repository.read();
      assert.deepEqual([branch, changes.length], ['feature/db-migration', 1]);
    });

    it('can begin at a detached HEAD', async () => {
      const repository = await withOneCommit();
      await repository.run('checkout', '-q', '--detach');
      assert.ok((await createBranch(repository.folder, 'x')).done);
      assert.equal((await repository.read()).branch, 'x');
    });

    it('is refused in git’s own words', async () => {
      const repository = await withOneCommit();
      assert.match(reasonOf(await createBranch(repository.folder, 'a..b')), /does not take a\.\.b/);
      assert.match(reasonOf(await createBranch(repository.folder, '--help')), /does not take --help/);
      assert.match(reasonOf(await createBranch(repository.folder, 'main')), /already exists/);
    });

    it('has a name by git’s own rules', async function () {
      this.timeout(60_000);
      const repository = await withOneCommit();
      const parts = fc.constantFrom('a', 'b1', '.', '..', '/', '//', '@', '@{', '-', '~', '^', ':', '?', '*', '[', '\\', ' ', '.lock', 'ü', 'HEAD', '\t', '_');
      const names = fc.sample(fc.array(parts, { minLength: 1, maxLength: 4 }).map((list) => list.join('')), { numRuns: 150, seed: 7 });
      for (const name of new Set(names)) {
        const { code } = await runCommand('git', ['check-ref-format', '--branch', name], { cwd: repository.folder });
        // `@{-1}` names an earlier branch, and `@` HEAD: neither is a new one.
        assert.equal(branchNameProblem(name, []) === null, code === 0 && !name.includes('@{') && name !== '@', JSON.stringify(name));
      }
    });

    it('is proposed from what changes, in the repository’s own manner, and is free', () => {
      assert.equal(proposedBranch('Curate contacts & domains', ['main']), 'feature/db-migration-curate-contacts-domains');
      assert.equal(proposedBranch('', ['main', 'feat/x', 'feature/db-migration']), 'feature/db-migration-2');
      assert.equal(proposedBranch('x', ['feat/a', 'feat/b', 'feature/c']), 'feat/db-migration-x');
    });
  });

  describe('a commit', () => {
    const commit = async (repository: Repository, files: readonly string[], text = 'Migration: x\n\n- add a.b\n'): Promise<Done> => stageAndCommit({ git: await repository.read(), paths: files.map((file) => path.join(repository.folder, file)), text });

    it('holds the files that were asked for, and leaves what else is staged staged', async () => {
      const repository = await withOneCommit();
      repository.write('versions/1.py', 'revision = 1\n');
      repository.write('app/models.py', 'a = 2\n');
      repository.write('README.md', 'mine\n');
      repository.write('notes.txt', '');
      await repository.run('add', 'README.md');
      const done = await commit(repository, ['versions/1.py', 'app/models.py']);
      assert.ok(done.done, reasonOf(done));
      assert.deepEqual(await repository.committed(), ['app/models.py', 'versions/1.py']);
      assert.deepEqual(await repository.staged(), ['README.md']);
      assert.equal(await repository.run('log', '-1', '--format=%an|%B'), 'Ada|Migration: x\n\n- add a.b');
      assert.match(await lastCommit(await repository.read()), /^[0-9a-f]{7,} Migration: x$/);
      assert.equal(await committedText(await repository.read(), path.join(repository.folder, 'app/models.py')), 'a = 2\n');
    });

    it('keeps a line of the message that begins with a dash, and drops comments', async () => {
      const repository = await withOneCommit();
      repository.write('versions/1.py', '');
      await commit(repository, ['versions/1.py'], 'Subject\n\n- one\n# a comment\n\n');
      assert.equal(await repository.run('log', '-1', '--format=%B'), 'Subject\n\n- one');
    });

    it('is refused without a message', async () => {
      const repository = await withOneCommit();
      repository.write('versions/1.py', '');
      assert.match(reasonOf(await commit(repository, ['versions/1.py'], '# nothing\n')), /empty commit message/);
    });

    it('commits a file as it is staged in part', async () => {
      const repository = await withOneCommit();
      const file = repository.write('app/models.py', 'a = 9\nb = 2\nc = 3\nd = 4\ne = 5\nf = 6\ng = 7\nh = 8\n');
      await repository.run('add', 'app/models.py');
      appendFileSync(file, 'later = 1\n');
      repository.write('versions/1.py', '');
      const done = await commit(repository, ['versions/1.py', 'app/models.py']);
      assert.ok(done.done, reasonOf(done));
      assert.match(await repository.run('show', 'HEAD:app/models.py'), /^a = 9/);
      assert.doesNotMatch(await repository.run('show', 'HEAD:app/models.py'), /later/);
      assert.match(readFileSync(file, 'utf8'), /later/);
    });

    it('refuses where that and other staged files can’t both be respected', async () => {
      const repository = await withOneCommit();
      const file = repository.write('app/models.py', 'a = 9\n');
      repository.write('README.md', 'mine\n');
      await repository.run('add', '-A');
      appendFileSync(file, 'later = 1\n');
      assert.match(reasonOf(await commit(repository, ['app/models.py'])), /app\/models\.py is staged in part, and other files are staged, too/);
      assert.deepEqual(await repository.staged(), ['README.md', 'app/models.py']);
    });

    it('takes deleted files, names with spaces, and what looks like a pattern', async () => {
      const repository = await withOneCommit();
      rmSync(path.join(repository.folder, 'app/models.py'));
      repository.write('versions/a *.py', '');
      repository.write('versions/a b.py', '');
      const done = await commit(repository, ['app/models.py', 'versions/a *.py']);
      assert.ok(done.done, reasonOf(done));
      assert.deepEqual(await repository.committed(), ['app/models.py', 'versions/a *.py']);
    });

    it('can be the first, in a linked work tree, and in a submodule', async () => {
      const unborn = await new Repository().init();
      unborn.write('versions/1.py', '');
      unborn.write('other.py', '');
      assert.ok((await commit(unborn, ['versions/1.py'])).done);
      assert.equal(await unborn.run('ls-tree', '-r', '--name-only', 'HEAD'), 'versions/1.py');
      const tree = new Repository(path.join(temporaryFolder('tree'), 'side'));
      await unborn.run('worktree', 'add', '-q', '-b', 'side', tree.folder);
      tree.write('versions/2.py', '');
      assert.ok((await commit(tree, ['versions/2.py'])).done);
      assert.match(await unborn.run('log', '-1', '--format=%s', 'side'), /Migration: x/);
      const outer = await new Repository().init();
      await outer.run('submodule', '--quiet', 'add', unborn.folder, 'shop');
      const inner = new Repository(path.join(outer.folder, 'shop'));
      for (const [key, value] of [['user.name', 'Ada'], ['user.email', 'ada@example.org']] as const) await inner.run('config', key, value);
      inner.write('versions/3.py', '');
      const done = await commit(inner, ['versions/3.py']);
      assert.ok(done.done, reasonOf(done));
    });

    it('runs hooks: what one refuses is said with its output, and what one writes into the message stays', async () => {
      const repository = await withOneCommit();
      repository.write('versions/1.py', '');
      repository.hook('pre-commit', 'echo "ruff: 3 problems" >&2; exit 1');
      const refused = await commit(repository, ['versions/1.py']);
      assert.match(reasonOf(refused), /ruff: 3 problems/);
      assert.match(refused.output, /ruff: 3 problems/);
      assert.equal(await repository.run('log', '--format=%s'), 'First');
      repository.hook('pre-commit', 'exit 0');
      repository.hook('commit-msg', 'echo "Reviewed-by: hook" >> "$1"');
      assert.ok((await commit(repository, ['versions/1.py'])).done);
      assert.match(await repository.run('log', '-1', '--format=%B'), /Reviewed-by: hook/);
    });

    it('is ended with its hook when it is cancelled', async () => {
      const repository = await withOneCommit();
      repository.write('versions/1.py', '');
      repository.hook('pre-commit', 'exec sleep 30');
      const controller = new AbortController();
      setTimeout(() => controller.abort(), 500);
      const started = Date.now();
      const done = await stageAndCommit({ git: await repository.read(), paths: [path.join(repository.folder, 'versions/1.py')], text: 'x', signal: controller.signal });
      assert.ok(!done.done && Date.now() - started < 10_000);
    });

    it('says who one is where git does not know', async () => {
      const repository = await withOneCommit();
      repository.write('versions/1.py', '');
      await repository.run('config', '--unset', 'user.name');
      await repository.run('config', '--unset', 'user.email');
      await repository.run('config', 'user.useConfigOnly', 'true');
      const home = process.env['HOME'];
      process.env['HOME'] = temporaryFolder('home');
      try {
        assert.match(reasonOf(await commit(repository, ['versions/1.py'])), /name|email|identity/i);
      } finally {
        process.env['HOME'] = home;
      }
    });

    it('refuses files of another repository, and nothing at all', async () => {
      const repository = await withOneCommit();
      assert.match(formatMessage(commitObstacle(await repository.read(), ['/elsewhere/x.py'])!), /outside of the repository/);
      assert.match(formatMessage(commitObstacle(await repository.read(), [])!), /nothing to commit/);
    });
  });
});
