import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { gunzipSync } from 'node:zlib';
import { PGlite, type PGliteOptions } from '@electric-sql/pglite';
import type { FromWorker, ToWorker, WorkerStart } from './messages';

/**
 * The thread that PostgreSQL runs in. It works synchronously, so it must not be the thread that answers the editor, and ending the thread is
 * the one way to stop a statement (`statement_timeout` needs signals, which there are none of).
 */
async function main({ folder, extensions }: WorkerStart): Promise<void> {
  const file = (name: string): Promise<Buffer> => readFile(join(folder, name));
  const [wasm, data, snapshot] = await Promise.all([file('pglite.wasm'), file('pglite.data'), file('snapshot.tar.gz')]);
  const program = await compile(wasm);
  const database = await PGlite.create({
    pgliteWasmModule: program,
    // The snapshot is what initdb would make: its program is neither shipped nor looked for.
    initdbWasmModule: program,
    fsBundle: new Blob([data]),
    loadDataDir: new Blob([gunzipSync(snapshot)]),
    extensions: Object.fromEntries(extensions.map((name) => [name, pathToFileURL(join(folder, 'extensions', `${name}.tar.gz`))])),
  });
  const answer = (message: FromWorker): void => parentPort?.postMessage(message);
  parentPort?.on('message', (message: ToWorker) => {
    try {
      answer({ kind: 'answer', id: message.id, bytes: message.kind === 'bytes' ? database.execProtocolRawSync(message.bytes) : clear(database) });
    } catch (error) {
      answer({ kind: 'failed', reason: reasonOf(error) });
    }
  });
  answer({ kind: 'ready' });
}

/** Node has it, and its types do not. */
const { compile } = (globalThis as unknown as { readonly WebAssembly: { compile(bytes: Uint8Array): Promise<NonNullable<PGliteOptions['pgliteWasmModule']>> } }).WebAssembly;

/** All clients share one session: what one leaves behind must not meet the next. */
function clear(database: PGlite): Uint8Array {
  for (const sql of ['ROLLBACK', 'DISCARD ALL']) database.execProtocolRawSync(simpleQuery(sql));
  return new Uint8Array();
}

/** Source: PostgreSQL documentation, "Message Formats", Query. */
function simpleQuery(sql: string): Uint8Array {
  const text = Buffer.from(`${sql}\0`);
  const head = Buffer.from('Q\0\0\0\0');
  head.writeInt32BE(text.length + 4, 1);
  return new Uint8Array(Buffer.concat([head, text]));
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

main(workerData as WorkerStart).catch((error: unknown) => parentPort?.postMessage({ kind: 'failed', reason: reasonOf(error) } satisfies FromWorker));
