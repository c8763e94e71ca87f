import path from 'node:path';
import { runCommandLine } from '../../src/cli/run';
import { projectRoot } from '../harness/paths';

export interface CliResult {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** The command line in this process; nothing of the real environment shines through. */
export async function runCli(args: readonly string[], { cwd = projectRoot, env = {} }: { cwd?: string; env?: Readonly<Record<string, string>> } = {}): Promise<CliResult> {
  let out = '';
  let err = '';
  const code = await runCommandLine(args, { cwd, env, out: (text) => void (out += text), err: (text) => void (err += text) });
  return { code, out, err };
}

export function sampleFolder(name: string): string {
  return path.join(projectRoot, 'test', 'projects', name);
}
