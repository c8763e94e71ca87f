import type { RevisionGraph } from './graph';
import type { RevisionFile } from './revision';

/** Heads that nothing brings together: those of branches with labels may be meant, and one that another revision depends on leads nowhere else. */
export function unmergedHeads(graph: RevisionGraph): readonly string[] {
  const heads = graph.effectiveHeads.filter((id) => (graph.nodes.get(id)?.labels.length ?? 0) === 0);
  return heads.length > 1 ? heads : [];
}

/** The files of what a revision stands on. */
export function parentsOfRevision(graph: RevisionGraph, id: string): readonly RevisionFile[] {
  return (graph.nodes.get(id)?.downRevisions ?? []).flatMap((parent) => graph.nodes.get(parent)?.file ?? []);
}
