import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import type net from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { projectRoot } from './paths';
import type { CommandResult } from './processes';

export interface WarmProgram {
  /** `-m module …` or `file.py …`. */
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly input: string;
}

/** Runs programs as `python <args>` would, each in a process of its own that has Alembic and SQLAlchemy loaded already: a twentieth of the time. */
export type WarmPython = (program: WarmProgram) => Promise<CommandResult>;

/** `warm_python.py`, started with the first program; it ends with us. Not for Windows, which has no fork. */
export function warmPython(interpreter: string, env: NodeJS.ProcessEnv): WarmPython {
  const waiting = new Map<number, (result: CommandResult) => void>();
  let child: ChildProcess | undefined;
  let lastId = 0;

  const start = (): ChildProcess => {
    const started = spawn(interpreter, [path.join(projectRoot, 'test', 'harness', 'warm_python.py')], { env, stdio: ['pipe', 'pipe', 'pipe'] });
    let said = '';
    started.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    createInterface({ input: started.stdout }).on('line', (line) => {
      const { id, ...result } = JSON.parse(line) as CommandResult & { readonly id: number };
      waiting.get(id)?.(result);
      waiting.delete(id);
      keepAlive(started, waiting.size > 0);
    });
    started.on('close', () => {
      child = undefined;
      for (const resolve of waiting.values()) resolve({ code: 127, stdout: '', stderr: `the process that programs are forked from ended\n${said}` });
      waiting.clear();
    });
    started.stdin.on('error', () => undefined);
    return started;
  };

  return (program) => new Promise((resolve) => {
    child ??= start();
    keepAlive(child, true);
    const id = ++lastId;
    waiting.set(id, resolve);
    child.stdin!.write(`${JSON.stringify({ id, ...program })}\n`);
  });
}

/** While it owes an answer, and not longer, the process keeps ours alive. */
function keepAlive(child: ChildProcess, owes: boolean): void {
  const word = owes ? 'ref' : 'unref';
  child[word]();
  for (const stream of [child.stdin, child.stdout, child.stderr]) (stream as net.Socket)[word]();
}
