import { defaultLargeTableRows } from './diff/online';
import type { FactQuestion } from './facts';
import { withFile, type RevisionGraph } from './history/graph';
import { readRevisionFile } from './history/read-revision-file';
import { scriptNames } from './operations/draft/script-names';
import { readDraft } from './operations/read-draft';
import { resolvedSteps } from './operations/resolve-types';
import type { Operation } from './operations/operation';
import { withHazards, type RunSettings } from './operations/transactions';
import { newPythonCache, Reading, type PythonCache } from './python/evaluate';
import { createDraftEditing } from './render/edit-draft';
import { asking, diagnose, type RowsKnown, type Severities } from './rules/diagnose';
import { marksOf } from './rules/marks';
import type { Diagnostic, Pass, RuleSettings } from './rules/rule';
import { findEnum, type Schema } from './schema/schema';
import type { NamingConvention } from './sqlalchemy/naming';
import type { SqlParser } from './sql/parser';
import type { Problem } from './text/problem';

export interface ReviewInput {
  readonly path: string;
  readonly text: string;
  /** The schema that the draft starts from. */
  readonly before: Schema;
  /** What the models ask for, when known. */
  readonly desired: Schema | null;
  /** The revisions of the project; null or absent: the draft belongs to none. */
  readonly history?: RevisionGraph | null;
  readonly sql: SqlParser;
  /** What is known of the connected database's rows; null: none is connected. */
  readonly rows?: RowsKnown | null;
  readonly settings?: Partial<RuleSettings>;
  readonly severities?: Severities;
  /** Other files that the draft may import, and where absolute imports start. */
  readonly files?: ReadonlyMap<string, string | null>;
  readonly roots?: readonly string[];
  readonly convention?: NamingConvention | null;
  /** The options of alembic.ini, for scripts that ask. */
  readonly mainOptions?: ReadonlyMap<string, string | null> | undefined;
  readonly cache?: PythonCache;
  /** How the draft will be run, as far as it is known: for locks and transactions. */
  readonly run?: Partial<Pick<RunSettings, 'postgresVersion' | 'transactionPerMigration' | 'timeZone'>>;
}

export interface Review {
  readonly diagnostics: readonly Diagnostic[];
  /** What could not be understood, with place and reason: nothing is silently taken for safe. */
  readonly notReviewed: readonly Problem[];
  readonly upgrade: readonly Operation[];
  readonly downgrade: readonly Operation[];
  /** Files to supply (null for those that do not exist) before reviewing again. */
  readonly wanted: readonly string[];
  /** Questions to the database; have them answered and review again. What is found by then holds without them. */
  readonly wantedFacts: readonly FactQuestion[];
}

/** What is assumed where nothing tells. */
const newestPostgres = 18;

/**
 * The last line of the product: a draft's text is read as operations, each is put between the schemas before and after
 * it, and every rule looks at all of them. Pure and synchronous; a draft that cannot be read has no diagnostics, but
 * problems.
 */
export function review(input: ReviewInput): Review {
  const files = new Map(input.files ?? []).set(input.path, input.text);
  const reading = new Reading({ files, roots: input.roots ?? [] }, input.cache ?? newPythonCache());
  const { value: draft, problems } = readDraft(reading, input.path, { sql: input.sql, convention: input.convention ?? null, before: input.before, mainOptions: input.mainOptions });
  const wanted = [...reading.wanted];
  if (draft === null) return { diagnostics: [], notReviewed: problems, upgrade: [], downgrade: [], wanted, wantedFacts: [] };

  const settings: RuleSettings = { postgresVersion: newestPostgres, largeTableRows: defaultLargeTableRows, ...input.settings };
  const run: RunSettings = { form: 'alembic', postgresVersion: settings.postgresVersion, sql: input.sql, ...input.run };
  const upgrade = withHazards(resolvedSteps(input.before, draft.upgrade), run);
  const after = upgrade.at(-1)?.after ?? input.before;
  const downgrade = withHazards(resolvedSteps(after, draft.downgrade), run);
  const labelsOf = (type: Parameters<typeof findEnum>[1]): readonly string[] | undefined => (findEnum(after, type) ?? findEnum(input.before, type) ?? (input.desired === null ? undefined : findEnum(input.desired, type)))?.labels;
  const wantedFacts: FactQuestion[] = [];
  const file = readRevisionFile(input.path, input.text).value;
  const history = input.history ?? null;
  const pass: Omit<Pass, 'findingsOf'> = {
    upgrade,
    downgrade,
    before: input.before,
    after,
    desired: input.desired,
    file,
    marks: marksOf(draft.module),
    downgradeRaises: draft.downgradeRaises,
    history: file === null || history === null ? history : withFile(history, file),
    script: scriptNames(draft.module),
    editing: createDraftEditing(draft.module, labelsOf),
    ask: asking(input.rows ?? null, wantedFacts),
    settings,
  };
  const operations = [...upgrade, ...downgrade].map((step) => step.operation);
  return {
    diagnostics: diagnose(pass, draft, input.severities ?? {}),
    notReviewed: [...problems, ...operations.flatMap(notUnderstood)],
    upgrade: upgrade.map((step) => step.operation),
    downgrade: downgrade.map((step) => step.operation),
    wanted,
    wantedFacts,
  };
}

function notUnderstood(operation: Operation): readonly Problem[] {
  // What PostgreSQL cannot parse is a finding.
  if (operation.kind !== 'unknown' || operation.sqlError !== undefined) return [];
  const { source, reason } = operation;
  return [{ code: 'not-reviewed', severity: 'info', message: reason, ...(source === undefined ? {} : { at: { path: source.path, range: source.range } }) }];
}
