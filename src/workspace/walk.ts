import { resolvePath } from '../engine/project/paths';
import type { Workspace } from './workspace';

/** Folders that hold other people's code or a tool's output. Whatever starts with a dot is skipped as well. */
const skipped = new Set(['node_modules', 'venv', 'virtualenv', 'site-packages', 'dist-packages', '__pycache__', 'dist', 'build', 'htmlcov', 'bower_components', '__pypackages__']);

/** Deep enough for any monorepo, and an end to folders that link to themselves. */
const deepest = 12;

/**
 * Every folder from `root` down that may hold a project's own files, with the names in it (folders end in `/`):
 * a folder before what lies in it, in order of names. Folders that `leaveOut` names are left out with all below them.
 */
export async function* walkFolders(workspace: Workspace, root: string, leaveOut: (folder: string, names: readonly string[]) => boolean = () => false): AsyncGenerator<{ folder: string; names: readonly string[] }> {
  const open: { folder: string; depth: number }[] = [{ folder: resolvePath('/', root), depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { folder, depth } = next;
    const names = await workspace.list(folder);
    // A virtual environment may have any name; this file is in each.
    if (depth > 0 && (names.includes('pyvenv.cfg') || leaveOut(folder, names))) continue;
    yield { folder, names };
    if (depth >= deepest) continue;
    const below = names.filter((name) => name.endsWith('/') && !name.startsWith('.') && !skipped.has(name.slice(0, -1)));
    open.push(...below.reverse().map((name) => ({ folder: resolvePath(folder, name.slice(0, -1)), depth: depth + 1 })));
  }
}
