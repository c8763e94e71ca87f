import { message } from '../text/problem';
import type { Parsed, Problem } from '../text/problem';
import { revisionsOnCycles } from './cycles';
import type { RevisionFile } from './revision';

/**
 * The history as its files have it, with Alembic's words (documentation, "Working with Branches"). Ids are whole
 * revision ids; what could not be resolved is left out here and told as a problem.
 */
export interface RevisionGraph {
  /** By id, in the order in which Alembic loads the files; of two files with one id the later. */
  readonly nodes: ReadonlyMap<string, RevisionNode>;
  /** Every file in the order of loading, those with an id that another one has included. */
  readonly files: readonly RevisionFile[];
  /** Revisions that no `down_revision` names: what `alembic heads` lists and a new revision stands on. */
  readonly heads: readonly string[];
  /** Heads that no other revision depends on either: what `alembic upgrade heads` leads to and `alembic_version` holds at last. */
  readonly effectiveHeads: readonly string[];
  /** Revisions without a `down_revision`. */
  readonly bases: readonly string[];
  /** Each branch label and the revision that carries it. */
  readonly labels: ReadonlyMap<string, string>;
}

export interface RevisionNode {
  readonly file: RevisionFile;
  readonly downRevisions: readonly string[];
  /** `depends_on`, labels resolved. */
  readonly dependencies: readonly string[];
  /** Down revisions and the dependencies that no ancestor has already: the edges of a walk down. */
  readonly parents: readonly string[];
  /** Revisions that name this one in `down_revision`. */
  readonly next: readonly string[];
  /** The same and those that depend on it. */
  readonly allNext: readonly string[];
  /** Its own labels and those of the branch it lies on. */
  readonly labels: readonly string[];
}

/** Builds the graph of files in loading order. It stands whatever the files say; edges that close a circle are left out. */
export function buildGraph(files: readonly RevisionFile[]): Parsed<RevisionGraph> {
  const problems: Problem[] = [];
  const byId = new Map<string, RevisionFile>();
  for (const file of files) {
    const earlier = byId.get(file.id);
    if (earlier) problems.push(duplicate(file, earlier), duplicate(earlier, file));
    byId.set(file.id, file);
  }
  const labels = collectLabels(byId, problems);
  const edges = new Map([...byId.values()].map((file) => [file.id, readEdges(file, byId, labels, problems)]));
  const sound = cutCycles(edges, byId, problems);

  const next = new Map<string, string[]>();
  const allNext = new Map<string, string[]>();
  for (const [id, { down, dependencies }] of sound) {
    for (const parent of down) pushTo(next, parent, id);
    for (const parent of new Set([...down, ...dependencies])) pushTo(allNext, parent, id);
  }
  const parents = new Map([...sound].map(([id, edge]) => [id, normalParents(id, edge, sound)]));
  const nodes = new Map<string, RevisionNode>();
  for (const [id, file] of byId) {
    const edge = sound.get(id) ?? noEdges;
    nodes.set(id, {
      file,
      downRevisions: edge.down,
      dependencies: edge.dependencies,
      parents: parents.get(id) ?? [],
      next: next.get(id) ?? [],
      allNext: allNext.get(id) ?? [],
      labels: [],
    });
  }
  const graph: RevisionGraph = {
    nodes: withBranchLabels(nodes, labels),
    files,
    heads: [...nodes].filter(([, node]) => node.next.length === 0).map(([id]) => id),
    effectiveHeads: [...nodes].filter(([, node]) => node.allNext.length === 0).map(([id]) => id),
    bases: [...nodes].filter(([, node]) => node.downRevisions.length === 0).map(([id]) => id),
    labels,
  };
  return { value: graph, problems };
}

/** The graph with this file as it reads now, be it new or edited; the same graph where its place has not changed. */
export function withFile(graph: RevisionGraph, file: RevisionFile): RevisionGraph {
  const place = ({ id, downRevisions, branchLabels, dependsOn }: RevisionFile): string => JSON.stringify([id, downRevisions, branchLabels, dependsOn]);
  const known = graph.files.find((other) => other.path === file.path);
  if (known !== undefined && place(known) === place(file)) return graph;
  return buildGraph(known === undefined ? [...graph.files, file] : graph.files.map((other) => (other === known ? file : other))).value;
}

/** More than one revision stands on it. */
export function isBranchPoint(node: RevisionNode): boolean {
  return node.next.length > 1;
}

/** It stands on more than one. */
export function isMergePoint(node: RevisionNode): boolean {
  return node.downRevisions.length > 1;
}

/** Everything that must have run before these, and these themselves. `dependencies: false` follows `down_revision` alone. */
export function ancestorsOf(graph: RevisionGraph, ids: Iterable<string>, dependencies = true): Set<string> {
  return closure(ids, (id) => {
    const node = graph.nodes.get(id);
    return (dependencies ? node?.parents : node?.downRevisions) ?? [];
  });
}

/** Everything that stands on these, and these themselves. */
export function descendantsOf(graph: RevisionGraph, ids: Iterable<string>, dependencies = true): Set<string> {
  return closure(ids, (id) => {
    const node = graph.nodes.get(id);
    return (dependencies ? node?.allNext : node?.next) ?? [];
  });
}

interface Edges {
  readonly down: readonly string[];
  readonly dependencies: readonly string[];
}

const noEdges: Edges = { down: [], dependencies: [] };

function collectLabels(byId: ReadonlyMap<string, RevisionFile>, problems: Problem[]): Map<string, string> {
  const labels = new Map<string, string>();
  for (const file of byId.values()) {
    for (const label of file.branchLabels) {
      const taken = labels.get(label) ?? (byId.has(label) ? label : undefined);
      if (taken === undefined) labels.set(label, file.id);
      else problems.push(atRevision('duplicate-label', message('The branch label `{label}` is already used by revision {taken}; Alembic refuses to go on.', { label, taken }), file));
    }
  }
  return labels;
}

function readEdges(file: RevisionFile, byId: ReadonlyMap<string, RevisionFile>, labels: ReadonlyMap<string, string>, problems: Problem[]): Edges {
  const down: string[] = [];
  for (const id of new Set(file.downRevisions)) {
    if (id !== file.id && byId.has(id)) down.push(id);
    else if (id !== file.id) problems.push(brokenParent(file, id, byId));
    else problems.push(atParent('revision-cycle', message('Revision {id} stands on itself.', { id }), file));
  }
  const dependencies: string[] = [];
  for (const written of new Set(file.dependsOn)) {
    const id = labels.get(written) ?? written;
    if (id !== file.id && byId.has(id)) dependencies.push(id);
    else if (id !== file.id) problems.push(atRevision('broken-dependency', message('Revision {id} depends on `{written}`, which is neither a revision nor a branch label.', { id: file.id, written }), file));
    else problems.push(atRevision('revision-cycle', message('Revision {id} depends on itself.', { id }), file));
  }
  return { down, dependencies };
}

function brokenParent(file: RevisionFile, parent: string, byId: ReadonlyMap<string, RevisionFile>): Problem {
  const partial = parent.length >= 4 ? [...byId.keys()].filter((id) => id.startsWith(parent)) : [];
  const [meant] = partial;
  if (partial.length === 1 && meant !== undefined)
    return atParent('broken-parent', message('The parent `{parent}` must be written in full: {meant}.', { parent, meant }), file);
  return atParent('broken-parent', message('The parent {parent} of revision {id} does not exist. Alembic can’t load the history until the file is back or `down_revision` is corrected.', { parent, id: file.id }), file);
}

/** Leaves out the edges between revisions of one circle, so that every walk ends. */
function cutCycles(edges: ReadonlyMap<string, Edges>, byId: ReadonlyMap<string, RevisionFile>, problems: Problem[]): ReadonlyMap<string, Edges> {
  const circles = revisionsOnCycles([...edges.keys()], (id) => [...(edges.get(id)?.down ?? []), ...(edges.get(id)?.dependencies ?? [])]);
  if (circles.length === 0) return edges;
  const circleOf = new Map<string, readonly string[]>();
  for (const circle of circles) {
    for (const id of circle) {
      circleOf.set(id, circle);
      const file = byId.get(id);
      if (file) problems.push(atParent('revision-cycle', message('Revisions {ids} stand on one another in a circle; Alembic can’t load the history.', { ids: circle.join(', ') }), file));
    }
  }
  const keep = (id: string, others: readonly string[]): readonly string[] => others.filter((other) => circleOf.get(id)?.includes(other) !== true);
  return new Map([...edges].map(([id, { down, dependencies }]) => [id, { down: keep(id, down), dependencies: keep(id, dependencies) }]));
}

/** `Revision._normalized_down_revisions`: a dependency that an ancestor has too is no edge of its own. */
function normalParents(id: string, edge: Edges, edges: ReadonlyMap<string, Edges>): readonly string[] {
  if (edge.dependencies.length === 0) return edge.down;
  const inherited = new Set<string>();
  for (const ancestor of closure([id], (other) => edges.get(other)?.down ?? [])) if (ancestor !== id) for (const dependency of edges.get(ancestor)?.dependencies ?? []) inherited.add(dependency);
  return [...new Set([...edge.down, ...edge.dependencies.filter((dependency) => !inherited.has(dependency))])];
}

/** `RevisionMap._add_branches`: a label holds for all descendants, and downwards to the next branch or merge point. */
function withBranchLabels(nodes: ReadonlyMap<string, RevisionNode>, labels: ReadonlyMap<string, string>): ReadonlyMap<string, RevisionNode> {
  if (labels.size === 0) return nodes;
  const found = new Map<string, Set<string>>();
  for (const [label, origin] of labels) {
    const add = (id: string): void => void (found.get(id) ?? found.set(id, new Set()).get(id))?.add(label);
    for (const id of closure([origin], (other) => nodes.get(other)?.next ?? [])) add(id);
    for (let id: string | undefined = origin; id !== undefined; ) {
      const node = nodes.get(id);
      if (!node || node.allNext.length > 1 || isMergePoint(node)) break;
      add(id);
      id = node.downRevisions[0];
    }
  }
  return new Map([...nodes].map(([id, node]) => [id, { ...node, labels: [...(found.get(id) ?? [])] }]));
}

function closure(ids: Iterable<string>, step: (id: string) => readonly string[]): Set<string> {
  const seen = new Set<string>();
  const open = [...ids];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    open.push(...step(id));
  }
  return seen;
}

function duplicate(file: RevisionFile, other: RevisionFile): Problem {
  return atRevision('duplicate-revision', message('The revision id {id} is also used by {other}. Give one of them a new id.', { id: file.id, other: other.path }), file);
}

function atRevision(code: string, text: Problem['message'], file: RevisionFile): Problem {
  const at = file.places.revision ?? { path: file.path, range: { start: 0, end: 0 } };
  return { code, severity: 'error', message: text, at };
}

function atParent(code: string, text: Problem['message'], file: RevisionFile): Problem {
  return { ...atRevision(code, text, file), at: file.places.downRevision ?? file.places.revision ?? { path: file.path, range: { start: 0, end: 0 } } };
}

function pushTo(map: Map<string, string[]>, key: string, value: string): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
