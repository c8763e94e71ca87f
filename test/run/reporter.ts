/** A mocha reporter: failures as they come, names where tests are slow, and one line of JSON a test or hook for the runner. */
import { appendFileSync } from 'node:fs';
import Mocha from 'mocha';

const { EVENT_HOOK_END, EVENT_RUN_END, EVENT_TEST_FAIL, EVENT_TEST_PASS, EVENT_TEST_PENDING } = Mocha.Runner.constants;

class CompactReporter {
  constructor(runner: Mocha.Runner) {
    runner.on(EVENT_TEST_PASS, (test) => {
      record('passed', test);
      if (verbose) console.log(`  ok ${test.fullTitle()} (${test.duration ?? 0} ms)`);
    });
    runner.on(EVENT_TEST_PENDING, (test) => {
      record('skipped', test);
      if (verbose) console.log(`  skipped ${test.fullTitle()}`);
    });
    runner.on(EVENT_TEST_FAIL, (test, error: unknown) => {
      record('failed', test);
      console.log(`  FAILED ${test.fullTitle()}\n${indent(describeError(error))}`);
    });
    runner.on(EVENT_HOOK_END, (hook) => record('hook', hook));
    runner.on(EVENT_RUN_END, () => record('end', undefined));
  }
}

const verbose = process.env['ALEMBIC_REVIEW_VERBOSE'] === '1';

function record(state: 'passed' | 'failed' | 'skipped' | 'hook' | 'end', of: Mocha.Runnable | undefined): void {
  const file = process.env['ALEMBIC_REVIEW_RESULTS'];
  if (file) appendFileSync(file, `${JSON.stringify({ state, title: of?.fullTitle(), file: of?.file, duration: of?.duration ?? 0 })}\n`);
}

/** The message (an assertion's holds its difference) and the frames that are ours. */
function describeError(error: unknown): string {
  if (!(error instanceof Object) || !('message' in error)) return String(error);
  const { message, stack } = error as Error;
  const frames = (stack ?? '').split('\n').filter((line) => /^\s+at /.test(line) && !/node_modules|node:internal/.test(line));
  const lines = message.split('\n');
  const shortened = lines.length > 80 ? [...lines.slice(0, 80), `… ${lines.length - 80} more lines`] : lines;
  return [...shortened, ...frames.slice(0, 6)].join('\n');
}

function indent(text: string): string {
  return text.replaceAll(/^/gm, '      ');
}

// mocha takes a reporter module's export itself
module.exports = CompactReporter;
