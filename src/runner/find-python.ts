import { existsSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { parentFolder } from '../engine/project/paths';
import type { Project } from '../engine/project/project';
import { formatMessage, message } from '../engine/text/problem';
import type { Message } from '../engine/text/problem';
import { outputOf, probePython } from './probe-python';
import type { ProbedPython } from './probe-python';

/** The interpreter that has the project's Alembic. */
export interface Python extends ProbedPython {
  /** Where it was found, for a person: `the setting alembicReview.pythonPath`, `.venv`, `poetry`. */
  readonly source: string;
}

export interface PythonSearch {
  readonly project: Pick<Project, 'root' | 'runsIn'>;
  /** The one that a person named, and where: no other is tried. */
  readonly named?: { readonly path: string; readonly source: string } | null;
  /** The one that is chosen in the editor's Python extension. */
  readonly chosen?: string | null;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Which system's places are looked at; this one's where it is left out. */
  readonly platform?: NodeJS.Platform;
  readonly signal?: AbortSignal | undefined;
}

export type PythonFound =
  | { readonly kind: 'found'; readonly python: Python }
  | {
      readonly kind: 'none';
      /** What was tried, in order, and why it was not taken. */
      readonly tried: readonly Tried[];
      readonly reason: Message;
    };

export interface Tried {
  readonly path: string;
  readonly source: string;
  readonly reason: Message;
}

/**
 * Finds the Python that the project runs its Alembic in: the named one; else the first that can import Alembic of the
 * editor's choice, a virtual environment beside the project or above it (up to the repository), what poetry, pipenv, PDM,
 * hatch and conda say, pyenv's shim, the activated environment, and the PATH. Runs interpreters: only in a trusted workspace. Rejects with the
 * signal's reason alone.
 */
export async function findPython(search: PythonSearch): Promise<PythonFound> {
  const tried: Tried[] = [];
  for await (const { path, source } of candidates(search)) {
    if (tried.some((earlier) => earlier.path === path)) continue;
    search.signal?.throwIfAborted();
    const probed = await probePython(path, folderOf(search), search.signal);
    if ('alembic' in probed) return { kind: 'found', python: { ...probed, source } };
    tried.push({ path, source, reason: probed.reason });
  }
  return { kind: 'none', tried, reason: nothingFound(search, tried) };
}

function nothingFound({ project, named }: PythonSearch, tried: readonly Tried[]): Message {
  if (named && tried[0]) return message('{path} ({source}) can’t be used: {reason} Name the interpreter of the project’s environment, or install Alembic into this one.', { path: named.path, source: named.source, reason: formatMessage(tried[0].reason) });
  const list = tried.map(({ path, source, reason }) => `${path} (${source}): ${formatMessage(reason)}`).join(' ');
  return message('No Python with Alembic was found for {root}. {tried} Install the project’s requirements into a virtual environment (.venv) beside it, or name the interpreter: setting alembicReview.pythonPath, option --python.', {
    root: project.root,
    tried: list === '' ? 'There is no Python at all.' : `Tried: ${list}`,
  });
}

interface Candidate {
  readonly path: string;
  readonly source: string;
}

async function* candidates(search: PythonSearch): AsyncGenerator<Candidate> {
  const { named, chosen, env, platform = process.platform, signal } = search;
  const folder = folderOf(search);
  if (named) {
    const path = named.path.replace(/^~(?=[/\\]|$)/, homedir());
    const inside = isFolder(path) ? [...interpreterIn(path, named.source, platform)] : [];
    yield* inside.length > 0 ? inside : [{ path, source: named.source }];
    return;
  }
  if (chosen) yield { path: chosen, source: 'chosen in the Python extension' };
  const folders = upToRepository(folder);
  for (const where of folders) {
    const names = ['.venv', 'venv', 'env', '.pixi/envs/default', ...(env['UV_PROJECT_ENVIRONMENT'] ? [env['UV_PROJECT_ENVIRONMENT']] : [])];
    for (const name of names) yield* interpreterIn(resolve(where, name), name, platform);
  }
  const has = (...files: readonly string[]): string | undefined => folders.find((where) => files.some((file) => existsSync(join(where, file))));
  // Each is asked only where the project has its file: elsewhere poetry would make an environment up, or complain.
  const poetry = has('poetry.lock', 'poetry.toml');
  if (poetry !== undefined) yield* interpreterIn(await outputOf('poetry', ['env', 'info', '-p'], poetry, signal), 'poetry', platform);
  const pipenv = has('Pipfile');
  if (pipenv !== undefined) yield* interpreterIn(await outputOf('pipenv', ['--venv'], pipenv, signal), 'pipenv', platform);
  const pdm = has('.pdm-python');
  if (pdm !== undefined) yield { path: (await readFile(join(pdm, '.pdm-python'), 'utf8')).trim(), source: 'PDM' };
  const hatch = has('hatch.toml') ?? (await whereContains(folders, 'pyproject.toml', /^\[tool\.hatch\b/m));
  if (hatch !== undefined) yield* interpreterIn(await outputOf('hatch', ['env', 'find'], hatch, signal), 'hatch', platform);
  const conda = has('environment.yml', 'environment.yaml');
  if (conda !== undefined) yield* interpreterIn(await condaEnvironment(conda, signal), 'conda', platform);
  for (const variable of ['VIRTUAL_ENV', 'CONDA_PREFIX']) yield* interpreterIn(env[variable] ?? null, variable, platform);
  // An editor that was not started from a shell has no shims on its PATH.
  const shims = join(env['PYENV_ROOT'] ?? join(homedir(), '.pyenv'), 'shims', 'python');
  if (platform !== 'win32' && has('.python-version') !== undefined && existsSync(shims)) yield { path: shims, source: 'pyenv' };
  // Through the PATH in the project's folder, a shim (pyenv, asdf, mise) chooses by the project's own file.
  for (const path of platform === 'win32' ? ['python', 'py'] : ['python3', 'python']) yield { path, source: 'on the PATH' };
}

function* interpreterIn(environment: string | null, source: string, platform: NodeJS.Platform): Generator<Candidate> {
  if (environment === null || environment === '') return;
  const found = interpreterPlaces(platform).map((place) => join(environment, place)).find((path) => existsSync(path));
  if (found !== undefined) yield { path: found, source };
}

/** Where an environment has its interpreter: venv's place, and conda's. */
function interpreterPlaces(platform: NodeJS.Platform): readonly string[] {
  return platform === 'win32' ? ['Scripts/python.exe', 'python.exe'] : ['bin/python', 'bin/python3'];
}

async function whereContains(folders: readonly string[], file: string, pattern: RegExp): Promise<string | undefined> {
  for (const where of folders) {
    const text = await readFile(join(where, file), 'utf8').catch(() => '');
    if (pattern.test(text)) return where;
  }
  return undefined;
}

/** The environment that has the name in environment.yml, among those that conda knows. */
async function condaEnvironment(folder: string, signal: AbortSignal | undefined): Promise<string | null> {
  const text = await readFile(join(folder, 'environment.yml'), 'utf8').catch(() => readFile(join(folder, 'environment.yaml'), 'utf8').catch(() => ''));
  const name = /^name:\s*["']?([^\s"'#]+)/m.exec(text)?.[1];
  const listed = name === undefined ? null : await outputOf('conda', ['env', 'list', '--json'], folder, signal);
  if (listed === null) return null;
  try {
    const { envs } = JSON.parse(listed) as { readonly envs?: readonly unknown[] };
    return envs?.filter((path) => typeof path === 'string').find((path) => path.split(/[\\/]/).at(-1) === name) ?? null;
  } catch {
    return null;
  }
}

/** A whole environment may be named, as well as the interpreter in it. */
function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** The folder and those above it, as far as the repository goes; without one, the folder alone. */
function upToRepository(folder: string): readonly string[] {
  const folders: string[] = [];
  for (let current = folder; ; current = parentFolder(current)) {
    folders.push(current);
    if (existsSync(join(current, '.git'))) return folders;
    if (parentFolder(current) === current) return [folder];
  }
}

function folderOf({ project }: PythonSearch): string {
  return project.runsIn ?? project.root;
}
