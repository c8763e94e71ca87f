import * as vscode from 'vscode';
import { byName } from '../workspace/disk';
import { createKeptDisk } from '../workspace/kept-disk';
import type { Workspace } from '../workspace/workspace';
import { toPath, toUri } from './convert';

/** The workspace's files as the editor has them: text that is open and not saved yet wins over the disk. */
export interface EditorWorkspace extends Workspace, vscode.Disposable {
  /** Whether a document's text is not on disk, as far as is known at this moment. */
  isUnsaved(document: vscode.TextDocument): boolean;
}

/** The editor says that a document is dirty a moment after it said what has changed in it; how long that may take. */
const untilDirty = 1_000;

/** Files that are neither open nor there read as null. */
export function createEditorWorkspace(): EditorWorkspace {
  const disk = createKeptDisk();
  /** This machine's disk is read directly, without a way through the editor's main process for each of a thousand files. */
  const under = (path: string): Workspace => (toUri(path).scheme === 'file' ? disk : editorFileSystem);
  const justChanged = new Map<string, number>();
  const isUnsaved = (document: vscode.TextDocument): boolean => document.isDirty || Date.now() - (justChanged.get(document.uri.toString()) ?? 0) < untilDirty;
  /** Saved documents are read from the disk: there a file that was just deleted or changed outside is known first. */
  const unsaved = (path: string): vscode.TextDocument | undefined => {
    const document = openDocument(path);
    return document !== undefined && isUnsaved(document) ? document : undefined;
  };
  const subscription = vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
    // An event without changes says that the document became dirty or clean.
    if (contentChanges.length === 0 || document.isDirty) justChanged.delete(document.uri.toString());
    else justChanged.set(document.uri.toString(), Date.now());
  });
  return {
    read: async (path) => unsaved(path)?.getText() ?? (await under(path).read(path)),
    exists: async (path) => unsaved(path) !== undefined || (await under(path).exists(path)),
    list: (folder) => under(folder).list(folder),
    isUnsaved,
    dispose: () => subscription.dispose(),
  };
}

const editorFileSystem: Workspace = {
  read: readThroughEditor,
  exists: async (path) => (await stat(path)) !== null,
  list: async (folder) => {
    try {
      const entries = await vscode.workspace.fs.readDirectory(toUri(folder));
      return entries.map(([name, type]) => ((type & vscode.FileType.Directory) !== 0 ? `${name}/` : name)).sort(byName);
    } catch {
      return [];
    }
  },
};

/** The open document of a path, saved or not. */
export function openDocument(path: string): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((open) => !open.isClosed && isFile(open.uri) && toPath(open.uri) === path);
}

/** Not a diff's left side, an output channel or a search result. */
export function isFile(uri: vscode.Uri): boolean {
  const folder = vscode.workspace.workspaceFolders?.[0];
  return uri.scheme === 'file' || (folder !== undefined && uri.scheme === folder.uri.scheme);
}

async function readThroughEditor(path: string): Promise<string | null> {
  try {
    const bytes = await vscode.workspace.fs.readFile(toUri(path));
    // An unsaved edit of an open document keeps a byte order mark out of its text; so does this.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    return null;
  }
}

async function stat(path: string): Promise<vscode.FileStat | null> {
  try {
    return await vscode.workspace.fs.stat(toUri(path));
  } catch {
    return null;
  }
}
