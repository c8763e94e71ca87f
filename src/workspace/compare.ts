import { ancestorsOf, descendantsOf } from '../engine/history/graph';
import type { RevisionGraph } from '../engine/history/graph';
import { pending } from '../engine/history/order';
import { readRevisionFile } from '../engine/history/read-revision-file';
import { resolveRevision } from '../engine/history/resolve';
import type { RevisionFile } from '../engine/history/revision';
import { message } from '../engine/text/problem';
import type { Message } from '../engine/text/problem';
import type { Project } from '../engine/project/project';
import { loadHistory } from './load-history';
import type { Workspace } from './workspace';

/** A draft to be held against what Alembic itself would have written. */
export interface DraftToCompare {
  readonly draft: RevisionFile;
  /** The draft and what stands on it: to Alembic, neither is there. */
  readonly leaveOut: readonly string[];
  readonly graph: RevisionGraph;
}

/** Reads the draft as its text stands and its place in the history; or why it can't be compared. */
export async function readDraftToCompare(workspace: Workspace, project: Project, path: string, text: string): Promise<DraftToCompare | { readonly reason: Message }> {
  const { value: draft, problems } = readRevisionFile(path, text);
  if (draft === null) {
    return { reason: problems[0]?.message ?? message('{path} is no Alembic revision: it sets no `revision` and `down_revision`.', { path }) };
  }
  const { value: graph } = await loadHistory(workspace, project);
  const above = descendantsOf(graph, [draft.id]);
  const leaveOut = [...new Set([path, ...[...above].flatMap((id) => graph.nodes.get(id)?.file.path ?? [])])];
  return { draft, leaveOut, graph };
}

/**
 * Where a database stands before a draft. Alembic compares the models with the database as it is: only at the draft's
 * parent do both texts start from the same tables.
 */
export type Standing =
  | { readonly kind: 'at-parent' }
  | { readonly kind: 'behind'; readonly revisions: number; readonly next: string }
  | { readonly kind: 'applied' }
  | { readonly kind: 'unknown'; readonly ids: readonly string[] };

export function standingBefore({ draft, graph }: DraftToCompare, applied: readonly string[]): Standing {
  const { pending: missing, applied: done, unknown } = pending(graph, applied);
  if (unknown.length > 0) return { kind: 'unknown', ids: unknown };
  if (done.some(({ id }) => id === draft.id)) return { kind: 'applied' };
  const parents = [...draft.downRevisions, ...draft.dependsOn].map((written) => resolveRevision(graph, written));
  const below = ancestorsOf(graph, parents.flatMap((parent) => ('id' in parent ? [parent.id] : [])));
  const before = missing.filter(({ id }) => below.has(id));
  const [next] = before;
  return next === undefined ? { kind: 'at-parent' } : { kind: 'behind', revisions: before.length, next: next.id };
}

/** Why the two texts may differ by more than how they were made; null where they start from the same tables. */
export function explainStanding(standing: Standing, database: string): Message | null {
  switch (standing.kind) {
    case 'at-parent':
      return null;
    case 'behind':
      return message('Database {database} is {revisions} behind the draft’s parent (next: {next}): what those revisions do stands in Alembic’s text, too.', {
        database,
        revisions: standing.revisions === 1 ? 'one revision' : `${standing.revisions} revisions`,
        next: standing.next,
      });
    case 'applied':
      return message('Database {database} has this revision already: Alembic’s text is what is left to do after it.', { database });
    case 'unknown':
      return message('Database {database} is at revision {ids}, which no file of the project has: Alembic’s text starts from there.', { database, ids: standing.ids.join(', ') });
  }
}
