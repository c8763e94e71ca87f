import type { PassName } from '../../engine/dry-run/dry-run';
import type { SchemaStatement } from '../../engine/render/schema-sql';
import type { Schema } from '../../engine/schema/schema';
import type { FileSqlRequest } from '../file-sql';
import type { RunnerSearch } from './by-alembic';
import type { TrialServer } from './trial';

/** What a dry run is about, and where it is made. */
export interface DryRunRequest extends Omit<FileSqlRequest, 'direction' | 'offline'>, Pick<RunnerSearch, 'python' | 'xArguments' | 'log'> {
  /** What all models ask for; null: they are not held against it. */
  readonly desired: Schema | null;
  /** Of the connected database, whose schema is where it starts: what no schema holds. */
  readonly definitions?: readonly SchemaStatement[];
  /** Starts an empty server; what the draft and the schema want of extensions is named. */
  readonly start: (wanted: readonly string[]) => Promise<TrialServer>;
  readonly signal?: AbortSignal | undefined;
  /** What it does, in a few words, as it goes. */
  readonly report?: (what: string) => void;
  /** Gets the schema before the draft and after each pass that ran. */
  readonly onSchema?: (after: PassName | 'start', schema: Schema) => void;
}
