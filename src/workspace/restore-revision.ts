import type { MigrationForm } from '../engine/project/supabase';
import { readRevisionFile } from '../engine/history/read-revision-file';
import { baseName, parentFolder, resolvePath } from '../engine/project/paths';
import type { GitRevision } from './git-place';
import { besideInGit, findInGit } from './git-revisions';
import type { Workspace } from './workspace';

export interface RestoreRequest {
  readonly workspace: Pick<Workspace, 'exists'>;
  readonly root: string;
  /** The project's version locations, or its folder of SQL migrations. */
  readonly folders: readonly string[];
  readonly form: MigrationForm;
  readonly found: GitRevision;
  /** Whether a file here has it: an id, or a branch label. */
  readonly isKnown: (id: string) => boolean;
  readonly signal?: AbortSignal;
}

export interface RestorePlan {
  /** The wanted one first, then what it stands on and no file here has. */
  readonly files: readonly { readonly id: string; readonly path: string; readonly text: string }[];
  /** What it stands on as well, and git does not have. */
  readonly lost: readonly string[];
}

/** Which files bring a revision back into the history: itself and the ancestors that are missing, too. Each under a path where nothing lies yet. */
export async function planRestore(request: RestoreRequest): Promise<RestorePlan> {
  const { root, form, folders, found, isKnown, signal } = request;
  const wanted = new Map<string, GitRevision>([[found.id, found]]);
  const lost = new Set<string>();
  const options = signal && { signal };
  const beside = form === 'alembic' ? new Map((await besideInGit(root, found, options)).map((one) => [one.id, one])) : new Map<string, GitRevision>();
  for (let open = parentsOf(found); open.length > 0; ) {
    const missing = [...new Set(open)].filter((id) => !isKnown(id) && !wanted.has(id) && !lost.has(id));
    const elsewhere = missing.filter((id) => !beside.has(id));
    const searched = elsewhere.length === 0 ? null : await findInGit({ root, folders, form, ids: elsewhere, ...options });
    signal?.throwIfAborted();
    const next: string[] = [];
    for (const id of missing) {
      const one = beside.get(id) ?? (searched?.kind === 'searched' ? searched.revisions.get(id) : undefined);
      if (one === undefined) lost.add(id);
      else {
        wanted.set(id, one);
        next.push(...parentsOf(one));
      }
    }
    open = next;
  }
  const taken = new Set<string>();
  const files: { id: string; path: string; text: string }[] = [];
  for (const { id, path, text } of wanted.values()) {
    const place = await freePath(request, path, taken);
    taken.add(place);
    files.push({ id, path: place, text });
  }
  return { files, lost: [...lost] };
}

/** Supabase's files stand on nothing. */
function parentsOf({ path, text }: GitRevision): readonly string[] {
  const file = path.endsWith('.py') ? readRevisionFile(path, text).value : null;
  return file === null ? [] : [...file.downRevisions, ...file.dependsOn];
}

/** Where it was, if that is among the version locations still, else in the first of them; beside what lies there already. */
export async function freePath({ workspace, folders }: Pick<RestoreRequest, 'workspace' | 'folders'>, path: string, taken: ReadonlySet<string> = new Set()): Promise<string> {
  const isInside = folders.some((folder) => parentFolder(path) === folder || path.startsWith(`${folder}/`));
  const wanted = isInside || folders[0] === undefined ? path : resolvePath(folders[0], baseName(path));
  const [, stem = wanted, end = ''] = /^(.*)(\.[a-z]+)$/.exec(wanted) ?? [];
  for (let count = 0; ; count++) {
    const candidate = count === 0 ? wanted : `${stem}_restored${count === 1 ? '' : count}${end}`;
    if (!taken.has(candidate) && !(await workspace.exists(candidate))) return candidate;
  }
}
