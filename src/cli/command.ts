import type { Timeouts } from '../database/timeouts';
import type { MigrationForm } from '../engine/project/supabase';
import type { RuleName } from '../engine/rules/registry';
import type { Severity } from '../engine/rules/rule';

/** What the command line can be asked to do, as its arguments say it. */
export type Command =
  | { readonly verb: 'help'; readonly topic: Verb | null }
  | { readonly verb: 'version' }
  | ModelsCommand
  | SchemaCommand
  | GenerateCommand
  | ReviewCommand
  | SqlCommand
  | DryRunCommand
  | CompareCommand
  | HistoryCommand
  | StatusCommand
  | RevisionCommand
  | MergeCommand
  | VerifyCommand
  | ChecklistCommand
  | DescribeCommand
  | TypesCommand
  | MigrateCommand;

export const verbs = ['models', 'schema', 'generate', 'review', 'sql', 'dry-run', 'compare', 'history', 'status', 'revision', 'merge', 'verify', 'checklist', 'upgrade', 'downgrade', 'stamp', 'describe', 'types'] as const;
export type Verb = (typeof verbs)[number];

/** Which project, as `alembic -c FILE -n NAME` says it. */
export interface ProjectOptions {
  readonly config: string | null;
  readonly name: string | null;
}

export interface DatabaseOptions {
  /** Null: DATABASE_URL. */
  readonly database: string | null;
  /** `--no-database`: not even DATABASE_URL. */
  readonly offline: boolean;
}

export interface CacheOptions {
  /** Where what was read of the history is kept; null: in the user's folder for such things. */
  readonly cache: string | null;
  readonly noCache: boolean;
}

export interface PythonOptions {
  /** The interpreter that has the project's Alembic; null: it is looked for. */
  readonly python: string | null;
}

export interface ChecklistCommand extends ProjectOptions, DatabaseOptions {
  readonly verb: 'checklist';
  /** Null: the migration at hand. */
  readonly path: string | null;
  readonly dryRun: boolean;
  readonly json: boolean;
}

export interface ModelsCommand extends ProjectOptions {
  readonly verb: 'models';
  readonly paths: readonly string[];
  readonly json: boolean;
}

export interface SchemaCommand extends DatabaseOptions {
  readonly verb: 'schema';
  readonly json: boolean;
}

export interface GenerateCommand extends ProjectOptions, DatabaseOptions, PythonOptions {
  readonly verb: 'generate';
  /** Null: all models of the project. */
  readonly models: readonly string[] | null;
  readonly message: string;
  readonly renames: readonly { readonly from: string; readonly to: string }[];
  readonly drops: readonly string[];
  readonly keeps: readonly string[];
  readonly maps: readonly ValueMap[];
  /** Null: the only one that the project has. */
  readonly form: MigrationForm | null;
  readonly head: string | null;
  readonly revisionId: string | null;
  readonly branchLabels: readonly string[];
  readonly dependsOn: readonly string[];
  /** Null: as Alembic chooses. */
  readonly versionPath: string | null;
  /** Null: 100,000. */
  readonly largeTableRows: number | null;
  readonly stdout: boolean;
  readonly output: string | null;
  readonly json: boolean;
}

export interface ValueMap {
  /** `table.column` or `schema.table.column` */
  readonly column: string;
  readonly from: string;
  /** Null: SQL NULL. */
  readonly to: string | null;
}

export const reviewFormats = ['text', 'json', 'sarif', 'github', 'markdown'] as const;
export type ReviewFormat = (typeof reviewFormats)[number];

export interface ReviewCommand extends ProjectOptions, DatabaseOptions, CacheOptions {
  readonly verb: 'review';
  /** Empty with `changedSince` or `all`. */
  readonly paths: readonly string[];
  /** A commit or branch: the revisions that changed since the work left it. */
  readonly changedSince: string | null;
  /** Every revision of the project. */
  readonly all: boolean;
  readonly format: ReviewFormat;
  /** From which severity on the exit code is 1. */
  readonly failOn: 'error' | 'warning';
  /** A file of known findings, which are left out. */
  readonly baseline: string | null;
  /** Writes the findings there instead of printing them. */
  readonly writeBaseline: string | null;
  /** `--rule name=severity`, as the setting alembicReview.rules. */
  readonly severities: Readonly<Partial<Record<RuleName, Severity | 'off'>>>;
  /** Where no database tells. */
  readonly postgresVersion: number | null;
  /** As the setting alembicReview.changeDocument: relative to the project's folder. Empty: none. */
  readonly changeDocument: string;
}

export interface SqlCommand extends ProjectOptions, CacheOptions {
  readonly verb: 'sql';
  readonly path: string;
  readonly downgrade: boolean;
  /** Each statement with its locks as a comment. */
  readonly locks: boolean;
  /** Null: the newest. */
  readonly postgresVersion: number | null;
  readonly json: boolean;
}

/** Where a dry run is: on the embedded server, in a transaction of the database that is rolled back, or in a database of its own beside it. */
export type DryRunWhere = 'embedded' | 'transaction' | 'temporary';

export const dryRunFormats = ['text', 'json', 'markdown'] as const;
export type DryRunFormat = (typeof dryRunFormats)[number];

export interface DryRunCommand extends ProjectOptions, DatabaseOptions, PythonOptions {
  /** No code of the project is run, whatever is not understood without. */
  readonly noPython: boolean;
  /** `alembic -x key=value`, where the project's own Alembic runs it. */
  readonly xArguments: readonly string[];
  readonly verb: 'dry-run';
  readonly path: string;
  readonly where: DryRunWhere;
  readonly timeouts: Timeouts;
  readonly format: DryRunFormat;
}

export interface CompareCommand extends ProjectOptions, DatabaseOptions, PythonOptions {
  readonly verb: 'compare';
  readonly path: string;
  readonly json: boolean;
}

export interface HistoryCommand extends ProjectOptions, DatabaseOptions, CacheOptions {
  readonly verb: 'history';
  readonly json: boolean;
}

export interface StatusCommand extends ProjectOptions {
  readonly verb: 'status';
  /** Empty: DATABASE_URL. */
  readonly databases: readonly string[];
  readonly json: boolean;
}

export interface NewRevisionOptions extends ProjectOptions, PythonOptions {
  /** Null: `empty message`, as Alembic writes it. */
  readonly message: string | null;
  readonly revisionId: string | null;
  readonly branchLabels: readonly string[];
  /** It may stand on a revision that is no head. */
  readonly splice: boolean;
  readonly stdout: boolean;
  readonly json: boolean;
}

export interface RevisionCommand extends NewRevisionOptions {
  readonly verb: 'revision';
  readonly head: string;
  readonly dependsOn: readonly string[];
  readonly versionPath: string | null;
}

export interface MergeCommand extends NewRevisionOptions {
  readonly verb: 'merge';
  /** `heads` when none was named. */
  readonly revisions: readonly string[];
}

export const verifyFormats = ['text', 'json', 'markdown'] as const;
export type VerifyFormat = (typeof verifyFormats)[number];

export const verifySides = ['models', 'history'] as const;
export type VerifySide = (typeof verifySides)[number];

export interface VerifyCommand extends ProjectOptions, DatabaseOptions {
  readonly verb: 'verify';
  /** Both where none is named. */
  readonly against: readonly VerifySide[];
  readonly format: VerifyFormat;
  /** Tables that no model declares, and that stay. */
  readonly keeps: readonly string[];
  /** Null: the only one that the project has. */
  readonly form: MigrationForm | null;
}

export interface DescribeCommand extends DatabaseOptions {
  readonly verb: 'describe';
  /** As SQL writes it: `place`, `sales.place`, `"Place"`. */
  readonly table: string;
}

export interface TypesCommand extends DatabaseOptions {
  readonly verb: 'types';
}

export interface MigrateCommand extends ProjectOptions, DatabaseOptions, PythonOptions {
  readonly verb: 'upgrade' | 'downgrade' | 'stamp';
  /** As Alembic takes it; several for `stamp` alone. */
  readonly revisions: readonly string[];
  /** Null: the only one that the project has. */
  readonly form: MigrationForm | null;
  /** SQL files that are older than an applied one run, too. */
  readonly includeAll: boolean;
  /** Nobody is asked. */
  readonly yes: boolean;
  /** Its name must be typed. */
  readonly production: boolean;
  /** The name, for where nobody can type it. */
  readonly productionName: string | null;
  readonly timeouts: Timeouts;
  /** Of `stamp`, where migrations are files of SQL; null: as the revisions say. */
  readonly status: (typeof stampStatuses)[number] | null;
  /** `alembic -x key=value` */
  readonly xArguments: readonly string[];
  /** The database is held against models and history afterwards. */
  readonly verify: boolean;
  /** Tables that no model declares, and that stay. */
  readonly keeps: readonly string[];
  readonly json: boolean;
}

/** As `supabase migration repair` has them. */
export const stampStatuses = ['applied', 'reverted'] as const;
