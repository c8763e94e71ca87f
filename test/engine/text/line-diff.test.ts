import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { diffLines, type Hunk } from '../../../src/engine/text/line-diff';

describe('lines of two texts', () => {
  const diff = (before: string, after: string): readonly Hunk[] | null => diffLines(before.split(''), after.split(''));

  it('finds what stands where something else stood', () => {
    assert.deepEqual(diff('abcd', 'abcd'), []);
    assert.deepEqual(diff('abcd', 'axcd'), [{ before: { start: 1, end: 2 }, after: { start: 1, end: 2 } }]);
    assert.deepEqual(diff('abcd', 'acdx'), [
      { before: { start: 1, end: 2 }, after: { start: 1, end: 1 } },
      { before: { start: 4, end: 4 }, after: { start: 3, end: 4 } },
    ]);
    assert.deepEqual(diff('', 'ab'), [{ before: { start: 0, end: 0 }, after: { start: 0, end: 2 } }]);
    assert.deepEqual(diff('ab', ''), [{ before: { start: 0, end: 2 }, after: { start: 0, end: 0 } }]);
  });

  it('leads from one text to the other, and takes out no more than it must', () => {
    const lines = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 12 });
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const hunks = diffLines(before, after)!;
        const made: string[] = [];
        let at = 0;
        for (const hunk of hunks) {
          made.push(...before.slice(at, hunk.before.start), ...after.slice(hunk.after.start, hunk.after.end));
          at = hunk.before.end;
        }
        assert.deepEqual([...made, ...before.slice(at)], after);
        const taken = hunks.reduce((sum, hunk) => sum + hunk.before.end - hunk.before.start, 0);
        assert.equal(before.length - taken, longestCommon(before, after));
      }),
      { numRuns: 500 },
    );
  });

  it('gives up on two texts that have nothing to do with each other', () => {
    const many = (word: string): string[] => Array.from({ length: 300 }, (_, index) => `${word} ${index}`);
    assert.equal(diffLines(many('a'), many('b'), 100), null);
    assert.notEqual(diffLines(many('a'), many('b')), null);
  });
});

/** By the book: quadratic, and surely right. */
function longestCommon(a: readonly string[], b: readonly string[]): number {
  const table = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = 1; i <= a.length; i++) for (let j = 1; j <= b.length; j++) table[i]![j] = a[i - 1] === b[j - 1] ? table[i - 1]![j - 1]! + 1 : Math.max(table[i - 1]![j]!, table[i]![j - 1]!);
  return table[a.length]![b.length]!;
}
