import type { ModelHome } from '../engine/project/project';
import { Reading } from '../engine/python/evaluate';
import type { PythonCache } from '../engine/python/evaluate';
import type { LoadedModule } from '../engine/python/scope';
import { readTexts, sameTexts, type Texts } from './texts';
import type { Workspace } from './workspace';

/** Whether a file makes a metadata object or a declarative base, which is where a set of models begins. */
export function definesMetadata(text: string): boolean {
  return /\bDeclarativeBase\b|\bdeclarative_base\s*\(|\bMetaData\s*\(|\bregistry\s*\(|\bSQLAlchemy\s*\(/.test(text);
}

export interface MetadataQuestion {
  readonly project: ModelHome;
  readonly candidates: readonly string[];
  /** The files that define metadata. */
  readonly bases: readonly string[];
  readonly roots: readonly string[];
  readonly python: PythonCache;
  readonly cache: MetadataCache;
}

/** The last answer by its question, with the texts that it was found in. */
export type MetadataCache = Map<string, { readonly files: Texts; readonly kept: readonly string[] }>;

/**
 * Of the candidates, those that env.py's own imports lead to, or that import a base which these do. All of them when
 * env.py does not name its metadata, or it comes from a library (`SQLModel.metadata`).
 */
export async function keepOwnMetadata(workspace: Workspace, { project, candidates, bases, roots, python, cache }: MetadataQuestion): Promise<readonly string[]> {
  const { env } = project;
  if (env === null || env.targetMetadata.length === 0) return candidates;
  const key = JSON.stringify([env.targetMetadata, env.path, candidates, bases, roots]);
  const known = cache.get(key);
  const files = new Map(await readTexts(workspace.read, known?.files.keys() ?? []));
  if (known !== undefined && sameTexts(known.files, files)) return known.kept;
  for (;;) {
    const reading = new Reading({ files, roots }, python);
    const own = new Set<string>();
    for (const name of env.targetMetadata) {
      const found = reading.resolver.absolute(name, env.path);
      if (found.kind === 'file') reachOf(reading.module(found.path), own);
    }
    const ownBases = bases.filter((path) => own.has(path));
    const overlapping = candidates.filter((path) => own.has(path) || overlaps(reachOf(reading.module(path), new Set()), ownBases));
    const wanted = [...reading.wanted].filter((path) => !files.has(path));
    if (wanted.length === 0) {
      const kept = ownBases.length === 0 ? candidates : overlapping;
      cache.clear();
      cache.set(key, { files, kept });
      return kept;
    }
    for (const [path, text] of await readTexts(workspace.read, wanted)) files.set(path, text);
  }
}

/** The module and everything its imports lead to inside the workspace. */
function reachOf(module: LoadedModule | null, seen: Set<string>): Set<string> {
  const open = [module];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next === null || seen.has(next.path)) continue;
    seen.add(next.path);
    open.push(...next.imports.map((follow) => follow()));
  }
  return seen;
}

function overlaps(reach: ReadonlySet<string>, paths: readonly string[]): boolean {
  return paths.some((path) => reach.has(path));
}
