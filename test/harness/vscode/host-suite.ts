/** Mocha suites that run inside the extension host, shown as tests of a suite out here. */
import assert from 'node:assert/strict';
import Mocha from 'mocha';
import { need } from '../tools';
import { launch } from '../vscode';
import type { LaunchOptions, VsCode } from '../vscode';
import { bundleForHost } from './host';

export interface HostSuiteOptions {
  /** The suites (*.host.ts), relative to the project. */
  readonly files: readonly string[];
  /** Makes what they need (a copy of a project, a database) and says how VS Code is started. */
  readonly launch: (context: Mocha.Context) => LaunchOptions | Promise<LaunchOptions>;
  /** Tests from outside, in the same window. */
  readonly outside?: (vscode: () => VsCode) => void;
  /** Throws away what `launch` made. */
  readonly after?: () => void | Promise<void>;
}

export function hostSuite(title: string, options: HostSuiteOptions): void {
  describe(title, () => {
    let vscode: VsCode | undefined;
    let ran = 0;

    before(async function () {
      const files = await bundleForHost(options.files);
      vscode = await need(this, launch(await options.launch(this)));
      const tests = await vscode.host.runSuites(files, { timeout: 60_000 });
      ran = tests.length;
      if (tests.some(({ state }) => state === 'failed')) await vscode.screenshot(`failed ${title}`);
      // mocha takes the list of a suite's tests after its `before` hooks
      for (const { title: path, state, error } of tests) {
        this.test!.parent!.addTest(new Mocha.Test(path.join(' '), function (this: Mocha.Context) {
          if (state === 'skipped') this.skip();
          if (error) throw Object.assign(new Error(error.message), { stack: error.stack });
        }));
      }
    });
    after(async () => {
      await vscode?.close();
      await options.after?.();
    });

    it('runs inside the extension host', () => {
      assert.ok(ran > 0, 'no test ran there');
    });
    options.outside?.(() => vscode!);
  });
}
