import * as vscode from 'vscode';
import { LineIndex, type Place, type TextEdit, type TextRange } from '../engine/text/text';

/**
 * Offsets of the engine to positions of the editor, and paths to URIs: here and nowhere else.
 * The `text` must be the one the offsets were counted in.
 */
export function toRange(index: LineIndex, range: TextRange): vscode.Range {
  const start = index.at(range.start);
  const end = index.at(range.end);
  return new vscode.Range(start.line, start.column, end.line, end.column);
}

export function toTextEdits(text: string, edits: readonly TextEdit[]): vscode.TextEdit[] {
  const index = new LineIndex(text);
  return edits.map(({ range, newText }) => new vscode.TextEdit(toRange(index, range), newText));
}

export function toLocation(text: string, place: Place): vscode.Location {
  return new vscode.Location(toUri(place.path), toRange(new LineIndex(text), place.range));
}

/** An absolute path with forward slashes (`/home/me/app`, `C:/app`) as a URI of the workspace's file system. */
export function toUri(path: string): vscode.Uri {
  const remote = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme !== 'file')?.uri;
  const file = vscode.Uri.file(path);
  return remote === undefined || vscode.workspace.workspaceFolders?.some(({ uri }) => uri.scheme === 'file')
    ? file
    : remote.with({ path: file.path });
}

/** The path of a URI as the engine writes it: absolute, forward slashes, drive letters in one case. */
export function toPath(uri: vscode.Uri): string {
  if (uri.scheme !== 'file') return uri.path;
  const path = uri.fsPath.replace(/\\/g, '/');
  return /^[a-z]:/.test(path) ? path[0]!.toUpperCase() + path.slice(1) : path;
}
