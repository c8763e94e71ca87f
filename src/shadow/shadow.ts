import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { explainShadowFailure, stopped, type ShadowFailure } from './failure';
import { errorResponse, FrameReader, startupParameters } from './frames';
import type { FromWorker, ToWorker, WorkerStart } from './messages';

/**
 * An embedded PostgreSQL in a thread of its own: empty, in memory alone, gone when it is stopped. It has one session, which its clients
 * have one after the other.
 */
export interface Shadow {
  /**
   * Where clients reach it: a folder with a Unix socket, which nobody else may enter; on Windows the loopback address. (A port would
   * be noticed, and offered for forwarding, by an editor that works on a remote machine.)
   */
  readonly host: string;
  readonly port: number;
  /** Who may come in: nobody else on this machine knows the name. */
  readonly user: string;
  readonly database: 'postgres';
  /** Ends the thread at once, whatever it does; its memory is free then. Never rejects. */
  stop(): Promise<void>;
  /** Why it ended by itself; null: it did not. Its clients only see that their connection broke. */
  failure(): ShadowFailure | null;
}

export interface ShadowOptions {
  /** Aborting stops it. */
  readonly signal?: AbortSignal | undefined;
  /** Those that the schema wants, of `shadowExtensions`. */
  readonly extensions?: readonly string[];
  /** Where the package has its files; default: `shadow` beside the running script. */
  readonly folder?: string;
}

/** Extensions that the package brings; another one can't be had in the embedded server. */
export const shadowExtensions: readonly string[] = ['bloom', 'btree_gin', 'btree_gist', 'citext', 'cube', 'dict_int', 'dict_xsyn', 'earthdistance', 'fuzzystrmatch', 'hstore', 'intarray', 'isn', 'lo', 'ltree', 'pg_trgm', 'pgcrypto', 'seg', 'tablefunc', 'tcn', 'tsm_system_rows', 'tsm_system_time', 'unaccent', 'uuid-ossp'];

/** Starts it. Rejects with a ShadowFailure, or with the signal's reason. */
export async function startShadow({ signal, extensions = [], folder = join(__dirname, 'shadow') }: ShadowOptions = {}): Promise<Shadow> {
  signal?.throwIfAborted();
  const workerData: WorkerStart = { folder, extensions: extensions.filter((name) => shadowExtensions.includes(name)) };
  // Emscripten prints to both; nothing of it is for the person.
  const shadow = new RunningShadow(new Worker(join(folder, 'worker.js'), { workerData, stdout: true, stderr: true }));
  signal?.addEventListener('abort', () => void shadow.stop(), { once: true });
  try {
    await shadow.begun;
    await shadow.listen();
    return shadow;
  } catch (error) {
    await shadow.stop();
    signal?.throwIfAborted();
    throw error;
  }
}

/** How long a client waits for the one before it to go. */
const patience = 2_000;

class RunningShadow implements Shadow {
  readonly host = process.platform === 'win32' ? '127.0.0.1' : mkdtempSync(join(tmpdir(), 'alembic-review-'));
  readonly database = 'postgres';
  readonly user = `dry_run_${randomBytes(12).toString('hex')}`;
  port = 5432;
  readonly begun: Promise<void>;
  private readonly server: Server = createServer((socket) => this.accept(socket));
  private readonly sockets = new Set<Socket>();
  private readonly waiting = new Map<number, (bytes: Uint8Array) => void>();
  /** Settles when the session is free. */
  private free: Promise<void> = Promise.resolve();
  private failed: ShadowFailure | null = null;
  private asked = 0;
  private wanted = true;

  constructor(private readonly worker: Worker) {
    worker.stdout.resume();
    worker.stderr.resume();
    let started = false;
    this.begun = new Promise((resolve, reject) => {
      const end = (error: unknown): void => {
        if (this.wanted) this.failed ??= error === null ? stopped() : explainShadowFailure(error, started);
        reject(this.failed ?? stopped());
        this.close();
        void worker.terminate();
      };
      worker.on('message', (message: FromWorker) => {
        if (message.kind === 'failed') return end(new Error(message.reason));
        if (message.kind === 'answer') return this.answered(message.id, message.bytes);
        started = true;
        resolve();
      });
      worker.on('error', end);
      worker.on('exit', () => end(null));
    });
    this.begun.catch(() => undefined);
  }

  async listen(): Promise<void> {
    const { host, port } = this;
    const where = process.platform === 'win32' ? { host, port: 0 } : { path: join(host, `.s.PGSQL.${port}`) };
    await new Promise<void>((resolve, reject) => this.server.once('error', reject).listen(where, resolve));
    // A process that is done need not wait for it.
    this.server.unref();
    if (process.platform === 'win32') this.port = (this.server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    this.wanted = false;
    this.close();
    await this.worker.terminate();
  }

  failure(): ShadowFailure | null {
    return this.failed;
  }

  private close(): void {
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
    if (process.platform !== 'win32') rmSync(this.host, { recursive: true, force: true });
  }

  /** One client: its messages are answered in order. */
  private accept(socket: Socket): void {
    const reader = new FrameReader();
    let last: Promise<void> = Promise.resolve();
    let session: { readonly leave: () => void } | null = null;
    this.sockets.add(socket);
    socket.setNoDelay(true).on('error', () => undefined);
    const write = (bytes: Uint8Array): void => void (socket.writable && bytes.length > 0 && socket.write(bytes));
    const refuse = (sqlstate: string, words: string): void => void socket.end(errorResponse(sqlstate, words));
    const handle = async (bytes: Uint8Array): Promise<void> => {
      if (socket.destroyed) return;
      if (session === null) {
        if (startupParameters(bytes).get('user') !== this.user) return refuse('28000', 'This is an embedded PostgreSQL for a dry run of Alembic Review; it takes no other clients.');
        session = await this.enter();
        if (session === null) return refuse('53300', 'The embedded PostgreSQL has one session, and it is in use: a second connection beside the first can’t be had.');
        if (socket.destroyed) return session.leave();
      }
      write(await this.ask({ kind: 'bytes', id: 0, bytes }));
    };
    socket.on('data', (data) => {
      for (const frame of reader.add(data)) {
        if (frame.kind === 'encryption-asked') write(Buffer.from('N'));
        else if (frame.kind === 'message') last = last.then(() => handle(frame.bytes));
        else last = last.then(() => void socket.end());
      }
    });
    socket.on('close', () => {
      this.sockets.delete(socket);
      void last.then(() => session?.leave());
    });
  }

  /** Null: somebody else has the session, and stays. */
  private async enter(): Promise<{ readonly leave: () => void } | null> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'late'>((resolve) => (timer = setTimeout(() => resolve('late'), patience)));
    for (;;) {
      const seen = this.free;
      if ((await Promise.race([seen, late])) === 'late') return null;
      // Another one may have come in meanwhile.
      if (seen === this.free) break;
    }
    clearTimeout(timer);
    let left: () => void = () => undefined;
    this.free = new Promise((resolve) => (left = resolve));
    return { leave: () => void this.ask({ kind: 'close', id: 0 }).then(left) };
  }

  private ask(message: ToWorker): Promise<Uint8Array> {
    const id = ++this.asked;
    return new Promise((resolve) => {
      this.waiting.set(id, resolve);
      this.worker.postMessage({ ...message, id } satisfies ToWorker);
    });
  }

  private answered(id: number, bytes: Uint8Array): void {
    this.waiting.get(id)?.(bytes);
    this.waiting.delete(id);
  }
}
