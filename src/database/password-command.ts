import { spawn } from 'node:child_process';
import { message, type Message } from '../engine/text/problem';

/** Why a command printed no password, for a person. What it printed on standard output is never in it. */
export class PasswordCommandFailure extends Error {
  override readonly name = 'PasswordCommandFailure';

  constructor(readonly reason: Message) {
    super(reason.text);
  }
}

export interface PasswordCommandOptions {
  /** The folder that it runs in. */
  readonly folder: string;
  /** Milliseconds; default 30,000: some ask for a finger or a second factor. */
  readonly timeout?: number;
  readonly signal?: AbortSignal;
}

/**
 * The password that a command prints (`aws rds generate-db-auth-token …`, `op read …`): its program is run without a shell, with nothing
 * on its standard input. One line end at the end is not part of the password. Rejects with a `PasswordCommandFailure`, or the signal's reason.
 */
export async function passwordFromCommand(command: readonly string[], { folder, timeout = 30_000, signal }: PasswordCommandOptions): Promise<string> {
  signal?.throwIfAborted();
  const [program = '', ...args] = command;
  const fail = (text: string, more: Message['args'] = {}): PasswordCommandFailure => new PasswordCommandFailure(message(`The command that prints the password ({program}) ${text}`, { program, ...more }));
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true, detached: process.platform !== 'win32' });
    const [out, err] = [collect(child.stdout), collect(child.stderr)];
    const stop = (failure: unknown): void => {
      settle(() => reject(failure as Error));
      endWithChildren(child.pid, () => child.kill('SIGKILL'));
    };
    const timer = setTimeout(() => stop(fail('did not answer within {seconds} seconds, and was ended. Run it in a terminal: it may want to be signed in first.', { seconds: Math.round(timeout / 1000) })), timeout);
    const abort = (): void => stop(signal?.reason);
    signal?.addEventListener('abort', abort, { once: true });
    let settled = false;
    const settle = (how: () => void): void => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      how();
    };
    child.on('error', (error: NodeJS.ErrnoException) => {
      const text = error.code === 'ENOENT' ? 'could not be started: there is no such program on the PATH that the editor was started with, or no folder {folder}.' : 'could not be started: {detail}.';
      settle(() => reject(fail(text, error.code === 'ENOENT' ? { folder } : { detail: error.message })));
    });
    child.on('close', (code, killedBy) => {
      const password = out.text().replace(/\r?\n$/, '');
      const said = lastLine(err.text(), password);
      settle(() => {
        if (code !== 0) reject(fail('failed ({how}){said}', { how: code === null ? `ended by ${killedBy}` : `exit code ${code}`, said: said === '' ? '. Run it in a terminal to see why.' : `: ${said}` }));
        else if (password === '') reject(fail('printed nothing on standard output.'));
        else if (out.isCut() || /[\r\n\0]/.test(password)) reject(fail('printed more than one line. It must print the password alone.'));
        else resolve(password);
      });
    });
  });
}

/** A program that prints without end is not held in memory. */
const mostBytes = 64 * 1024;

function collect(stream: NodeJS.ReadableStream): { text(): string; isCut(): boolean } {
  const chunks: Buffer[] = [];
  let size = 0;
  stream.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= mostBytes) chunks.push(chunk);
  });
  return { text: () => Buffer.concat(chunks).toString('utf8'), isCut: () => size > mostBytes };
}

/** What it complained about last; where it repeats what it printed as the password, that is left out. */
function lastLine(complaint: string, password: string): string {
  const line = complaint.trim().split(/\r?\n/).at(-1)?.trim() ?? '';
  const clean = password === '' ? line : line.split(password).join('***');
  return clean.length > 300 ? `${clean.slice(0, 299)}…` : clean;
}

/** A command often starts others, which would stay behind. */
function endWithChildren(pid: number | undefined, otherwise: () => void): void {
  try {
    if (pid === undefined || process.platform === 'win32') otherwise();
    else process.kill(-pid, 'SIGKILL');
  } catch {
    otherwise();
  }
}
