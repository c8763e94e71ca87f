import { importedFiles, readModels } from '../engine/models/read-models';
import { isInside, parentFolder, resolvePath } from '../engine/project/paths';
import type { ModelHome, Project } from '../engine/project/project';
import { newPythonCache } from '../engine/python/evaluate';
import type { PythonCache } from '../engine/python/evaluate';
import type { QualifiedName, Schema } from '../engine/schema/schema';
import type { NamingConvention } from '../engine/sqlalchemy/naming';
import type { Problem } from '../engine/text/problem';
import { definesMetadata, keepOwnMetadata, type MetadataCache } from './own-metadata';
import { readTexts, sameTexts, type ReadText, type Texts } from './texts';
import { walkFolders } from './walk';
import type { Workspace } from './workspace';

export interface ModelRequest {
  /** The files whose tables are wanted; what they import is read as well. */
  readonly entries: readonly string[];
  /** The folders where absolute imports start. */
  readonly roots: readonly string[];
  readonly cache?: ModelCache;
}

/**
 * What was read of a project's models, each with the texts that it was read from: where these are the same, it is what
 * reading them again would give. Keep one for each project.
 */
export interface ModelCache {
  readonly python: PythonCache;
  /** By entries and roots. */
  readonly readings: Map<string, { readonly files: Texts; readonly models: LoadedModels }>;
  readonly metadata: MetadataCache;
}

export function newModelCache(): ModelCache {
  return { python: newPythonCache(), readings: new Map(), metadata: new Map() };
}

export interface LoadedModels {
  readonly value: Schema;
  readonly problems: readonly Problem[];
  /** The tables that each file declares. */
  readonly tablesByPath: ReadonlyMap<string, readonly QualifiedName[]>;
  /** Of their metadata; null: SQLAlchemy's default. */
  readonly convention: NamingConvention | null;
  /** Every file that was read, with those that do not exist left out. */
  readonly paths: readonly string[];
}

/** Reads models with everything they import inside the workspace: the reader says which files it wants until it has them all. */
export async function loadModels(workspace: Workspace, { entries, roots, cache = newModelCache() }: ModelRequest): Promise<LoadedModels> {
  const key = JSON.stringify([entries, roots]);
  const known = cache.readings.get(key);
  // What was wanted last time most likely is again: with all of it at hand, one reading is enough.
  const files = new Map(await readTexts(workspace.read, known?.files.keys() ?? []));
  if (known !== undefined && sameTexts(known.files, files)) return known.models;
  if (known === undefined) {
    for (const [path, text] of await readTexts(workspace.read, entries)) files.set(path, text);
    for (const [path, text] of await packageFiles(workspace.read, entries)) files.set(path, text);
    for (const [path, text] of await readTexts(workspace.read, importedFiles({ entries, files, roots, cache: cache.python }))) files.set(path, text);
  }
  for (let wanted = entries; ; ) {
    for (const [path, text] of await readTexts(workspace.read, wanted.filter((path) => !files.has(path)))) files.set(path, text);
    const { value, problems, tablesByPath, convention, ...reading } = readModels({ entries, files, roots, cache: cache.python });
    wanted = reading.wanted;
    // A reader that asks for what it has would never end.
    if (!wanted.every((path) => files.has(path))) continue;
    const paths = [...files].filter(([, text]) => text !== null).map(([path]) => path);
    const models = { value, problems, tablesByPath, convention, paths };
    // One for all models, and those for a few choices of files.
    if (cache.readings.size >= 4) cache.readings.clear();
    cache.readings.set(key, { files, models });
    return models;
  }
}

/** The `__init__.py` of the packages that hold the files, up to the first folder that has none: whoever follows an import asks for each. */
async function packageFiles(read: ReadText, paths: readonly string[]): Promise<Texts> {
  const found = new Map<string, string | null>();
  for (const path of paths) {
    for (let folder = parentFolder(path); ; folder = parentFolder(folder)) {
      const init = resolvePath(folder, '__init__.py');
      if (found.has(init)) break;
      const text = await read(init);
      found.set(init, text);
      if (text === null || parentFolder(folder) === folder) break;
    }
  }
  return found;
}

export interface ModelFiles {
  /** Sorted. */
  readonly files: readonly string[];
  /** Where absolute imports start: `prepend_sys_path`, the project's folder, and the folders above packages. */
  readonly roots: readonly string[];
}

/**
 * The files that declare the project's tables. Migrations, tests and other people's code are left out; where the
 * workspace has several sets of models, so are those that share no metadata with what env.py imports.
 */
export async function findModelFiles(workspace: Workspace, project: ModelHome, cache: ModelCache = newModelCache()): Promise<ModelFiles> {
  const found = await searchFolders(workspace, project);
  const candidates = [...found].filter(([, text]) => declaresTables(text)).map(([path]) => path);
  const starts = [...project.sysPath, project.root, ...(project.runsIn === undefined ? [] : [project.runsIn])];
  const roots = await importRoots(workspace, starts, candidates);
  const bases = [...found].filter(([, text]) => definesMetadata(text)).map(([path]) => path);
  const files = bases.length > 1 ? await keepOwnMetadata(workspace, { project, candidates, bases, roots, python: cache.python, cache: cache.metadata }) : candidates;
  return { files: [...files].sort(), roots };
}

/** A quick look before files are read in earnest; taking one too many does no harm. */
export function declaresTables(text: string): boolean {
  return /__tablename__|__table__\s*=|\btable\s*=\s*True|\bmapped_column\s*\(|\bColumn\s*\(|\bTable\s*\(|\bdb\.Model\b/.test(text);
}

/** Besides `starts`, the folder around each file's outermost package: where its absolute imports begin. */
export async function importRoots(workspace: Workspace, starts: readonly string[], files: readonly string[]): Promise<readonly string[]> {
  const roots = new Set(starts);
  const isPackage = new Map<string, Promise<boolean>>();
  const hasInit = (folder: string): Promise<boolean> => isPackage.get(folder) ?? (isPackage.set(folder, workspace.exists(resolvePath(folder, '__init__.py'))).get(folder) as Promise<boolean>);
  for (const path of files) {
    let folder = parentFolder(path);
    if (!(await hasInit(folder))) continue;
    while ((await hasInit(folder)) && parentFolder(folder) !== folder) folder = parentFolder(folder);
    roots.add(folder);
  }
  return [...roots];
}

/** Where absolute imports of a project's revisions start: as for its models, and around the packages that the project itself lies in. */
export function revisionRoots(workspace: Workspace, project: Project): Promise<readonly string[]> {
  const folders = [project.root, project.scriptLocation, ...project.versionLocations];
  return importRoots(workspace, [...project.sysPath, project.root], folders.map((folder) => resolvePath(folder, 'env.py')));
}

/** Python files of the project by path. Where its own folder has no models at all, the folders above it are tried, as far as they are the project's. */
async function searchFolders(workspace: Workspace, project: ModelHome): Promise<ReadonlyMap<string, string>> {
  const starts = [project.root, ...project.sysPath].filter((start, index, all) => !all.some((other, at) => (other === start ? at < index : isInside(start, other))));
  const found = new Map<string, string>();
  for (const start of starts) await readFolder(workspace, project, start, found, [], Infinity);
  let left = mostFoldersAbove;
  const done = [...starts];
  for (const folder of await foldersAbove(workspace, project.root)) {
    if (left === 0 || [...found.values()].some(declaresTables)) break;
    left = await readFolder(workspace, project, folder, found, done, left);
    done.push(folder);
  }
  return found;
}

/** Nobody's project: a home folder that is kept in Git, say. */
const mostFoldersAbove = 3_000;

/** What lies at the top of a Python project that is not, or not yet, in a repository. */
const projectFiles = ['pyproject.toml', 'setup.py', 'setup.cfg', 'Pipfile', 'requirements.txt', 'PKG-INFO'];

/**
 * The folders above this one that belong to the same repository, nearest first; without one, to the same Python project. What lies
 * above or beside that is other people's, and may be a whole disk.
 */
async function foldersAbove(workspace: Workspace, root: string): Promise<readonly string[]> {
  const has = async (folder: string, names: readonly string[]): Promise<boolean> => (await Promise.all(names.map((name) => workspace.exists(resolvePath(folder, name))))).includes(true);
  const above = [root];
  for (let folder = root; parentFolder(folder) !== folder; folder = parentFolder(folder)) above.push(parentFolder(folder));
  for (const marks of [['.git'], projectFiles]) for (const [index, folder] of above.entries()) if (await has(folder, marks)) return above.slice(1, index + 1);
  return [];
}

/** Gives how many of so many folders it had no need to look at; 0: there were more, of which nothing is known then. */
async function readFolder(workspace: Workspace, project: ModelHome, start: string, found: Map<string, string>, done: readonly string[], most: number): Promise<number> {
  const isMigrations = (folder: string, names: readonly string[]): boolean =>
    folder === project.scriptLocation || project.versionLocations.includes(folder) || names.includes('script.py.mako');
  const inside = new Map<string, string>();
  let left = most;
  for await (const { folder, names } of walkFolders(workspace, start, (path, listed) => isMigrations(path, listed) || isTests(path) || done.includes(path))) {
    if (left-- === 0) return 0;
    const paths = names.filter((name) => name.endsWith('.py') && !isTestFile(name)).map((name) => resolvePath(folder, name)).filter((path) => !found.has(path));
    const texts = await Promise.all(paths.map((path) => workspace.read(path)));
    for (const [index, path] of paths.entries()) {
      const text = texts[index] ?? null;
      if (text !== null && (declaresTables(text) || definesMetadata(text))) inside.set(path, text);
    }
  }
  for (const [path, text] of inside) found.set(path, text);
  return left;
}

/** Tests make tables of their own, which no database is meant to have. */
function isTests(folder: string): boolean {
  return /\/tests?$/.test(folder);
}

function isTestFile(name: string): boolean {
  return /^(test_.*|.*_test|conftest)\.py$/.test(name);
}

/** The naming convention of the models, with which Alembic names what a revision leaves unnamed. */
export async function conventionOf(workspace: Workspace, project: Project): Promise<LoadedModels['convention'] | null> {
  // Without a target_metadata there is none.
  if (project.env.targetMetadata.length === 0) return null;
  const { files, roots } = await findModelFiles(workspace, project);
  return files.length === 0 ? null : (await loadModels(workspace, { entries: files, roots })).convention;
}
