import * as vscode from 'vscode';
import { byName, disk } from '../workspace/disk';
import type { Workspace } from '../workspace/workspace';
import { toPath, toUri } from './convert';

/**
 * The workspace's files as the editor has them: text that is open and not saved yet wins over the disk.
 * Files that are neither open nor there read as null.
 */
export function createEditorWorkspace(): Workspace {
  return {
    read: async (path) => unsavedDocument(path)?.getText() ?? (await under(path).read(path)),
    exists: async (path) => unsavedDocument(path) !== undefined || (await under(path).exists(path)),
    list: (folder) => under(folder).list(folder),
  };
}

/** This machine's disk is read directly, without a way through the editor's main process for each of a thousand files. */
function under(path: string): Workspace {
  return toUri(path).scheme === 'file' ? disk : editorFileSystem;
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

/** Saved documents are read from the disk: there a file that was just deleted or changed outside is known first. */
function unsavedDocument(path: string): vscode.TextDocument | undefined {
  const document = openDocument(path);
  return document?.isDirty === true ? document : undefined;
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
