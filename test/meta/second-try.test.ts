/** Made-up files of tests through the real runner: one that fails at the first try, one that always fails, one that never does. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../harness/paths';
import { runMocha } from '../run/mocha';
import type { MochaRun } from '../run/mocha';
import { secondTry } from '../run/second-try';

describe('a second try', () => {
  let folder: string;
  before(() => {
    // bundles lie in out/, where the runner looks for them
    mkdirSync(path.join(projectRoot, 'out'), { recursive: true });
    folder = mkdtempSync(path.join(projectRoot, 'out', 'second-try-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** Marks that it was there; says by `tries` how often. */
  const counting = `const { appendFileSync, readFileSync } = require('node:fs');
    appendFileSync(__filename + '.tries', 'x');
    const tries = readFileSync(__filename + '.tries', 'utf8').length;\n`;

  async function run(files: Readonly<Record<string, string>>): Promise<{ readonly counts: object; readonly first: object; readonly said: readonly string[] }> {
    const names = Object.keys(files);
    for (const name of names) writeFileSync(path.join(folder, `${name}.test.js`), `${counting}describe('', () => { ${files[name]} });`);
    const said: string[] = [];
    const one: MochaRun = {
      name: `made-up-${path.basename(folder)}`, files: names.map((name) => `${path.basename(folder)}/${name}.test.ts`), pattern: undefined, timeout: 10_000, jobs: 1, verbose: true, held: true,
    };
    const first = await runMocha(one, (text) => said.push(text));
    const counts = await secondTry(first, (text) => said.push(text));
    return { counts, first: first.counts, said };
  }

  it('counts what passes then as passed, and names its file', async () => {
    const { counts, first, said } = await run({
      lucky: `it('is lucky the second time', () => { if (tries === 1) throw new Error('a click was lost'); }); it('always passes', () => {});`,
      hook: `before(() => { if (tries === 1) throw new Error('no window'); }); it('is not reached', () => {}); it('nor is this', () => {});`,
      sound: `it('passes', () => { if (tries > 1) throw new Error('a file that passed is not run again'); }); it.skip('is skipped', () => {});`,
    });
    assert.deepEqual(first, { passed: 2, failed: 2, skipped: 1 });
    assert.deepEqual(counts, { passed: 5, failed: 0, skipped: 1 });
    const folderName = path.basename(folder);
    assert.equal(said.at(-1), `passed only at the second try: ${folderName}/lucky.test.ts, ${folderName}/hook.test.ts`);
    assert.match(said.join('\n'), /FAILED +is lucky the second time\n\s+a click was lost/);
  });

  it('leaves what fails twice as it was, without a word of praise', async () => {
    const { counts, said } = await run({ never: `it('fails', () => { throw new Error('no. ' + tries); }); it('passes', () => {});` });
    assert.deepEqual(counts, { passed: 1, failed: 1, skipped: 0 });
    assert.doesNotMatch(said.join('\n'), /only at the second try/);
    assert.match(said.join('\n'), /no\. 1[^]*no\. 2/);
  });

  it('has no mercy with a process that dies', async () => {
    const { counts, said } = await run({ dead: `it('ends it all', () => { if (tries === 1) process.exit(3); });` });
    assert.deepEqual(counts, { passed: 0, failed: 1, skipped: 0 });
    assert.doesNotMatch(said.join('\n'), /only at the second try/);
  });
});
