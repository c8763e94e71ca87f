import { message } from '../text/problem';
import type { Message } from '../text/problem';
import { ancestorsOf, descendantsOf } from './graph';
import type { RevisionGraph } from './graph';

export type Resolved = { readonly id: string } | { readonly reason: Message };

/**
 * One revision by what a person or a version table calls it: its id, an unambiguous beginning of one (at least four
 * characters of the revision must exist, as in Alembic), a branch label, `head`, `heads`, or `label@…` for any of these on that branch.
 */
export function resolveRevision(graph: RevisionGraph, written: string): Resolved {
  const at = written.indexOf('@');
  const branch = at < 0 ? null : written.slice(0, at);
  const name = at < 0 ? written : written.slice(at + 1);
  if (branch === null) {
    if (name === 'head') return single(graph.heads, written);
    return name === 'heads' ? single(graph.effectiveHeads, written) : byName(graph, name, null);
  }
  const origin = byName(graph, branch, null);
  if (!('id' in origin)) return { reason: message('There is no branch `{branch}`.', { branch }) };
  if (name === 'head' || name === 'heads') return single(graph.heads.filter((head) => onLine(graph, head, origin.id)), written);
  const found = byName(graph, name, origin.id);
  if ('id' in found && !onLine(graph, found.id, origin.id)) return { reason: message('Revision {id} is not on the branch `{branch}`.', { id: found.id, branch }) };
  return found;
}

function byName(graph: RevisionGraph, name: string, branchOrigin: string | null): Resolved {
  if (graph.nodes.has(name)) return { id: name };
  const labelled = graph.labels.get(name);
  if (labelled !== undefined) return { id: labelled };
  // Alembic looks at labels as well as at ids.
  const names = [...graph.nodes.keys(), ...graph.labels.keys()].filter((known) => known.length > 3 && known.startsWith(name));
  const candidates = branchOrigin === null ? names : names.filter((known) => onLine(graph, graph.labels.get(known) ?? known, branchOrigin));
  const [only] = candidates;
  if (only === undefined || name === '') return { reason: message('There is no revision or branch `{name}`.', { name }) };
  if (candidates.length > 1) return { reason: message('Several revisions start with `{name}`: {ids}.', { name, ids: candidates.slice(0, 3).join(', ') }) };
  return { id: graph.labels.get(only) ?? only };
}

/** One of them leads to the other by `down_revision` alone. */
function onLine(graph: RevisionGraph, id: string, other: string): boolean {
  return ancestorsOf(graph, [id], false).has(other) || descendantsOf(graph, [id], false).has(other);
}

function single(ids: readonly string[], written: string): Resolved {
  const [only] = ids;
  if (only === undefined) return { reason: message('There is no revision yet for `{written}`.', { written }) };
  if (ids.length > 1) return { reason: message('There are several heads: {ids}. Say which one is meant, or merge them.', { ids: ids.join(', ') }) };
  return { id: only };
}
