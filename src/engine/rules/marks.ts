import type { Module } from '../python/syntax';
import type { SqlDraft } from '../operations/read-sql-draft';
import type { TextRange } from '../text/text';
import type { Marks } from './rule';

/** Where the names of a script's functions and the values of its ids stand; of two the last counts, as in Python. */
export function marksOf(module: Module): Marks {
  const place = (range: TextRange | undefined): Marks['upgrade'] => (range === undefined ? null : { path: module.path, range });
  const nameOf = (name: string): TextRange | undefined => module.body.flatMap((statement) => (statement.kind === 'function' && statement.name === name ? [statement.nameRange] : [])).at(-1);
  const valueOf = (name: string): TextRange | undefined =>
    module.body.flatMap((statement) => (statement.kind === 'assign' && statement.value !== null && statement.targets.some((target) => target.kind === 'name' && target.name === name) ? [statement.value.range] : [])).at(-1);
  return { upgrade: place(nameOf('upgrade')), downgrade: place(nameOf('downgrade')), revision: place(valueOf('revision')), down_revision: place(valueOf('down_revision')) };
}

/** A file of SQL has no names; what it lacks is said of its first line. */
export function marksOfSql({ path, text }: Pick<SqlDraft, 'path' | 'text'>): Marks {
  const start = Math.max(0, text.search(/\S/));
  const end = text.indexOf('\n', start);
  return { upgrade: { path, range: { start, end: start + text.slice(start, end < 0 ? undefined : end).trimEnd().length } }, downgrade: null, revision: null, down_revision: null };
}
