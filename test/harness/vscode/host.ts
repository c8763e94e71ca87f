/** The extension host as the tests see it: a line to the driver there. */
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import type * as vscode from 'vscode';
import { projectRoot } from '../paths';
import { waitFor } from '../processes';
import type { Answer, HostTest, Question } from './protocol';

export interface ExtensionHost {
  /**
   * Runs a function in the extension host with VS Code's API. It is sent as source: it sees its two arguments and nothing else, and what
   * goes in and out is plain data.
   */
  evaluate<A, R>(work: (api: typeof vscode, argument: A) => R | PromiseLike<R>, argument: A): Promise<R>;
  evaluate<R>(work: (api: typeof vscode) => R | PromiseLike<R>): Promise<R>;
  /** Runs bundled mocha suites there. */
  runSuites(files: readonly string[], options: { readonly grep?: string | undefined; readonly timeout: number }): Promise<readonly HostTest[]>;
}

export interface HostLine {
  readonly host: ExtensionHost;
  /** For the environment of VS Code. */
  readonly address: string;
  /** Waits until the driver in a window has called. */
  connected(): Promise<void>;
  close(): void;
}

/** Opens the line; a window that is reloaded calls again and is the one asked from then on. */
export async function openHostLine(folder: string): Promise<HostLine> {
  const address = process.platform === 'win32' ? `\\\\.\\pipe\\alembic-review-${path.basename(folder)}` : path.join(folder, 'driver.sock');
  const waiting = new Map<number, (answer: Answer) => void>();
  let current: net.Socket | undefined;
  let lastId = 0;
  const server = net.createServer((socket) => {
    current = socket;
    socket.unref();
    socket.on('error', () => undefined);
    socket.on('close', () => {
      if (current === socket) current = undefined;
      for (const [id, resolve] of waiting) resolve({ id, error: 'the extension host went away' });
      waiting.clear();
    });
    createInterface({ input: socket }).on('line', (line) => {
      const answer = JSON.parse(line) as Answer;
      waiting.get(answer.id)?.(answer);
      waiting.delete(answer.id);
    });
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(address, resolve));
  server.unref();
  const connected = async () => {
    await waitFor('the driver in the extension host to call', 180_000, () => (current ? true : undefined));
  };
  const ask = async (question: Omit<Extract<Question, { kind: 'evaluate' }>, 'id'> | Omit<Extract<Question, { kind: 'run-suites' }>, 'id'>) => {
    await connected();
    const id = ++lastId;
    // a socket that is unref'd would let the process end while it waits
    const alive = setInterval(() => undefined, 1000);
    const answer = await new Promise<Answer>((resolve) => {
      waiting.set(id, resolve);
      current!.write(`${JSON.stringify({ id, ...question })}\n`);
    });
    clearInterval(alive);
    if (answer.error !== undefined) throw new Error(`in the extension host: ${answer.error}`);
    return answer.value;
  };
  const host: ExtensionHost = {
    evaluate: async (work: (...args: never[]) => unknown, argument?: unknown) => await ask({ kind: 'evaluate', source: work.toString(), argument }) as never,
    runSuites: async (files, { grep, timeout }) => await ask({ kind: 'run-suites', files, grep, timeout }) as readonly HostTest[],
  };
  return {
    host, address, connected,
    close: () => {
      current?.destroy();
      server.close();
    },
  };
}

/**
 * Puts the driver among the installed extensions, before VS Code first looks there. (It can't be a second extension under development: the
 * web workbench takes one.)
 */
export async function installDriver(extensionsFolder: string): Promise<void> {
  const [driver] = await bundleForHost(['test/harness/vscode/driver.ts']);
  const folder = path.join(extensionsFolder, 'alembic-review.test-driver-0.0.0');
  mkdirSync(folder, { recursive: true });
  copyFileSync(driver!, path.join(folder, 'driver.js'));
  const manifest = {
    name: 'test-driver', displayName: 'Test Driver', publisher: 'alembic-review', version: '0.0.0', engines: { vscode: '^1.100.0' },
    main: './driver.js', activationEvents: ['*'], extensionKind: ['workspace'],
    // it shall see and do what a person can, also where the workspace is not trusted
    capabilities: { untrustedWorkspaces: { supported: true } },
  };
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest, null, 2));
}

/** Bundles files (relative to the project) to out/, and gives the bundles' paths. */
export async function bundleForHost(files: readonly string[]): Promise<readonly string[]> {
  await build({
    absWorkingDir: projectRoot, entryPoints: [...files], outdir: 'out', outbase: '.', bundle: true, platform: 'node', format: 'cjs', target: 'node20',
    packages: 'external', sourcemap: 'linked', logLevel: 'warning', loader: { '.py': 'text' },
  });
  return files.map((file) => path.join(projectRoot, 'out', file.replace(/\.ts$/, '.js')));
}
