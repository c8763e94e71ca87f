import { defaultLargeTableRows } from './diff/online';
import type { FactQuestion } from './facts';
import { withFile, type RevisionGraph } from './history/graph';
import { readRevisionFile } from './history/read-revision-file';
import type { RevisionFile } from './history/revision';
import { lazy } from './lazy';
import type { KeptStatements } from './operations/draft/kept-statements';
import { scriptNames, type ScriptNames } from './operations/draft/script-names';
import type { DraftEditing } from './operations/draft-editing';
import { readDraft } from './operations/read-draft';
import { readSqlDraft } from './operations/read-sql-draft';
import { resolvedSteps } from './operations/resolve-types';
import type { Operation } from './operations/operation';
import { withHazards, type RunSettings } from './operations/transactions';
import { newPythonCache, Reading, type PythonCache } from './python/evaluate';
import { spotsOf } from './render/draft-blocks';
import { createDraftEditing } from './render/edit-draft';
import { createSqlDraftEditing } from './render/edit-sql-draft';
import { placeAmongLines } from './render/sql-draft-changes';
import { asking, diagnose, type ReviewedText, type RowsKnown, type Severities } from './rules/diagnose';
import { marksOf, marksOfSql } from './rules/marks';
import type { ChangeDocument, Diagnostic, Pass, Published, RuleSettings } from './rules/rule';
import { editedBetween } from './rules/support/edited';
import { keyOfName, type OldName, type Uses } from './rules/support/uses';
import { findEnum, type Schema } from './schema/schema';
import type { LabelsOf } from './render/types';
import type { NamingConvention } from './sqlalchemy/naming';
import type { SqlParser } from './sql/parser';
import type { Problem } from './text/problem';
import type { TextRange } from './text/text';

export interface ReviewInput {
  readonly path: string;
  readonly text: string;
  /** Of a file of SQL that Supabase's CLI runs: the names in its folder. Null or absent: it is none, so no fix makes a file beside it. */
  readonly siblings?: readonly string[] | null;
  /** The head of a script, where it was read already (`readRevisionFile`). */
  readonly file?: RevisionFile | null;
  /** The schema that the draft starts from. */
  readonly before: Schema;
  /** What the models ask for, when known. */
  readonly desired: Schema | null;
  /** The revisions of the project; null or absent: the draft belongs to none. */
  readonly history?: RevisionGraph | null;
  readonly sql: SqlParser;
  /** What is known of the connected database's rows; null: none is connected. */
  readonly rows?: RowsKnown | null;
  /** The project's change document, where the settings name one. */
  readonly changeDocument?: ChangeDocument | null;
  /** What was found of names that were wanted, by `keyOfName`; null or absent: nobody searches. */
  readonly uses?: ReadonlyMap<string, Uses> | null;
  /** The text of a draft that was applied somewhere, as it was then; null or absent: it was not, as far as is known. */
  readonly published?: Pick<Published, 'where' | 'text'> | null;
  readonly settings?: Partial<RuleSettings>;
  readonly severities?: Severities;
  /** Other files that the draft may import, and where absolute imports start. */
  readonly files?: ReadonlyMap<string, string | null>;
  readonly roots?: readonly string[];
  readonly convention?: NamingConvention | null;
  /** The options of alembic.ini, for scripts that ask. */
  readonly mainOptions?: ReadonlyMap<string, string | null> | undefined;
  readonly cache?: PythonCache;
  /** What earlier reviews found of the draft's statements. */
  readonly statements?: KeptStatements | undefined;
  /** How the draft will be run, as far as it is known: for locks and transactions. */
  readonly run?: Partial<Pick<RunSettings, 'postgresVersion' | 'transactionPerMigration' | 'timeZone'>>;
}

export interface Review {
  readonly diagnostics: readonly Diagnostic[];
  /** What could not be understood, with place and reason: nothing is silently taken for safe. */
  readonly notReviewed: readonly Problem[];
  readonly upgrade: readonly Operation[];
  readonly downgrade: readonly Operation[];
  /** The downgrade raises, or there is none: that the way back is closed is a decision. */
  readonly downgradeRaises: boolean;
  /** The schema that the upgrade starts from, and the one it leads to. */
  readonly before: Schema;
  readonly after: Schema;
  /** Files to supply (null for those that do not exist) before reviewing again. */
  readonly wanted: readonly string[];
  /** Questions to the database; have them answered and review again. What is found by then holds without them. */
  readonly wantedFacts: readonly FactQuestion[];
  /** Names to look for in the workspace's files; review again with what is found. What is said by then holds without. */
  readonly wantedUses: readonly OldName[];
}

/** What is assumed where nothing tells. */
const newestPostgres = 18;

/**
 * The last line of the product: a draft's text is read as operations, each is put between the schemas before and after
 * it, and every rule looks at all of them. A file called `.sql` is read as SQL, any other as a script of Alembic's. Pure and
 * synchronous; a draft that cannot be read has no diagnostics, but problems.
 */
export function review(input: ReviewInput): Review {
  const { draft, problems, wanted } = readText(input);
  if (draft === null) return { diagnostics: [], notReviewed: problems, upgrade: [], downgrade: [], downgradeRaises: false, before: input.before, after: input.before, wanted, wantedFacts: [], wantedUses: [] };

  const settings: RuleSettings = { postgresVersion: newestPostgres, largeTableRows: defaultLargeTableRows, versionTable: { schema: null, name: 'alembic_version' }, ...input.settings };
  const run: RunSettings = { form: draft.of.form === 'sql' ? 'supabase' : 'alembic', postgresVersion: settings.postgresVersion, sql: input.sql, ...input.run };
  const upgrade = withHazards(resolvedSteps(input.before, draft.upgrade), run);
  const after = upgrade.at(-1)?.after ?? input.before;
  const downgrade = withHazards(resolvedSteps(after, draft.downgrade), run);
  const labelsOf: LabelsOf = (type) => (findEnum(after, type) ?? findEnum(input.before, type) ?? (input.desired === null ? undefined : findEnum(input.desired, type)))?.labels;
  const wantedFacts: FactQuestion[] = [];
  const wantedUses: OldName[] = [];
  const usesOf = (name: OldName): Uses | null => {
    const known = input.uses?.get(keyOfName(name)) ?? null;
    if (known === null && input.uses != null) wantedUses.push(name);
    return known;
  };
  const pass: Omit<Pass, 'findingsOf'> = { upgrade, downgrade, before: input.before, after, desired: input.desired, ...draft.of, editing: draft.editing(labelsOf), ask: asking(input.rows ?? null, wantedFacts), changeDocument: input.changeDocument ?? null, usesOf, published: publishedOf(input, upgrade.map((step) => step.operation)), settings };
  const operations = [...upgrade, ...downgrade].map((step) => step.operation);
  return {
    diagnostics: diagnose(pass, draft.text, input.severities ?? {}),
    notReviewed: [...problems, ...operations.flatMap(notUnderstood)],
    upgrade: upgrade.map((step) => step.operation),
    downgrade: downgrade.map((step) => step.operation),
    downgradeRaises: draft.of.downgradeRaises,
    before: input.before,
    after,
    wanted,
    wantedFacts,
    wantedUses,
  };
}

/** A draft of either form, as far as it is read. */
interface ReadText {
  readonly draft: {
    readonly upgrade: readonly Operation[];
    readonly downgrade: readonly Operation[];
    readonly of: Pick<Pass, 'form' | 'file' | 'marks' | 'downgradeRaises' | 'history' | 'script'>;
    readonly editing: (labelsOf: LabelsOf) => DraftEditing;
    readonly text: ReviewedText;
  } | null;
  readonly problems: readonly Problem[];
  readonly wanted: readonly string[];
}

function readText(input: ReviewInput): ReadText {
  return input.path.endsWith('.sql') ? readFileOfSql(input) : readScript(input);
}

function readScript(input: ReviewInput): ReadText {
  const files = new Map(input.files ?? []).set(input.path, input.text);
  const reading = new Reading({ files, roots: input.roots ?? [] }, input.cache ?? newPythonCache());
  const { value: draft, problems } = readDraft(reading, input.path, { sql: input.sql, convention: input.convention ?? null, before: input.before, mainOptions: input.mainOptions, ...(input.statements && { kept: input.statements }) });
  const wanted = [...reading.wanted];
  if (draft === null) return { draft, problems, wanted };
  const { module, upgrade, downgrade, downgradeRaises } = draft;
  const file = input.file === undefined ? readRevisionFile(input.path, input.text).value : input.file;
  const history = input.history ?? null;
  const of = { form: 'alembic', file, marks: marksOf(module), downgradeRaises, history: file === null || history === null ? history : withFile(history, file), script: scriptNames(module) } as const;
  const spots = lazy(() => spotsOf(module));
  const statementAt = (offset: number): TextRange => spots().findLast((spot) => spot.statement.range.start <= offset && offset < spot.lines.end)?.lines ?? { start: offset, end: offset };
  const { path, text, comments } = module;
  return { draft: { upgrade, downgrade, of, editing: (labelsOf) => createDraftEditing(module, labelsOf, spots), text: { path, text, comments, statementAt } }, problems, wanted };
}

function readFileOfSql(input: ReviewInput): ReadText {
  const { value: draft, problems } = readSqlDraft(input.path, input.text, input.sql);
  // Its way back is closed, as where a downgrade raises.
  const of = { form: 'sql', file: null, marks: marksOfSql(draft), downgradeRaises: true, history: null, script: noScript } as const;
  const statementAt = (offset: number): TextRange => {
    const statement = draft.statements.find(({ range, closed }) => range.start <= offset && offset < (closed ?? range.end));
    return statement === undefined ? { start: offset, end: offset } : placeAmongLines(draft.text, { start: statement.range.start, end: statement.closed ?? statement.range.end });
  };
  const { path, text, comments, upgrade, downgrade } = draft;
  // What is no SQL is a finding, or an operation that is not understood.
  const others = problems.filter(({ code }) => code !== 'sql-syntax' && code !== 'sql-not-read');
  return { draft: { upgrade, downgrade, of, editing: () => createSqlDraftEditing(draft, input.siblings ?? null), text: { path, text, comments, statementAt } }, problems: others, wanted: [] };
}

/** SQL has no names of Python's to get wrong. */
const noScript: ScriptNames = { path: '', undefined: [], calls: [] };

/** What a draft did when it was applied, on the schema that it meets now. */
function publishedOf({ published, ...input }: ReviewInput, operations: readonly Operation[]): Published | null {
  if (published == null || published.text === input.text) return null;
  return {
    ...published,
    edited: () => {
      const { draft } = readText({ ...input, text: published.text, file: null, cache: newPythonCache(), statements: undefined });
      if (draft === null) return { added: [], removed: [] };
      return editedBetween({ operations: resolvedSteps(input.before, draft.upgrade).map((step) => step.operation), text: published.text }, { operations, text: input.text });
    },
  };
}

function notUnderstood(operation: Operation): readonly Problem[] {
  // What PostgreSQL cannot parse is a finding.
  if (operation.kind !== 'unknown' || operation.sqlError !== undefined) return [];
  const { source, reason } = operation;
  return [{ code: 'not-reviewed', severity: 'info', message: reason, ...(source === undefined ? {} : { at: { path: source.path, range: source.range } }) }];
}
