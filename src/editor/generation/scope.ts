import * as vscode from 'vscode';
import { pick, back, type Choice } from '../commands/wizard';
import { UserProblem } from '../commands/command';
import { toPath } from '../convert';
import type { EditorWorkspace } from '../files';
import type { ModelFiles } from '../model-files';

/** Which model files a migration is about; `files: null` means all models of the project. */
export interface Scope {
  readonly files: readonly string[] | null;
}

export type ScopeName = 'open' | 'file' | 'all';

/**
 * Asks for the scope: open model files, this file, all models. A scope that has no files is not offered; several files
 * chosen in the explorer are the scope without a question.
 */
export async function chooseScope({ modelFiles, workspace }: { readonly modelFiles: ModelFiles; readonly workspace: EditorWorkspace }, chosen: readonly vscode.Uri[], named: ScopeName | undefined): Promise<Scope> {
  const models = await modelFiles.all();
  const picked = chosen.map(toPath);
  if (picked.length > 1) return { files: picked };
  const active = picked[0] ?? activeModelFile(models);
  const open = openFiles().filter((path) => models.includes(path));
  const unsaved = open.filter((path) => vscode.workspace.textDocuments.some((document) => workspace.isUnsaved(document) && toPath(document.uri) === path)).length;

  const scopes: Record<ScopeName, Scope | null> = {
    open: open.length > 0 ? { files: open } : null,
    file: active === null ? null : { files: [active] },
    all: { files: null },
  };
  if (named !== undefined) {
    const scope = scopes[named];
    if (scope === null) throw new UserProblem(named === 'open' ? 'No model file is open in an editor.' : 'The active editor shows no model file.');
    return scope;
  }
  // With nothing to choose from, what is missing is said at once.
  if (models.length === 0) return { files: null };
  const choices: Choice<ScopeName>[] = [];
  if (open.length > 0) {
    const note = unsaved === 0 ? '' : `, ${unsaved} of them unsaved (the text in the editor counts)`;
    choices.push({ label: '$(files) Open model files', description: `${counted(open.length)}${note}`, detail: names(open), value: 'open' });
  }
  if (active !== null) choices.push({ label: '$(file) This file', detail: names([active]), value: 'file' });
  choices.push({
    label: '$(library) All models of the workspace',
    description: counted(models.length),
    detail: 'also asks about tables that no model declares',
    value: 'all',
  });
  const preferred: ScopeName = picked.length === 1 ? 'file' : 'open';
  const choice = await pick({ title: 'Generate Migration from Models' }, 'Which models? Tables of other models are left alone.', choices, ({ value }) => value === preferred);
  if (choice === back) throw new vscode.CancellationError();
  return scopes[choice] ?? { files: null };
}

function activeModelFile(models: readonly string[]): string | null {
  const document = vscode.window.activeTextEditor?.document;
  const path = document === undefined ? null : toPath(document.uri);
  return path !== null && models.includes(path) ? path : null;
}

/** Files in editor tabs: a document may be loaded without a tab, and a tab may not be loaded yet. */
function openFiles(): readonly string[] {
  const inputs = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ input }) => input));
  return [...new Set(inputs.flatMap((input) => (input instanceof vscode.TabInputText ? [toPath(input.uri)] : [])))].sort();
}

function counted(files: number): string {
  return `${files} ${files === 1 ? 'file' : 'files'}`;
}

function names(paths: readonly string[]): string {
  const shown = paths.slice(0, 6).map((path) => vscode.workspace.asRelativePath(path));
  return paths.length > shown.length ? `${shown.join(', ')}, and ${paths.length - shown.length} more` : shown.join(', ');
}
