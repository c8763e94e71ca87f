import * as vscode from 'vscode';
import type { Environment } from '../connection-setting';
import { commands, nodeContexts, views } from '../contributions';
import { formatMessage } from '../../engine/text/problem';
import type { Databases } from '../databases';
import type { Projects } from '../project';
import { readSettings } from '../settings';
import { databaseNodes, type Node, type Tint } from './database-nodes';

/** The Databases view: draws the nodes that `database-nodes.ts` computes, and only when they changed. */
export function createDatabasesView(databases: Databases, projects: Projects): vscode.Disposable {
  const changed = new vscode.EventEmitter<undefined>();
  let drawn = '';
  let nodes: readonly Node[] = [];
  const view = vscode.window.createTreeView<Node>(views.databases, {
    showCollapseAll: true,
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: (node) => [...(node?.children ?? nodes)],
      getParent: (node) => parentOf(nodes, node),
      getTreeItem: (node) => treeItem(node),
    },
  });
  const redraw = (): void => {
    const next = databaseNodes(databases.states());
    const note = noteOn(projects, next.length > 0);
    if (view.message !== note) (view as { message: string | undefined }).message = note;
    const picture = JSON.stringify(next);
    if (picture === drawn) return;
    drawn = picture;
    nodes = next;
    changed.fire(undefined);
  };
  redraw();
  return vscode.Disposable.from(
    view,
    changed,
    databases.onDidChange(redraw),
    projects.onDidChange(redraw),
    view.onDidChangeVisibility(({ visible }) => {
      databases.setWatched(visible);
    }),
    vscode.window.registerFileDecorationProvider(environmentDecorations()),
  );
}

/**
 * What stands above the tree: why there is no project, a history that Alembic would refuse, settings that say nothing.
 * A message hides the view's welcome text and its button, so with nothing connected only the first is said.
 */
function noteOn(projects: Projects, hasNodes: boolean): string | undefined {
  const reason = projects.whyNone();
  if (reason !== null) return reason;
  const lines = [...readSettings().connectionProblems];
  if (!hasNodes && lines.length === 0) return undefined;
  for (const { name, historyProblems } of [...projects.all(), ...projects.supabase()]) {
    const errors = historyProblems.filter(({ severity }) => severity === 'error');
    const [first, ...others] = errors;
    if (first !== undefined) lines.push(`${name}: ${formatMessage(first.message)}${others.length === 0 ? '' : ` (and ${others.length} more)`}`);
  }
  return lines.length === 0 ? undefined : lines.join('\n');
}

const scheme = 'alembic-review-database';

function treeItem(node: Node): vscode.TreeItem {
  const state = node.children.length === 0 ? 'None' : node.expanded ? 'Expanded' : 'Collapsed';
  const item = new vscode.TreeItem(node.label, vscode.TreeItemCollapsibleState[state]);
  item.id = node.id;
  item.description = node.description;
  item.tooltip = node.tooltip;
  item.iconPath = new vscode.ThemeIcon(node.icon, node.tint === null ? undefined : tintColor(node.tint));
  item.contextValue = node.context;
  item.accessibilityInformation = { label: node.spoken };
  if (node.environment !== null) {
    item.resourceUri = vscode.Uri.from({ scheme, path: `/${encodeURIComponent(node.connectionId ?? '')}`, query: node.environment });
  }
  if (node.revision !== null) {
    item.command = { command: commands.openRevision, title: 'Open Revision', arguments: [node.revision] };
  }
  if (node.context === nodeContexts.advice) {
    item.command = { command: commands.connectDatabase, title: 'Connect Database…', arguments: [node.connectionId] };
  }
  if (node.context === nodeContexts.retry) item.command = { command: commands.refresh, title: 'Retry Now', arguments: [node.connectionId] };
  return item;
}

export function tintColor(tint: Tint): vscode.ThemeColor | undefined {
  switch (tint) {
    case 'good':
      return new vscode.ThemeColor('testing.iconPassed');
    case 'waiting':
      return new vscode.ThemeColor('list.warningForeground');
    case 'bad':
      return new vscode.ThemeColor('list.errorForeground');
    case 'link':
      return new vscode.ThemeColor('textLink.foreground');
    case 'quiet':
      return undefined;
  }
}

/** The badge at the right of a connection: D, S, or a red P that also colours the name. */
function environmentDecorations(): vscode.FileDecorationProvider {
  const badges: Readonly<Record<Environment, vscode.FileDecoration>> = {
    development: { badge: 'D', tooltip: 'Development' },
    staging: { badge: 'S', tooltip: 'Staging' },
    production: { badge: 'P', tooltip: 'Production', color: new vscode.ThemeColor('errorForeground') },
  };
  return {
    provideFileDecoration: (uri) => (uri.scheme === scheme ? badges[uri.query as Environment] : undefined),
  };
}

function parentOf(nodes: readonly Node[], wanted: Node): Node | undefined {
  for (const node of nodes) {
    if (node.children.some(({ id }) => id === wanted.id)) return node;
    const deeper = parentOf(node.children, wanted);
    if (deeper !== undefined) return deeper;
  }
  return undefined;
}
