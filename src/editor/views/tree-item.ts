import * as vscode from 'vscode';
import type { Tint, TreeLine } from './tree-node';

/** A line as VS Code draws it, but for what a click on it does. */
export function treeItemOf(line: TreeLine, hasChildren: boolean): vscode.TreeItem {
  const state = hasChildren ? (line.expanded ? 'Expanded' : 'Collapsed') : 'None';
  const item = new vscode.TreeItem(line.label, vscode.TreeItemCollapsibleState[state]);
  item.id = line.id;
  item.description = line.description;
  item.tooltip = line.tooltip;
  item.iconPath = new vscode.ThemeIcon(line.icon, line.tint === null ? undefined : tintColor(line.tint));
  item.contextValue = line.context;
  item.accessibilityInformation = { label: line.spoken };
  return item;
}

function tintColor(tint: Tint): vscode.ThemeColor | undefined {
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
