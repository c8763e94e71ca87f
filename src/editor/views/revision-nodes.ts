import { isBranchPoint, isMergePoint, type RevisionGraph, type RevisionNode } from '../../engine/history/graph';
import { unmergedHeads } from '../../engine/history/heads';
import { historyOrder } from '../../engine/history/order';
import { resolveRevision } from '../../engine/history/resolve';
import type { RevisionFile } from '../../engine/history/revision';
import { formatMessage, type Problem } from '../../engine/text/problem';
import type { Place } from '../../engine/text/text';
import type { Environment } from '../connection-setting';
import { nodeContexts } from '../contributions';
import type { TreeLine } from './tree-node';

/** A project's history as the view shows it. Plain data: the tree and the graph panel read the same. */
export interface ShownHistory {
  readonly id: string;
  readonly name: string;
  readonly graph: RevisionGraph;
  readonly problems: readonly Problem[];
  readonly databases: readonly StandingDatabase[];
}

/** A connected database whose version table could be read. */
export interface StandingDatabase {
  readonly name: string;
  readonly environment: Environment;
  /** What its version table holds. */
  readonly versions: readonly string[];
}

/** A line of the tree. Children are made when they are looked at: a history may have thousands. */
export interface HistoryNode extends TreeLine {
  readonly children: (() => readonly HistoryNode[]) | null;
  readonly click: Click | null;
  readonly project: string;
  /** What menus of the line are about. */
  readonly revision: RevisionFile | null;
}

export type Click =
  | { readonly kind: 'open'; readonly revision: RevisionFile }
  | { readonly kind: 'place'; readonly place: Place }
  | { readonly kind: 'merge' }
  | { readonly kind: 'databases' };

/** So many lines at once; older ones fold behind a line of their own. */
export const chunk = 200;

/** Problems first, then the heads where there are several, the labels, and every revision, newest first. With several projects a line each. */
export function historyNodes(histories: readonly ShownHistory[]): readonly HistoryNode[] {
  const [only, ...others] = histories;
  if (only === undefined) return [];
  if (others.length === 0) return projectNodes(only);
  return histories.map((history) => {
    const count = counted(history.graph.nodes.size, 'revision');
    return {
      ...line(history, 'project', history.name),
      description: count,
      spoken: `${history.name}, ${count}`,
      icon: 'folder',
      expanded: true,
      children: () => projectNodes(history),
    };
  });
}

function projectNodes(history: ShownHistory): readonly HistoryNode[] {
  const { graph } = history;
  const order = orderOf(graph);
  const standing = standingByRevision(history);
  const row = (group: string) => (id: string): readonly HistoryNode[] => {
    const node = graph.nodes.get(id);
    return node === undefined ? [] : [revisionLine(history, group, node, standing)];
  };
  const nodes: HistoryNode[] = [...problemLines(history)];
  if (graph.heads.length > 1) {
    const heads = order.filter((id) => graph.heads.includes(id));
    nodes.push(group(history, 'heads', 'Heads', 'git-commit', heads.length, () => heads.flatMap(row('heads'))));
  }
  if (graph.labels.size > 0) nodes.push(group(history, 'labels', 'Branch labels', 'tag', graph.labels.size, () => [...graph.labels].flatMap(([label, id]) => labelLine(history, label, graph.nodes.get(id)))));
  if (order.length > 0) nodes.push({ ...group(history, 'history', 'History', 'history', order.length, () => chunkLines(history, order, row('history'))), expanded: true });
  return nodes;
}

/** The newest, and a line for each further chunk, behind which its revisions lie. */
function chunkLines(history: ShownHistory, order: readonly string[], row: (id: string) => readonly HistoryNode[]): readonly HistoryNode[] {
  const first = order.length <= chunk * 1.25 ? order.length : chunk;
  const lines = [...order.slice(0, first).flatMap(row)];
  for (let from = first; from < order.length; from += chunk) {
    const ids = order.slice(from, from + chunk);
    const label = `Older: ${from + 1} to ${from + ids.length}`;
    const [newest, oldest] = [ids[0], ids.at(-1)].map((id) => history.graph.nodes.get(id ?? '')?.file);
    const description = newest === undefined || oldest === undefined ? '' : `${nameOf(newest)} … ${nameOf(oldest)}`;
    lines.push({ ...line(history, `older/${from}`, label), description, spoken: `${label}, ${counted(ids.length, 'revision')}`, icon: 'ellipsis', children: () => ids.flatMap(row) });
  }
  return lines;
}

/** Where the databases stand: by revision, whole ids. */
export function standingByRevision({ graph, databases }: ShownHistory): ReadonlyMap<string, readonly StandingDatabase[]> {
  const found = new Map<string, StandingDatabase[]>();
  for (const database of databases) {
    for (const version of new Set(database.versions)) {
      const at = resolveRevision(graph, version);
      if ('id' in at) found.set(at.id, [...(found.get(at.id) ?? []), database]);
    }
  }
  return found;
}

/** Newest first. It is asked for at each redraw, and a graph never changes. */
export function orderOf(graph: RevisionGraph): readonly string[] {
  const known = orders.get(graph);
  if (known !== undefined) return known;
  const order = historyOrder(graph);
  orders.set(graph, order);
  return order;
}

const orders = new WeakMap<RevisionGraph, readonly string[]>();

function problemLines(history: ShownHistory): readonly HistoryNode[] {
  const { graph, problems, databases } = history;
  const lines: HistoryNode[] = [];
  const heads = unmergedHeads(graph);
  if (heads.length > 0) {
    const text = heads.length === graph.heads.length ? `The history has ${heads.length} heads` : `${heads.length} of the ${graph.heads.length} heads have no branch label`;
    const why = `${text}: ${heads.join(', ')}. \`alembic upgrade head\` stops and asks which is meant. Click to merge them.`;
    lines.push({ ...problemLine(history, 'heads', text, 'Merge Heads…', why, 'error'), context: nodeContexts.severalHeads, click: { kind: 'merge' } });
  }
  for (const [index, { code, severity, message, at }] of problems.entries()) {
    if (severity === 'info') continue;
    const text = formatMessage(message);
    const where = at === undefined ? '' : fileName(at.path);
    lines.push({ ...problemLine(history, `${index}/${code}`, text, where, where === '' ? text : `${text}\nClick to open ${where}.`, severity), click: at === undefined ? null : { kind: 'place', place: at } });
  }
  for (const { name, versions } of databases) {
    for (const version of versions) {
      if ('id' in resolveRevision(graph, version)) continue;
      const text = `${name} is at ${version}, which no file here has`;
      lines.push({ ...problemLine(history, `unknown/${name}/${version}`, text, '', `${text}. It may be on another branch, or its file was deleted.`, 'warning'), click: { kind: 'databases' } });
    }
  }
  return lines;
}

function problemLine(history: ShownHistory, id: string, text: string, description: string, tooltip: string, severity: 'error' | 'warning'): HistoryNode {
  return {
    ...line(history, `problem/${id}`, text),
    description,
    tooltip,
    spoken: `${severity === 'error' ? 'Error' : 'Warning'}: ${tooltip}`,
    icon: severity,
    tint: severity === 'error' ? 'bad' : 'waiting',
  };
}

function labelLine(history: ShownHistory, label: string, node: RevisionNode | undefined): readonly HistoryNode[] {
  if (node === undefined) return [];
  const { file } = node;
  return [{ ...line(history, `label/${label}`, label), description: `${file.id} · ${nameOf(file)}`, spoken: `branch label ${label}, on revision ${file.id}, ${nameOf(file)}`, icon: 'tag', context: nodeContexts.revision, click: { kind: 'open', revision: file }, revision: file }];
}

/** What is special about a revision, in Alembic's words. */
export function marksOf(graph: RevisionGraph, node: RevisionNode): readonly string[] {
  const { file, downRevisions, dependencies, next } = node;
  return [
    graph.heads.includes(file.id) ? 'head' : '',
    isMergePoint(node) ? `merges ${downRevisions.length}` : '',
    isBranchPoint(node) ? `branch point of ${next.length}` : '',
    downRevisions.length === 0 ? 'base' : '',
    dependencies.length === 0 ? '' : `depends on ${dependencies.join(', ')}`,
  ].filter((mark) => mark !== '');
}

function revisionLine(history: ShownHistory, group: string, node: RevisionNode, standing: ReadonlyMap<string, readonly StandingDatabase[]>): HistoryNode {
  const { graph } = history;
  const { file } = node;
  const marks = marksOf(graph, node);
  const databases = standing.get(file.id) ?? [];
  const shown = [...file.branchLabels, ...databases.map(({ name }) => `◆ ${name}`)];
  const isHead = graph.heads.includes(file.id);
  const ways = waysFrom(history, group, node);
  return {
    ...line(history, `${group}/${file.id}`, nameOf(file)),
    description: [...marks, ...shown, file.id].join(' · '),
    tooltip: [nameOf(file), `revision ${file.id}`, ...marks, ...file.branchLabels.map((label) => `branch label ${label}`), ...databases.map(databaseWords), file.createDate ?? '', fileName(file.path)].filter((text) => text !== '').join('\n'),
    spoken: spokenRevision(graph, node, databases),
    icon: isHead ? 'circle-filled' : isMergePoint(node) ? 'git-merge' : isBranchPoint(node) ? 'repo-forked' : 'git-commit',
    tint: isHead ? 'good' : 'quiet',
    context: nodeContexts.revision,
    children: ways.length === 0 ? null : () => ways.map((make) => make()),
    click: { kind: 'open', revision: file },
    revision: file,
  };
}

/** The same words in the tree and in the graph. */
export function spokenRevision(graph: RevisionGraph, node: RevisionNode, databases: readonly StandingDatabase[]): string {
  const { file } = node;
  return [nameOf(file), `revision ${file.id}`, ...marksOf(graph, node), ...file.branchLabels.map((label) => `branch label ${label}`), ...databases.map(databaseWords)].join(', ');
}

function databaseWords({ name, environment }: StandingDatabase): string {
  return `${environment} database ${name} stands here`;
}

/** The neighbours, where a revision has not just one on each side. */
function waysFrom(history: ShownHistory, group: string, node: RevisionNode): readonly (() => HistoryNode)[] {
  const { downRevisions, dependencies, next, allNext, file } = node;
  const neededBy = allNext.filter((id) => !next.includes(id));
  if (downRevisions.length < 2 && next.length < 2 && dependencies.length === 0 && neededBy.length === 0) return [];
  const ways = (ids: readonly string[], words: string, icon: string): readonly (() => HistoryNode)[] =>
    ids.flatMap((id) => {
      const other = history.graph.nodes.get(id)?.file;
      if (other === undefined) return [];
      return () => ({
        ...line(history, `${group}/${file.id}/${words}/${id}`, `${words} ${nameOf(other)}`),
        description: id,
        spoken: `${words} ${nameOf(other)}, revision ${id}`,
        icon,
        context: nodeContexts.revision,
        click: { kind: 'open', revision: other },
        revision: other,
      });
    });
  return [...ways(next, 'followed by', 'arrow-up'), ...ways(neededBy, 'needed by', 'link'), ...ways(downRevisions, 'stands on', 'arrow-down'), ...ways(dependencies, 'depends on', 'link')];
}

function group(history: ShownHistory, id: string, label: string, icon: string, count: number, children: () => readonly HistoryNode[]): HistoryNode {
  return { ...line(history, id, label), description: String(count), spoken: `${label}, ${count}`, icon, expanded: id === 'heads', children };
}

function line({ id: project }: ShownHistory, id: string, label: string): HistoryNode {
  return { id: `${project}/${id}`, label, description: '', tooltip: label, spoken: label, icon: 'circle-outline', tint: null, context: nodeContexts.group, expanded: false, children: null, click: null, project, revision: null };
}

export function nameOf({ message, path }: RevisionFile): string {
  return message === '' ? fileName(path) : message;
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
