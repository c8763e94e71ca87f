import * as vscode from 'vscode';
import { readSupabaseVersions } from '../../database/versions';
import { readRevisionFile } from '../../engine/history/read-revision-file';
import { baseName, resolvePath } from '../../engine/project/paths';
import type { GitRevision } from '../../workspace/git-place';
import { freePath, planRestore, type RestorePlan } from '../../workspace/restore-revision';
import { toUri } from '../convert';
import { projectOf } from '../databases';
import { createFiles } from '../generation/write-revision';
import type { Parts } from '../parts';
import { unknownIn, type UnknownIn } from '../unknown-revisions';
import type { DatabaseState } from '../views/database-nodes';
import type { Node } from '../views/tree-node';
import { UserProblem, withProgress } from './command';
import { openRevision } from './open-revision';
import { readDatabase } from './read-database';

/** *Restore Revision*: writes the file of a revision that a database has and no file here, as git has it or Supabase's CLI stored it, and opens it. */
export async function restoreRevision(parts: Parts, connectionId: string | undefined, wanted: Node['unknown']): Promise<void> {
  const state = parts.databases.states().find(({ connection }) => connection.id === connectionId);
  if (state === undefined || wanted === null) throw new UserProblem('Choose an unknown revision in the Databases view: Restore stands on its line.');
  const { id, form } = wanted;
  const home = unknownIn(parts.projects, state).find((one) => one.form === form && one.ids.includes(id));
  if (home === undefined) throw new UserProblem(`${id} is in the files by now.`);
  const known = parts.unknownRevisions.of(state).get(id);
  if (known === undefined || known.kind === 'searching') throw new UserProblem(`${id} is still being looked for in git. Try again in a moment.`);
  if (known.kind === 'nowhere' || known.kind === 'noRepository') throw new UserProblem(`${id} is not in git here. Fetch the branches of others (git fetch --all) and refresh, or ask who applied it for the file.`);
  const plan = known.kind === 'found' ? await planFromGit(parts, home, state, known.revision) : await planFromDatabase(parts, home, state, id);
  await confirm(plan, id);
  await createFiles(plan.files, 'Restore Revision');
  await parts.projects.reload();
  const [first] = plan.files;
  if (first !== undefined) await open(parts, first.path, first.text);
  const others = plan.files.length - 1;
  vscode.window.setStatusBarMessage(`$(check) ${first === undefined ? id : baseName(first.path)} was restored${others === 0 ? '' : `, with ${others} that it stands on`}`, 6000);
}

function planFromGit(parts: Parts, { root, folders, form }: UnknownIn, { connection }: DatabaseState, found: GitRevision): Promise<RestorePlan> {
  const graph = projectOf(parts.projects, connection)?.history;
  const isKnown = (id: string): boolean => graph !== undefined && (graph.nodes.has(id) || graph.labels.has(id));
  return withProgress(`Looking for what ${found.id} stands on`, (signal) => planRestore({ workspace: parts.workspace, root, folders, form, found, isKnown, signal }));
}

/** As `supabase migration fetch` writes it (Supabase CLI, `internal/migration/fetch`). */
async function planFromDatabase(parts: Parts, { folders: [folder] }: UnknownIn, { connection }: DatabaseState, version: string): Promise<RestorePlan> {
  const { applied } = await withProgress(`Reading what ${connection.name} ran`, (signal) => readDatabase(parts, connection, signal, (database) => readSupabaseVersions(database, { statements: true })));
  const row = applied.find((one) => one.version === version);
  if (folder === undefined || row === undefined || row.statements === null) throw new UserProblem(`${connection.name} does not say any more what ${version} was.`);
  const name = (row.name ?? 'restored').replaceAll(/[^\w.-]+/g, '_');
  const path = await freePath({ workspace: parts.workspace, folders: [folder] }, resolvePath(folder, `${version}_${name}.sql`));
  return { files: [{ id: version, path, text: row.statements.map((statement) => `${statement};\n`).join('') }], lost: [] };
}

/** One file is what was asked for; more than that, or a history that stays broken, is said first. */
async function confirm({ files, lost }: RestorePlan, id: string): Promise<void> {
  if (files.length <= 1 && lost.length === 0) return;
  const others = files.slice(1);
  const detail = [
    ...(others.length === 0 ? [] : [`${id} stands on ${others.length === 1 ? 'a revision' : `${others.length} revisions`} that no file here has either: ${others.map((file) => file.id).join(', ')}.`]),
    ...(lost.length === 0 ? [] : [`${lost.join(', ')}, on which it stands, is not in git: Alembic can’t load the history until that is back, too.`]),
    ...files.map(({ path }) => baseName(path)),
  ].join('\n');
  const restore = files.length === 1 ? 'Restore' : `Restore ${files.length} Files`;
  const picked = await vscode.window.showInformationMessage(`Restore ${id}?`, { modal: true, detail }, restore);
  if (picked !== restore) throw new vscode.CancellationError();
}

async function open(parts: Parts, path: string, text: string): Promise<void> {
  const revision = path.endsWith('.py') ? readRevisionFile(path, text).value : null;
  if (revision !== null) await openRevision(parts, revision);
  else await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(toUri(path)));
}
