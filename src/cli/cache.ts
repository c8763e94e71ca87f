import { statSync } from 'node:fs';
import path from 'node:path';
import { version } from '../../package.json';
import type { Project } from '../engine/project/project';
import { resolvePath } from '../engine/project/paths';
import { toWorkspacePath } from '../workspace/disk';
import { openKeptHistory, type KeptHistory } from '../workspace/kept-history';
import type { CacheOptions } from './command';
import type { Io } from './io';

/**
 * What earlier runs read of a project's history, to go on from; null: nothing is kept. It lies in the user's folder for such things, as those of pip and
 * black do, and so in no repository; a folder that is named gets a .gitignore of its own, as mypy's and ruff's do. On a
 * machine for CI, which forgets it anyway, nothing is written but where it is named.
 */
export function keptHistory(io: Io, { cache, noCache }: CacheOptions, project: Project): KeptHistory | null {
  const folder = cache === null ? usualFolder(io) : resolvePath(toWorkspacePath(io.cwd), cache);
  if (noCache || folder === null) return null;
  return openKeptHistory({ path: folder, version: buildOf(__filename), ...(cache === null ? {} : { ignored: true }) }, `${project.configPath}#${project.section}`);
}

/** Source: XDG Base Directory Specification; Apple's File System Programming Guide; Windows' Known Folders. */
function usualFolder({ env }: Io): string | null {
  if ((env.CI ?? '') !== '') return null;
  const home = env.HOME ?? '';
  const candidates = process.platform === 'win32' ? [env.LOCALAPPDATA ?? ''] : process.platform === 'darwin' ? [home && path.join(home, 'Library', 'Caches')] : [env.XDG_CACHE_HOME ?? '', home && path.join(home, '.cache')];
  const base = candidates.find((candidate) => path.isAbsolute(candidate));
  return base === undefined ? null : toWorkspacePath(path.join(base, 'alembic-review'));
}

/** Whoever works on the program changes what it reads without a new version. */
function buildOf(file: string): string {
  const program = statSync(file, { throwIfNoEntry: false });
  return `${version} ${program?.size} ${program?.mtimeMs}`;
}
