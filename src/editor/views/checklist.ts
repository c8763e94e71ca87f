import * as vscode from 'vscode';
import type { ChecklistAction } from '../../engine/checklist/items';
import { formatMessage } from '../../engine/text/problem';
import { noModels } from '../../workspace/generate';
import type { Checklists } from '../checklist/checklists';
import { commands, views } from '../contributions';
import { toUri } from '../convert';
import type { Projects } from '../project';
import { checklistNodes, type ChecklistNode } from './checklist-nodes';
import { keepTree, type Kept } from './kept-tree';
import { treeItemOf } from './tree-item';

/** The Checklist view: draws what `checklist-nodes.ts` computes, while it is looked at, and of it what changed. */
export function createChecklistView(checklists: Checklists, projects: Projects): vscode.Disposable {
  const changed = new vscode.EventEmitter<Kept<ChecklistNode>[] | undefined>();
  const tree = keepTree<ChecklistNode>(({ children }) => (children.length === 0 ? null : () => children));
  /** Whose migration is drawn: buttons are about it. */
  let project = '';
  const view = vscode.window.createTreeView<Kept<ChecklistNode>>(views.checklist, {
    showCollapseAll: true,
    treeDataProvider: { onDidChangeTreeData: changed.event, getChildren: tree.children, getTreeItem: ({ line }) => treeItem(line, project) },
  });
  const redraw = (): void => {
    const shown = checklists.current();
    const nodes = shown === null ? [] : checklistNodes(shown.checklist);
    const several = projects.all().length + projects.supabase().length > 1;
    (view as { description: string | undefined }).description = shown !== null && several ? shown.home.name : undefined;
    const { models } = shown?.facts ?? {};
    // A message hides the welcome text: it is said only where there is a reason.
    const reason = models?.kind === 'unreadable' ? models.reason : models?.kind === 'none' && shown?.home.alembic != null ? noModels : null;
    const note = nodes.length === 0 && reason !== null ? formatMessage(reason) : undefined;
    if (view.message !== note) (view as { message: string | undefined }).message = note;
    const redrawn = tree.update(nodes);
    const isOther = project !== (shown?.home.id ?? '');
    project = shown?.home.id ?? '';
    if (redrawn === undefined || isOther) changed.fire(undefined);
    else if (redrawn.length > 0) changed.fire([...redrawn]);
  };
  checklists.setWatched(view.visible);
  return vscode.Disposable.from(view, changed, checklists.onDidChange(redraw), view.onDidChangeVisibility(({ visible }) => checklists.setWatched(visible)));
}

function treeItem(node: ChecklistNode, project: string): vscode.TreeItem {
  const item = treeItemOf(node, node.children.length > 0);
  const command = node.click === null ? null : node.click.kind === 'place' ? { command: commands.showPlace, title: 'Show Place', arguments: [node.click.place] } : commandOf(node.click.action, project, node.label);
  if (command !== null) item.command = command;
  return item;
}

/** The command behind a button. */
function commandOf(action: ChecklistAction, project: string, title: string): vscode.Command {
  const of = (command: string, ...args: readonly unknown[]): vscode.Command => ({ command, title, arguments: [...args] });
  switch (action.kind) {
    case 'generate':
      return of(commands.generateMigration);
    case 'createBranch':
      return of(commands.createMigrationBranch);
    case 'mergeHeads':
      return of(commands.mergeHeads, project);
    case 'connect':
      return of(commands.connectDatabase);
    case 'commit':
      return of(commands.stageAndCommit);
    case 'offerDeployStep':
      return of(commands.proposeDeployStep);
    case 'trust':
      return of('workbench.trust.manage');
    case 'refresh':
      return of(commands.refresh);
    case 'open':
      return of(commands.reviewDraft, toUri(action.path));
    case 'fixAllSafe':
      return of(commands.fixAllSafe, toUri(action.path));
    case 'previewSql':
      return of(commands.previewSql, toUri(action.path));
    case 'verify':
      return of(commands.verifyDatabase, action.connection);
    case 'copyCommand':
      return of(commands.copyAlembicCommand, action.command);
    case 'dryRun':
      return of(commands.dryRun, toUri(action.path));
    case 'upgrade':
      return of(commands.upgradeDatabase, action.connection);
  }
}
