/** What was read of a history outlives the session: it holds where the texts are the same, and nothing that a broken file says is believed. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isProject } from '../../src/engine/project/read-project';
import { findProject } from '../../src/workspace/find-project';
import { readKept, writeKept, type KeptFolder } from '../../src/workspace/kept-file';
import { openKeptHistory } from '../../src/workspace/kept-history';
import { loadHistory } from '../../src/workspace/load-history';
import { loadReplay, newReplayCache, type ReplayRequest } from '../../src/workspace/load-replay';
import { temporaryFolder } from '../harness/temporary';
import { syntheticHistory } from '../bench/synthetic-history';
import { memoryWorkspace } from './memory';

const versions = '/r/migrations/versions';
const revisions = syntheticHistory(40);
const files: Readonly<Record<string, string>> = {
  '/r/alembic.ini': '[alembic]\nscript_location = migrations\n',
  '/r/migrations/env.py': '',
  ...Object.fromEntries(revisions.map(({ name, text }) => [`${versions}/${name}`, text])),
};

describe('what is kept of a history between sessions', function () {
  this.timeout(60_000);

  it('is the whole of it: nothing is read again', async () => {
    const folder = newFolder();
    const first = await session(folder);
    assert.equal(first.read, revisions.length);
    const second = await session(folder);
    assert.equal(second.read, 0);
    assert.deepStrictEqual(second.seen, first.seen);
  });

  it('is gone on from where revisions were added or the last ones edited, and not where an old one was', async () => {
    const folder = newFolder();
    const readAfter = async (edit: (text: string) => string, index: number): Promise<number> => {
      await session(folder);
      const name = `${versions}/${revisions[index]!.name}`;
      const edited = { ...files, [name]: edit(files[name] ?? '') };
      const { read, seen } = await session(folder, edited, false);
      assert.deepStrictEqual(seen, (await session(null, edited)).seen);
      return read;
    };
    assert.equal(await readAfter((text) => `${text}\n`, 39), 16);
    assert.equal(await readAfter((text) => text.replace('op.', 'pass; op.'), 30), 16);
    assert.equal(await readAfter((text) => text.replace('nullable=False', 'nullable=True'), 4), revisions.length);
    const later = syntheticHistory(43);
    const more = { ...files, ...Object.fromEntries(later.map(({ name, text }) => [`${versions}/${name}`, text])) };
    const { read, seen } = await session(folder, more, false);
    assert.equal(read, 3);
    assert.deepStrictEqual(seen, (await session(null, more)).seen);
  });

  it('counts for the naming convention, the roots and the options that it was read with', async () => {
    const folder = newFolder();
    await session(folder);
    const convention = { templates: {}, custom: new Set<string>(), unknown: new Set<'pk'>() };
    const others: readonly With[] = [
      { roots: ['/r', '/elsewhere'] }, { convention }, { convention: { ...convention, custom: new Set(['token']) } }, { convention: { ...convention, unknown: new Set(['pk']) } },
      { mainOptions: new Map() }, { mainOptions: new Map([['schema', 'a']]) }, { mainOptions: new Map([['sqlalchemy.url', 'postgresql://u:secret@h/d']]) },
    ];
    // Three replays are kept of a project.
    for (const [index, other] of others.entries()) {
      assert.equal((await session(folder, files, true, other)).read, revisions.length, `${index}`);
      assert.equal((await session(folder, files, false, other)).read, 0, `${index}`);
    }
    for (const name of readdirSync(folder.path)) assert.ok(!readFileSync(path.join(folder.path, name), 'utf8').includes('secret'));
  });

  it('is not believed where its file is broken, another’s, or another version’s', async () => {
    const folder = newFolder();
    const { seen } = await session(folder);
    const [name] = readdirSync(folder.path);
    const file = path.join(folder.path, name!);
    const whole = readFileSync(file);
    const damaged = [
      ...[0, 1, 30, 80, 0.1, 0.3, 0.5, 0.9].map((at) => whole.subarray(0, at < 1 ? Math.floor(at * whole.length) : at)),
      ...[5, 60, 0.02, 0.2, 0.4, 0.6, 0.8, 0.99].map((at) => flipped(whole, at < 1 ? Math.floor(at * whole.length) : at)),
      Buffer.from(whole.toString().replaceAll('nullable":false', 'nullable":true')),
      Buffer.from(whole.toString().split('\n').toReversed().join('\n')),
      Buffer.from('{}'), Buffer.from('\0\0\0'), Buffer.from(whole.toString().replaceAll('\n', '\r\n')),
    ];
    for (const bytes of damaged) {
      writeFileSync(file, bytes);
      assert.deepStrictEqual((await session(folder, files, false)).seen, seen);
    }
    writeFileSync(file, whole);
    assert.equal((await session({ ...folder, version: '2' }, files, false)).read, revisions.length);
    writeFileSync(file, whole);
    assert.equal((await session(folder, files, false)).read, 0);
  });

  it('is not written for a few revisions, and does no harm where it can’t be', async () => {
    const folder = newFolder();
    await session(folder, Object.fromEntries(Object.entries(files).slice(0, 12)));
    assert.deepEqual(readdirSync(folder.path), []);
    const { read } = await session({ ...folder, path: '/dev/null/readings' });
    assert.equal(read, revisions.length);
  });

  it('is bounded, and whole at any time', async () => {
    const folder = newFolder();
    for (let number = 0; number < 40; number++) {
      await writeKept(folder, `/p${number}`, [number]);
      for (const name of readdirSync(folder.path)) utimesSync(path.join(folder.path, name), 1000 + number, 1000 + number);
    }
    assert.ok(readdirSync(folder.path).length <= 24);
    const large = ['x'.repeat(3_000_000), 'y'.repeat(3_000_000)];
    let done = false;
    const writing = Promise.all(large.map((value) => writeKept(folder, '/p', [value]))).then(() => (done = true));
    while (!done) {
      const value = (await readKept(folder, '/p'))?.map((one) => one());
      assert.ok(value === undefined || large.includes(String(value[0])), 'half a file was read');
    }
    await writing;
    assert.deepEqual(readdirSync(folder.path).filter((name) => !name.endsWith('.kept')), []);
    await writeKept(folder, '/huge', ['z'.repeat(65_000_000)]);
    assert.equal(await readKept(folder, '/huge'), null);
  });
});

function newFolder(): KeptFolder {
  return { path: temporaryFolder('kept'), version: '1' };
}

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}

type With = Pick<ReplayRequest, 'roots' | 'convention' | 'mainOptions'>;

/** Opens the project as an editor does that has just started. */
async function session(folder: KeptFolder | null, texts: Readonly<Record<string, string>> = files, saves = true, other: With = {}): Promise<{ readonly seen: unknown; readonly read: number }> {
  const workspace = memoryWorkspace(texts);
  const project = await findProject(workspace, '/r');
  assert.ok(isProject(project));
  const kept = openKeptHistory(folder, '/r');
  const cache = newReplayCache();
  const { value: graph, problems } = await loadHistory(workspace, project, new Map(), undefined, kept);
  const schema = await loadReplay({ workspace, graph, heads: graph.heads, roots: ['/r'], cache, kept, ...other });
  if (saves) await kept.save();
  return { seen: { graph, problems, schema }, read: cache.revisions.size };
}
