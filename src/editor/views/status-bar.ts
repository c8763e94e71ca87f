import * as vscode from 'vscode';
import type { Connections } from '../connections';
import { commands } from '../contributions';
import type { Databases } from '../databases';
import type { Projects } from '../project';
import { stateTint, stateWords, type DatabaseState } from './database-nodes';

/** The active connection and how many revisions are pending on it; a click chooses another. Hidden without a project. */
export function createStatusBar(projects: Projects, connections: Connections, databases: Databases): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('alembicReview.database', vscode.StatusBarAlignment.Left, 10);
  item.name = 'Alembic Review: Database';
  const redraw = (): void => {
    const active = connections.active();
    const state = databases.states().find(({ connection }) => connection.id === active?.id);
    if (projects.all().length + projects.supabase().length === 0) return item.hide();
    if (!vscode.workspace.isTrusted) draw(item, '$(workspace-untrusted) No database', 'Databases are not connected in restricted mode. Click to manage workspace trust.', 'workbench.trust.manage');
    else if (state === undefined) draw(item, '$(plug) Connect database', 'No database is connected. Migrations start from the history of your revisions.', commands.connectDatabase);
    else drawState(item, state);
    item.show();
  };
  redraw();
  return vscode.Disposable.from(item, projects.onDidChange(redraw), connections.onDidChange(redraw), databases.onDidChange(redraw), vscode.workspace.onDidGrantWorkspaceTrust(redraw));
}

function drawState(item: vscode.StatusBarItem, state: DatabaseState): void {
  const { connection, outcome, target } = state;
  const short = outcome.kind === 'unreachable' ? (outcome.isLost === true ? 'lost' : 'unreachable') : stateWords(outcome);
  draw(
    item,
    `$(database) ${connection.name}: ${short}`,
    [`${connection.name} (${connection.environment})`, target ?? '', stateWords(outcome), 'Click to choose another database.'].filter((line) => line !== '').join('\n'),
    commands.chooseDatabase,
  );
  if (connection.environment === 'production') item.backgroundColor = new vscode.ThemeColor('statusBarItem.errorBackground');
  else if (stateTint(outcome) === 'bad') item.backgroundColor = new vscode.ThemeColor('statusBarItem.warningBackground');
}

function draw(item: vscode.StatusBarItem, text: string, tooltip: string, command: string): void {
  item.text = text;
  item.tooltip = tooltip;
  item.command = command;
  item.accessibilityInformation = { label: text.replace(/\$\([^)]*\) /g, ''), role: 'button' };
  (item as { backgroundColor: vscode.ThemeColor | undefined }).backgroundColor = undefined;
}
