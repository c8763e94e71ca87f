import { statSync } from 'node:fs';
import type * as vscode from 'vscode';
import type { KeptFolder } from '../workspace/kept-file';
import { toPath } from './convert';

/** Where what was read of this workspace is kept between sessions; null: there is no workspace, or no disk to keep it on. */
export function keptFolder(context: vscode.ExtensionContext): KeptFolder | null {
  const { storageUri, extension } = context;
  if (storageUri?.scheme !== 'file') return null;
  const { main, version } = extension.packageJSON as { readonly main: string; readonly version: string };
  // Whoever works on the extension changes what it reads without a new version.
  const program = statSync(context.asAbsolutePath(main), { throwIfNoEntry: false });
  return { path: `${toPath(storageUri)}/readings`, version: `${version} ${program?.size} ${program?.mtimeMs}` };
}
