import type { Workspace } from '../../src/workspace/workspace';

/** A workspace of texts by path. */
export function memoryWorkspace(files: Readonly<Record<string, string>>): Workspace {
  const paths = Object.keys(files);
  return {
    read: (path) => Promise.resolve(files[path] ?? null),
    exists: (path) => Promise.resolve(paths.some((known) => known === path || known.startsWith(`${path}/`))),
    list: (folder) => {
      const start = folder.endsWith('/') ? folder : `${folder}/`;
      const inside = paths.filter((path) => path.startsWith(start)).map((path) => path.slice(start.length));
      return Promise.resolve([...new Set(inside.map((path) => (path.includes('/') ? path.slice(0, path.indexOf('/') + 1) : path)))].sort());
    },
  };
}
