/** That a draft's text was run, and what came of it: what *applied*, *dry run* and *tested* are ticked by. */
export interface RunEvidence {
  /** The hash of the text that ran: evidence is worth nothing for another one. */
  readonly draft: string;
  /** The id of the revision, or the version of the SQL file. */
  readonly revision: string;
  /** Null: an embedded PostgreSQL. */
  readonly database: { readonly id: string; readonly name: string; readonly environment: 'development' | 'staging' | 'production' } | null;
  /** `dryRun`: up, down and up again (of a SQL file: up), and nothing of it was kept. `stamped`: noted down as applied, and nothing ran; that holds for any text. */
  readonly did: 'upgraded' | 'downgraded' | 'dryRun' | 'stamped';
  readonly outcome: 'passed' | 'failed';
  /** Why it failed, in a sentence. */
  readonly reason?: string;
  /** `run`: we ran it; `observed`: the version table was seen to change. */
  readonly how: 'run' | 'observed';
  /** Milliseconds since 1970. */
  readonly at: number;
}

/**
 * The database on which it was seen to go up, down and up again, in this order; or the embedded one whose dry run did.
 * Null: on none. An upgrade may have been there before the first look, so down and up again is enough.
 */
export function roundTrip(runs: readonly RunEvidence[]): RunEvidence | null {
  const passed = [...runs].filter(({ outcome }) => outcome === 'passed').sort((a, b) => a.at - b.at);
  const dry = passed.findLast(({ did }) => did === 'dryRun');
  const again = passed.findLast((run, index) => run.did === 'upgraded' && passed.slice(0, index).some((earlier) => earlier.did === 'downgraded' && earlier.database?.id === run.database?.id));
  return again ?? dry ?? null;
}

/** The last dry run; null: there was none. */
export function lastDryRun(runs: readonly RunEvidence[]): RunEvidence | null {
  return [...runs].sort((a, b) => a.at - b.at).findLast(({ did }) => did === 'dryRun') ?? null;
}

/** Whether what a database notes down of the revision comes from a stamp, behind which nothing ran. */
export function isStamped(runs: readonly RunEvidence[], database: string): boolean {
  return [...runs].filter((run) => run.database?.id === database && run.did !== 'dryRun' && run.outcome === 'passed').sort((a, b) => a.at - b.at).at(-1)?.did === 'stamped';
}
