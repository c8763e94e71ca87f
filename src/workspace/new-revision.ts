import type { RevisionGraph } from '../engine/history/graph';
import { resolveRevision } from '../engine/history/resolve';
import type { Project } from '../engine/project/project';
import type { CreateDate } from '../engine/render/create-date';
import { message, type Message } from '../engine/text/problem';
import { placeOf, type DraftFile } from './draft-files';
import { renderDraft, type RenderByAlembic } from './render-draft';
import type { Workspace } from './workspace';

/** A revision without operations, as `alembic revision` and `alembic merge` write it. */
export interface EmptyRevision {
  /** Null: `empty message`. */
  readonly message: string | null;
  readonly id: string;
  /** Whole ids, in the order in which they are written: none for a base, several for a merge. */
  readonly parents: readonly string[];
  readonly createDate: CreateDate;
  readonly branchLabels?: readonly string[];
  readonly dependsOn?: readonly string[];
  /** One of the project's version locations, absolute; null or absent: as Alembic chooses. */
  readonly versionPath?: string | null;
}

/**
 * Writes nothing: path and text by the project's template and file naming, the very ones of `alembic revision -m` or
 * `alembic merge` (`ScriptDirectory.generate_revision`). What Alembic would refuse is an error among the problems.
 */
export async function emptyRevision(workspace: Workspace, project: Project, graph: RevisionGraph, revision: EmptyRevision, renderByAlembic: RenderByAlembic | null = null): Promise<DraftFile> {
  const { problems, versionLocation, dependsOn, branchLabels } = placeOf(graph, revision.parents, project, revision);
  const rendered = await renderDraft(
    {
      project,
      templateText: await workspace.read(`${project.scriptLocation}/script.py.mako`),
      message: revision.message,
      revisionId: revision.id,
      downRevisions: revision.parents,
      branchLabels,
      dependsOn,
      createDate: revision.createDate,
      imports: [],
      upgradeBody: [],
      downgradeBody: [],
      ...(versionLocation === undefined ? {} : { versionLocation }),
    },
    renderByAlembic,
  );
  return { ...rendered, problems: [...problems, ...rendered.problems] };
}

/** What `alembic merge heads` joins: heads that no other revision depends on, in its order. Or why there is nothing to merge. */
export function mergeableHeads(graph: RevisionGraph): readonly string[] | { readonly reason: Message } {
  const [only, ...others] = graph.effectiveHeads;
  if (others.length > 0) return graph.effectiveHeads;
  if (only === undefined) return { reason: message('There is no revision yet, so there are no heads to merge.') };
  return { reason: message('The history has one head, {id}: there is nothing to merge.', { id: only }) };
}

/**
 * What a new revision stands on, by what a person calls it: ids or their beginnings, labels, `head`, `heads`, `base`. One that
 * something stands on already begins a branch: `splice` says that this is meant, as for Alembic. Or why Alembic would refuse.
 */
export function parentsOf(graph: RevisionGraph, written: readonly string[], splice: boolean): readonly string[] | { readonly reason: Message } {
  const parents: string[] = [];
  for (const name of written) {
    if (name === 'base') continue;
    if (name === 'heads') parents.push(...graph.effectiveHeads);
    else if (name !== 'head' || graph.heads.length > 0) {
      const found = resolveRevision(graph, name);
      if (!('id' in found)) return found;
      parents.push(found.id);
    }
  }
  const taken = parents.find((id) => !graph.heads.includes(id));
  if (taken !== undefined && !splice) return { reason: message('Revision {id} is no head: a revision on it begins a branch. Say --splice if that is meant.', { id: taken }) };
  const twice = parents.find((id, index) => parents.indexOf(id) !== index);
  if (twice !== undefined) return { reason: message('Revision {id} is named twice.', { id: twice }) };
  return parents;
}

/** Why a message does not fit the first line of the script; null: it does. */
export function messageProblem(text: string): Message | null {
  if (text.trim() === '') return message('A revision needs a message.');
  return /["\\\n\r]/.test(text) ? message('Quotes and backslashes do not fit into the script’s first line.') : null;
}
