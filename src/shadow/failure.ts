import { formatMessage, message, type Message } from '../engine/text/problem';

/** Why there is no embedded PostgreSQL, or none any more; a sentence for a person. Nothing is lost by it: it held copies alone. */
export class ShadowFailure extends Error {
  override readonly name = 'ShadowFailure';

  constructor(
    readonly code: 'not-started' | 'out-of-memory' | 'stopped' | 'crashed',
    readonly reason: Message,
  ) {
    super(formatMessage(reason));
  }
}

/** The thread ended, or could not begin: what its error means. */
export function explainShadowFailure(error: unknown, started: boolean): ShadowFailure {
  const said = error instanceof Error ? error.message : String(error);
  const code = (error as { readonly code?: unknown } | null)?.code;
  if (code === 'ERR_WORKER_OUT_OF_MEMORY' || /out of memory|memory access out of bounds|Cannot enlarge memory|could not allocate|Array buffer allocation failed/i.test(said)) {
    return new ShadowFailure('out-of-memory', message('The embedded PostgreSQL ran out of memory and was ended; your database and your files are untouched. It needs about 400 MB. Close something, or use the dry run on a connected database.', {}));
  }
  if (!started) return new ShadowFailure('not-started', message('The embedded PostgreSQL did not start: {said}. Its files come with the extension; reinstalling it puts them back.', { said: withoutStop(said) }));
  return new ShadowFailure('crashed', message('The embedded PostgreSQL ended while it worked: {said}. Your database and your files are untouched; run it again.', { said: withoutStop(said) }));
}

/** SQLSTATE 53200, `out_of_memory`: the server lives on, and what it says of the statement says nothing of the draft. */
export const outOfMemoryState = '53200';

export function outOfMemoryAt(sql: string): ShadowFailure {
  const line = sql.replace(/\s+/g, ' ').trim();
  return new ShadowFailure('out-of-memory', message('The embedded PostgreSQL ran out of memory, of which it can have 2 GB, at: {statement} Your database and your files are untouched. It says nothing against the draft: try it on a temporary database (Dry Run on Connected Database…).', { statement: line.length > 120 ? `${line.slice(0, 119)}…` : line }));
}

export function stopped(): ShadowFailure {
  return new ShadowFailure('stopped', message('The embedded PostgreSQL was ended before the dry run was; your database and your files are untouched. Run it again.', {}));
}

function withoutStop(text: string): string {
  return text.replace(/\.$/, '');
}
