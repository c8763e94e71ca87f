import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { rules, type RuleName } from '../../src/engine/rules/registry';
import type { RuleMeta } from '../../src/engine/rules/rule';
import { compareFiles, fixedDraft, fixedFile, fixedFiles, reviewFiles, reviewText, ruleCases, startOf, waysOfFixing } from './cases';
import { reviewDraft } from './support';

/** What is said of each case, word for word; `UPDATE_GOLDEN=1` writes it. What a real server says is test/alembic/rule-cases.test.ts. */
describe('cases of rules', () => {
  for (const one of ruleCases()) {
    it(`${one.rule}: ${one.name}`, async () => {
      const start = await startOf(one);
      const review = await reviewDraft(one.draft, start.before, start.more);
      assert.equal(review.diagnostics.some(({ rule }) => rule === one.rule), !one.isFine && !one.needsRows, reviewText(one, one.draft, review, one.models));
      compare(path.join(one.folder, 'review.txt'), reviewText(one, one.draft, review, one.models));

      for (const way of waysOfFixing) {
        const fixed = await fixedDraft(one, start, way);
        compare(path.join(one.folder, fixedFile(one, way)), fixed?.text ?? null);
        compareFiles(path.join(one.folder, fixedFiles(one, way)), fixed?.files ?? []);
        if (fixed === null) continue;
        const after = await reviewDraft(fixed.text, start.before, { ...start.more, siblings: fixed.files.map((file) => path.basename(file.path)) });
        const key = ({ rule, data }: (typeof after.diagnostics)[number]): string => `${rule} ${JSON.stringify(data ?? {})}`;
        // What gave way to the rule speaks now.
        const gaveWay = (rule: string): boolean => (way > 0 && isAboutModels(rule)) || (rules[rule as RuleName]?.meta as RuleMeta | undefined)?.yieldsTo?.includes(one.rule) === true;
        assert.deepEqual(after.diagnostics.filter(({ severity, rule }) => (severity === 'error' || severity === 'warning') && !gaveWay(rule)).map(key).filter((other) => !review.diagnostics.some((old) => key(old) === other)), [], `new findings:\n${fixed.text}`);
        for (const { file, review: found } of await reviewFiles(fixed, start)) {
          assert.deepEqual(found.diagnostics.filter(({ rule, severity }) => rule === one.rule || severity === 'error' || severity === 'warning').map(key), [], `${file.path}:\n${file.text}`);
          assert.deepEqual(found.notReviewed, []);
        }
        // What a fix makes readable is read; nothing becomes unreadable.
        assert.deepEqual(after.notReviewed.map(({ message }) => message.text).filter((text) => !review.notReviewed.some(({ message }) => message.text === text)), []);
      }
    });
  }
});

/** The second best way out may not be what the models ask for; then that is said. */
function isAboutModels(rule: string): boolean {
  return rule === 'unexpected-change' || rule === 'missing-change';
}

/** Null: there must be no such file. */
function compare(file: string, actual: string | null): void {
  if (process.env.UPDATE_GOLDEN === '1') {
    if (actual === null) rmSync(file, { force: true });
    else writeFileSync(file, actual);
  }
  assert.equal(actual, existsSync(file) ? readFileSync(file, 'utf8') : null);
}
