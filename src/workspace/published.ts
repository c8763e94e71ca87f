import { ancestorsOf, type RevisionGraph } from '../engine/history/graph';
import type { RevisionFile } from '../engine/history/revision';
import { parentFolder } from '../engine/project/paths';
import type { Published } from '../engine/rules/rule';
import type { Upstream } from './git';

/** Where the files of a folder stand upstream; asked once for all files of it. */
export type FindUpstream = (folder: string) => Promise<Upstream | null>;

/**
 * The text of a revision as the branch has it that everybody works from. Null: nobody need have run that: the connected database has
 * not, or, where there is none, nothing upstream stands on it.
 */
export async function publishedRevision(file: RevisionFile, graph: RevisionGraph, applied: readonly string[] | null, findUpstream: FindUpstream): Promise<Pick<Published, 'where' | 'text'> | null> {
  if (applied !== null && !ancestorsOf(graph, applied).has(file.id)) return null;
  const children = graph.nodes.get(file.id)?.allNext ?? [];
  if (applied === null && children.length === 0) return null;
  const upstream = await findUpstream(parentFolder(file.path));
  if (upstream === null || !upstream.paths.has(file.path)) return null;
  const isFollowed = children.some((id) => upstream.paths.has(graph.nodes.get(id)?.file.path ?? ''));
  if (applied === null && !isFollowed) return null;
  const text = await upstream.read(file.path);
  return text === null ? null : { where: upstream.branch, text };
}

/** Asks for each folder once. */
export function eachFolderOnce(find: FindUpstream): FindUpstream {
  const known = new Map<string, Promise<Upstream | null>>();
  return (folder) => {
    const upstream = known.get(folder) ?? find(folder);
    known.set(folder, upstream);
    return upstream;
  };
}
