import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { RevisionGraph } from '../../engine/history/graph';
import { formatMessage } from '../../engine/text/problem';
import { createDateAt } from '../../workspace/create-date';
import { emptyRevision, messageProblem } from '../../workspace/new-revision';
import { UserProblem } from '../commands/command';
import { back, input, pick, type Choice, type StepFrame } from '../commands/wizard';
import { toUri } from '../convert';
import type { Parts } from '../parts';
import { noProject, type OpenProject } from '../project';
import { renderByAlembic } from '../python';
import { writeRevisions } from './write-revision';

/** The Alembic project that gets the revision, with its history as the files stand now: asked where there are several that can. */
export async function chooseAlembicProject(parts: Parts, frame: StepFrame, wanted: string | undefined, canGet: (open: OpenProject) => boolean = () => true): Promise<OpenProject> {
  await parts.projects.ready;
  await parts.projects.reload();
  const projects = parts.projects.all();
  const named = projects.find(({ id, name }) => id === wanted || name === wanted);
  if (named !== undefined) return named;
  if (wanted !== undefined && projects.length > 0) throw new UserProblem(`${wanted} has no Alembic revisions: Supabase’s migrations are one line of files.`);
  const able = projects.filter(canGet);
  const [first, ...others] = able.length > 0 ? able : projects;
  if (first === undefined) throw new UserProblem(parts.projects.supabase().length > 0 ? 'This workspace has Supabase migrations and no Alembic project: their files are one line, and have no heads.' : (parts.projects.whyNone() ?? noProject));
  if (others.length === 0) return first;
  const choices = [first, ...others].map((open): Choice<OpenProject> => ({ label: `$(folder) ${open.name}`, description: vscode.workspace.asRelativePath(toUri(open.project.configPath)), value: open }));
  return answered(await pick(frame, 'Which project gets the revision?', choices));
}

/** A broken history is mended first: Alembic could not load what is written on it. */
export function refuseBroken({ historyProblems }: OpenProject): void {
  const broken = historyProblems.find(({ severity }) => severity === 'error');
  if (broken !== undefined) throw new UserProblem(`${formatMessage(broken.message)} Mend that first.`, broken.at ?? null);
}

/** Asks for the message of a new revision. */
export async function askRevisionMessage(frame: StepFrame, prompt: string, value: string): Promise<string> {
  const validate = (text: string): string | null => {
    const problem = messageProblem(text);
    return problem === null ? null : formatMessage(problem);
  };
  return answered(await input(frame, { prompt, value, validate })).trim();
}

export interface WantedRevision {
  readonly message: string;
  readonly parents: readonly string[];
}

/** Writes the revision by the project's template and opens it at `upgrade()`. Gives its path. */
export async function writeEmptyRevision(parts: Parts, open: OpenProject, frame: StepFrame, { message, parents }: WantedRevision): Promise<string> {
  const { project, history } = open;
  const createDate = createDateAt(new Date(), project.timezone);
  if ('reason' in createDate) throw new UserProblem(formatMessage(createDate.reason));
  const versionPath = parents.length === 0 && project.versionLocations.length > 1 ? await askVersionLocation(open, frame) : null;
  const draft = await emptyRevision(parts.workspace, project, history, { message, id: newRevisionId(history), parents, createDate, versionPath }, vscode.workspace.isTrusted ? renderByAlembic(parts, project) : null);
  for (const problem of draft.problems) parts.log.warn(formatMessage(problem.message));
  const failure = draft.problems.find(({ severity }) => severity === 'error');
  if (failure !== undefined) throw new UserProblem(formatMessage(failure.message), failure.at ?? null);
  const editor = await writeRevisions([draft]);
  revealUpgrade(editor);
  parts.log.info(`Wrote ${draft.path}`);
  const hooks = project.postWriteHooks ?? [];
  if (hooks.length > 0) parts.log.info(`Alembic would now run ${hooks.join(', ')} on it (post_write_hooks); run them yourself if you want that.`);
  await parts.projects.reload();
  return draft.path;
}

/** As Alembic makes them: the last twelve hex digits of a random UUID. */
export function newRevisionId({ nodes }: RevisionGraph): string {
  for (;;) {
    const id = randomBytes(6).toString('hex');
    if (!nodes.has(id)) return id;
  }
}

/** A first revision stands beside no other that would say where it belongs. */
export async function askVersionLocation({ project }: OpenProject, frame: StepFrame): Promise<string> {
  const choices = project.versionLocations.map((path): Choice<string> => ({ label: `$(folder) ${vscode.workspace.asRelativePath(toUri(path))}`, value: path }));
  return answered(await pick(frame, 'The project has several version locations. Where does its first revision go?', choices));
}

/** The first step has none before it. */
export function answered<T>(value: T | typeof back): T {
  if (value === back) throw new vscode.CancellationError();
  return value;
}

/** Puts the cursor where the revision begins to do something. */
export function revealUpgrade(editor: vscode.TextEditor): void {
  const offset = editor.document.getText().search(/^def upgrade\(/m);
  const start = editor.document.positionAt(Math.max(0, offset));
  editor.selection = new vscode.Selection(start, start);
  editor.revealRange(new vscode.Range(start, start), vscode.TextEditorRevealType.AtTop);
}
