import { levenshteinRatio } from '../diff/name-similarity';
import type { RevisionGraph } from '../history/graph';
import { message } from '../text/problem';
import type { Fix, Pass, Rule } from './rule';

/** `down_revision` names a revision that no file has: Alembic cannot load the history at all. */
export const brokenParent: Rule = {
  meta: { title: 'The revision stands on one that does not exist.', severity: 'error', ofScripts: true },
  *check(pass) {
    const { history, file, marks } = pass;
    if (history === null || file === null) return;
    for (const parent of new Set(file.downRevisions)) {
      if (history.nodes.has(parent)) continue;
      const meant = nearest(history, parent, file.id);
      yield {
        message:
          meant === null
            ? message('No revision {parent} exists, on which this one stands: no command of Alembic works until its file is back or `down_revision` is corrected (“Can’t locate revision identified by”).', { parent })
            : message('No revision {parent} exists, on which this one stands: no command of Alembic works until that is mended (“Can’t locate revision identified by”). Is {meant} ({title}) meant?', { parent, meant, title: history.nodes.get(meant)?.file.message ?? '' }),
        at: marks.down_revision ?? marks.revision ?? { path: file.path, range: { start: 0, end: 0 } },
        fixes: meant === null ? [] : fix(pass, meant),
        data: { id: file.id, parent },
      };
    }
  },
};

/** One that is written nearly so, or begins so; else the head that the revision would stand on if it were made now, where there is one. */
function nearest({ nodes, heads }: RevisionGraph, parent: string, own: string): string | null {
  const others = [...nodes.keys()].filter((id) => id !== own);
  const begins = others.filter((id) => id.startsWith(parent));
  if (begins.length === 1) return begins[0] ?? null;
  const [best] = others.map((id) => ({ id, ratio: levenshteinRatio(id, parent) })).sort((a, b) => b.ratio - a.ratio);
  if (best !== undefined && best.ratio >= 0.75) return best.id;
  const free = heads.filter((id) => id !== own);
  return free.length === 1 ? (free[0] ?? null) : null;
}

function fix({ file, marks, editing }: Pass, meant: string): readonly Fix[] {
  if (marks.down_revision === null || file === null || file.downRevisions.length > 1) return [];
  return [{ title: `Put this revision on "${meant}"`, edits: editing.replaceText(marks.down_revision.range, editing.literal(meant)), safety: 'review' }];
}
