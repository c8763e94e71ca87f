/** What the thread of the embedded server is started with. */
export interface WorkerStart {
  /** Where `pglite.wasm`, `pglite.data`, the snapshot and the extensions lie. */
  readonly folder: string;
  /** The extensions to have at hand, by name. */
  readonly extensions: readonly string[];
}

/** A message of a client; `close`: it is gone, and what it left behind is cleared away. */
export type ToWorker = { readonly kind: 'bytes'; readonly id: number; readonly bytes: Uint8Array } | { readonly kind: 'close'; readonly id: number };

export type FromWorker =
  | { readonly kind: 'ready' }
  /** The whole answer to the message `id`. */
  | { readonly kind: 'answer'; readonly id: number; readonly bytes: Uint8Array }
  | { readonly kind: 'failed'; readonly reason: string };
