import * as vscode from 'vscode';
import type { Workspace } from '../workspace/workspace';
import { toPath, toUri } from './convert';
import { isFile } from './files';

/** The workspace's files as reviews read them between two keystrokes. */
export interface WatchedTexts extends Workspace, vscode.Disposable {
  /** A file of Python or SQL of the workspace is another, typed or on disk. */
  readonly onDidChange: vscode.Event<vscode.Uri>;
}

/**
 * Reads each Python file once, until the editor says that it is another: a keystroke in a draft looks at no other file. Files outside of the
 * workspace's folders, which the editor does not watch, are asked for each time; a window that comes back to the front asks for all
 * anew, for those whose changes no watcher reports (`files.watcherExclude`, some network disks).
 */
export function createWatchedTexts(workspace: Workspace): WatchedTexts {
  const texts = new Map<string, Promise<string | null>>();
  const known = new Map<string, Promise<boolean>>();
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const forget = (uri: vscode.Uri): void => {
    if (!isFile(uri)) return;
    texts.delete(toPath(uri));
    changed.fire(uri);
  };
  const comeOrGone = (uri: vscode.Uri): void => {
    known.clear();
    forget(uri);
  };
  const isWatched = (path: string): boolean => vscode.workspace.getWorkspaceFolder(toUri(path)) !== undefined;
  const watcher = vscode.workspace.createFileSystemWatcher('**/*.{py,sql}');
  const subscriptions = vscode.Disposable.from(
    changed,
    watcher,
    watcher.onDidChange(forget),
    watcher.onDidCreate(comeOrGone),
    watcher.onDidDelete(comeOrGone),
    // Without changes in its text, too: a document that was reverted or saved is read from the disk again.
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0) forget(document.uri);
      else texts.delete(toPath(document.uri));
    }),
    vscode.workspace.onDidSaveTextDocument(({ uri }) => void texts.delete(toPath(uri))),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => void texts.delete(toPath(uri))),
    vscode.window.onDidChangeWindowState(({ focused }) => {
      if (!focused) return;
      texts.clear();
      known.clear();
    }),
  );
  return {
    onDidChange: changed.event,
    read: (path) => {
      const kept = texts.get(path);
      if (kept !== undefined) return kept;
      const text = workspace.read(path);
      if (path.endsWith('.py') && isWatched(path)) texts.set(path, text);
      return text;
    },
    exists: (path) => {
      const kept = path.endsWith('.py') ? known.get(path) : undefined;
      if (kept !== undefined) return kept;
      const exists = workspace.exists(path);
      if (path.endsWith('.py') && isWatched(path)) known.set(path, exists);
      return exists;
    },
    list: (folder) => workspace.list(folder),
    dispose: () => subscriptions.dispose(),
  };
}
