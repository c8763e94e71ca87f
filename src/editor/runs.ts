import * as vscode from 'vscode';
import type { MigrationVerb } from '../runner/plan';

/** What was run on a database, and what it came to: for who shows evidence of it. Never holds a password. */
export interface MigrationRun {
  readonly connectionId: string;
  readonly verb: MigrationVerb;
  readonly form: 'alembic' | 'supabase';
  /** The revisions that stand, in the order in which they ran; of a failed run, fewer than were meant. */
  readonly revisions: readonly string[];
  readonly outcome: 'done' | 'failed' | 'cancelled';
  /** What the version table holds afterwards; null: it could not be read. */
  readonly applied: readonly string[] | null;
  /** Whether the database is then as models and history have it; null: it could not be told. */
  readonly verified: boolean | null;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export interface Runs extends vscode.Disposable {
  readonly onDidRun: vscode.Event<MigrationRun>;
  tell(run: MigrationRun): void;
}

export function createRuns(): Runs {
  const ran = new vscode.EventEmitter<MigrationRun>();
  return { onDidRun: ran.event, tell: (run) => ran.fire(run), dispose: () => ran.dispose() };
}
