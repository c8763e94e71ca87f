/**
 * Paths as plain text: absolute or relative, with forward slashes on every system (`C:/app` on Windows).
 * The engine may not use node:path; it needs no more than this.
 */

/** `/app`, `C:/app`, `//server/share`; backslashes count as separators, since people write them into alembic.ini on Windows. */
export function isAbsolutePath(path: string): boolean {
  return /^([/\\]|[A-Za-z]:[/\\])/.test(path);
}

/** Joins `path` to `base` unless it is absolute itself, and takes out `.`, `..` and doubled slashes. */
export function resolvePath(base: string, path: string): string {
  return normalizePath(isAbsolutePath(path) ? path : `${base.replace(/\/$/, '')}/${path}`);
}

/** The folder a path stands in; of a root, the root. */
export function parentFolder(path: string): string {
  const normal = normalizePath(path);
  const slash = normal.lastIndexOf('/');
  if (slash < 0) return '.';
  const parent = normal.slice(0, slash);
  return parent === '' || /^[A-Za-z]:$/.test(parent) ? `${parent}/` : parent;
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Whether `path` is `folder` or lies in it. */
export function isInside(path: string, folder: string): boolean {
  const start = folder.endsWith('/') ? folder : `${folder}/`;
  return path === folder || path.startsWith(start);
}

/** The way from a folder to a path: `../app/alembic.ini`; `.` where they are the same. Absolute where no way leads there (another drive). */
export function relativePath(folder: string, path: string): string {
  const [from, to] = [normalizePath(folder).split('/'), normalizePath(path).split('/')];
  if (from[0] !== to[0]) return normalizePath(path);
  let same = 0;
  while (same < from.length && same < to.length && from[same] === to[same]) same++;
  const up = from.slice(same).filter((part) => part !== '').map(() => '..');
  return [...up, ...to.slice(same)].join('/') || '.';
}

export function normalizePath(path: string): string {
  // Elsewhere than on Windows a backslash is a character of a name.
  const slashed = /^[A-Za-z]:[\\/]|^\\\\/.test(path) ? path.replace(/\\/g, '/') : path;
  const root = /^([A-Za-z]:\/|\/\/?(?!\/)|\/+)/.exec(slashed)?.[0] ?? '';
  const parts: string[] = [];
  for (const part of slashed.slice(root.length).split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts[parts.length - 1] !== '..') parts.pop();
    else if (part !== '..' || root === '') parts.push(part);
  }
  return root + parts.join('/') || '.';
}
