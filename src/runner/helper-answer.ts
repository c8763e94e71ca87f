/** What `alembic_helper.py` answers: whatever the request is about, or how it failed (`explainAnswer` says it in words). */
export type HelperAnswer =
  | { readonly kind: 'done'; readonly texts: readonly string[]; readonly heads?: readonly string[]; readonly steps?: readonly PlannedStep[] }
  | { readonly kind: 'other-database'; readonly opened: Readonly<Record<'host' | 'port' | 'database' | 'user', string | null | undefined>>; readonly reason: string | null }
  | {
      readonly kind: 'failed';
      /** The exception's class. */
      readonly error: string;
      readonly message: string;
      readonly sqlstate: string | null;
      /** The module that was not found. */
      readonly module: string | null;
      /** The last line of the project's own code on the way to it. */
      readonly at: { readonly path: string; readonly line: number } | null;
      readonly trace: string;
    };

/** A step that Alembic takes, and what becomes of the version table. */
export interface PlannedStep {
  /** The revision that runs; null: only the version table is changed (`stamp`). */
  readonly id: string | null;
  /** The first line of its docstring. */
  readonly message: string;
  readonly up: boolean;
  readonly rows: readonly VersionRow[];
  /** What the version table holds after it, in alphabetical order. */
  readonly heads: readonly string[];
}

export type VersionRow =
  | { readonly kind: 'insert'; readonly to: string }
  | { readonly kind: 'delete'; readonly from: string }
  | { readonly kind: 'update'; readonly from: string; readonly to: string };

export type HelperEvent =
  /** A connection of env.py's was proven to be to the chosen database; null: a pooler stands between, so its server process is not known. */
  | { readonly event: 'connected'; readonly pid: number | null }
  /** A revision begins; `index` counts the planned steps from 0. */
  | { readonly event: 'step'; readonly index: number; readonly id: string }
  /** A statement of the step commits by itself (autocommit block, COMMIT): what came before it stands whatever follows. */
  | { readonly event: 'autocommit'; readonly index: number }
  /** How many statements the migrations have sent, and the one that runs. */
  | { readonly event: 'statement'; readonly count: number; readonly sql: string }
  /** What became of a statement of a draft that is tried; `at`: start and end of the draft's statement that sent it. */
  | { readonly event: 'tried'; readonly sql: string; readonly at: readonly [number, number] | null; readonly milliseconds: number; readonly error: SaidError | null }
  /** The exception that ended it. */
  | { readonly event: 'raised'; readonly at: readonly [number, number] | null; readonly error: string; readonly text: string };

/** What the server said of a statement that it refused. */
export interface SaidError {
  readonly sqlstate: string | null;
  readonly text: string;
  readonly detail: string | null;
  readonly hint: string | null;
}
