import * as vscode from 'vscode';
import { alembicCommand, supabaseCommand, type AlembicCommand } from '../../engine/checklist/alembic-command';
import type { RevisionFile } from '../../engine/history/revision';
import { migrationHomes, type MigrationHome } from '../checklist/migrations';
import { toPath } from '../convert';
import type { Parts } from '../parts';
import { UserProblem } from './command';
import { back, pick, type Choice } from './wizard';

const frame = { title: 'Copy as Alembic Command' };

/** Of a revision that was clicked, the command names it. */
const targeted: Readonly<Partial<Record<AlembicCommand, string>>> = { upgrade: 'to this revision: it and what it stands on', downgrade: 'to this revision: what stands on it goes', roundTrip: 'to this revision, down by one and up again', stamp: 'writes down that a database stands here, and runs nothing' };

const choices: readonly Choice<AlembicCommand>[] = [
  { label: '$(arrow-up) Upgrade', detail: 'to the head: what is pending runs, the oldest first', value: 'upgrade' },
  { label: '$(arrow-down) Downgrade', detail: 'by one revision', value: 'downgrade' },
  { label: '$(sync) Up, down and up again', detail: 'tests both ways of the last revision, on a development database', value: 'roundTrip' },
  { label: '$(tag) Stamp', detail: 'writes down that a database has the head, and runs nothing', value: 'stamp' },
  { label: '$(checklist) Check', detail: 'whether Alembic finds a difference between models and database', value: 'check' },
];

/** *Copy as Alembic Command…*: the command line that does it in a terminal, run from the workspace's folder. `revision`: where to. Gives the line. */
export async function copyAlembicCommand(parts: Parts, { command: wanted, revision }: { readonly command?: string; readonly revision?: RevisionFile | null }): Promise<string> {
  await parts.projects.ready;
  const shown = parts.checklists.current()?.home.id;
  const homes = migrationHomes(parts.projects);
  const home = homes.find(({ revisions }) => revision != null && revisions.some(({ path }) => path === revision.path)) ?? homes.find(({ id }) => id === shown) ?? homes[0];
  if (home === undefined) throw new UserProblem('No project with migrations is open.');
  const command = choices.find(({ value }) => value === wanted)?.value ?? (await chooseCommand(home, revision?.id));
  const line = lineOf(home, command, revision?.id);
  await vscode.env.clipboard.writeText(line);
  if (command !== 'check') parts.checklists.watchClosely();
  vscode.window.setStatusBarMessage(`$(check) On the clipboard: ${line}`, 8000);
  return line;
}

async function chooseCommand(home: MigrationHome, target: string | undefined): Promise<AlembicCommand> {
  const all = home.alembic === null ? choices.filter(({ value }) => value === 'upgrade') : choices;
  const offered = target === undefined ? all : all.flatMap((choice) => (targeted[choice.value] === undefined ? [] : [{ ...choice, detail: targeted[choice.value]! }]));
  const picked = await pick(frame, 'What shall the command do?', offered.map((choice) => ({ ...choice, description: lineOf(home, choice.value, target) })));
  if (picked === back) throw new vscode.CancellationError();
  return picked;
}

function lineOf({ alembic, root }: MigrationHome, command: AlembicCommand, target: string | undefined): string {
  const from = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(root))?.uri;
  const folder = from === undefined ? root : toPath(from);
  if (alembic === null) return supabaseCommand(command === 'roundTrip' ? 'roundTrip' : 'upgrade', root, folder);
  return alembicCommand(command, { project: alembic.project, from: folder, heads: alembic.history.effectiveHeads.length, ...(target !== undefined && { target }) });
}
