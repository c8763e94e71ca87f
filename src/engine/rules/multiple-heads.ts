import { message } from '../text/problem';
import type { Fix, Pass, Rule } from './rule';

/** The draft is one of several heads: `alembic upgrade head` refuses to choose. */
export const multipleHeads: Rule = {
  meta: { title: 'The history has more than one head.', severity: 'error', ofScripts: true },
  *check(pass) {
    const { history, file, marks } = pass;
    if (history === null || file === null || !history.heads.includes(file.id)) return;
    // A parent that is not there is the first thing to mend.
    if (file.downRevisions.some((id) => !history.nodes.has(id))) return;
    // Several heads may be meant where branches have labels; a head that another revision depends on leads nowhere else.
    const heads = history.effectiveHeads.filter((id) => (history.nodes.get(id)?.labels.length ?? 0) === 0);
    const others = heads.filter((id) => id !== file.id);
    if (!heads.includes(file.id) || others.length === 0) return;
    const named = others.map((id) => `${id} (${history.nodes.get(id)?.file.message ?? ''})`).join(', ');
    yield {
      message: message('The history has {count} heads, this revision and {others}: `alembic upgrade head` stops and asks which is meant. Put this revision on top, or merge the heads.', { count: others.length + 1, others: named }),
      at: marks.down_revision ?? marks.revision ?? { path: file.path, range: { start: 0, end: 0 } },
      related: others.flatMap((id) => {
        const node = history.nodes.get(id);
        return node?.file.places.revision == null ? [] : [{ at: node.file.places.revision, message: message('{id} is a head too.', { id }) }];
      }),
      fixes: fix(pass, others),
      // What has run somewhere stays where it stands.
      actions: [{ kind: 'merge', title: `Merge the ${others.length + 1} heads…` }],
      data: { id: file.id, heads: [...heads].join(',') },
    };
  },
};

/** On top of the other head; of several, it merges them. A revision that has run somewhere keeps its parent: that one a person has to know. */
function fix({ file, marks, editing }: Pass, heads: readonly string[]): readonly Fix[] {
  const [head, ...more] = heads;
  if (marks.down_revision === null || file === null || file.downRevisions.length > 1 || head === undefined) return [];
  const written = heads.map((id) => editing.literal(id)).join(', ');
  return [{ title: more.length === 0 ? `Put this revision on "${head}"` : `Put this revision on the ${heads.length} other heads, and merge them`, edits: editing.replaceText(marks.down_revision.range, more.length === 0 ? written : `(${written})`), safety: 'review' }];
}
