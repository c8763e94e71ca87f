import type { Project } from '../engine/project/project';
import type { MigrationForm, SupabaseProject } from '../engine/project/supabase';
import { isProject } from '../engine/project/read-project';
import { resolvePath } from '../engine/project/paths';
import { toWorkspacePath } from '../workspace/disk';
import { findProject } from '../workspace/find-project';
import { findSupabase } from '../workspace/find-supabase';
import { declaresTables } from '../workspace/load-models';
import { walkFolders } from '../workspace/walk';
import type { Workspace } from '../workspace/workspace';
import type { GenerateCommand, ProjectOptions, Verb } from './command';
import { unavailable, usage } from './failure';
import type { Io } from './io';

/** The project of the folder where the command runs, or the one that was named. */
export async function requireProject(workspace: Workspace, io: Io, options: ProjectOptions): Promise<Project> {
  const found = await findProject(workspace, toWorkspacePath(io.cwd), { configPath: options.config, section: options.name });
  if (isProject(found)) return found;
  throw unavailable(found.reason);
}

/**
 * The project that a migration is written for, and in which form: the only one that there is, or the one that was named
 * where Alembic and Supabase lie beside each other. `-c` and `-n` name Alembic's configuration, and so its form.
 */
export async function migrationHome(workspace: Workspace, io: Io, command: Pick<GenerateCommand, 'form' | keyof ProjectOptions>, verb: Verb = 'generate'): Promise<{ readonly project: Project | SupabaseProject; readonly form: MigrationForm }> {
  const folder = toWorkspacePath(io.cwd);
  const found = await findProject(workspace, folder, { configPath: command.config, section: command.name });
  const named = command.config !== null || command.name !== null;
  if (isProject(found)) {
    const form = command.form ?? (named || found.supabase === undefined ? 'alembic' : null);
    if (form === null) throw usage(`${found.root} has Alembic revisions, and Supabase migrations in ${found.supabase?.root ?? ''}. Say which form is meant: --form alembic or --form supabase.`, verb);
    if (form === 'supabase' && found.supabase === undefined) throw unavailable(`Neither ${found.root} nor a folder above it has supabase/config.toml or supabase/migrations. Run "supabase init" there first.`);
    return { project: found, form };
  }
  const supabase = named || command.form === 'alembic' ? null : await findSupabase(workspace, folder);
  if (supabase !== null) return { project: supabase, form: 'supabase' };
  if (command.form === 'supabase') throw unavailable(`Neither ${folder} nor a folder above it has supabase/config.toml or supabase/migrations. Run "supabase init" in the project’s folder first.`);
  throw unavailable(found.reason);
}

/** Files as they are; a folder becomes the model files in it. Fails for what does not exist. */
export async function modelPaths(workspace: Workspace, io: Io, paths: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const written of paths) {
    const path = resolvePath(toWorkspacePath(io.cwd), written);
    if (!(await workspace.exists(path))) throw unavailable(`${written} does not exist.`);
    if (path.endsWith('.py')) found.push(path);
    else {
      const inside = await modelsIn(workspace, path);
      if (inside.length === 0) throw unavailable(`${written} holds no model files.`);
      found.push(...inside);
    }
  }
  return [...new Set(found)];
}

async function modelsIn(workspace: Workspace, root: string): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const { folder, names } of walkFolders(workspace, root, (_, inside) => inside.includes('script.py.mako'))) {
    for (const name of names.filter((candidate) => candidate.endsWith('.py'))) {
      const path = resolvePath(folder, name);
      if (declaresTables((await workspace.read(path)) ?? '')) found.push(path);
    }
  }
  return found;
}
