import { answerFacts } from '../database/facts';
import { readSchema } from '../database/read-schema';
import { readApplied, readVersions, readStoredStatements } from '../database/versions';
import type { RevisionGraph } from '../engine/history/graph';
import type { FactQuestion } from '../engine/facts';
import { parentFolder } from '../engine/project/paths';
import type { ModelHome, Project } from '../engine/project/project';
import { isProject } from '../engine/project/read-project';
import { findProject } from '../workspace/find-project';
import { findSupabase, supabaseModels } from '../workspace/find-supabase';
import { loadHistory } from '../workspace/load-history';
import { findModelFiles, loadModels, type LoadedModels } from '../workspace/load-models';
import type { KeptHistory } from '../workspace/kept-history';
import { newReplayCache } from '../workspace/load-replay';
import type { ReplayCache } from '../workspace/load-replay';
import { newSupabaseCache, type SupabaseCache } from '../workspace/load-supabase';
import type { ConnectedDatabase } from '../workspace/connected-database';
import type { Workspace } from '../workspace/workspace';
import { keptHistory } from './cache';
import type { CacheOptions, ProjectOptions } from './command';
import { versionTableOf } from './database';
import type { OpenDatabase } from './database';
import type { Io } from './io';
import { hasErrors } from './output';
import { requireProject } from './project';

/** Everything around a draft, read once for all drafts of one project. */
export interface Environment {
  readonly project: Project;
  readonly graph: RevisionGraph;
  readonly database: ConnectedDatabase | null;
  /** PostgreSQL's major version there. */
  readonly serverVersion: number | null;
  readonly models: LoadedModels | null;
  readonly cache: ReplayCache;
  /** Absent: nothing outlives the run. */
  readonly kept?: KeptHistory;
}

/** It declares tables and is none of the project's revisions. */
export function isModelFile({ models, graph }: Environment, path: string): boolean {
  return (models?.tablesByPath.get(path) ?? []).length > 0 && !graph.files.some((file) => file.path === path);
}

/** The project named by the options, or that of the folder the file lies in. */
export async function environmentOf(disk: Workspace, command: ProjectOptions & CacheOptions & { readonly all: boolean }, io: Io, path: string, database: OpenDatabase | null, known: Map<string, Promise<Environment | null>>): Promise<Environment | null> {
  const named = command.config !== null || command.name !== null;
  const found = named ? await requireProject(disk, io, command) : await projectAround(disk, path);
  if (found === null) return null;
  const key = `${found.configPath}#${found.section}`;
  // With `--all` each revision stands on another schema: what is kept of one walk would save nothing.
  const environment = known.get(key) ?? openEnvironment(disk, found, database, command.all ? null : keptHistory(io, command, found));
  known.set(key, environment);
  return environment;
}

async function projectAround(disk: Workspace, path: string): Promise<Project | null> {
  const found = await findProject(disk, parentFolder(path));
  return isProject(found) ? found : null;
}

/** Everything around a file of SQL, read once for all files of one folder. */
export interface SqlEnvironment {
  readonly database: ConnectedDatabase | null;
  readonly serverVersion: number | null;
  readonly desired: LoadedModels['value'] | null;
  readonly sqlCache: SupabaseCache;
}

export function sqlEnvironmentOf(disk: Workspace, path: string, database: OpenDatabase | null, known: Map<string, Promise<SqlEnvironment>>): Promise<SqlEnvironment> {
  const folder = parentFolder(path);
  const environment = known.get(folder) ?? openSqlEnvironment(disk, folder, database);
  known.set(folder, environment);
  return environment;
}

async function openSqlEnvironment(disk: Workspace, folder: string, database: OpenDatabase | null): Promise<SqlEnvironment> {
  const connected = database && {
    schema: (await database.use((open) => readSchema(open))).schema,
    applied: (await database.use((open) => readApplied(open, 'supabase'))).applied,
    ran: (version: string) => database.use((open) => readStoredStatements(open, version)),
    answer: async (questions: readonly FactQuestion[]) => (await database.use((open) => answerFacts(open, questions))).facts,
  };
  const home = await modelsOfSql(disk, folder);
  const models = home === null ? null : await wholeModels(disk, home);
  return { database: connected, serverVersion: await serverVersionOf(database), desired: models?.value ?? null, sqlCache: newSupabaseCache() };
}

/** Models say what the last migration should lead to where migrations of Supabase's are all the history that there is. */
async function modelsOfSql(disk: Workspace, folder: string): Promise<ModelHome | null> {
  const supabase = await findSupabase(disk, folder);
  if (supabase?.migrationsFolder !== folder) return null;
  const alembic = await findProject(disk, folder);
  if (!isProject(alembic)) return supabaseModels(disk, supabase);
  return (await loadHistory(disk, alembic)).value.nodes.size === 0 ? alembic : null;
}

async function serverVersionOf(database: OpenDatabase | null): Promise<number | null> {
  return database && database.use((open) => Promise.resolve(Math.floor(open.server.versionNumber / 10_000)));
}

async function openEnvironment(disk: Workspace, project: Project, database: OpenDatabase | null, kept: KeptHistory | null): Promise<Environment> {
  const [{ value: graph }, models] = await Promise.all([loadHistory(disk, project, undefined, undefined, kept ?? undefined), wholeModels(disk, project)]);
  const versionTable = versionTableOf(project);
  const connected = database && {
    schema: (await database.use((open) => readSchema(open, { versionTable }))).schema,
    applied: (await database.use((open) => readVersions(open, versionTable))).applied,
    answer: async (questions: readonly FactQuestion[]) => (await database.use((open) => answerFacts(open, questions))).facts,
  };
  const serverVersion = await serverVersionOf(database);
  return { project, graph, database: connected, serverVersion, models, cache: newReplayCache(), ...(kept && { kept }) };
}

/** Null where the models can't be read whole: half of them would be taken for all. */
async function wholeModels(disk: Workspace, project: ModelHome): Promise<LoadedModels | null> {
  const { files, roots } = await findModelFiles(disk, project);
  if (files.length === 0) return null;
  const models = await loadModels(disk, { entries: files, roots });
  return hasErrors(models.problems) ? null : models;
}
