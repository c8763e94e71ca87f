import { counted } from '../render/markdown';
import { formatMessage, message, type Message } from '../text/problem';
import { countsOf, type Verification, type VerifiedObject, type VerifiedPart, type VerifiedSide, type VerifiedStatus, type VerifiedVersion } from './verification';

/** What a status is called; the same words everywhere. */
export const statusWords: Readonly<Record<VerifiedStatus, string>> = {
  same: 'same',
  different: 'differs',
  missing: 'missing',
  extra: 'only in the database',
  unknown: 'not compared',
  apart: 'left alone',
};

/** `2 differ, 1 missing, 12 the same`, of one side. */
export function sideSummary(side: VerifiedSide): string {
  const { same, different, missing, extra, unknown, apart } = countsOf(side);
  const parts: readonly (readonly [number, string])[] = [
    [different, different === 1 ? 'differs' : 'differ'],
    [missing, 'missing'],
    [extra, 'only in the database'],
    [unknown, 'not compared'],
    [same, 'the same'],
    [apart, 'left alone'],
  ];
  const said = parts.filter(([count]) => count > 0).map(([count, words]) => `${count} ${words}`);
  return said.length === 0 ? 'there is nothing to compare' : said.join(', ');
}

/** `models` in a sentence. */
export function sideName({ against }: VerifiedSide): string {
  return against === 'models' ? 'the models' : 'the history';
}

/** Where the database stands, and what is wrong with it; the first sentence is the answer. */
export function versionWords({ applied, present, problem, heads, pending, unknown, overlapping }: VerifiedVersion): readonly Message[] {
  if (problem !== null) return [problem];
  const sentences: Message[] = [];
  if (unknown.length > 0) sentences.push(message('It is at {ids}, which no file has.', { ids: unknown.join(', ') }));
  if (pending.length > 0) sentences.push(message('{count} not applied yet: {ids}.', { count: counted(pending.length, 'revision'), ids: pending.map(({ id, message: words }) => (words === '' ? id : `${id} ${words}`)).join(', ') }));
  else if (unknown.length === 0) sentences.push(heads.length === 0 ? message('There are no revisions yet.') : message('It is at {heads}: nothing is left to apply.', { heads: heads.join(', ') }));
  if (!present) sentences.push(message('It has no version table: Alembic has applied nothing here.'));
  else if (applied.length === 0) sentences.push(message('Its version table is empty.'));
  if (overlapping.length > 0) sentences.push(message('Its version table holds {ids} although another row of it includes that; Alembic refuses to upgrade until the row is deleted.', { ids: overlapping.join(', ') }));
  return sentences;
}

/** The parts of a table in a line: `12 columns, primary key, 2 indexes`. */
export function partsSummary(parts: readonly VerifiedPart[]): string {
  const names = new Map<string, Set<string>>();
  for (const { kind, name } of parts) {
    const group = ['type', 'nullability', 'default', 'numbering', 'generated'].includes(kind) || (kind === 'comment' && name !== '') ? 'column' : kind;
    names.set(group, (names.get(group) ?? new Set()).add(name));
  }
  return [...names].map(([kind, set]) => (['primary key', 'comment', 'partitioning', 'row level security'].includes(kind) ? kind : counted(set.size, kind, kind === 'index' ? 'indexes' : kind === 'policy' ? 'policies' : `${kind}s`))).join(', ');
}

/** `type of column status`, `index ix_place_city`, `comment`: a part as a person names it. */
export function partName({ kind, name }: VerifiedPart): string {
  if (name === '') return kind;
  return ['type', 'nullability', 'default', 'numbering', 'generated', 'comment'].includes(kind) ? `${kind} of column ${name}` : `${kind} ${name}`;
}

/** In the order in which a person wants to read: what is wrong first. */
export function byStatus(objects: readonly VerifiedObject[], ...statuses: readonly VerifiedStatus[]): readonly VerifiedObject[] {
  return statuses.flatMap((status) => objects.filter((object) => object.status === status));
}

export function reasonWords(reason: Message | null): string {
  return reason === null ? '' : formatMessage(reason);
}

/** One line for a title or a notification: whether the database is as it should be. */
export function verdict({ version, sides }: Verification, isDifferent: boolean): string {
  const unknown = sides.reduce((sum, side) => sum + countsOf(side).unknown, 0);
  const rest = unknown === 0 ? '' : `, and ${counted(unknown, 'object')} could not be compared`;
  if (isDifferent) return `The database is not as it should be${rest}.`;
  if (sides.length === 0 && version === null) return 'There was nothing to compare it with.';
  return unknown === 0 ? 'The database is as it should be.' : `Nothing was found to be different${rest}.`;
}
