import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../harness/paths';
import { ruleCases } from './cases';
import { outcomeTable } from './outcomes';

/**
 * The table in docs/rules/README.md of what a real server says to the cases of the rules:
 *
 *     UPDATE_GOLDEN=1 npm test -- test/rules/outcomes.test.ts      writes it anew
 */
describe('the table of outcomes', () => {
  const page = path.join(projectRoot, 'docs', 'rules', 'README.md');
  const [begin, end] = ['<!-- outcomes: written by test/rules/outcomes.test.ts -->', '<!-- /outcomes -->'] as const;

  it('is as it would be written', () => {
    const text = readFileSync(page, 'utf8');
    const [from, to] = [text.indexOf(begin), text.indexOf(end)];
    assert.ok(from >= 0 && from < to, 'the page has the marks between which the table stands');
    const written = `${text.slice(0, from + begin.length)}\n${outcomeTable()}\n${text.slice(to)}`;
    if (process.env.UPDATE_GOLDEN === '1') writeFileSync(page, written);
    assert.equal(readFileSync(page, 'utf8'), written, 'write it anew: UPDATE_GOLDEN=1 npm test -- test/rules/outcomes.test.ts');
  });

  it('stands on an outcome for each case', () => {
    assert.deepEqual(ruleCases().filter(({ folder }) => !existsSync(path.join(folder, 'outcome.txt'))).map(({ folder }) => path.relative(projectRoot, folder)), [], 'UPDATE_GOLDEN=1 npm test -- test/alembic/rule-cases.test.ts');
  });
});
