/** The histories of public projects, as an earlier session kept them, are what reading them anew gives. */
import assert from 'node:assert/strict';
import path from 'node:path';
import type { Project } from '../../src/engine/project/project';
import { plainEnv } from '../../src/engine/project/env';
import { createKeptDisk } from '../../src/workspace/kept-disk';
import { openKeptHistory, type KeptHistory } from '../../src/workspace/kept-history';
import { loadHistory } from '../../src/workspace/load-history';
import { loadReplay, newReplayCache } from '../../src/workspace/load-replay';
import { readingOnce } from '../../src/workspace/texts';
import { pythonEnvironment } from '../harness/python';
import { temporaryFolder } from '../harness/temporary';
import { need } from '../harness/tools';
import { namingConvention } from './naming-convention';
import { fetchPublicProjects, publicProjects, type FetchedProject } from './public-projects';

describe('what is kept of the histories of public projects', function () {
  this.timeout(600_000);
  let fetched: readonly FetchedProject[];
  const folder = { path: temporaryFolder('kept-public'), version: '1' };

  before(async function () {
    const python = await need(this, pythonEnvironment());
    fetched = (await need(this, fetchPublicProjects(python))).projects;
  });

  for (const { name } of publicProjects) {
    it(`${name}`, async () => {
      const project = fetched.find((one) => one.name === name)!;
      const first = openKeptHistory(folder, name);
      await read(project, first);
      await first.save();
      const anew = await read(project, undefined);
      const again = await read(project, openKeptHistory(folder, name));
      assert.deepStrictEqual(again.seen, anew.seen);
      assert.ok(anew.read < 25 || again.read === 0, `${again.read} of ${anew.read} revisions were read again`);
      if (process.env['TIMES'] !== undefined) console.log(`    ${anew.read} revisions, ${anew.seen.schema.tables.length} tables: anew ${anew.time.toFixed(0)} ms, as kept ${again.time.toFixed(0)} ms`);
    });
  }
});

async function read({ root, versions, convention }: FetchedProject, kept: KeptHistory | undefined) {
  const disk = readingOnce(createKeptDisk());
  const cache = newReplayCache();
  const location = path.posix.join(root, versions);
  const before = process.cpuUsage();
  const { value: graph, problems } = await loadHistory(disk, projectAt(root, location), new Map(), undefined, kept);
  const schema = await loadReplay({ workspace: disk, graph, heads: graph.effectiveHeads, roots: [root], convention: convention === undefined ? null : namingConvention(convention), cache, ...(kept && { kept }) });
  const { user, system } = process.cpuUsage(before);
  return { seen: { graph, problems, schema }, read: cache.revisions.size, time: (user + system) / 1000 };
}

function projectAt(root: string, location: string): Project {
  return {
    root, configPath: `${root}/alembic.ini`, section: 'alembic', scriptLocation: root, versionLocations: [location], sysPath: [root],
    fileTemplate: null, truncateSlugLength: 40, timezone: null, url: null, outputEncoding: 'utf-8', env: plainEnv(`${root}/env.py`),
  };
}
