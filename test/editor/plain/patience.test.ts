import assert from 'node:assert/strict';
import { afterFailure, isDue, pauseWords, type Patience } from '../../../src/editor/patience';

describe('patience with a lost database', () => {
  it('waits twice as long each time, at most five minutes', () => {
    const pauses: number[] = [];
    let patience: Patience | null = null;
    for (let i = 0; i < 6; i++) {
      patience = afterFailure(patience, 0, 30_000);
      pauses.push(patience.retryAt ?? 0);
    }
    assert.deepEqual(pauses, [30_000, 60_000, 120_000, 240_000, 300_000, 300_000]);
    assert.equal(afterFailure(null, 0, 900_000).retryAt, 900_000);
  });

  it('is due when its time has come, and never by itself where nothing is refreshed at intervals', () => {
    const patience = afterFailure(null, 1_000, 30_000);
    assert.deepEqual([isDue(null, 0), isDue(patience, 30_999), isDue(patience, 31_000)], [true, false, true]);
    assert.equal(isDue(afterFailure(null, 0, 0), 1e9), false);
  });

  it('says it in words', () => {
    assert.deepEqual([0, 900, 8_200, 21_000, 30_000, 60_000, 61_000, 300_000].map(pauseWords), ['1 s', '1 s', '9 s', '30 s', '30 s', '60 s', '2 min', '5 min']);
  });
});
