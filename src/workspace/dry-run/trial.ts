import type { DryRunError, DryRunPlace } from '../../engine/dry-run/dry-run';
import type { Schema } from '../../engine/schema/schema';
import type { EmbeddedAddress } from '../../runner/try-draft';
import type { QualifiedName } from '../../engine/schema/schema';

/** A server that a draft is tried on: the flow's one port to it. */
export interface TrialServer {
  readonly place: DryRunPlace;
  /** The extensions that can be made there; null: whichever the server has. */
  readonly extensions: readonly string[] | null;
  /** How the project's own Alembic is led there and can prove it; null: it is not. */
  readonly address: (() => Promise<EmbeddedAddress>) | null;
  /** Another session, after the last one was closed: nothing of that is left but what it committed. */
  open(): Promise<TrialSession>;
  /** It is not used any more. Never rejects. */
  stop(): Promise<void>;
}

export interface TrialSession {
  /** Runs one statement. Rejects where the session broke, with a reason in words. */
  run(sql: string): Promise<{ readonly milliseconds: number; readonly error: DryRunError | null }>;
  /** The schema as this session sees it, without Alembic's own table. */
  schema(versionTable: QualifiedName): Promise<Schema>;
  close(): Promise<void>;
}
