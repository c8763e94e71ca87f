import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { disk } from '../../src/workspace/disk';
import { ago, placeWords, type GitRevision } from '../../src/workspace/git-place';
import { findInGit } from '../../src/workspace/git-revisions';
import { planRestore } from '../../src/workspace/restore-revision';
import { mustRun } from '../harness/processes';
import { temporaryFolder } from '../harness/temporary';

/** Real repositories: a database is at a revision that no file here has, and git may know it. */
describe('unknown revisions in git', () => {
  let folder: string;
  const git = async (...args: string[]): Promise<string> => (await mustRun('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', '-c', 'commit.gpgsign=false', '-c', 'protocol.file.allow=always', ...args], { cwd: folder })).stdout.trim();
  const versions = (): string => path.join(folder, 'back end', 'versions');
  const root = (): string => path.join(folder, 'back end');
  const write = (id: string, parent: string | null, name = `${id}_it`, body = 'pass'): string => {
    const text = `"""It\n\nRevision ID: ${id}\nRevises: ${parent}\n"""\nrevision: str = '${id}'\ndown_revision = ${parent === null ? 'None' : `"${parent}"`}\n\n\ndef upgrade():\n    ${body}\n`;
    writeFileSync(path.join(versions(), `${name}.py`), text);
    return text;
  };
  const commit = async (title: string): Promise<string> => {
    await git('add', '-A');
    await git('commit', '-q', '-m', title);
    return (await git('rev-parse', 'HEAD')).slice(0, 8);
  };
  const find = async (id: string, at = root(), folders = [`${at}/versions`]): Promise<GitRevision | undefined> => {
    const found = await findInGit({ root: at, folders, form: 'alembic', ids: [id] });
    assert.equal(found.kind, 'searched');
    return found.kind === 'searched' ? found.revisions.get(id) : undefined;
  };
  const words = (found: GitRevision | undefined): string => (found === undefined ? 'nowhere' : placeWords(found, found.commit.date + 3 * 86_400 + 5));

  beforeEach(async () => {
    folder = temporaryFolder('unknown');
    mkdirSync(versions(), { recursive: true });
    await git('init', '-q', '-b', 'main');
    write('a1', null);
    await commit('First');
  });

  it('on another branch, as its tip has it, though a revision that stands on it names it too', async () => {
    await git('checkout', '-q', '-b', 'feature/x');
    write('b2', 'a1');
    const id = await commit('Add b2');
    write('c3', 'b2');
    const last = write('b2', 'a1', 'b2_it', 'more()');
    await commit('More of it');
    await git('checkout', '-q', 'main');
    const found = await find('b2');
    assert.equal(words(found), `on branch feature/x, commit ${id}, 3 days ago, by Ada`);
    assert.equal(found!.text, last);
    assert.equal(found!.path, path.join(versions(), 'b2_it.py'));
    assert.equal(await find('nobody'), undefined);
    // an id that another one begins with is another one
    assert.equal(await find('b'), undefined);
  });

  it('on a branch of a remote alone', async () => {
    const clone = temporaryFolder('clone');
    await git('checkout', '-q', '-b', 'theirs');
    write('b2', 'a1');
    const id = await commit('Add b2');
    await git('checkout', '-q', 'main');
    await mustRun('git', ['clone', '-q', folder, clone]);
    const found = await find('b2', path.join(clone, 'back end'));
    assert.equal(words(found), `on branch origin/theirs, commit ${id}, 3 days ago, by Ada`);
    assert.equal(found!.path, path.join(clone, 'back end', 'versions', 'b2_it.py'));
  });

  it('in a tag, in a stash (staged or not known to git), and where only the reflog knows', async () => {
    await git('checkout', '-q', '-b', 'gone');
    write('b2', 'a1');
    const tagged = await commit('Add b2');
    await git('tag', 'v1');
    write('c3', 'b2');
    const lost = await commit('Add c3');
    await git('checkout', '-q', 'main');
    await git('branch', '-q', '-D', 'gone');
    write('d4', 'a1');
    await git('stash', '-q', '-u');
    write('e5', 'a1');
    await git('add', '-A');
    await git('stash', '-q');
    assert.equal(words(await find('b2')), `in tag v1, commit ${tagged}, 3 days ago, by Ada`);
    assert.equal(words(await find('c3')), `on no branch any more, commit ${lost}, 3 days ago, by Ada`);
    assert.match(words(await find('d4')), /^in stash@\{1\}, commit \w{8}, 3 days ago, by Ada$/);
    assert.match(words(await find('e5')), /^in stash@\{0\}, commit \w{8}, 3 days ago, by Ada$/);
  });

  it('deleted: with the text that it had last; or deleted here and not committed', async () => {
    write('b2', 'a1');
    await commit('Add b2');
    const last = write('b2', 'a1', 'b2_it', 'more()');
    await commit('More');
    rmSync(path.join(versions(), 'b2_it.py'));
    assert.match(words(await find('b2')), /^on the present branch main, but its file was deleted here; commit /);
    const id = await commit('Squash');
    const found = await find('b2');
    assert.equal(words(found), `deleted from branch main in commit ${id}, 3 days ago, by Ada`);
    assert.equal(found!.text, last);
  });

  it('where the folder was another one then, and through a symbolic link', async () => {
    await git('checkout', '-q', '-b', 'moved');
    await git('mv', 'back end/versions', 'revisions');
    writeFileSync(path.join(folder, 'revisions', 'b2_it.py'), "revision = 'b2'\ndown_revision = 'a1'\n");
    await commit('Elsewhere');
    await git('checkout', '-q', 'main');
    const link = path.join(temporaryFolder('link'), 'project');
    symlinkSync(folder, link);
    const found = await find('b2', path.join(link, 'back end'));
    assert.match(words(found), /^on branch moved, /);
    const plan = await planRestore({ workspace: disk, root: path.join(link, 'back end'), folders: [path.join(link, 'back end', 'versions')], form: 'alembic', found: found!, isKnown: (id) => id === 'a1' });
    assert.deepEqual(plan.files.map((file) => file.path), [path.join(link, 'back end', 'versions', 'b2_it.py')]);
  });

  it('says that there is no repository', async () => {
    assert.deepEqual(await findInGit({ root: temporaryFolder('bare'), folders: [], form: 'alembic', ids: ['b2'] }), { kind: 'noRepository' });
  });

  it('ends when it is aborted, and says that it did not look everywhere', async () => {
    const found = await findInGit({ root: root(), folders: [versions()], form: 'alembic', ids: ['b2'], signal: AbortSignal.abort() });
    assert.deepEqual(found.kind === 'searched' && [found.isWhole, found.revisions.size], [false, 0]);
  });

  it('is restored with the ancestors that are missing too, and overwrites nothing', async () => {
    await git('checkout', '-q', '-b', 'feature');
    const texts = [write('b2', 'a1'), write('c3', 'b2'), write('d4', 'c3')];
    await commit('Three');
    await git('checkout', '-q', 'main');
    writeFileSync(path.join(versions(), 'c3_it.py'), '# something else\n');
    const found = await find('d4');
    const plan = await planRestore({ workspace: disk, root: root(), folders: [versions()], form: 'alembic', found: found!, isKnown: (id) => id === 'a1' });
    assert.deepEqual(plan.lost, []);
    assert.deepEqual(plan.files.map((file) => [file.id, path.basename(file.path)]), [['d4', 'd4_it.py'], ['c3', 'c3_it_restored.py'], ['b2', 'b2_it.py']]);
    assert.deepEqual(plan.files.map(({ text }) => text), [...texts].reverse());
    const orphan = await planRestore({ workspace: disk, root: root(), folders: [versions()], form: 'alembic', found: { ...found!, text: found!.text.replace('"c3"', '"zz"') }, isKnown: () => false });
    assert.deepEqual(orphan.lost, ['zz']);
  });

  it('finds a migration of Supabase by its version', async () => {
    const migrations = path.join(folder, 'supabase', 'migrations');
    mkdirSync(migrations, { recursive: true });
    await git('checkout', '-q', '-b', 'feature');
    writeFileSync(path.join(migrations, '20240101000000_mood [x].sql'), 'create type mood as enum ();\n');
    await commit('Mood');
    await git('checkout', '-q', 'main');
    const found = await findInGit({ root: folder, folders: [migrations], form: 'supabase', ids: ['20240101000000', '2024'] });
    assert.ok(found.kind === 'searched');
    assert.deepEqual([...found.revisions.keys()], ['20240101000000']);
    assert.match(words(found.revisions.get('20240101000000')), /^on branch feature, /);
  });

  it('answers soon in a long history', async function () {
    // fast-import: 3,000 commits in a moment
    const stream = Array.from({ length: 3_000 }, (_, index) => `commit refs/heads/long\ncommitter Ada <a@b> ${1_700_000_000 + index} +0000\ndata 1\nx\n${index === 0 ? 'from refs/heads/main^0\n' : ''}M 644 inline src/f${index % 50}.txt\ndata ${String(index).length}\n${index}\n`).join('');
    await mustRun('git', ['fast-import', '--quiet'], { cwd: folder, input: `${stream}commit refs/heads/far\ncommitter Ada <a@b> 1700009999 +0000\ndata 1\nx\nfrom refs/heads/long\nM 644 inline back end/versions/ff_it.py\ndata 42\nrevision = 'ff'\ndown_revision = 'a1'     \n\n` });
    const start = Date.now();
    assert.match(words(await find('ff')), /^on branch far, /);
    assert.equal(await find('0badc0ffee'), undefined);
    assert.ok(Date.now() - start < 10_000, `${Date.now() - start} ms`);
  });

  it('says when in a person’s words', () => {
    assert.deepEqual([0, 59, 60, 7_200, 86_400, 8 * 86_400, 40 * 86_400, 800 * 86_400].map((seconds) => ago(1_000_000_000 - seconds, 1_000_000_000)), ['just now', 'just now', '1 minute ago', '2 hours ago', '1 day ago', '1 week ago', '1 month ago', '2 years ago']);
    assert.equal(ago(2_000, 1_000), 'just now');
  });

  it('left the working tree alone', async () => {
    await find('b2');
    assert.equal(await git('status', '--porcelain'), '');
    assert.ok(readFileSync(path.join(versions(), 'a1_it.py'), 'utf8').includes("'a1'"));
  });
});
