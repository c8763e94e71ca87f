import * as vscode from 'vscode';
import { toPath, toUri } from '../convert';
import type { Databases } from '../databases';
import type { EditedRevisions } from '../edited-revisions';
import { isFile } from '../files';
import type { Projects } from '../project';
import { revisionMarks, type RevisionMark } from './revision-marks';

/** Badges on revision files in the explorer: applied, pending, edited after it was applied. */
export function createRevisionDecorations(databases: Databases, projects: Projects, editedRevisions: EditedRevisions): vscode.Disposable {
  const changed = new vscode.EventEmitter<vscode.Uri[]>();
  let marks: ReadonlyMap<string, RevisionMark> = new Map();
  const redraw = (): void => {
    const before = marks;
    marks = revisionMarks(databases.states(), (connection) => editedRevisions.of(connection));
    const others = [...new Set([...before.keys(), ...marks.keys()])].filter((path) => before.get(path)?.words !== marks.get(path)?.words);
    if (others.length > 0) changed.fire(others.map(toUri));
  };
  redraw();
  const provider: vscode.FileDecorationProvider = {
    onDidChangeFileDecorations: changed.event,
    provideFileDecoration: (uri) => {
      const mark = isFile(uri) ? marks.get(toPath(uri)) : undefined;
      if (mark === undefined) return undefined;
      return { badge: mark.badge, tooltip: mark.words, ...(mark.kind === 'edited' && { color: new vscode.ThemeColor('list.warningForeground') }) };
    },
  };
  return vscode.Disposable.from(changed, databases.onDidChange(redraw), projects.onDidChange(redraw), editedRevisions.onDidChange(redraw), vscode.window.registerFileDecorationProvider(provider));
}
