/** Types and lint: one test each. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../harness/paths';
import type { Counts } from './counts';

/** The whole tree, then each room with a tsconfig of its own, whose narrower `types` hold a wall. */
const typedFolders = ['.', 'src/engine', 'src/webview'];

export async function checkTypes(): Promise<Counts> {
  const folders = typedFolders.filter((folder) => existsSync(path.join(projectRoot, folder, 'tsconfig.json')));
  const runs = folders.map((folder) => runTool('typescript/bin/tsc', [
    '-p', folder, '--incremental', '--tsBuildInfoFile', `out/types/${folder.replaceAll(/\W/g, '-')}.tsbuildinfo`, '--pretty', 'false',
  ]));
  return report('types', await Promise.all(runs));
}

export async function lint(): Promise<Counts> {
  return report('lint', [await runTool('eslint/bin/eslint.js', ['.', '--max-warnings', '0', '--cache', '--cache-location', 'out/eslint.json',
    '--cache-strategy', 'content'])]);
}

interface ToolRun {
  readonly ok: boolean;
  readonly output: string;
}

function report(name: string, runs: readonly ToolRun[]): Counts {
  const ok = runs.every((run) => run.ok);
  console.log(`${name}: ${ok ? 'passed' : 'failed'}`);
  // two projects that hold the same file say the same thing about it
  if (!ok) console.log([...new Set(runs.flatMap((run) => run.output.trimEnd().split('\n')))].join('\n'));
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 };
}

function runTool(script: string, args: readonly string[]): Promise<ToolRun> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [path.join(projectRoot, 'node_modules', script), ...args], { cwd: projectRoot });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('close', (code) => resolve({ ok: code === 0, output }));
  });
}
