import { codeMarkdown as code, counted, escapeMarkdown as escape } from '../render/markdown';
import { formatMessage } from '../text/problem';
import { verdictOf, type DryRun, type DryRunPass, type DryRunStatement } from './dry-run';
import { circumstances, errorWords, isWrong, modelsWords, passWords, seconds, verdictWords, type LineOf } from './text';

export interface DryRunSetting {
  /** The draft, as a person calls it. */
  readonly name: string;
  readonly lineOf: LineOf;
}

const marks = { passed: '✅', failed: '❌', incomplete: '⚠️' } as const;

/** One page of Markdown: the answer first, then each pass with its statements. */
export function renderDryRun(run: DryRun, { name, lineOf }: DryRunSetting): string {
  return `${[`# Dry run of ${code(name)}`, ...dryRunParts(run, lineOf, '##')].join('\n\n')}\n`;
}

/** The same for a page that has more to say: paragraphs, with headings of this level. */
export function dryRunParts(run: DryRun, lineOf: LineOf, level: string): readonly string[] {
  const missing = [
    ...run.start.leftOut.map((reason) => `- Left out: ${escape(formatMessage(reason))}`),
    ...run.gaps.map(({ pass, reason, at }) => `- Not tried (${pass}${at === null ? '' : `, ${lineOf(at)}`}): ${escape(formatMessage(reason))}`),
  ];
  return [
    `${marks[verdictOf(run)]} **${escape(verdictWords(run, lineOf))}**`,
    circumstances(run).map((line) => `- ${escape(line)}`).join('\n'),
    ...(missing.length === 0 ? [] : [`${level} Not tried`, missing.join('\n')]),
    ...run.passes.flatMap((pass) => passParts(pass, lineOf, level)),
    ...modelsPart(run, level),
  ];
}

function passParts(pass: DryRunPass, lineOf: LineOf, level: string): readonly string[] {
  const { name, statements, differences } = pass;
  const shown = statements.filter(({ at, outcome }) => at !== null || outcome.kind === 'failed');
  const rest = statements.length - shown.length;
  const title = `${level} ${name.charAt(0).toUpperCase()}${name.slice(1)}: ${passWords(pass)}`;
  const table = shown.length === 0 ? [] : [['| | line | statement | |', '|---|---|---|---|', ...shown.map((statement) => row(statement, lineOf))].join('\n')];
  return [
    title,
    ...table,
    ...(rest === 0 ? [] : [`And ${counted(rest, 'statement')} of Alembic’s own bookkeeping and of transactions.`]),
    ...(differences === null ? [] : differences.length === 0 ? [name === 'downgrade' ? 'The schema is as it was before.' : 'The schema is as the first upgrade left it.'] : [`${name === 'downgrade' ? 'The schema is not as it was before' : 'The schema is not as the first upgrade left it'}:`, differences.map(({ object, what }) => `- ${code(object)}: ${escape(what)}`).join('\n')]),
  ];
}

function row({ sql, at, outcome }: DryRunStatement, lineOf: LineOf): string {
  const line = sql.replace(/\s+/g, ' ').trim();
  const short = code(line.length > 160 ? `${line.slice(0, 159)}…` : line);
  const where = at === null ? '' : lineOf(at).replace(/^line /, '');
  if (outcome.kind === 'failed') return `| ❌ | ${where} | ${short}<br>**${escape(errorWords(outcome.error))}** | |`;
  if (outcome.kind === 'caught') return `| ⚠️ | ${where} | ${short}<br>${escape(errorWords(outcome.error))} *The draft catches it.* | ${seconds(outcome.milliseconds)} |`;
  return outcome.kind === 'ran' ? `| ✅ | ${where} | ${short} | ${seconds(outcome.milliseconds)} |` : `| | ${where} | ${short} | *not reached* |`;
}

function modelsPart({ models }: DryRun, level: string): readonly string[] {
  if (models === null) return [];
  const wrong = models.objects.filter(isWrong);
  const lines = wrong.map(({ kind, name, status, reason }) => `- ${kind === 'other' ? '' : `${kind} `}${code(name)}: ${status === 'extra' ? 'no model has it' : status}${reason === null ? '' : ` (${escape(formatMessage(reason))})`}`);
  return [`${level} Against the models`, modelsWords(wrong.length), ...(lines.length === 0 ? [] : [lines.join('\n')])];
}
