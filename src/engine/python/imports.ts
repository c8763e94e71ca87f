/**
 * The files a reader may look at. `files` maps absolute paths (forward slashes) to their text; null: known not to exist;
 * absent: not asked for yet. `roots` are the folders where absolute imports start (`sys.path`), in order.
 */
export interface SourceFiles {
  readonly files: ReadonlyMap<string, string | null>;
  readonly roots: readonly string[];
}

export type Resolution =
  | { readonly kind: 'file'; readonly path: string; readonly name: string; readonly isPackage: boolean }
  /** A folder without `__init__.py` that holds modules of the workspace. */
  | { readonly kind: 'namespace'; readonly name: string; readonly folder: string }
  /** Not in the workspace: a library. */
  | { readonly kind: 'external'; readonly name: string }
  /** The workspace has the package, but not this module. */
  | { readonly kind: 'missing'; readonly name: string }
  /** Files that were not asked for yet decide; they are in `wanted`. */
  | { readonly kind: 'pending'; readonly name: string };

/**
 * Top-level modules that are never the workspace's own, so that nobody has to look for them. `alembic` stands here because
 * the folder of the migrations usually has that name, while `from alembic import op` always means the library.
 */
const neverLocal = new Set(
  ('__future__ abc alembic alembic_postgresql_enum ast asyncio base64 builtins collections contextlib copy dataclasses datetime decimal enum functools hashlib inspect ' +
    'importlib io itertools json logging math operator os pathlib psycopg psycopg2 asyncpg pydantic random re secrets shutil ' +
    'sqlalchemy string subprocess sys textwrap time traceback types typing typing_extensions unittest urllib uuid warnings zoneinfo').split(' '),
);

/** Finds modules among the files; what it would have to know is added to `wanted`. */
export class ImportResolver {
  private readonly found = new Map<string, Resolution>();
  private folderSet: Set<string> | null = null;

  constructor(
    private readonly sources: SourceFiles,
    readonly wanted: Set<string>,
  ) {}

  text(path: string): string | null | undefined {
    const text = this.sources.files.get(path);
    if (text === undefined) this.wanted.add(path);
    return text;
  }

  /** `import a.b.c` as written in the file at `from`. */
  absolute(name: string, from: string): Resolution {
    const top = name.split('.')[0] ?? name;
    if (name === '' || neverLocal.has(top)) return { kind: 'external', name };
    const key = `${folderOf(from)}\n${name}`;
    const known = this.found.get(key);
    if (known !== undefined) return known;
    const result = this.search(name, top, from);
    if (result.kind !== 'pending') this.found.set(key, result);
    return result;
  }

  private search(name: string, top: string, from: string): Resolution {
    let pending = false;
    let local = false;
    for (const root of this.rootsFor(top, from)) {
      const result = this.under(root, name);
      if (result.kind === 'file') return result;
      if (result.kind === 'pending') pending = true;
      if (result.kind === 'missing' || result.kind === 'namespace') local = true;
      if (result.kind === 'namespace' && !pending) return result;
    }
    if (pending) return { kind: 'pending', name };
    return { kind: local ? 'missing' : 'external', name };
  }

  /** The roots, and the folder above the importing file's own package where that has the wanted name. */
  private rootsFor(top: string, from: string): string[] {
    const roots = this.sources.roots.map(withoutSlash);
    const segments = folderOf(from).split('/');
    const beside: string[] = [];
    for (let i = segments.length - 1; i > 0; i--) {
      if (segments[i] === top) beside.push(segments.slice(0, i).join('/'));
    }
    const packageRoot = this.packageRoot(from);
    return [...new Set([...roots, ...beside.reverse(), ...(packageRoot === null ? [] : [packageRoot])])];
  }

  /** The folder above the outermost package that holds the file; null outside of packages. */
  private packageRoot(from: string): string | null {
    let folder = folderOf(from);
    const start = folder;
    for (let i = 0; i < 8 && folder !== '' && typeof this.text(`${folder}/__init__.py`) === 'string'; i++) folder = folderOf(folder);
    return folder === start ? null : folder;
  }

  /** A module of that dotted name under one folder. */
  under(folder: string, name: string): Resolution {
    const path = `${folder}/${name.replace(/\./g, '/')}`;
    const asPackage = this.text(`${path}/__init__.py`);
    if (typeof asPackage === 'string') return { kind: 'file', path: `${path}/__init__.py`, name, isPackage: true };
    const asFile = this.text(`${path}.py`);
    if (typeof asFile === 'string') return { kind: 'file', path: `${path}.py`, name, isPackage: false };
    if (asPackage === undefined || asFile === undefined) return { kind: 'pending', name };
    if (this.folders().has(path)) return { kind: 'namespace', name, folder: path };
    const top = `${folder}/${name.split('.')[0] ?? ''}`;
    const isLocal = name.includes('.') && (this.folders().has(top) || typeof this.text(`${top}.py`) === 'string');
    return { kind: isLocal ? 'missing' : 'external', name };
  }

  /** `from ..a import b` in the file at `from`: `level` dots, then `name`, which may be empty. */
  relative(level: number, name: string, from: string, fromName: string, fromIsPackage: boolean): Resolution {
    let folder = folderOf(from);
    const parts = fromName.split('.');
    if (!fromIsPackage) parts.pop();
    for (let i = 1; i < level; i++) {
      folder = folderOf(folder);
      parts.pop();
    }
    const dotted = [...parts, ...(name === '' ? [] : name.split('.'))].join('.');
    if (name !== '') {
      const result = this.under(folder, name);
      return result.kind === 'external' ? { kind: 'missing', name: dotted } : { ...result, name: dotted };
    }
    const text = this.text(`${folder}/__init__.py`);
    if (text === undefined) return { kind: 'pending', name: dotted };
    if (text === null) return { kind: 'namespace', name: dotted, folder };
    return { kind: 'file', path: `${folder}/__init__.py`, name: dotted, isPackage: true };
  }

  /** Folders that hold a known file, and those above them. */
  private folders(): Set<string> {
    if (this.folderSet === null) {
      this.folderSet = new Set();
      for (const [path, text] of this.sources.files) {
        if (text === null) continue;
        for (let folder = folderOf(path); folder !== '' && !this.folderSet.has(folder); folder = folderOf(folder)) this.folderSet.add(folder);
      }
    }
    return this.folderSet;
  }
}

export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function withoutSlash(path: string): string {
  return path.endsWith('/') && path.length > 1 ? path.slice(0, -1) : path;
}

/** The dotted name of a file under the longest root that holds it; else its bare name. */
export function moduleNameOf(path: string, roots: readonly string[]): string {
  const root = roots
    .map(withoutSlash)
    .filter((candidate) => path.startsWith(`${candidate}/`))
    .sort((a, b) => b.length - a.length)[0];
  const inside = root === undefined ? path.slice(path.lastIndexOf('/') + 1) : path.slice(root.length + 1);
  return inside.replace(/\.py$/, '').replace(/\/__init__$/, '').replace(/\//g, '.');
}
