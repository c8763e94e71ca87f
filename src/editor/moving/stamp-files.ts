import * as vscode from 'vscode';
import { displayTarget } from '../../database/connection-target';
import { supabaseStanding, type SupabaseMigrationFile } from '../../engine/history/supabase';
import type { SupabaseProject } from '../../engine/project/supabase';
import { formatMessage } from '../../engine/text/problem';
import { at } from '../../runner/outcome-words';
import { repairFiles, repairPlan } from '../../runner/repair-files';
import { loadSupabaseHistory } from '../../workspace/load-supabase';
import { filesToStamp, stampText } from '../../workspace/stamp-files';
import { UserProblem } from '../commands/command';
import { back, pick, pickMany, type Choice } from '../commands/wizard';
import type { Connection } from '../connection-setting';
import type { Reach } from '../connection-source';
import { toUri } from '../convert';
import type { Parts } from '../parts';
import { agree } from './agree';
import { askFiles } from './ask-files';
import { requireSaved } from './saved';
import { timeoutsOf } from './timeouts';
import { runWhole } from './whole-run';

export interface StampByFiles {
  readonly connection: Connection;
  readonly reached: Extract<Reach, { kind: 'target' }>;
  readonly project: SupabaseProject;
  /** The version that was clicked, which may be one that no file has; null: all are shown, to be ticked. */
  readonly clicked: string | null;
}

/** *Stamp Database…* of a project of SQL migrations: what `supabase migration repair` does to the versions that are noted down. */
export async function stampByFiles(parts: Parts, { connection, reached, project, clicked }: StampByFiles): Promise<void> {
  const { target, password } = reached;
  const timeouts = timeoutsOf(toUri(project.configPath ?? project.migrationsFolder));
  await requireSaved([project.migrationsFolder]);
  const { heads, server } = await askFiles(connection, reached);
  const { value: migrations } = await loadSupabaseHistory(parts.workspace, project);
  const frame = { title: `Stamp Database: ${connection.name}` };
  const change = clicked === null ? await tick(frame, migrations, heads) : await ofOne(frame, migrations, heads, clicked);
  const repair = await filesToStamp({ workspace: parts.workspace, project, heads, ...change });
  if ('reason' in repair) throw new UserProblem(formatMessage(repair.reason));
  if (repair.applied.length === 0 && repair.reverted.length === 0) {
    void vscode.window.showInformationMessage(`There is nothing to do: ${connection.name} has these versions noted down.`);
    return;
  }
  const plan = repairPlan(repair, heads);
  const standing = `It stands at ${at(heads.slice(-1))}, and at ${at(plan.steps[0]?.heads.slice(-1) ?? [])} afterwards. No migration runs.`;
  const text = stampText(repair, heads, [`stamp of ${connection.name}: ${displayTarget(target)}, ${connection.environment}`, `PostgreSQL ${server.version}. ${standing}`]);
  const revisions = [...repair.applied.map(({ version, name }) => `${version} ${name.replaceAll('_', ' ')}: noted down as applied`), ...repair.reverted.map((version) => `${version}: taken back`)];
  const shown = await agree(parts, { connection, verb: 'stamp', target: displayTarget(target), databaseName: server.database, standing, revisions, text });
  await runWhole(parts, { connection, target, form: 'supabase', plan, before: null, shown, start: (signal) => repairFiles({ target, password, repair, heads, timeouts, signal }) });
}

interface Change {
  readonly applied: readonly string[];
  readonly reverted: readonly string[];
}

/** All versions, newest first, of which those are ticked that are noted down. */
async function tick(frame: { readonly title: string }, migrations: readonly SupabaseMigrationFile[], heads: readonly string[]): Promise<Change> {
  const { unknown } = supabaseStanding(migrations, heads);
  const choices = [
    ...[...migrations].reverse().map(({ version, name }) => ({ label: name.replaceAll('_', ' ') || version, description: version, value: version, picked: heads.includes(version) })),
    ...unknown.map((version) => ({ label: version, description: 'no file has it', value: version, picked: true })),
  ];
  if (choices.length === 0) throw new UserProblem('There is no SQL migration yet.');
  const ticked = await pickMany(frame, 'Tick what is applied: only that is noted down, nothing runs', choices);
  return { applied: ticked.filter((version) => !heads.includes(version)), reverted: heads.filter((version) => !ticked.includes(version)) };
}

/** What can be said of the clicked version. One that no file has can only be taken back. */
async function ofOne(frame: { readonly title: string }, migrations: readonly SupabaseMigrationFile[], heads: readonly string[], version: string): Promise<Change> {
  const { pending, applied } = supabaseStanding(migrations, heads);
  const migration = migrations.find((one) => one.version === version);
  if (migration === undefined) return { applied: [], reverted: [version] };
  const name = migration.name.replaceAll('_', ' ') || version;
  const choices: Choice<Change>[] = [];
  if (heads.includes(version)) {
    const later = applied.filter((one) => one.version >= version).map((one) => one.version);
    choices.push({ label: `$(discard) Take ${version} back`, description: name, detail: 'It is pending again. What it did to the database stays.', value: { applied: [], reverted: [version] } });
    if (later.length > 1) choices.push({ label: `$(discard) Take back ${version} and ${later.length - 1 === 1 ? 'the one' : `the ${later.length - 1}`} behind it`, description: later.slice(1).join(', '), value: { applied: [], reverted: later } });
    choices.push({ label: `$(sync) Note ${version} down anew`, description: name, detail: 'With the statements that its file has now.', value: { applied: [version], reverted: [] } });
  } else {
    const earlier = pending.filter((one) => one.version <= version).map((one) => one.version);
    choices.push({ label: `$(check) Note ${version} down as applied`, description: name, detail: 'It does not run: what it does must be there already.', value: { applied: [version], reverted: [] } });
    if (earlier.length > 1) choices.push({ label: `$(check-all) Note down ${version} and ${earlier.length - 1 === 1 ? 'the one' : `the ${earlier.length - 1}`} before it`, description: earlier.slice(0, -1).join(', '), value: { applied: earlier, reverted: [] } });
  }
  const picked = await pick(frame, 'Only what is noted down changes: nothing runs', choices);
  if (picked === back) throw new vscode.CancellationError();
  return picked;
}
