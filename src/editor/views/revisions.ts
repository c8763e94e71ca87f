import * as vscode from 'vscode';
import { commands, views } from '../contributions';
import { projectOf, supabaseOf, type Databases } from '../databases';
import type { Projects } from '../project';
import { supabaseGraph } from './supabase-graph';
import { historyNodes, type HistoryNode, type ShownHistory, type StandingDatabase } from './revision-nodes';
import { keepTree, type Kept } from './kept-tree';
import { treeItemOf } from './tree-item';

/** The Revisions view: the history as its files have it, drawn when it or the databases' place in it changed. */
export function createRevisionsView(databases: Databases, projects: Projects): vscode.Disposable {
  const changed = new vscode.EventEmitter<Kept<HistoryNode>[] | undefined>();
  const tree = keepTree<HistoryNode>(({ children }) => children);
  let drawn: readonly ShownHistory[] = [];
  const view = vscode.window.createTreeView<Kept<HistoryNode>>(views.revisions, {
    showCollapseAll: true,
    treeDataProvider: { onDidChangeTreeData: changed.event, getChildren: tree.children, getTreeItem: ({ line }) => treeItem(line) },
  });
  const redraw = (): void => {
    const next = shownHistories(databases, projects);
    if (sameHistories(drawn, next)) return;
    drawn = next;
    const redrawn = tree.update(historyNodes(next.filter(({ graph, problems }) => graph.nodes.size > 0 || problems.length > 0)));
    if (redrawn === undefined || redrawn.length > 0) changed.fire(redrawn && [...redrawn]);
  };
  redraw();
  return vscode.Disposable.from(view, changed, databases.onDidChange(redraw), projects.onDidChange(redraw));
}

/** Every project's history, with the databases that are held against it. */
export function shownHistories(databases: Databases, projects: Projects): readonly ShownHistory[] {
  const standing = new Map<string, StandingDatabase[]>();
  for (const { connection, outcome } of databases.states()) {
    if (outcome.kind !== 'read') continue;
    const home = projectOf(projects, connection) ?? supabaseOf(projects, connection);
    if (home === null) continue;
    // Of Supabase's table each row is a migration that has run: it stands at the last one that the files know.
    const versions = 'history' in home ? outcome.versions : [...outcome.position.current, ...outcome.position.unknown];
    standing.set(home.id, [...(standing.get(home.id) ?? []), { name: connection.name, environment: connection.environment, versions }]);
  }
  return [
    ...projects.all().map(({ id, name, history, historyProblems }) => ({ id, name, graph: history, problems: historyProblems, databases: standing.get(id) ?? [] })),
    ...projects.supabase().map(({ id, name, migrations, historyProblems }) => ({ id, name, graph: supabaseGraph(migrations), problems: historyProblems, databases: standing.get(id) ?? [] })),
  ];
}

/** Graphs are the very same while their files are; the rest is small. */
export function sameHistories(one: readonly ShownHistory[], other: readonly ShownHistory[]): boolean {
  const rest = (histories: readonly ShownHistory[]): string => JSON.stringify(histories.map(({ id, name, problems, databases }) => [id, name, problems, databases]));
  return one.length === other.length && one.every(({ graph }, index) => graph === other[index]?.graph) && rest(one) === rest(other);
}

function treeItem(node: HistoryNode): vscode.TreeItem {
  const item = treeItemOf(node, node.children !== null);
  const command = commandOf(node);
  if (command !== null) item.command = command;
  return item;
}

function commandOf({ click, project }: HistoryNode): vscode.Command | null {
  switch (click?.kind) {
    case 'open':
      return { command: commands.openRevision, title: 'Open Revision', arguments: [click.revision] };
    case 'place':
      return { command: commands.showPlace, title: 'Show Place', arguments: [click.place] };
    case 'merge':
      return { command: commands.mergeHeads, title: 'Merge Heads…', arguments: [project] };
    case 'databases':
      return { command: `${views.databases}.focus`, title: 'Show Databases' };
    case undefined:
      return null;
  }
}
