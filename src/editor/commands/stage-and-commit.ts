import { mkdir, writeFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { commitMessage } from '../../engine/checklist/commit-message';
import { changeOf } from '../../engine/checklist/ready';
import { formatMessage } from '../../engine/text/problem';
import { commitObstacle, lastCommit, relative, stageAndCommit as commit, stagedBesides, type GitWork } from '../../workspace/git-work';
import { readGit } from '../../workspace/git-work';
import { toPath, toUri } from '../convert';
import { openDocument } from '../files';
import type { Parts } from '../parts';
import { UserProblem, withProgress } from './command';
import { gitToWorkOn } from './create-migration-branch';
import { pickMany, type Choice } from './wizard';

/** As the tab is called, and as menus know it. */
export const messageFile = 'MIGRATION_COMMIT';

/**
 * *Stage and Commit Migration…*: the revision and the model files that caused it, ticked beforehand; then the message, in an editor of its own.
 * Nothing is staged before the message is accepted (`acceptCommit`).
 */
export async function stageAndCommit(parts: Parts): Promise<void> {
  const shown = await withProgress('Looking at the migration', () => parts.checklists.refresh());
  const git = gitToWorkOn(shown, 'A commit');
  const { draft } = shown?.facts ?? {};
  if (shown === null || draft == null) throw new UserProblem('There is no migration to commit. Generate one first (Alembic: Generate Migration from Models…).');
  const candidates = [draft.path, ...draft.earlier, ...draft.causes].filter((path) => changeOf(git.changes, path) !== undefined || isUnsaved(path));
  const obstacle = commitObstacle(git, candidates);
  if (obstacle !== null) throw new UserProblem(formatMessage(obstacle));
  const others = stagedBesides(git, candidates).others;
  const staying = others.length === 0 ? '' : ` Also staged, and left so: ${others.slice(0, 3).map((path) => relative(git, path)).join(', ')}${others.length > 3 ? ` and ${others.length - 3} more` : ''}.`;
  const choices = candidates.map((path): Choice<string> & { picked: boolean } => ({ label: `$(${draft.causes.includes(path) ? 'file-code' : 'git-commit'}) ${relative(git, path)}`, description: wordsFor(git, path), detail: path === draft.path ? 'the migration' : draft.earlier.includes(path) ? 'the migration stands on it' : 'declares what it changes', value: path, picked: true }));
  const paths = await pickMany({ title: `Stage and Commit Migration on ${git.branch ?? 'the Detached HEAD'}` }, `These files and no others.${staying}`, choices);
  if (paths.length === 0) throw new UserProblem('No file was chosen, so nothing is committed.');
  const text = commitMessage({ message: draft.name, id: draft.id, parents: draft.parents, upgrade: draft.review?.upgrade ?? [] });
  const file = await writeMessage(parts, `${text}${remarks(git, paths, others)}`);
  parts.waitingCommits.set(file, { message: file, root: shown.home.root, paths });
  // As plain text: over messages of git's own the git extension floats a Commit button, which would only close this one.
  const document = await vscode.workspace.openTextDocument(toUri(file));
  const editor = await vscode.window.showTextDocument(document, { preview: false });
  editor.selection = new vscode.Selection(0, 0, 0, document.lineAt(0).text.length);
}

/** The check mark above the message: stages, commits, and closes the message. A hook that refuses leaves it open, with what it said in the log. */
export async function acceptCommit(parts: Parts): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  const waiting = document === undefined ? undefined : parts.waitingCommits.get(toPath(document.uri));
  if (document === undefined || waiting === undefined) throw new UserProblem('This message belongs to no commit any more. Run Stage and Commit Migration again.');
  await document.save();
  for (const path of waiting.paths) await openDocument(path)?.save();
  const git = await readGit(waiting.root);
  if (git === null) throw new UserProblem('The repository is gone.');
  const done = await withProgress('Committing the migration', (signal) => commit({ git, paths: waiting.paths, text: document.getText(), signal }));
  if (!done.done) {
    if (done.output !== '') parts.log.warn(`git commit:\n${done.output}`);
    throw new UserProblem(`${formatMessage(done.reason)}${done.output.trim().includes('\n') ? ' The log has all that was printed.' : ''} The message stays open.`);
  }
  parts.log.info(`git commit:\n${done.output}`);
  parts.waitingCommits.delete(waiting.message);
  await closeTabs(document.uri);
  void vscode.window.setStatusBarMessage(`$(check) ${await lastCommit(git)}`, 8000);
  void parts.checklists.refresh();
}

function isUnsaved(path: string): boolean {
  return openDocument(path)?.isDirty === true;
}

function wordsFor(git: GitWork, path: string): string {
  const change = changeOf(git.changes, path);
  const state = change === undefined ? '' : change.staged !== null && change.unstaged !== null ? 'staged in part: only that is committed' : change.staged !== null ? 'staged' : change.unstaged === 'untracked' ? 'new' : (change.unstaged ?? '');
  return [state, isUnsaved(path) ? 'unsaved: it is saved first' : ''].filter((word) => word !== '').join(', ');
}

/** Lines with `#` are no part of a message. */
function remarks(git: GitWork, paths: readonly string[], others: readonly string[]): string {
  return [
    '',
    '# The message of the commit; lines that begin with # are left out.',
    '# The check mark above commits, closing this file does not.',
    '#',
    `# On ${git.branch ?? 'a detached HEAD'}, in this commit:`,
    ...paths.map((path) => `#   ${relative(git, path)}`),
    ...(others.length === 0 ? [] : ['#', '# Staged, and left so:', ...others.map((path) => `#   ${relative(git, path)}`)]),
    '',
  ].join('\n');
}

async function writeMessage({ storage }: Parts, text: string): Promise<string> {
  if (storage === null) throw new UserProblem('There is no place on this machine to keep the message in until it is accepted.');
  const folder = `${storage}/commit`;
  await mkdir(folder, { recursive: true });
  const file = `${folder}/${messageFile}`;
  // An earlier one that was never accepted is in nobody's way.
  await closeTabs(toUri(file));
  await writeFile(file, text);
  return file;
}

async function closeTabs(uri: vscode.Uri): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs).filter(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri.toString());
  for (const { isDirty } of tabs) if (isDirty) await openDocument(toPath(uri))?.save();
  await vscode.window.tabGroups.close(tabs);
}
