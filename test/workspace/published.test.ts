import assert from 'node:assert/strict';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildGraph } from '../../src/engine/history/graph';
import { readRevisionFile } from '../../src/engine/history/read-revision-file';
import { upstreamOf } from '../../src/workspace/git';
import { eachFolderOnce, publishedRevision } from '../../src/workspace/published';
import { mustRun } from '../harness/processes';
import { temporaryFolder } from '../harness/temporary';

/** Real repositories: what of a revision others may have run. */
describe('revisions upstream', () => {
  let folder: string;
  const git = async (...args: string[]): Promise<string> => (await mustRun('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', '-c', 'commit.gpgsign=false', ...args], { cwd: folder })).stdout.trim();
  const versions = (): string => path.join(folder, 'ü ber', 'versions');
  const file = (name: string): string => path.join(versions(), name);
  const write = (id: string, parent: string | null, body = 'pass'): string => {
    const text = `revision = "${id}"\ndown_revision = ${parent === null ? 'None' : `"${parent}"`}\n\n\ndef upgrade():\n    ${body}\n`;
    writeFileSync(file(`${id}.py`), text);
    return text;
  };
  const commit = async (title: string): Promise<void> => {
    await git('add', '-A');
    await git('commit', '-q', '-m', title);
  };
  /** What is published of a revision, as the files say. */
  const published = (id: string, texts: readonly string[], applied: readonly string[] | null = null) => {
    const files = texts.flatMap((text) => readRevisionFile(file(`${/"(\w+)"/.exec(text)![1]}.py`), text).value ?? []);
    return publishedRevision(files.find((one) => one.id === id)!, buildGraph(files).value, applied, upstreamOf);
  };

  beforeEach(async () => {
    folder = temporaryFolder('upstream');
    mkdirSync(versions(), { recursive: true });
    await git('init', '-q', '-b', 'main');
  });

  it('is what the branch began with, where something upstream stands on it', async () => {
    const [one, two] = [write('a1', null), write('a2', 'a1')];
    await commit('Two');
    await git('checkout', '-q', '-b', 'work');
    const [changed, three] = [write('a1', null, 'change()'), write('a3', 'a2')];
    await commit('Changed, and a third');
    assert.deepEqual(await published('a1', [changed, two, three]), { where: 'main', text: one });
    // The last one upstream may be a draft yet; what is new is one.
    assert.equal(await published('a2', [changed, two, three]), null);
    assert.equal(await published('a3', [changed, two, three]), null);
  });
  it('is what main has, where main itself is worked on', async () => {
    const [one, two] = [write('a1', null), write('a2', 'a1')];
    await commit('Two');
    assert.deepEqual(await published('a1', [write('a1', null, 'change()'), two]), { where: 'main', text: one });
  });
  it('is what the connected database ran, and nothing else', async () => {
    const [one, two] = [write('a1', null), write('a2', 'a1')];
    await commit('Two');
    assert.deepEqual(await published('a1', [one, two], ['a2']), { where: 'main', text: one });
    assert.deepEqual(await published('a2', [one, two], ['a2']), { where: 'main', text: two });
    assert.equal(await published('a2', [one, two], ['a1']), null);
    assert.equal(await published('a1', [one, two], []), null);
  });
  it("prefers the remote's default branch, whatever is here", async () => {
    const one = write('a1', null);
    write('a2', 'a1');
    await commit('Two');
    await git('branch', '-m', 'main', 'trunk');
    const origin = temporaryFolder('origin');
    await mustRun('git', ['clone', '-q', '--bare', folder, origin], { cwd: folder });
    await git('remote', 'add', 'origin', origin);
    await git('fetch', '-q', 'origin');
    await git('remote', 'set-head', 'origin', '-a');
    const changed = write('a1', null, 'change()');
    await commit('Here alone');
    const two = 'revision = "a2"\ndown_revision = "a1"\n';
    assert.deepEqual(await published('a1', [changed, two]), { where: 'origin/trunk', text: one });
  });
  it('is nothing where git knows nothing: no repository, no such branch, a file that was renamed', async () => {
    assert.equal(await upstreamOf(temporaryFolder('none')), null);
    assert.equal(await upstreamOf(path.join(folder, 'nowhere')), null);
    const [one, two] = [write('a1', null), write('a2', 'a1')];
    await commit('Two');
    renameSync(file('a1.py'), file('b1.py'));
    const upstream = await upstreamOf(versions());
    assert.equal(await upstream!.read(file('b1.py')), null);
    assert.equal(await upstream!.read(file('a1.py')), one);
    assert.equal(upstream!.paths.has(file('a2.py')), true);
    await git('branch', '-m', 'main', 'elsewhere');
    assert.equal(await published('a1', [one, two]), null);
  });
  it('is asked once a folder', async () => {
    let asked = 0;
    const find = eachFolderOnce(() => Promise.resolve((asked++, null)));
    await Promise.all([find('/a'), find('/a'), find('/b')]);
    assert.equal(asked, 2);
  });
});
