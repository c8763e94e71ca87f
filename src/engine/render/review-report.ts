import { lockModes, type LockMode } from '../operations/hazards/hazard';
import { blockedText, describeHazard } from '../operations/hazards/describe';
import type { Operation } from '../operations/operation';
import type { Step } from '../operations/transactions';
import { displayName } from '../schema/schema';
import { formatMessage, type Message, type Problem } from '../text/problem';
import { LineIndex, type Place } from '../text/text';
import { commentsAbove } from './comments-above';
import { describeOperation } from './describe-operation';
import { codeMarkdown, counted, escapeMarkdown } from './markdown';
import { reviewSummary } from './review-summary';
import { schemaDifference } from './schema-difference';
import { locksOf, printScript, type ScriptPart } from './script-sql';

/** What a review found in one draft, and what the draft is for the server. */
export interface ReportedDraft {
  /** As a person calls it: relative to the project. */
  readonly path: string;
  readonly at: string;
  readonly text: string;
  /** `0123456789ab`, what it is about, what it stands on; null: the file has no head. */
  readonly revision: { readonly id: string; readonly message: string; readonly parents: readonly string[] } | null;
  readonly findings: readonly ReportedFinding[];
  readonly notReviewed: readonly Problem[];
  readonly upgrade: readonly ScriptPart[];
  /** Empty: it has none (a file of SQL). */
  readonly downgrade: readonly ScriptPart[];
  /** What a dry run of this very text told, as paragraphs below a heading of that level. Absent: there was none. */
  readonly dryRun?: (level: string) => readonly string[];
}

export interface ReportedFinding {
  readonly rule: string;
  readonly severity: 'error' | 'warning' | 'info' | 'hint';
  readonly message: Message;
  readonly at: Place;
  readonly fixes: readonly { readonly title: string }[];
}

export interface ReportSetting {
  /** `PostgreSQL 16, database app`: what the drafts were held against; null: the history alone. */
  readonly database: string | null;
  /** Findings that a baseline knows, which are left out. */
  readonly known?: number;
  /** What was found outside of the drafts, in the models, each with its place in words. */
  readonly elsewhere?: readonly { readonly finding: ReportedFinding; readonly where: string }[];
}

/** One page of Markdown (GitHub's) for a pull request: what was found, what changes, what is locked, and the SQL. */
export function renderReport(drafts: readonly ReportedDraft[], { database, known = 0, elsewhere = [] }: ReportSetting): string {
  const [only] = drafts;
  const head = drafts.length === 1 && only !== undefined ? `Review of ${titleOf(only)}` : `Review of ${counted(drafts.length, 'migration')}`;
  return `${[
    `# ${head}`,
    `**${verdict(drafts, elsewhere.map(({ finding }) => finding))}**${known === 0 ? '' : ` ${counted(known, 'finding')} known from the baseline ${known === 1 ? 'is' : 'are'} left out.`}`,
    `Read, not run${drafts.some(({ dryRun }) => dryRun !== undefined) ? ', but for the dry run' : ''}. ${database === null ? 'What stands before is taken from the history; no database was looked at, so nothing is known of rows.' : `Held against ${escapeMarkdown(database)}.`}`,
    ...drafts.flatMap((draft) => draftParts(draft, drafts.length === 1 ? '##' : '###', drafts.length > 1)),
    ...(elsewhere.length === 0 ? [] : ['## In the models', findingsTable(elsewhere)]),
  ].join('\n\n')}\n`;
}

function draftParts(draft: ReportedDraft, level: string, named: boolean): readonly string[] {
  const lines = new LineIndex(draft.text);
  const where = (at: Place | undefined): string => (at === undefined ? '' : at.path === draft.at ? `line ${lines.at(at.range.start).line + 1}` : escapeMarkdown(at.path.slice(at.path.lastIndexOf('/') + 1)));
  const stands = draft.revision === null ? '' : draft.revision.parents.length === 0 ? ', the first revision' : `, on ${draft.revision.parents.map(codeMarkdown).join(' and ')}`;
  const steps = stepsOf(draft.upgrade);
  return [
    ...(named ? [`## ${titleOf(draft)}`, `**${verdict([draft])}**`] : []),
    `${codeMarkdown(draft.path)}${stands}`,
    ...findingsPart(draft, level, where),
    ...notReviewedPart(draft, level, where),
    ...changesPart(steps, level),
    ...locksPart(draft, level, where),
    ...(draft.dryRun === undefined ? [] : [`${level} Dry run`, ...draft.dryRun(`${level}#`)]),
    sqlPart('upgrade', draft.upgrade, where),
    ...(draft.downgrade.length === 0 ? [] : [sqlPart('downgrade', draft.downgrade, where)]),
  ];
}

function titleOf({ path, revision }: ReportedDraft): string {
  return revision === null ? codeMarkdown(path.slice(path.lastIndexOf('/') + 1)) : revision.message === '' ? codeMarkdown(revision.id) : `${codeMarkdown(revision.id)} ${escapeMarkdown(revision.message)}`;
}

function verdict(drafts: readonly ReportedDraft[], others: readonly ReportedFinding[] = []): string {
  return reviewSummary({
    findings: [...drafts.flatMap(({ findings }) => findings), ...others],
    notReviewed: drafts.reduce((sum, { notReviewed }) => sum + notReviewed.length, 0),
    open: drafts.reduce((sum, { upgrade, downgrade }) => sum + [...upgrade, ...downgrade].filter(({ kind }) => kind === 'gap').length, 0),
  });
}

type Where = (at: Place | undefined) => string;

const ranks = ['error', 'warning', 'info', 'hint'] as const;

function findingsPart({ findings }: ReportedDraft, level: string, where: Where): readonly string[] {
  const sorted = [...findings].sort((a, b) => a.at.range.start - b.at.range.start);
  return findings.length === 0 ? [] : [`${level} Findings`, findingsTable(sorted.map((finding) => ({ finding, where: where(finding.at) })))];
}

/** The worst first, else in the order that they have. */
function findingsTable(found: readonly { readonly finding: ReportedFinding; readonly where: string }[]): string {
  const sorted = [...found].sort((a, b) => ranks.indexOf(a.finding.severity) - ranks.indexOf(b.finding.severity));
  const rows = sorted.map(({ finding: { rule, severity, message, fixes }, where }) => {
    const fix = fixes.length === 0 ? '' : `<br>*Quick fix:* ${fixes.map(({ title }) => escapeMarkdown(title)).join('; or: ')}.`;
    return `| ${severity === 'error' || severity === 'warning' ? `**${severity}**` : severity} | ${where} | ${escapeMarkdown(formatMessage(message))}${fix} | ${codeMarkdown(rule)} |`;
  });
  return ['| | where | what | rule |', '|---|---|---|---|', ...rows].join('\n');
}

function notReviewedPart({ notReviewed }: ReportedDraft, level: string, where: Where): readonly string[] {
  if (notReviewed.length === 0) return [];
  const said = notReviewed.map(({ message, at }) => `- ${[where(at), escapeMarkdown(formatMessage(message))].filter((part) => part !== '').join(': ')}`);
  return [`${level} Not reviewed`, `Somebody must look at this: it was not understood, and may do anything.`, said.join('\n')];
}

function changesPart(steps: readonly Step[], level: string): readonly string[] {
  const [first, last] = [steps[0], steps.at(-1)];
  if (first === undefined || last === undefined) return [];
  const differences = schemaDifference(first.before, last.after, steps.map(({ operation }) => operation));
  if (differences.length === 0) return [`${level} What changes`, 'The schema stays as it is.'];
  const text = differences.map(({ title, removed, added }) => [`  ${title}`, ...removed.flatMap((part) => signed('-', part)), ...added.flatMap((part) => signed('+', part))].join('\n'));
  return [`${level} What changes`, fenced('diff', text.join('\n'))];
}

function signed(sign: string, part: string): readonly string[] {
  return part.split('\n').map((line) => `${sign}     ${line}`.trimEnd());
}

/** The operations in their order, with what is said above them (answers to questions are) and what others have to wait for; and the places where more may happen. */
function locksPart({ upgrade: parts, at, text }: ReportedDraft, level: string, where: Where): readonly string[] {
  const said = ({ source }: Operation): string => (source?.path === at ? commentsAbove(text, source.range.start) : '');
  const rows = parts.flatMap((part): readonly string[] => {
    if (part.kind === 'gap') return [`| ${where(part.at ?? undefined)} | *not known* | ${escapeMarkdown(formatMessage(part.reason))} |`];
    return part.kind === 'comment' ? [] : part.steps.map((step) => operationRow(step, said(step.operation), where));
  });
  return rows.length === 0 ? [] : [`${level} Operations and their locks`, heaviest(stepsOf(parts)), ['| where | operation | locks and work |', '|---|---|---|', ...rows].join('\n')];
}

function operationRow({ operation, hazard }: Step, said: string, where: Where): string {
  const locks = describeHazard(hazard).map((one) => escapeMarkdown(formatMessage(one)));
  const { source } = operation;
  const what = describeOperation(operation) ?? 'a statement that changes no schema';
  return `| ${source === undefined ? '' : where({ path: source.path, range: source.range })} | ${escapeMarkdown(what)}${said === '' ? '' : `<br>*${escapeMarkdown(said)}*`} | ${locks.length === 0 ? 'nobody waits' : locks.join('<br>')} |`;
}

/** A sentence for who reads no table: the strongest lock, and for how much of the draft it is held. */
function heaviest(steps: readonly Step[]): string {
  const locks = steps.flatMap(({ hazard }) => hazard.locks).filter(({ relation }) => relation === 'table');
  const strength = (mode: LockMode): number => lockModes.indexOf(mode);
  const mode = locks.map((lock) => lock.mode).reduce<LockMode | null>((most, next) => (most === null || strength(next) > strength(most) ? next : most), null);
  if (mode === null) return 'No table that was there before is locked.';
  const tables = [...new Set(locks.filter((lock) => lock.mode === mode).map(displayName))];
  return `The strongest: ${codeMarkdown(mode)} on ${tables.map(codeMarkdown).join(', ')}, which ${blockedText(mode)}.`;
}

function sqlPart(direction: string, parts: readonly ScriptPart[], where: Where): string {
  const text = printScript(parts, where, locksOf).trimEnd();
  return `<details>\n<summary>SQL of the ${direction}</summary>\n\n${fenced('sql', text)}\n\n</details>`;
}

function stepsOf(parts: readonly ScriptPart[]): readonly Step[] {
  return parts.flatMap((part) => (part.kind === 'statement' ? part.steps : []));
}

/** A fence that is longer than any in the text. */
function fenced(language: string, text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`{3,}/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}
