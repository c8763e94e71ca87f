import * as vscode from 'vscode';
import type { Environment } from '../connection-setting';
import { commands, nodeContexts, views } from '../contributions';
import { formatMessage } from '../../engine/text/problem';
import { toUri } from '../convert';
import type { DatabaseInsights } from '../database-insights';
import type { Databases } from '../databases';
import type { EditedRevisions } from '../edited-revisions';
import type { Projects } from '../project';
import { readSettings } from '../settings';
import type { UnknownRevisions } from '../unknown-revisions';
import { databaseNodes, pendingBadge } from './database-nodes';
import { keepTree, type Kept } from './kept-tree';
import { treeItemOf } from './tree-item';
import type { Node } from './tree-node';

/** What is found out in the background about the databases of the view. */
export interface DetailParts {
  readonly unknownRevisions: UnknownRevisions;
  readonly editedRevisions: EditedRevisions;
  readonly databaseInsights: DatabaseInsights;
}

/** The Databases view: draws the nodes that `database-nodes.ts` computes, and of them those that changed. */
export function createDatabasesView(databases: Databases, projects: Projects, { unknownRevisions, editedRevisions, databaseInsights }: DetailParts): vscode.Disposable {
  const changed = new vscode.EventEmitter<Kept<Node>[] | undefined>();
  const tree = keepTree<Node>(({ children }) => (children.length === 0 ? null : () => children));
  /** What is open on the screen has its catalog read, and nothing else has. */
  const showInsight = ({ line: { context, connectionId } }: Kept<Node>): void => {
    if (context === nodeContexts.connection && connectionId !== null && hasInsight(databases, connectionId)) databaseInsights.show(connectionId);
  };
  const view = vscode.window.createTreeView<Kept<Node>>(views.databases, {
    showCollapseAll: true,
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: (of) => {
        if (of !== undefined) showInsight(of);
        return tree.children(of);
      },
      getTreeItem: ({ line }) => treeItem(line),
    },
  });
  const redraw = (): void => {
    const states = databases.states();
    const next = databaseNodes(states, (state) => ({ unknown: unknownRevisions.of(state), edited: editedRevisions.of(state.connection.id), insight: databaseInsights.of(state.connection.id) }));
    const badge = pendingBadge(states);
    if (JSON.stringify(view.badge ?? null) !== JSON.stringify(badge)) (view as { badge: vscode.ViewBadge | undefined }).badge = badge ?? undefined;
    const note = noteOn(projects, next.length > 0);
    if (view.message !== note) (view as { message: string | undefined }).message = note;
    const redrawn = tree.update(next);
    if (redrawn === undefined || redrawn.length > 0) changed.fire(redrawn && [...redrawn]);
  };
  redraw();
  return vscode.Disposable.from(
    view,
    changed,
    databases.onDidChange(redraw),
    projects.onDidChange(redraw),
    unknownRevisions.onDidChange(redraw),
    editedRevisions.onDidChange(redraw),
    databaseInsights.onDidChange(redraw),
    // Lines that were folded and opened again are not asked for again.
    view.onDidExpandElement(({ element }) => showInsight(element)),
    view.onDidCollapseElement(({ element: { line } }) => {
      if (line.context === nodeContexts.connection && line.connectionId !== null) databaseInsights.hide(line.connectionId);
    }),
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
  const item = treeItemOf(node, node.children.length > 0);
  if (node.environment !== null) {
    item.resourceUri = vscode.Uri.from({ scheme, path: `/${encodeURIComponent(node.connectionId ?? '')}`, query: node.environment });
  }
  const command = node.revision !== null ? { command: commands.openRevision, title: 'Open Revision', arguments: [node.revision] } : commandOf(node);
  if (command !== null) item.command = command;
  return item;
}

function commandOf({ click, connectionId }: Node): vscode.Command | null {
  switch (click?.kind) {
    case undefined:
      return null;
    case 'place':
      return { command: commands.showPlace, title: 'Show Place', arguments: [click.place] };
    case 'compare':
      return { command: commands.openComparison, title: 'Compare', arguments: [toUri(click.path), click.text, click.where] };
    case 'connect':
      return { command: commands.connectDatabase, title: 'Connect Database…', arguments: [connectionId] };
    case 'retry':
      return { command: commands.refresh, title: 'Retry Now', arguments: [connectionId] };
    case 'verify':
      return { command: commands.verifyDatabase, title: 'Verify Database Against Models', arguments: [connectionId] };
    case 'listTypes':
      return { command: commands.listTypes, title: 'List Types', arguments: [connectionId] };
    case 'generate':
      return { command: commands.generateMigration, title: 'Generate Migration from Models…', arguments: [connectionId] };
  }
}

function hasInsight(databases: Databases, id: string): boolean {
  return databases.states().some(({ connection, outcome }) => connection.id === id && outcome.kind === 'read');
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
