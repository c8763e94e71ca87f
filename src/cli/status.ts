import { displayTarget } from '../database/connection-target';
import { parseConnectionUrl } from '../database/connection-url';
import { readApplied, readSupabaseBeside, readVersions, type AppliedVersions } from '../database/versions';
import { pending } from '../engine/history/order';
import type { RevisionGraph } from '../engine/history/graph';
import { supabaseStanding, type SupabaseMigrationFile } from '../engine/history/supabase';
import type { Project } from '../engine/project/project';
import { isProject } from '../engine/project/read-project';
import type { MigrationForm, SupabaseProject } from '../engine/project/supabase';
import { resolvePath } from '../engine/project/paths';
import { formatMessage, type Problem } from '../engine/text/problem';
import { disk, toWorkspacePath } from '../workspace/disk';
import { findProject } from '../workspace/find-project';
import { findSupabase } from '../workspace/find-supabase';
import { placeWords, type GitRevision } from '../workspace/git-place';
import { findInGit } from '../workspace/git-revisions';
import { loadHistory } from '../workspace/load-history';
import { loadSupabaseHistory } from '../workspace/load-supabase';
import type { StatusCommand } from './command';
import { versionTableOf, withDatabase } from './database';
import { CommandFailure, exitCodes, unavailable, usage } from './failure';
import type { Io } from './io';
import { printJson, printProblems, hasErrors } from './output';

/** `status`: which versions each database has, and what is missing, as the editor's Databases view tells it. */
export async function status(command: StatusCommand, io: Io): Promise<number> {
  const home = await homeOf(command, io);
  const urls = command.databases.length > 0 ? command.databases : [io.env['DATABASE_URL'] ?? ''].filter((url) => url !== '');
  if (urls.length === 0) throw usage('Name the databases: --database URL, or set DATABASE_URL.', 'status');
  // Each by itself: one that is silent holds up nobody.
  const found = await Promise.all(urls.map((url) => statusOf(io, home, url)));
  const places = new Map<MigrationForm, ReadonlyMap<string, GitRevision>>();
  for (const form of ['alembic', 'supabase'] as const) places.set(form, await inGit(home, form, found.flatMap(({ histories }) => histories.flatMap((history) => (history.form === form ? history.unknown : [])))));
  if (command.json) await printJson(io, disk, { databases: found.map((one) => statusJson(one, places)), problems: home.problems });
  else {
    io.out(found.map((one) => statusText(one, places)).join('\n'));
    await printProblems(io, disk, home.problems);
  }
  if (found.some(({ failure }) => failure !== null)) return exitCodes.unavailable;
  return found.some(({ histories }) => histories.some(({ unknown, problem }) => unknown.length > 0 || problem !== null)) || hasErrors(home.problems) ? exitCodes.errors : exitCodes.ok;
}

/** The histories that databases are held against. */
interface Home {
  readonly root: string;
  readonly alembic: { readonly project: Project; readonly graph: RevisionGraph } | null;
  readonly supabase: { readonly folder: string; readonly migrations: readonly SupabaseMigrationFile[] };
  readonly problems: readonly Problem[];
}

async function homeOf(command: StatusCommand, io: Io): Promise<Home> {
  const folder = toWorkspacePath(io.cwd);
  const project = await findProject(disk, folder, { configPath: command.config, section: command.name });
  const isNamed = command.config !== null || command.name !== null;
  const supabase = isProject(project) ? project.supabase : isNamed ? null : await findSupabase(disk, folder);
  if (!isProject(project) && (supabase === null || supabase === undefined)) throw unavailable(project.reason);
  const history = isProject(project) ? await loadHistory(disk, project) : null;
  const migrations = await migrationsOf(supabase ?? null);
  return {
    root: isProject(project) ? project.root : (supabase?.root ?? folder),
    alembic: isProject(project) && history !== null ? { project, graph: history.value } : null,
    supabase: { folder: supabase?.migrationsFolder ?? resolvePath(folder, 'supabase/migrations'), migrations },
    problems: [...(isProject(project) ? (project.problems ?? []) : []), ...(history?.problems ?? [])],
  };
}

async function migrationsOf(project: SupabaseProject | null): Promise<readonly SupabaseMigrationFile[]> {
  return project === null ? [] : (await loadSupabaseHistory(disk, project)).value;
}

interface DatabaseStatus {
  /** Never with a password. */
  readonly name: string;
  readonly histories: readonly HistoryStatus[];
  /** Why it could not be reached. */
  readonly failure: string | null;
}

interface HistoryStatus {
  readonly form: MigrationForm;
  readonly current: readonly string[];
  readonly pending: readonly { readonly id: string; readonly message: string }[];
  readonly applied: readonly string[];
  readonly unknown: readonly string[];
  readonly overlapping: readonly string[];
  readonly problem: string | null;
}

async function statusOf(io: Io, { alembic, supabase }: Home, url: string): Promise<DatabaseStatus> {
  try {
    return await withDatabase(io, { database: url, offline: false }, async (database): Promise<DatabaseStatus> => {
      if (database === null) throw usage('Name the database.', 'status');
      const histories = await database.use(async (open): Promise<readonly HistoryStatus[]> => {
        if (alembic === null) return [supabaseStatus(supabase.migrations, await readApplied(open, 'supabase'))];
        const own = alembicStatus(alembic.graph, await readVersions(open, versionTableOf(alembic.project)));
        const beside = await readSupabaseBeside(open);
        return beside === null ? [own] : [own, supabaseStatus(supabase.migrations, beside)];
      });
      return { name: database.name, histories, failure: null };
    });
  } catch (error) {
    if (!(error instanceof CommandFailure) || error.code !== exitCodes.unavailable) throw error;
    const parsed = parseConnectionUrl(url);
    return { name: parsed.kind === 'target' ? displayTarget(parsed.target) : 'a URL that cannot be read', histories: [], failure: error.message };
  }
}

function alembicStatus(graph: RevisionGraph, { applied, problems }: AppliedVersions): HistoryStatus {
  const standing = pending(graph, applied);
  const isLost = problems.length > 0 || (standing.unknown.length > 0 && standing.applied.length === 0);
  return {
    form: 'alembic',
    current: applied,
    pending: isLost ? [] : standing.pending.map(({ id, message }) => ({ id, message })),
    applied: standing.applied.map(({ id }) => id),
    unknown: standing.unknown,
    overlapping: standing.overlapping,
    problem: problems[0] === undefined ? null : formatMessage(problems[0].message),
  };
}

function supabaseStatus(migrations: readonly SupabaseMigrationFile[], { applied, problems }: AppliedVersions): HistoryStatus {
  const standing = supabaseStanding(migrations, applied);
  const isLost = problems.length > 0 || (standing.unknown.length > 0 && standing.applied.length === 0);
  return {
    form: 'supabase',
    current: applied.slice(-1),
    pending: isLost ? [] : standing.pending.map(({ version, name }) => ({ id: version, message: name.replaceAll('_', ' ') })),
    applied: standing.applied.map(({ version }) => version).reverse(),
    unknown: standing.unknown,
    overlapping: [],
    problem: problems[0] === undefined ? null : formatMessage(problems[0].message),
  };
}

async function inGit({ root, alembic, supabase }: Home, form: MigrationForm, ids: readonly string[]): Promise<ReadonlyMap<string, GitRevision>> {
  const folders = form === 'alembic' ? (alembic?.project.versionLocations ?? []) : [supabase.folder];
  const found = ids.length === 0 ? null : await findInGit({ root, folders, form, ids: [...new Set(ids)] });
  return found?.kind === 'searched' ? found.revisions : new Map();
}

type Places = ReadonlyMap<MigrationForm, ReadonlyMap<string, GitRevision>>;

function statusJson({ name, histories, failure }: DatabaseStatus, places: Places): unknown {
  return {
    name,
    failure,
    histories: histories.map((history) => ({
      ...history,
      state: stateOf(history),
      unknown: history.unknown.map((id) => {
        const found = places.get(history.form)?.get(id);
        return { id, git: found === undefined ? null : { ...found.place, commit: found.commit, path: found.path } };
      }),
    })),
  };
}

function stateOf({ problem, unknown, pending: waiting }: HistoryStatus): 'unreadable' | 'unknown-revision' | 'behind' | 'up-to-date' {
  if (problem !== null) return 'unreadable';
  if (unknown.length > 0) return 'unknown-revision';
  return waiting.length > 0 ? 'behind' : 'up-to-date';
}

function statusText({ name, histories, failure }: DatabaseStatus, places: Places): string {
  if (failure !== null) return `${name}: unreachable\n  ${failure}\n`;
  return histories.map((history) => {
    const { form, current, pending: waiting, unknown, overlapping, problem } = history;
    const title = `${name}${histories.length > 1 ? `, ${form === 'alembic' ? 'Alembic' : 'Supabase'}` : ''}: ${stateWords(history)}\n`;
    return [
      title,
      ...(problem === null ? [] : [`  ${problem}\n`]),
      ...unknown.map((id) => {
        const found = places.get(form)?.get(id);
        return `  unknown  ${id}  ${found === undefined ? 'no file here has it, and git neither' : placeWords(found, Date.now() / 1000)}\n`;
      }),
      ...waiting.map(({ id, message }, index) => `  ${index === 0 ? 'next   ' : 'pending'}  ${id}${message === '' ? '' : `  ${message}`}\n`),
      ...current.filter((id) => !unknown.includes(id)).map((id) => `  at       ${id}${overlapping.includes(id) ? '  another row of the version table includes it' : ''}\n`),
    ].join('');
  }).join('');
}

function stateWords({ problem, unknown, pending: waiting, applied }: HistoryStatus): string {
  if (problem !== null) return 'its version table can’t be read';
  const parts = [
    ...(unknown.length === 0 ? [] : [unknown.length === 1 ? 'ahead: unknown revision' : `ahead: ${unknown.length} unknown revisions`]),
    ...(waiting.length === 0 ? [] : [`${waiting.length} pending`]),
  ];
  return parts.length > 0 ? parts.join(', ') : applied.length === 0 ? 'no revisions yet' : 'up to date';
}
