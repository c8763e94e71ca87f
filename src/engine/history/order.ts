import { ancestorsOf } from './graph';
import type { RevisionGraph } from './graph';
import { resolveRevision } from './resolve';
import type { RevisionFile } from './revision';

/** Where a database stands in the history. */
export interface Standing {
  /** What `alembic upgrade heads` would run, in that order. */
  readonly pending: readonly RevisionFile[];
  /** What has run, newest first. */
  readonly applied: readonly RevisionFile[];
  /** Ids of the version table that the files do not have. */
  readonly unknown: readonly string[];
  /** Ids of the version table that others of it include; Alembic refuses to upgrade then. */
  readonly overlapping: readonly string[];
}

/** Compares the rows of a version table with the files. Partial ids are resolved as Alembic does. */
export function pending(graph: RevisionGraph, applied: readonly string[]): Standing {
  const current: string[] = [];
  const unknown: string[] = [];
  for (const written of new Set(applied)) {
    const found = resolveRevision(graph, written);
    if ('id' in found) current.push(found.id);
    else unknown.push(written);
  }
  const done = ancestorsOf(graph, current);
  const needed = [...ancestorsOf(graph, graph.effectiveHeads)].filter((id) => !done.has(id));
  return {
    pending: filesOf(graph, sortDown(graph, needed, graph.effectiveHeads)).reverse(),
    applied: filesOf(graph, sortDown(graph, done, current)),
    unknown,
    overlapping: current.filter((id) => current.some((other) => other !== id && ancestorsOf(graph, [other]).has(id))),
  };
}

/** The whole history, newest first, as `alembic history` lists it. */
export function historyOrder(graph: RevisionGraph): readonly string[] {
  return sortDown(graph, [...graph.nodes.keys()], graph.effectiveHeads);
}

/**
 * `RevisionMap._topological_sort`, step for step: walks down from the heads, staying on one branch as long as nothing
 * else still stands on it. Ties are settled by the order in which files were loaded and parents written.
 */
export function sortDown(graph: RevisionGraph, ids: Iterable<string>, heads: readonly string[]): string[] {
  const todo = new Set(ids);
  const loaded = new Map([...graph.nodes.keys()].map((id, index) => [id, index]));
  const current = [...new Set(heads)].filter((id) => todo.has(id)).sort((a, b) => (loaded.get(a) ?? 0) - (loaded.get(b) ?? 0));
  // The ancestors of a lone head are never asked for, which spares most histories the sets.
  const ancestors = current.map((id) => lazily(() => ancestorsOf(graph, [id])));
  const output: string[] = [];
  let candidateIndex = 0;
  for (let candidate = current[candidateIndex]; candidate !== undefined; candidate = current[candidateIndex]) {
    const wanted: string = candidate;
    const blocking = current.findIndex((id, index) => index !== candidateIndex && ancestors[index]?.().has(wanted));
    if (blocking >= 0) {
      candidateIndex = blocking;
      continue;
    }
    if (todo.delete(wanted)) output.push(wanted);
    const below = (graph.nodes.get(wanted)?.parents ?? []).filter((id) => todo.has(id) && !current.includes(id));
    if (below.length === 0) {
      current.splice(candidateIndex, 1);
      ancestors.splice(candidateIndex, 1);
      candidateIndex = Math.max(candidateIndex - 1, 0);
    } else {
      current.splice(candidateIndex, 1, below[0] ?? wanted);
      ancestors.splice(candidateIndex, 1, lazily(() => ancestorsOf(graph, below.slice(0, 1))));
      current.push(...below.slice(1));
      ancestors.push(...below.slice(1).map((id) => lazily(() => ancestorsOf(graph, [id]))));
    }
  }
  return output;
}

function filesOf(graph: RevisionGraph, ids: readonly string[]): RevisionFile[] {
  return ids.flatMap((id) => graph.nodes.get(id)?.file ?? []);
}

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}
