import { realpath } from 'node:fs/promises';
import { resolvePath } from '../engine/project/paths';
import { isProject } from '../engine/project/read-project';
import { disk, toWorkspacePath } from '../workspace/disk';
import { findProject } from '../workspace/find-project';
import { findSupabase } from '../workspace/find-supabase';
import { changedSince } from '../workspace/git';
import { loadHistory } from '../workspace/load-history';
import { loadSupabaseHistory } from '../workspace/load-supabase';
import type { ReviewCommand } from './command';
import { unavailable } from './failure';
import type { Io } from './io';
import { requireProject } from './project';

/** The files to review, as paths: those that are named, all revisions and SQL migrations of the project, or those of them that changed. */
export async function reviewTargets(command: ReviewCommand, io: Io): Promise<readonly string[]> {
  if (command.paths.length > 0) return command.paths.map((written) => resolvePath(toWorkspacePath(io.cwd), written));
  const { paths: revisions, folders } = await everyDraft(command, io);
  if (command.changedSince === null) return revisions;
  const changed: string[] = [];
  for (const folder of folders) {
    const found = (await disk.exists(folder)) ? await changedSince(folder, command.changedSince) : [];
    if (found === null) throw unavailable(`git can’t tell what changed since ${command.changedSince}: it does not know it, or has no common commit with it. In a shallow clone, fetch its history (fetch-depth: 0).`);
    changed.push(...found);
  }
  // git names files as the disk has them, behind links.
  const real = new Set(changed);
  const isChanged = await Promise.all(revisions.map(async (path) => real.has(path) || real.has(toWorkspacePath(await realpath(path)))));
  return revisions.filter((_, index) => isChanged[index]);
}

/** The revisions of the Alembic environment, and the migrations of the Supabase project beside it, or alone. */
async function everyDraft(command: ReviewCommand, io: Io): Promise<{ readonly paths: readonly string[]; readonly folders: readonly string[] }> {
  const folder = toWorkspacePath(io.cwd);
  const found = await findProject(disk, folder, { configPath: command.config, section: command.name });
  const supabase = isProject(found) ? (found.supabase ?? null) : await findSupabase(disk, folder);
  const project = isProject(found) || supabase === null || command.config !== null ? await requireProject(disk, io, command) : null;
  const revisions = project === null ? [] : [...(await loadHistory(disk, project)).value.nodes.values()].map(({ file }) => file.path).sort();
  const migrations = supabase === null ? [] : (await loadSupabaseHistory(disk, supabase)).value.map(({ path }) => path);
  return { paths: [...revisions, ...migrations], folders: [...(project?.versionLocations ?? []), ...(supabase === null ? [] : [supabase.migrationsFolder])] };
}
