import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { resolvePath } from '../engine/project/paths';
import type { Project } from '../engine/project/project';
import { formatMessage } from '../engine/text/problem';
import { LineIndex, type Place } from '../engine/text/text';
import { RunnerFailure } from '../runner/failure';
import { findPython, type PythonFound } from '../runner/find-python';
import { renderTemplateByAlembic } from '../runner/render-template';
import type { RenderByAlembic } from '../workspace/render-draft';
import { withProgress, UserProblem } from './commands/command';
import { toPath, toUri } from './convert';
import type { Log } from './careful-log';
import { chosenInterpreter } from './python-extension';
import { readSettings } from './settings';

/** The Python that the project's Alembic runs in: the setting's, else the Python extension's choice, else what is found. Trusted workspaces alone. */
export async function pythonOf(project: Project, log: Log, signal?: AbortSignal): Promise<PythonFound> {
  const scope = toUri(project.configPath);
  const written = readSettings(scope).pythonPath;
  const named = written === '' ? null : { path: namedPath(written, scope), source: 'setting alembicReview.pythonPath' };
  const chosen = named === null ? await chosenInterpreter(vscode.extensions.getExtension('ms-python.python'), scope, (reason) => log.debug(reason)) : null;
  const found = await findPython({ project, named, chosen, env: process.env, signal });
  if (found.kind === 'found') {
    const { path, version, alembic, sqlalchemy, source } = found.python;
    log.info(`Python ${version} with Alembic ${alembic} and SQLAlchemy ${sqlalchemy}: ${path} (${source})`);
  }
  return found;
}

/** Why no Python was found, with the setting that names one. */
export function pythonProblem({ reason }: Extract<PythonFound, { readonly kind: 'none' }>): UserProblem {
  return new UserProblem(formatMessage(reason), null, { title: 'Open the Setting', command: 'workbench.action.openSettings', arguments: ['@id:alembicReview.pythonPath'] });
}

/** Templates that take Mako itself are rendered by the project's Alembic. */
export function renderByAlembic({ log }: { readonly log: Log }, project: Project): RenderByAlembic {
  return (revision, path) =>
    withProgress('Rendering the project’s template with Alembic', async (signal) => {
      const found = await pythonOf(project, log, signal);
      if (found.kind === 'none') return { reason: found.reason };
      try {
        return { text: await renderTemplateByAlembic({ project, python: found.python.path, revision, path, signal, log: (line) => log.debug(line) }) };
      } catch (error) {
        if (!(error instanceof RunnerFailure)) throw error;
        log.warn(error.details);
        return { reason: error.reason };
      }
    });
}

/** What the project's Alembic failed with, for the person; the traceback goes to the log. Other errors go on as they are. */
export async function toUserProblem(error: unknown, log: Log): Promise<unknown> {
  if (!(error instanceof RunnerFailure)) return error;
  if (error.details !== '') log.error(error.details);
  return new UserProblem(error.message, error.at === null ? null : await lineOf(error.at));
}

async function lineOf({ path, line }: { readonly path: string; readonly line: number }): Promise<Place | null> {
  try {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.file(path));
    const start = new LineIndex(document.getText()).lineStart(line - 1);
    return { path: toPath(document.uri), range: { start, end: start } };
  } catch {
    return null;
  }
}

/** `${workspaceFolder}/.venv/bin/python`, `~/…`, `.venv/bin/python`; a bare name is looked for on the PATH. */
function namedPath(written: string, scope: vscode.Uri): string {
  const folder = vscode.workspace.getWorkspaceFolder(scope) ?? vscode.workspace.workspaceFolders?.[0];
  const root = folder === undefined ? '/' : toPath(folder.uri);
  const path = written.replaceAll('${workspaceFolder}', root).replace(/^~(?=[/\\]|$)/, homedir());
  return /[/\\]/.test(path) ? resolvePath(root, path) : path;
}
