import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { afterFailure, hasSlept, isDue, pauseWords, type Patience } from '../../../src/editor/patience';

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

  it('knows a timer that slept with its machine from one that a busy process keeps waiting', async function () {
    this.timeout(60_000);
    assert.deepEqual([hasSlept(1_000, 1_000), hasSlept(1_000, 16_000), hasSlept(1_000, 16_001), hasSlept(1_000, 3_600_000)], [false, false, true, true]);
    // A process that is stopped and goes on is what a lid that was closed is for the extension host.
    const child = spawn(process.execPath, ['-e', 'const planned = Date.now() + 100; setTimeout(() => console.log(Date.now() - planned), 100); console.log("begun"); process.kill(process.pid, "SIGSTOP")'], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    await new Promise<void>((resolve) => child.stdout.on('data', (text: Buffer) => void (said += text.toString(), resolve())));
    const going = setInterval(() => child.kill('SIGCONT'), 1_500);
    await new Promise((resolve) => child.on('close', resolve));
    clearInterval(going);
    assert.ok(Number(said.split('\n')[1]) > 1_000, said);
  });

  it('says it in words', () => {
    assert.deepEqual([0, 900, 8_200, 21_000, 30_000, 60_000, 61_000, 300_000].map(pauseWords), ['1 s', '1 s', '9 s', '30 s', '30 s', '60 s', '2 min', '5 min']);
  });
});
