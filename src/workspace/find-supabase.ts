import { parentFolder, resolvePath } from '../engine/project/paths';
import type { ModelHome } from '../engine/project/project';
import type { SupabaseProject } from '../engine/project/supabase';
import { walkFolders } from './walk';
import type { Workspace } from './workspace';

/** The Supabase project of a folder: its own `supabase/` or that of the nearest folder above it, inside of the repository. Null: there is none. */
export async function findSupabase(workspace: Workspace, startFolder: string): Promise<SupabaseProject | null> {
  for (let folder = resolvePath('/', startFolder); ; folder = parentFolder(folder)) {
    const names = await workspace.list(folder);
    const found = await supabaseIn(workspace, folder, names);
    if (found !== null) return found;
    if (names.includes('.git/') || names.includes('.git') || parentFolder(folder) === folder) return null;
  }
}

/** The Supabase project of exactly this folder, in which these names are. */
export async function supabaseIn(workspace: Workspace, root: string, names: readonly string[]): Promise<SupabaseProject | null> {
  if (!names.includes('supabase/')) return null;
  const folder = resolvePath(root, 'supabase');
  const inside = await workspace.list(folder);
  if (!inside.includes('config.toml') && !inside.includes('migrations/')) return null;
  return {
    kind: 'supabase',
    root,
    configPath: inside.includes('config.toml') ? resolvePath(folder, 'config.toml') : null,
    migrationsFolder: resolvePath(folder, 'migrations'),
  };
}

/** Where the models of a project without Alembic are looked for: anywhere below its root, since nothing says which they are. */
export async function supabaseModels(workspace: Workspace, { root }: SupabaseProject): Promise<ModelHome> {
  return { root, sysPath: await pythonRoots(workspace, root), scriptLocation: null, versionLocations: [], env: null };
}

/** Files that a Python project has in its own folder, from which its imports start. */
const pythonProject = ['pyproject.toml', 'setup.py', 'setup.cfg', 'requirements.txt'];

async function pythonRoots(workspace: Workspace, root: string): Promise<readonly string[]> {
  const roots = [root];
  for await (const { folder, names } of walkFolders(workspace, root)) {
    if (!pythonProject.some((name) => names.includes(name))) continue;
    if (folder !== root) roots.push(folder);
    if (names.includes('src/')) roots.push(resolvePath(folder, 'src'));
  }
  return roots;
}
