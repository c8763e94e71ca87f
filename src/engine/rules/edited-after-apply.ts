import type { Operation } from '../operations/operation';
import { message } from '../text/problem';
import type { Finding, Pass, Published, Rule } from './rule';
import { describe } from './support/describe';
import type { Edited } from './support/edited';
import { placeOf } from './support/places';

/** A revision that databases have run already does something else by now: they keep what it did then. */
export const editedAfterApply: Rule = {
  meta: { title: 'The operations of a revision changed after it was applied.', severity: 'warning' },
  *check(pass) {
    const { published } = pass;
    if (published === null) return;
    const edited = published.edited();
    if (edited.added.length + edited.removed.length > 0) yield finding(pass, published, edited);
  },
};

function finding(pass: Pass, { where, text }: Published, edited: Edited): Finding {
  const [place] = edited.added.flatMap((operation) => placeOf(operation) ?? []);
  const changes = phrases(edited);
  const what = pass.form === 'sql' ? 'migration' : 'revision';
  return {
    message: message(`Others have this ${what} already, and it does not do what {where} has of it ({changes}). A database that ran it keeps what it got, and new ones get something else. Take the change back, and make it in a ${what} of its own.`, { where, changes }),
    at: place ?? pass.marks.upgrade ?? pass.marks.revision ?? { path: '', range: { start: 0, end: 0 } },
    fixes: [],
    actions: [{ kind: 'compare', title: `Compare with ${where}`, where, text }],
    data: { where, changes },
  };
}

/** What is new, what is gone, and what is done otherwise. */
function phrases({ added, removed }: Edited): string {
  const [now, then] = [added.map(phrase), removed.map(phrase)];
  const parts = [
    ...listed('otherwise: ', now.filter((one) => then.includes(one))),
    ...listed('new: ', now.filter((one) => !then.includes(one))),
    ...listed('gone: ', then.filter((one) => !now.includes(one))),
  ];
  return parts.join('; ');
}

function listed(title: string, items: readonly string[]): readonly string[] {
  const distinct = [...new Set(items)];
  return distinct.length === 0 ? [] : [`${title}${distinct.slice(0, 3).join(', ')}${distinct.length > 3 ? ` and ${distinct.length - 3} more` : ''}`];
}

function phrase(operation: Operation): string {
  if (operation.kind === 'unknown') return 'something that could not be read';
  if (operation.kind !== 'execute') return describe(operation);
  const sql = operation.sql.replaceAll(/\s+/g, ' ').trim();
  return sql.length > 60 ? `${sql.slice(0, 59)}…` : sql;
}
