import { counted } from '../render/markdown';
import { formatMessage } from '../text/problem';
import type { Place } from '../text/text';
import { failureOf, impedimentOf, verdictOf, type DryRun, type DryRunError, type DryRunPass, type DryRunStatement } from './dry-run';

/** `line 12`, `line 3 of helpers.py`. */
export type LineOf = (at: Place) => string;

/** The answer in a sentence. */
export function verdictWords(run: DryRun, lineOf: LineOf): string {
  const verdict = verdictOf(run);
  const failure = failureOf(run);
  if (failure !== null) {
    const where = failure.statement.at === null ? '' : ` at ${lineOf(failure.statement.at)}`;
    const start = verdict === 'incomplete' ? 'Could not be tried to the end: the' : 'The';
    const impediment = impedimentOf(failure);
    const why = impediment !== null ? ` ${impedimentWords[impediment]}` : verdict === 'incomplete' ? ' That may be for want of what is left out (below).' : '';
    return `${start} ${failure.pass} stops${where}: ${errorWords(failure.error)}${why}`;
  }
  const other = run.passes.find(({ differences }) => differences !== null && differences.length > 0);
  if (other !== undefined) return other.name === 'downgrade' ? `The upgrade runs; the downgrade runs and does not lead back: ${counted(other.differences?.length ?? 0, 'difference')}.` : `The second upgrade leads elsewhere than the first: ${counted(other.differences?.length ?? 0, 'difference')}.`;
  const ways = run.passes.map(({ name }) => name).join(', ');
  if (verdict === 'incomplete') return run.passes.length === 0 ? 'Nothing could be tried.' : `What could be tried runs (${ways}); not all of it could be.`;
  return run.passes.length === 1 ? 'It runs.' : 'It runs up, down and up again; the downgrade leads back to the schema before.';
}

/** What is no fault of the draft's, and what to do. */
const impedimentWords = {
  lock: 'That is no fault of the draft’s: try again when the lock is free, or in a temporary database, where nobody holds any.',
  time: 'It takes longer than a statement of a dry run may (the setting statementTimeout, the option --statement-timeout).',
  label: 'Only here: all of it is one transaction, in which a label that was just added can’t be used. Try it in a temporary database.',
} as const;

/** `42704: type "mood" does not exist. Hint: …` */
export function errorWords({ sqlstate, text, detail, hint }: DryRunError): string {
  const sentence = (words: string): string => (/[.!?]$/.test(words) ? words : `${words}.`);
  return [`${sqlstate === null ? '' : `${sqlstate}: `}${sentence(text)}`, ...(detail === null ? [] : [sentence(detail)]), ...(hint === null ? [] : [`Hint: ${sentence(hint)}`])].join(' ');
}

/** Where it ran and on what, in a sentence each. */
export function circumstances({ place, start, by, remarks }: DryRun): readonly string[] {
  const server = place.kind === 'embedded' ? `on an embedded PostgreSQL ${place.version}` : place.kind === 'temporary' ? `on PostgreSQL ${place.version}, in a database that was made for it beside ${place.database} and is dropped again` : `on ${place.database} itself (PostgreSQL ${place.version}), in a transaction that was rolled back`;
  const made = start.made === 'as it is' ? '' : `, on the schema of ${start.from}, made there ${start.made} in ${seconds(start.milliseconds)}`;
  const whose = by === 'alembic' ? 'the statements are those that the project’s own Alembic sent, since not all of the draft is understood without running it' : 'the statements are those that Preview SQL shows';
  return [
    `Tried ${server}${made}; ${whose}.`,
    ...(start.stubs.length === 0 ? [] : [`Only stand-ins there: ${start.stubs.join('; ')}.`]),
    ...remarks.map(formatMessage),
  ];
}

/** For a terminal. */
export function dryRunText(run: DryRun, lineOf: LineOf): string {
  return `${[
    verdictWords(run, lineOf),
    ...circumstances(run).map((line) => `  ${line}`),
    ...run.start.leftOut.map((reason) => `  left out: ${formatMessage(reason)}`),
    ...run.gaps.map(({ pass, reason, at }) => `  not tried (${pass}${at === null ? '' : `, ${lineOf(at)}`}): ${formatMessage(reason)}`),
    ...run.passes.flatMap((pass) => ['', `${pass.name}: ${passWords(pass)}`, ...pass.statements.filter(({ at, outcome }) => at !== null || outcome.kind === 'failed').flatMap((statement) => statementLines(statement, lineOf)), ...(pass.differences ?? []).map(({ object, what }) => `  ${object}: ${what}`)]),
    ...modelsLines(run),
  ].join('\n')}\n`;
}

function modelsLines({ models }: DryRun): readonly string[] {
  if (models === null) return [];
  return ['', modelsWords(models.objects.filter(isWrong).length), ...models.objects.filter(isWrong).map(({ kind, name, status, reason }) => `  ${kind === 'other' ? '' : `${kind} `}${name}: ${status === 'extra' ? 'no model has it' : status}${reason === null ? '' : ` (${formatMessage(reason)})`}`)];
}

export function modelsWords(wrong: number): string {
  return wrong === 0 ? 'After the upgrade the schema is what the models say.' : `After the upgrade the schema is not what the models say: ${counted(wrong, 'object')}.`;
}

export function isWrong({ status }: { readonly status: string }): boolean {
  return status === 'different' || status === 'missing' || status === 'extra';
}

export function passWords({ statements }: DryRunPass): string {
  const ran = statements.flatMap(({ outcome }) => (outcome.kind === 'not reached' ? [] : [outcome.milliseconds]));
  const own = statements.filter(({ at }) => at !== null).length;
  const failed = statements.some(({ outcome }) => outcome.kind === 'failed');
  return `${failed ? 'stops' : 'runs'}, ${counted(own, 'statement')}, ${seconds(ran.reduce((sum, one) => sum + one, 0))}`;
}

function statementLines({ sql, at, outcome }: DryRunStatement, lineOf: LineOf): readonly string[] {
  const line = sql.replace(/\s+/g, ' ').trim();
  const short = line.length > 100 ? `${line.slice(0, 99)}…` : line;
  const how = outcome.kind === 'ran' ? `${outcome.milliseconds.toFixed(1)} ms` : outcome.kind === 'failed' ? 'FAILS' : outcome.kind;
  return [`  ${how.padStart(11)}  ${at === null ? '' : `${lineOf(at)}: `}${short}`, ...(outcome.kind === 'failed' || outcome.kind === 'caught' ? [`               ${errorWords(outcome.error)}`] : [])];
}

export function seconds(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}
