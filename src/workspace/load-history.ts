import { buildGraph } from '../engine/history/graph';
import type { RevisionGraph } from '../engine/history/graph';
import { readRevisionFile } from '../engine/history/read-revision-file';
import type { RevisionFile } from '../engine/history/revision';
import { baseName, resolvePath } from '../engine/project/paths';
import type { Project } from '../engine/project/project';
import { message } from '../engine/text/problem';
import type { Parsed, Problem } from '../engine/text/problem';
import { byName } from './disk';
import type { KeptHistory } from './kept-history';
import { givingWay } from './pace';
import type { Workspace } from './workspace';

/** What was read of files before, by path; a file whose text is the same is not read again. Keep one for each project. */
export type HistoryCache = Map<string, { readonly text: string; readonly parsed: Parsed<RevisionFile | null> }>;

/**
 * The graph of every revision in the project's version locations, with what is wrong in the files and between them. `changed`: of the
 * files that the cache knows, only these are looked at. `kept` has what earlier sessions read.
 */
export async function loadHistory(workspace: Workspace, project: Project, cache: HistoryCache = new Map(), changed?: ReadonlySet<string>, kept?: KeptHistory): Promise<Parsed<RevisionGraph>> {
  const paths = await revisionPaths(workspace, project);
  const last = readings.get(cache);
  if (last !== undefined && changed !== undefined && last.paths.length === paths.length && paths.every((path, index) => path === last.paths[index] && !changed.has(path))) return last.read;
  const texts = await Promise.all(paths.map((path) => (changed?.has(path) === false ? (cache.get(path)?.text ?? workspace.read(path)) : workspace.read(path))));
  const keptHead = await kept?.heads();
  const pace = givingWay();
  const problems: Problem[] = [];
  const files: RevisionFile[] = [];
  for (const [index, path] of paths.entries()) {
    const text = texts[index] ?? null;
    if (text === null) {
      problems.push(unreadable(path));
      continue;
    }
    const known = cache.get(path);
    const parsed = known?.text === text ? known.parsed : sameOr(known?.parsed, keptHead?.(path, text) ?? readRevisionFile(path, text));
    cache.set(path, { text, parsed });
    await pace();
    problems.push(...parsed.problems);
    if (parsed.value) files.push(parsed.value);
    else if (parsed.problems.length === 0) problems.push(noRevision(path));
  }
  const present = new Set(paths);
  for (const path of cache.keys()) if (!present.has(path)) cache.delete(path);
  kept?.noteHeads(cache);
  const graph = graphOf(files, cache);
  const read = { value: graph.value, problems: [...problems, ...graph.problems] };
  readings.set(cache, { paths, read });
  return read;
}

/** What was read before where it says the same: who types below a revision's head changes nothing of it. */
function sameOr<T>(before: T | undefined, now: T): T {
  return before !== undefined && JSON.stringify(before) === JSON.stringify(now) ? before : now;
}

const readings = new WeakMap<HistoryCache, { readonly paths: readonly string[]; readonly read: Parsed<RevisionGraph> }>();

/** The graph of these revisions; the very same one as before while all of them are. */
function graphOf(files: readonly RevisionFile[], cache: HistoryCache): Parsed<RevisionGraph> {
  const last = graphs.get(cache);
  if (last?.files.length === files.length && last.files.every((file, index) => file === files[index])) return last.graph;
  const graph = buildGraph(files);
  graphs.set(cache, { files, graph });
  return graph;
}

const graphs = new WeakMap<HistoryCache, { readonly files: readonly RevisionFile[]; readonly graph: Parsed<RevisionGraph> }>();

/** The Python files that Alembic would load as revisions, in its order. */
export async function revisionPaths(workspace: Workspace, project: Project): Promise<readonly string[]> {
  const paths: string[] = [];
  for (const location of project.versionLocations) paths.push(...(await pathsIn(workspace, location, project.recursiveVersionLocations === true)));
  return [...new Set(paths)];
}

async function pathsIn(workspace: Workspace, folder: string, recursive: boolean): Promise<readonly string[]> {
  const names = await workspace.list(folder);
  // `ScriptDirectory._only_source_rev_file`: no editor's lock files, no packages.
  const files = names.filter((name) => name.endsWith('.py') && !name.startsWith('.#') && !name.startsWith('__init__'));
  const inside = resolvePath(folder, '.').replace(/\/$/, '');
  const paths = files.sort(byName).map((name) => `${inside}/${name}`);
  if (!recursive) return paths;
  const below = names.filter((name) => name.endsWith('/') && !name.endsWith('__pycache__/')).sort(byName);
  const inner = await Promise.all(below.map((name) => pathsIn(workspace, resolvePath(folder, name), true)));
  return [...paths, ...inner.flat()];
}

function unreadable(path: string): Problem {
  return { code: 'unreadable-file', severity: 'error', message: message('{name} can’t be read as UTF-8 text.', { name: baseName(path) }), at: { path, range: { start: 0, end: 0 } } };
}

function noRevision(path: string): Problem {
  const text = message('{name} lies among the revisions but is none: it sets no `revision`. Alembic refuses such a file; move it elsewhere.', { name: baseName(path) });
  return { code: 'not-a-revision', severity: 'error', message: text, at: { path, range: { start: 0, end: 0 } } };
}
