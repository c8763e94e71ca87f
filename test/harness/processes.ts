/** Child processes: commands that end, and servers that must not outlive us. */
import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import net from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly input?: string;
  readonly user?: User;
}

/** The user a process runs as, where we are root and it refuses to be. */
export interface User {
  readonly uid: number;
  readonly gid: number;
}

/** Runs a command to its end, whatever its exit code; a command that can't be started has code 127. */
export function runCommand(command: string, args: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: options.cwd, env: options.env ?? process.env, ...options.user });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', (error) => resolve({ code: 127, stdout, stderr: stderr + error.message }));
    child.on('close', (code) => resolve({ code: code ?? 1, stdout, stderr }));
    child.stdin.on('error', () => undefined).end(options.input ?? '');
  });
}

/** As runCommand, but an exit code other than 0 is an error that holds the output. */
export async function mustRun(command: string, args: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
  const result = await runCommand(command, args, options);
  if (result.code === 0) return result;
  throw new Error(`${[command, ...args].join(' ')} ended with exit code ${result.code}\n${result.stdout}${result.stderr}`);
}

export interface Server {
  /** The exit code once it has ended, by itself or stopped. */
  readonly ended: Promise<number>;
  isRunning(): boolean;
  stop(): Promise<void>;
}

export interface ServerOptions extends CommandOptions {
  /** Its output goes there. */
  readonly log: string;
  /** What it takes for a polite request to end. */
  readonly stopSignal?: NodeJS.Signals;
  /** Deleted when it was stopped. */
  readonly temporaryFolder?: string;
}

/**
 * Starts a server that ends with us, however we end: a small supervisor holds it, and stops it (and what it started) as soon as the pipe from
 * us closes, which it does even when we are killed. It does not keep us alive either.
 */
export function startServer(command: string, args: readonly string[], options: ServerOptions): Server {
  const log = openSync(options.log, 'a');
  const { stopSignal = 'SIGTERM', temporaryFolder, user, cwd } = options;
  const supervisor = spawn(process.execPath, ['-e', supervise, JSON.stringify({ command, args, cwd, user, stopSignal, temporaryFolder })], {
    stdio: ['pipe', log, log], env: options.env ?? process.env,
  });
  closeSync(log);
  const pipe = supervisor.stdin as net.Socket;
  supervisor.unref();
  pipe.unref();
  let running = true;
  const ended = new Promise<number>((resolve) => {
    supervisor.on('exit', (code) => {
      running = false;
      resolve(code ?? 1);
    });
  });
  return {
    ended,
    isRunning: () => running,
    stop: async () => {
      supervisor.ref();
      pipe.on('error', () => undefined).end();
      await ended;
    },
  };
}

const supervise = `
  const { spawn } = require('node:child_process');
  const { command, args, cwd, user, stopSignal, temporaryFolder } = JSON.parse(process.argv[1]);
  const child = spawn(command, args, { cwd, ...user, stdio: ['ignore', 'inherit', 'inherit'], detached: process.platform !== 'win32' });
  child.on('error', (error) => { console.error(error.message); end(127); });
  child.on('exit', (code) => end(code ?? 1));
  process.stdin.on('end', stop).on('error', stop).resume();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);
  let stopped = false;
  function stop() {
    stopped = true;
    child.kill(stopSignal);
    setTimeout(() => child.kill('SIGKILL'), 8000).unref();
  }
  function end(code) {
    try { process.kill(-child.pid, 'SIGKILL'); } catch {}
    if (stopped && temporaryFolder) throwAway(temporaryFolder);
    process.exit(code);
  }
  // nobody waits for a thousand files to be gone
  function throwAway(folder) {
    if (process.platform === 'win32') require('node:fs').rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    else spawn('rm', ['-rf', folder], { detached: true, stdio: 'ignore' }).unref();
  }
`;

/** A port that nobody listens on right now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject).listen(0, '127.0.0.1', () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** A webview that closes while it is asked gives no answer: the next question goes to what came in its place. */
async function askOnce<T>(ask: () => Promise<T | undefined> | T | undefined): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof Error && /Frame was detached|Execution context was destroyed|Cannot find context with specified id/.test(error.message)) return undefined;
    throw error;
  }
}

/** Milliseconds that a test waits for what is to be seen: a busy machine may take its time, and a test that waits for nothing has failed anyway. */
export const patience = 120_000;

/** Asks again and again until there is an answer other than undefined; the error says what was waited for. */
export async function waitFor<T>(what: string, milliseconds: number, ask: () => Promise<T | undefined> | T | undefined, pause = 100): Promise<T> {
  const end = Date.now() + milliseconds;
  for (;;) {
    const answer = await askOnce(ask);
    if (answer !== undefined) return answer;
    if (Date.now() > end) throw new Error(`waited ${milliseconds / 1000} s in vain for ${what}`);
    await delay(pause);
  }
}
