import { isInside, parentFolder, resolvePath } from '../engine/project/paths';
import { keyOfName, usesIn, type OldName, type Uses } from '../engine/rules/support/uses';
import type { Place } from '../engine/text/text';
import { givingWay } from './pace';
import { walkFolders } from './walk';
import type { Workspace } from './workspace';

/** What uses are looked for around: a project of Alembic's, or the folder that holds `supabase/`. */
export interface SearchedProject {
  readonly root: string;
  readonly scriptLocation?: string;
  readonly versionLocations: readonly string[];
}

export interface SearchBounds {
  readonly files: number;
  readonly milliseconds: number;
}

/** A search that somebody waits for; a repository of twice that many files is searched in part, and that is said. */
const usualBounds: SearchBounds = { files: 4_000, milliseconds: 2_000 };

/** So many places are pointed at; the others are counted. */
const mostPlaces = 10;

/**
 * Where the Python and SQL files around the project, up to its repository, still use names; migrations, applied or not, are left out.
 * By `keyOfName`, one entry for each name. Tests come last.
 */
export async function findUses(workspace: Workspace, project: SearchedProject, names: readonly OldName[], bounds: SearchBounds = usualBounds): Promise<ReadonlyMap<string, Uses>> {
  const searched = await Promise.all(names.map(async (name) => ({ name, about: [...name.about, ...(await className(workspace, name.model))], places: [] as Place[] })));
  const until = performance.now() + bounds.milliseconds;
  const pace = givingWay();
  let files = 0;
  let isComplete = true;
  const isMigrations = (folder: string, inside: readonly string[]): boolean => folder === project.scriptLocation || project.versionLocations.some((location) => isInside(folder, location)) || inside.includes('script.py.mako') || /\/supabase\/migrations$/.test(folder);
  for await (const { folder, names: inside } of walkFolders(workspace, await repositoryOf(workspace, project), isMigrations)) {
    for (const file of inside.filter((one) => /\.(py|sql)$/.test(one))) {
      if (++files > bounds.files || performance.now() > until) {
        isComplete = false;
        break;
      }
      const path = resolvePath(folder, file);
      const text = await workspace.read(path);
      if (text === null) continue;
      for (const { name, about, places } of searched) places.push(...usesIn(path, text, { ...name, about }).map((range) => ({ path, range })));
      await pace();
    }
    if (!isComplete) break;
  }
  return new Map(searched.map(({ name, places }) => [keyOfName(name), { places: [...places].sort((a, b) => Number(isTest(a.path)) - Number(isTest(b.path))).slice(0, mostPlaces), count: places.length, files: new Set(places.map(({ path }) => path)).size, isComplete }]));
}

/** The folder of the repository that the project lies in; without one, the project's own. */
async function repositoryOf(workspace: Workspace, { root }: SearchedProject): Promise<string> {
  for (let folder = root; ; folder = parentFolder(folder)) {
    if (await workspace.exists(resolvePath(folder, '.git'))) return folder;
    if (parentFolder(folder) === folder) return root;
  }
}

/** What the model's class, or the variable that holds its table, is called. */
async function className(workspace: Workspace, model: Place | null): Promise<readonly string[]> {
  const text = model === null ? null : await workspace.read(model.path);
  if (model === null || text === null) return [];
  const name = /^class\s+(\w+)/.exec(text.slice(model.range.start))?.[1] ?? /(\w+)\s*=\s*$/.exec(text.slice(0, model.range.start))?.[1] ?? /^\w+$/.exec(text.slice(model.range.start, model.range.end))?.[0];
  return name === undefined ? [] : [name];
}

function isTest(path: string): boolean {
  return /\/tests?\/|\/(?:test_[^/]*|[^/]*_test|conftest)\.py$/.test(path);
}
