/**
 * The other end inside VS Code's extension host: a small extension of the tests that connects to them and does what they ask there. It is an
 * ordinary extension, and not `extensionTestsPath`, since VS Code refuses to show dialogs and keeps nothing while it runs tests.
 */
import { createRequire } from 'node:module';
import net from 'node:net';
import { createInterface } from 'node:readline';
import type MochaClass from 'mocha';
import * as vscode from 'vscode';
import type { Answer, HostTest, Question } from './protocol';

export function activate(context: vscode.ExtensionContext): void {
  const address = process.env['ALEMBIC_REVIEW_DRIVER'];
  if (!address) return;
  const socket = net.connect(address);
  context.subscriptions.push({ dispose: () => socket.destroy() });
  createInterface({ input: socket }).on('line', (line) => {
    const question = JSON.parse(line) as Question;
    void answer(question).then((result) => socket.write(`${JSON.stringify(result)}\n`));
  });
}

async function answer(question: Question): Promise<Answer> {
  try {
    const value = question.kind === 'evaluate' ? await evaluate(question.source, question.argument) : await runSuites(question.files, question.grep, question.timeout);
    return { id: question.id, value };
  } catch (error) {
    return { id: question.id, error: error instanceof Error ? error.stack ?? error.message : String(error) };
  }
}

async function evaluate(source: string, argument: unknown): Promise<unknown> {
  const work = new Function(`return (${source})`)() as (api: typeof vscode, argument: unknown) => unknown;
  return work(vscode, argument);
}

async function runSuites(files: readonly string[], grep: string | undefined, timeout: number): Promise<readonly HostTest[]> {
  process.setSourceMapsEnabled(true);
  // the project's mocha: this file is copied out of the project to be an extension
  const Mocha = createRequire(files[0]!)('mocha') as typeof MochaClass;
  const mocha = new Mocha({ timeout, ui: 'bdd', reporter: class extends Mocha.reporters.Base {}, ...(grep === undefined ? {} : { grep }) });
  for (const file of files) {
    delete require.cache[file];
    mocha.addFile(file);
  }
  const tests: HostTest[] = [];
  return new Promise((resolve) => {
    const { EVENT_TEST_FAIL, EVENT_TEST_PASS, EVENT_TEST_PENDING } = Mocha.Runner.constants;
    const runner = mocha.run(() => resolve(tests));
    const record = (state: HostTest['state'], error?: Error) => (test: Mocha.Runnable) =>
      void tests.push({ state, title: test.titlePath(), duration: test.duration ?? 0, ...(error && { error: { message: error.message, stack: error.stack ?? '' } }) });
    runner.on(EVENT_TEST_PASS, record('passed'));
    runner.on(EVENT_TEST_PENDING, record('skipped'));
    runner.on(EVENT_TEST_FAIL, (test, error: Error) => record('failed', error)(test));
  });
}
