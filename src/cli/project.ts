import type { Project } from '../engine/project/project';
import { isProject } from '../engine/project/read-project';
import { resolvePath } from '../engine/project/paths';
import { toWorkspacePath } from '../workspace/disk';
import { findProject } from '../workspace/find-project';
import { declaresTables } from '../workspace/load-models';
import { walkFolders } from '../workspace/walk';
import type { Workspace } from '../workspace/workspace';
import type { ProjectOptions } from './arguments';
import { unavailable } from './failure';
import type { Io } from './io';

/** The project of the folder where the command runs, or the one that was named. */
export async function requireProject(workspace: Workspace, io: Io, options: ProjectOptions): Promise<Project> {
  const found = await findProject(workspace, toWorkspacePath(io.cwd), { configPath: options.config, section: options.name });
  if (isProject(found)) return found;
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
