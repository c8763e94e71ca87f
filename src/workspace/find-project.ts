import { delimiter } from 'node:path';
import { plainEnv, readEnv } from '../engine/project/env';
import { isAbsolutePath, parentFolder, resolvePath } from '../engine/project/paths';
import type { EnvFile, NoProject, Project } from '../engine/project/project';
import type { SupabaseProject } from '../engine/project/supabase';
import { candidatePaths, environmentSections, isProject, makeProject, readConfig, readSettings } from '../engine/project/read-project';
import type { Config, Settings } from '../engine/project/read-project';
import { message } from '../engine/text/problem';
import type { Problem } from '../engine/text/problem';
import { findSupabase, supabaseIn } from './find-supabase';
import { walkFolders } from './walk';
import type { Workspace } from './workspace';

export interface ProjectChoice {
  /** An alembic.ini (by whatever name) or pyproject.toml, absolute or relative to the start folder; null: search. */
  readonly configPath?: string | null;
  /** The section of alembic.ini to read, as `alembic -n NAME`. */
  readonly section?: string | null;
}

/** The Alembic environment that holds in `startFolder`: its own configuration or that of the nearest folder above it. */
export async function findProject(workspace: Workspace, startFolder: string, choice: ProjectChoice = {}): Promise<Project | NoProject> {
  if (choice.configPath) return projectAt(workspace, resolvePath(startFolder, choice.configPath), choice.section ?? null);
  for (let folder = resolvePath('/', startFolder); ; folder = parentFolder(folder)) {
    const configPath = await configIn(workspace, folder);
    if (configPath !== null) return projectAt(workspace, configPath, choice.section ?? null);
    if (parentFolder(folder) === folder) break;
  }
  const text = 'Neither alembic.ini nor a pyproject.toml with [tool.alembic] was found in {folder} or above it. Go to the project’s folder, or name the file.';
  return { reason: message(text, { folder: startFolder }) };
}

/**
 * Every Alembic environment under `root`, one for each section of an alembic.ini that has several; in order of their
 * paths. A configuration that can't be used is left out here: `findProject` in its folder says why.
 */
export async function findProjects(workspace: Workspace, root: string): Promise<readonly Project[]> {
  return (await findAllProjects(workspace, root)).alembic;
}

/** The same, and the Supabase projects that no Alembic environment lies in or beside. */
export async function findAllProjects(workspace: Workspace, root: string): Promise<{ readonly alembic: readonly Project[]; readonly supabase: readonly SupabaseProject[] }> {
  const found: Project[] = [];
  const supabase: SupabaseProject[] = [];
  for await (const { folder, names } of walkFolders(workspace, root)) {
    const inside = await supabaseIn(workspace, folder, names);
    if (inside !== null) supabase.push(inside);
    if (!names.includes('alembic.ini') && !names.includes('pyproject.toml')) continue;
    const configPath = await configIn(workspace, folder, names);
    if (configPath === null) continue;
    const config = await configAt(workspace, configPath);
    for (const section of chooseSections(config)) {
      const project = await openProject(workspace, config, section);
      if (isProject(project) && !found.some((known) => known.configPath === project.configPath && known.section === project.section)) found.push(project);
    }
  }
  return { alembic: found, supabase: supabase.filter((candidate) => !found.some((project) => project.supabase?.root === candidate.root)) };
}

/** Flask-Migrate keeps its alembic.ini among the scripts, under this name unless told otherwise. */
const flaskFolder = 'migrations';

async function configIn(workspace: Workspace, folder: string, names?: readonly string[]): Promise<string | null> {
  const has = async (name: string): Promise<boolean> => (names ? names.includes(name) : workspace.exists(resolvePath(folder, name)));
  if (await has('alembic.ini')) return resolvePath(folder, 'alembic.ini');
  if ((await has('pyproject.toml')) && (await configAt(workspace, resolvePath(folder, 'pyproject.toml'))).toml !== null) return resolvePath(folder, 'pyproject.toml');
  // A walk through all folders comes to it by itself.
  const flask = resolvePath(folder, `${flaskFolder}/alembic.ini`);
  return names === undefined && (await workspace.exists(flask)) ? flask : null;
}

async function configAt(workspace: Workspace, configPath: string): Promise<Config> {
  const isToml = configPath.endsWith('/pyproject.toml');
  const iniPath = isToml ? resolvePath(parentFolder(configPath), 'alembic.ini') : configPath;
  const tomlPath = isToml ? configPath : resolvePath(parentFolder(configPath), 'pyproject.toml');
  const [ini, toml] = await Promise.all([workspace.read(iniPath), workspace.read(tomlPath)]);
  return readConfig({
    ini: ini === null ? null : { path: iniPath, text: ini },
    toml: toml === null ? null : { path: tomlPath, text: toml },
    pathSeparator: delimiter === ';' ? ';' : ':',
  });
}

async function projectAt(workspace: Workspace, configPath: string, section: string | null): Promise<Project | NoProject> {
  if (!(await workspace.exists(configPath))) return { reason: message('{path} does not exist.', { path: configPath }) };
  const config = await configAt(workspace, configPath);
  const sections = chooseSections(config);
  if (section !== null) {
    if (section !== 'alembic' && config.ini?.sections.has(section) !== true)
      return { reason: message('{path} has no section [{section}].', { path: configPath, section }) };
    return openProject(workspace, config, section);
  }
  if (!sections.includes('alembic') && sections.length > 1)
    return { reason: message('{path} sets up several environments: {sections}. Say which one is meant.', { path: configPath, sections: sections.join(', ') }) };
  return openProject(workspace, config, sections[0] ?? 'alembic');
}

function chooseSections(config: Config): readonly string[] {
  const sections = environmentSections(config);
  return sections.length > 0 ? sections : ['alembic'];
}

async function openProject(workspace: Workspace, config: Config, section: string): Promise<Project | NoProject> {
  const { value: settings, problems } = readSettings(config, section);
  const place = settings.scriptLocation === null ? await flaskPlace(workspace, settings) : await scriptPlace(workspace, settings, settings.scriptLocation);
  if (place === null) return { reason: whyNot(settings, problems) };
  const missing: Problem[] = [];
  const versionLocations: string[] = [];
  for (const written of settings.versionLocations ?? []) {
    const candidates = candidatePaths(written, basesOf(settings, written, place.runsIn));
    const existing = await firstExisting(workspace, candidates);
    versionLocations.push(existing ?? candidates[0] ?? written);
    if (existing === null) missing.push(notThere(settings, written));
  }
  if (settings.versionLocations === null || versionLocations.length === 0) versionLocations.splice(0, Infinity, resolvePath(place.scriptLocation, 'versions'));
  const env = await readEnvFile(workspace, resolvePath(place.scriptLocation, 'env.py'));
  const project = makeProject(settings, { ...place, versionLocations }, env.value, [...problems, ...missing, ...env.problems]);
  const supabase = await findSupabase(workspace, project.root);
  return supabase === null ? project : { ...project, supabase };
}

interface Place {
  readonly runsIn: string;
  readonly scriptLocation: string;
}

/**
 * Alembic takes a relative script location from the folder it is run in. That is nearly always the configuration's own
 * folder; where nothing is there, it is one above (`alembic -c backend/alembic.ini` with `backend/migrations` written inside).
 */
async function scriptPlace(workspace: Workspace, settings: Settings, location: string): Promise<Place | null> {
  const isFolderOfScripts = async (path: string): Promise<boolean> =>
    (await workspace.exists(`${path}/env.py`)) || (await workspace.exists(`${path}/script.py.mako`)) || (await workspace.list(path)).length > 0;
  for (let runsIn = parentFolder(settings.configPath); ; runsIn = parentFolder(runsIn)) {
    for (const path of candidatePaths(location, basesOf(settings, location, runsIn))) if (await isFolderOfScripts(path)) return { runsIn, scriptLocation: path };
    if (isAbsolutePath(location) || parentFolder(runsIn) === runsIn) return null;
  }
}

/** Flask-Migrate passes the script location itself; its alembic.ini leaves the option out and lies beside env.py. */
async function flaskPlace(workspace: Workspace, settings: Settings): Promise<Place | null> {
  const folder = parentFolder(settings.configPath);
  return (await workspace.exists(`${folder}/env.py`)) ? { runsIn: parentFolder(folder), scriptLocation: folder } : null;
}

/** Where Python would look for a package: `prepend_sys_path`, then the usual places of an installed project. */
function basesOf(settings: Settings, location: string, runsIn: string): readonly string[] {
  const isPackage = location.includes(':') && !isAbsolutePath(location);
  const sysPath = settings.prependSysPath.map((path) => resolvePath(runsIn, path));
  return isPackage ? [...new Set([...sysPath, runsIn, resolvePath(runsIn, 'src')])] : [runsIn];
}

async function firstExisting(workspace: Workspace, candidates: readonly string[]): Promise<string | null> {
  for (const path of candidates) if (await workspace.exists(path)) return path;
  return null;
}

function whyNot(settings: Settings, problems: readonly Problem[]): NoProject['reason'] {
  const first = problems.find((problem) => problem.severity === 'error');
  if (settings.scriptLocation === null) {
    if (first) return first.message;
    const where = settings.configPath.endsWith('.toml') ? '[tool.alembic]' : `[${settings.section}]`;
    return message('{path} has no `script_location` under {where}. Set it to the folder of env.py.', { path: settings.configPath, where });
  }
  const text = 'The script location `{location}` of {path} does not exist. Correct it, or make it with `alembic init`.';
  return message(text, { location: settings.scriptLocation, path: settings.configPath });
}

function notThere(settings: Settings, location: string): Problem {
  const text = message('The version location `{location}` does not exist yet.', { location });
  return { code: 'version-location', severity: 'warning', message: text, at: { path: settings.configPath, range: { start: 0, end: 0 } } };
}

async function readEnvFile(workspace: Workspace, path: string): Promise<{ value: EnvFile; problems: readonly Problem[] }> {
  const text = await workspace.read(path);
  if (text !== null) return readEnv(path, text);
  const missing = message('{path} does not exist; Alembic can’t run without it. What it would say is taken as Alembic’s defaults.', { path });
  return { value: plainEnv(path), problems: [{ code: 'env-file', severity: 'warning', message: missing }] };
}
