/**
 * The histories of public projects, each revision reviewed as if it were the draft: it was released and ran, so an error on it is a
 * false alarm until a person has looked at it (test/false-alarms/errors.txt). `npm run false-alarms` writes docs/false-alarms.md.
 */
import assert from 'node:assert/strict';
import path from 'node:path';
import { reviewHistory } from '../false-alarms/review-history';
import { judgedErrors } from '../false-alarms/verdicts';
import { pythonEnvironment } from '../harness/python';
import { temporaryFolder } from '../harness/temporary';
import { need } from '../harness/tools';
import { namingConvention } from './naming-convention';
import { fetchPublicProjects, publicProjects, writePlainProject } from './public-projects';

describe('false alarms in public projects', function () {
  const folder = temporaryFolder('false-alarms');
  let fetched: Awaited<ReturnType<typeof fetchPublicProjects>>;
  before(async function () {
    this.timeout(300_000);
    fetched = await need(this, fetchPublicProjects(await need(this, pythonEnvironment())));
  });

  for (const { name } of publicProjects) {
    it(`${name}: every error was looked at`, async function () {
      this.timeout(120_000);
      const source = fetched.projects.find((project) => project.name === name)!;
      const reviewed = await reviewHistory(writePlainProject(path.join(folder, name), source), namingConvention(source.convention ?? {}));
      const found = new Map<string, number>();
      for (const { id, findings } of reviewed) {
        for (const { rule, severity } of findings) if (severity === 'error') found.set(`${id} ${rule}`, (found.get(`${id} ${rule}`) ?? 0) + 1);
      }
      const judged = judgedErrors().filter(({ project }) => project === name).map(({ revision, rule, count }) => `${revision} ${rule} ${count}`);
      assert.deepEqual([...found].map(([key, count]) => `${key} ${count}`).sort(), [...judged].sort());
    });
  }
});
