import { readdir, readFile, stat } from 'node:fs/promises';
import { resolve, sep } from 'node:path';
import type { Workspace } from './workspace';

/** The files as they lie on disk. Nothing is cached: callers ask for a file once. */
export const disk: Workspace = {
  async read(path) {
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path));
    } catch {
      return null;
    }
  },
  async exists(path) {
    return (await kindOf(path)) !== null;
  },
  async list(folder) {
    try {
      const entries = await readdir(folder, { withFileTypes: true });
      const names = entries.map(async (entry) => {
        const isFolder = entry.isSymbolicLink() ? (await kindOf(`${folder}/${entry.name}`)) === 'folder' : entry.isDirectory();
        return isFolder ? `${entry.name}/` : entry.name;
      });
      return (await Promise.all(names)).sort(byName);
    } catch {
      return [];
    }
  },
};

/** A path as the shell or the system gives it, absolute and with forward slashes. */
export function toWorkspacePath(path: string): string {
  return resolve(path).split(sep).join('/');
}

/** By code unit, a folder's slash left out of account. */
export function byName(a: string, b: string): number {
  const [left, right] = [a.replace(/\/$/, ''), b.replace(/\/$/, '')];
  return left < right ? -1 : left > right ? 1 : 0;
}

async function kindOf(path: string): Promise<'file' | 'folder' | null> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file';
  } catch {
    return null;
  }
}
