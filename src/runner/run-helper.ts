import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { message } from '../engine/text/problem';
import helper from './alembic_helper.py';
import moves from './alembic_moves.py';
import proof from './alembic_proof.py';
import tries from './alembic_tries.py';
import { RunnerFailure } from './failure';
import type { HelperAnswer, HelperEvent } from './helper-answer';
import { withoutSecrets } from './secrets';

export interface HelperRun {
  /** The interpreter. */
  readonly python: string;
  /** The folder that Alembic is run in. */
  readonly folder: string;
  /** Plain data for `alembic_helper.py`; what is secret in it stands in `secrets` too. */
  readonly request: { readonly kind: 'compare' | 'render' | 'plan' | 'move' | 'attempt' } & Readonly<Record<string, unknown>>;
  /** What must not stand in any output. */
  readonly secrets: readonly string[];
  /** Aborting kills the process and all that it started; the run rejects with `signal.reason`. */
  readonly signal?: AbortSignal | undefined;
  /** Aborting asks it to stop, as Ctrl+C does in a terminal: what it does then is its answer. */
  readonly interrupt?: AbortSignal | undefined;
  /** What it tells before it answers, without secrets. */
  readonly onEvent?: ((event: HelperEvent) => void) | undefined;
  /** Gets what env.py and Alembic print, a line at a time, without secrets. */
  readonly log?: ((line: string) => void) | undefined;
}

/**
 * Runs the helper script in a project's Python. The script and its request go in by standard input alone: what a process
 * is given as arguments or environment, every user of the machine can read. Rejects with a RunnerFailure when Python
 * can't be started or ends without an answer, and with the signal's reason.
 */
export async function runHelper(run: HelperRun): Promise<HelperAnswer> {
  const { signal } = run;
  signal?.throwIfAborted();
  // Alembic goes through sets of names, whose order changes from run to run unless Python is told otherwise.
  const env = { PYTHONHASHSEED: '0', ...process.env };
  // A group of its own: all of it ends together.
  const child = spawn(run.python, ['-c', starter], { cwd: run.folder, env, stdio: 'pipe', detached: process.platform !== 'win32', windowsHide: true });
  const kill = (): void => killTree(child);
  signal?.addEventListener('abort', kill, { once: true });
  process.once('exit', kill);
  try {
    const { output, errors, code } = await conversation(child, run);
    signal?.throwIfAborted();
    const answer = output === null ? null : readAnswer(output, run.secrets);
    if (answer !== null) return answer;
    throw new RunnerFailure(
      'ended',
      message('Python ended without an answer ({code}). It last said: {said}', { code: code === null ? 'killed' : `exit code ${code}`, said: errors.at(-1) ?? 'nothing' }),
      errors.join('\n'),
    );
  } finally {
    signal?.removeEventListener('abort', kill);
    process.removeListener('exit', kill);
  }
}

/**
 * Reads one line and runs the script in it. The current folder, which `-c` puts first on the path, is taken away before
 * anything is imported: a project's own `json.py` or `alembic/` would be found instead of the real one.
 */
const starter = `
import sys
sys.path[:1] = [place for place in sys.path[:1] if place]
import json
request = json.loads(sys.stdin.buffer.readline().decode("utf-8"))
exec(compile(request.pop("script"), "<alembic-review>", "exec"), {"__name__": "__main__", "request": request})
`;

interface Conversation {
  /** The last line that it wrote; null: it wrote none. */
  readonly output: string | null;
  /** The last lines on the error stream. */
  readonly errors: readonly string[];
  readonly code: number | null;
}

function conversation(child: ChildProcessWithoutNullStreams, { request, secrets, log, python, folder, interrupt, onEvent }: HelperRun): Promise<Conversation> {
  return new Promise((resolve, reject) => {
    let output: string | null = null;
    let line = '';
    let rest = '';
    const errors: string[] = [];
    const said = (line: string): void => {
      const clean = withoutSecrets(line.trimEnd(), secrets);
      log?.(clean);
      if (clean !== '') errors.push(clean);
      if (errors.length > keptLines) errors.shift();
    };
    const heard = (text: string): void => {
      const event = readEvent(text, secrets);
      if (event === null) output = text;
      else onEvent?.(event);
    };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      const lines = (line + text).split('\n');
      line = lines.pop() ?? '';
      lines.forEach(heard);
    });
    const stop = (): void => void child.stdin.write('stop\n');
    interrupt?.addEventListener('abort', stop, { once: true });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      lines.forEach(said);
    });
    child.on('error', (error) => reject(new RunnerFailure('not-started', message('{python} can’t be run in {folder}: {reason}.', { python, folder, reason: error.message }), error.message)));
    child.on('exit', () => {
      // What env.py left running may hold the pipes open.
      killTree(child);
      setTimeout(() => (child.stdout.destroy(), child.stderr.destroy()), 500).unref();
    });
    child.on('close', (code) => {
      interrupt?.removeEventListener('abort', stop);
      if (rest !== '') said(rest);
      resolve({ output, errors, code });
    });
    // Left open: the script ends itself when it closes, which it does however we end.
    child.stdin.on('error', () => undefined).write(`${JSON.stringify({ ...request, script: [proof, moves, tries, helper].join('\n') })}\n`);
    if (interrupt?.aborted === true) stop();
  });
}

const keptLines = 40;

function readEvent(text: string, secrets: readonly string[]): HelperEvent | null {
  if (!text.startsWith('{"event":')) return null;
  try {
    return cleaned(JSON.parse(text), secrets) as HelperEvent;
  } catch {
    return null;
  }
}

function readAnswer(output: string, secrets: readonly string[]): HelperAnswer | null {
  try {
    const answer = JSON.parse(output) as HelperAnswer;
    return answer.kind === 'done' ? answer : (cleaned(answer, secrets) as HelperAnswer);
  } catch {
    return null;
  }
}

/** Every text of a failure; a migration's own text stays as it is. */
function cleaned(value: unknown, secrets: readonly string[]): unknown {
  if (typeof value === 'string') return withoutSecrets(value, secrets);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((inner) => cleaned(inner, secrets));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, cleaned(inner, secrets)]));
}

function killTree(child: ChildProcessWithoutNullStreams): void {
  if (child.pid === undefined) return;
  if (process.platform === 'win32') {
    if (child.exitCode === null) spawn('taskkill', ['/pid', String(child.pid), '/t', '/f'], { stdio: 'ignore', windowsHide: true }).on('error', () => child.kill());
    return;
  }
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // nobody is left
  }
}
