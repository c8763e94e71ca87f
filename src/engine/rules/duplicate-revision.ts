import type { RevisionFile } from '../history/revision';
import { md5 } from '../sqlalchemy/md5';
import { message } from '../text/problem';
import type { TextEdit } from '../text/text';
import type { Pass, Rule } from './rule';

/** Two files have one id: Alembic takes the one that it loads last, and the other is as if it were not there. */
export const duplicateRevision: Rule = {
  meta: { title: 'Another file has the same revision id.', severity: 'error', ofScripts: true },
  *check(pass) {
    const { history, file, marks, editing } = pass;
    if (history === null || file === null) return;
    const others = history.files.filter((other) => other.id === file.id && other.path !== file.path);
    const [other] = others;
    if (other === undefined) return;
    // Made from what the file is, so that it is the same every time.
    const used = new Set(history.files.map(({ id }) => id));
    const fresh = [0, 1, 2, 3].map((turn) => md5(`${file.path}#${file.message}#${turn}`).slice(0, 12)).find((id) => !used.has(id));
    yield {
      message: message('{other} has the revision id {id} too: Alembic uses one of the two files and passes over the other. Give this one an id of its own.', { id: file.id, other: other.path.split('/').at(-1) ?? other.path }),
      at: marks.revision ?? { path: file.path, range: { start: 0, end: 0 } },
      related: others.flatMap((one) => (one.places.revision === null ? [] : [{ at: one.places.revision, message: message('The same id.') }])),
      fixes: marks.revision === null || fresh === undefined ? [] : [{ title: `Give this revision the id "${fresh}"`, edits: [...editing.replaceText(marks.revision.range, editing.literal(fresh)), ...onTop(pass, other)], safety: 'review' }],
      data: { id: file.id },
    };
  },
};

/** Two that stand side by side would be two heads: this one goes on the other. What stands on the id does so as before. */
function onTop({ history, file, marks, editing }: Pass, other: RevisionFile): readonly TextEdit[] {
  if (marks.down_revision === null || file === null || history?.nodes.get(other.id)?.next.length !== 0 || JSON.stringify(other.downRevisions) !== JSON.stringify(file.downRevisions)) return [];
  return editing.replaceText(marks.down_revision.range, editing.literal(other.id));
}
