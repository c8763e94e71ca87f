import { readRevisionFile } from '../engine/history/read-revision-file';
import type { MigrationForm } from '../engine/project/supabase';
import { readable, readBlobs, run, type RunOptions } from './git';
import type { GitPlace, GitRevision } from './git-place';

export interface GitSearch {
  /** A folder of the repository that exists: the project's. */
  readonly root: string;
  /** Where its revisions lie, or its SQL migrations. Absolute. */
  readonly folders: readonly string[];
  readonly form: MigrationForm;
  /** Revision ids, or the versions that Supabase's file names begin with. */
  readonly ids: readonly string[];
  readonly signal?: AbortSignal;
}

export type GitFindings =
  /** What is not in `revisions`, git does not have; `isWhole` false: it was not looked everywhere, for that takes too long. */
  | { readonly kind: 'searched'; readonly revisions: ReadonlyMap<string, GitRevision>; readonly isWhole: boolean }
  /** No repository, or no git. */
  | { readonly kind: 'noRepository' };

/**
 * Where git has revisions that no file here has: on any branch, local or remote, in a tag, in a stash, deleted, or in commits that only
 * the reflog remembers. First in the folders of the project, then anywhere by file name. A file counts when it is read and says that it is
 * this revision. Never rejects; an aborted search found what it found.
 */
export async function findInGit(search: GitSearch): Promise<GitFindings> {
  const repository = await repositoryOf(search.root);
  if (repository === null) return { kind: 'noRepository' };
  const ids = search.ids.filter((id) => /^[\x20-\x7e]{1,200}$/.test(id)).slice(0, mostIds);
  const revisions = new Map<string, GitRevision>();
  const missing = (): readonly string[] => ids.filter((id) => !revisions.has(id));
  let isWhole = ids.length === search.ids.length;
  for (const stage of stages(repository, search)) {
    if (missing().length === 0 || search.signal?.aborted === true) break;
    const candidates = await candidatesOf(repository, search, missing(), stage);
    if (candidates === null) isWhole = false;
    for (const id of missing()) {
      const found = await locate(repository, search, id, (candidates ?? []).filter((candidate) => candidate.id === id));
      if (found !== null) revisions.set(id, found);
    }
  }
  return { kind: 'searched', revisions, isWhole: isWhole && search.signal?.aborted !== true };
}

/** Every revision file that lies beside one that was found, as its branch or commit has them: its ancestors, most likely. */
export async function besideInGit(root: string, found: GitRevision, options: RunOptions = {}): Promise<readonly GitRevision[]> {
  const repository = await repositoryOf(root);
  const inside = repository?.inside(found.path) ?? null;
  if (repository === null || inside === null) return [];
  const slash = inside.lastIndexOf('/');
  const listed = await run(root, ['ls-tree', '-z', '--full-tree', '--name-only', found.ref, '--', ...(slash < 0 ? [] : [inside.slice(0, slash + 1)])], '', options);
  const names = (listed?.toString('utf8') ?? '').split('\0').filter((name) => /\.(py|sql)$/.test(name) && !/[\n\r]/.test(name));
  const texts = await readBlobs(root, names.map((name) => `${found.ref}:${name}`), options);
  return names.flatMap((name) => {
    const text = texts.get(`${found.ref}:${name}`);
    const path = repository.outside(name);
    const id = text === undefined ? null : idOf(path, text);
    return text === undefined || id === null ? [] : [{ ...found, id, path, text }];
  });
}

/** A search in a big repository ends, and a table that is not Alembic's own holds no thousand ids. */
const mostIds = 20;
const mostCommits = 200;
const patience = 20_000;

interface Repository {
  /** The path inside of the repository; null: it lies elsewhere. */
  inside(path: string): string | null;
  outside(name: string): string;
}

/** The project's folder keeps the name that it was opened by: git tells the one behind symbolic links. */
async function repositoryOf(root: string): Promise<Repository | null> {
  const answer = await run(root, ['rev-parse', '--show-toplevel', '--show-prefix']);
  if (answer === null) return null;
  const [top = '', prefix = ''] = answer.toString('utf8').split(/\r?\n/);
  const bare = root.replace(/\/$/, '');
  return {
    inside: (path) => (path === bare ? prefix.replace(/\/$/, '') : path.startsWith(`${bare}/`) ? `${prefix}${path.slice(bare.length + 1)}` : path.startsWith(`${top}/`) ? path.slice(top.length + 1) : null),
    outside: (name) => (name.startsWith(prefix) ? `${bare}/${name.slice(prefix.length)}` : `${top}/${name}`),
  };
}

/** Where to look, and by what: a file's text costs more than its name, a whole repository more than a folder. */
interface Stage {
  readonly pathspecs: (id: string) => readonly string[];
  readonly byText: boolean;
}

function stages(repository: Repository, { folders, form }: GitSearch): readonly Stage[] {
  const inside = folders.flatMap((folder) => repository.inside(folder) ?? []);
  if (form === 'alembic') {
    const own: Stage = { pathspecs: () => inside.map((folder) => `:(top,literal)${folder}`), byText: true };
    return [...(inside.length === 0 ? [] : [own]), { pathspecs: (id) => [`:(top,glob)**/*${glob(id)}*.py`], byText: false }];
  }
  const own: Stage = { pathspecs: (id) => inside.map((folder) => `:(top,glob)${folder === '' ? '' : `${glob(folder)}/`}${glob(id)}_*.sql`), byText: false };
  return [...(inside.length === 0 ? [] : [own]), { pathspecs: (id) => [`:(top,glob)**/supabase/migrations/${glob(id)}_*.sql`], byText: false }];
}

/** A file that was this revision when it was committed. */
interface Candidate {
  readonly id: string;
  readonly hash: string;
  readonly date: number;
  readonly author: string;
  readonly subject: string;
  /** Inside of the repository. */
  readonly name: string;
  readonly text: string;
  /** It was deleted in this commit, and is what stood before. */
  readonly isGone: boolean;
}

const logArguments = ['-c', 'log.showRoot=true', 'log', '--all', '--reflog', '--full-history', '-m', '--raw', '-z', '--no-abbrev', '--no-renames', '--no-color', '--no-ext-diff', '--no-textconv', '--no-show-signature', '--encoding=UTF-8', `--max-count=${mostCommits}`, '--format=%x01%H%x02%ct%x02%an%x02%s'];

/** Commits that brought or took one of these, newest first. Null: git did not answer in time. */
async function candidatesOf({ outside }: Repository, { root, signal }: GitSearch, ids: readonly string[], { pathspecs, byText }: Stage): Promise<readonly Candidate[] | null> {
  // A revision names itself between quotes; those that stand on it do so too, and are told apart when they are read.
  const pickaxe = byText ? ['--pickaxe-regex', `-S['"](${ids.map((id) => id.replaceAll(/[.[\]{}()*+?^$|\\]/g, '\\$&')).join('|')})['"]`] : [];
  const options: RunOptions = { patience, patterns: true, ...(signal && { signal }) };
  const log = await run(root, [...logArguments, ...pickaxe, '--', ...new Set(ids.flatMap(pathspecs))], '', options);
  if (log === null) return null;
  const changes = changesIn(log.toString('utf8'));
  const texts = await readBlobs(root, changes.map(({ blob }) => blob), signal && { signal });
  return changes.flatMap(({ blob, ...change }): readonly Candidate[] => {
    const text = texts.get(blob);
    const id = text === undefined ? null : idOf(outside(change.name), text);
    return text === undefined || id === null || !ids.includes(id) ? [] : [{ ...change, id, text }];
  });
}

type Change = Omit<Candidate, 'id' | 'text'> & { readonly blob: string };

/** A commit is `\x01hash\x02…\0`, then `:mode mode blob blob status\0path\0` a file (git documentation, "Raw output format"). */
function changesIn(log: string): readonly Change[] {
  return log.split('\x01').slice(1).flatMap((record): readonly Change[] => {
    const [head = '', ...rest] = record.split('\0');
    const [hash = '', seconds = '', author = '', subject = ''] = head.split('\x02');
    return rest.flatMap((field, index): readonly Change[] => {
      const [, before = '', after = '', status = ''] = /^\s*:\d+ \d+ ([0-9a-f]+) ([0-9a-f]+) ([A-Z])\d*$/.exec(field) ?? [];
      const name = rest[index + 1] ?? '';
      if (status === '' || /[\n\r]/.test(name)) return [];
      const isGone = status === 'D';
      return [{ hash, date: Number(seconds), author: readable(author), subject: readable(subject), name, blob: isGone ? before : after, isGone }];
    });
  });
}

/** Which revision a file is, as Alembic or Supabase's CLI would say; null: none. */
function idOf(path: string, text: string): string | null {
  if (path.endsWith('.sql')) return /\/([0-9]+)_[^/]*\.sql$/.exec(path)?.[1] ?? null;
  return readRevisionFile(path, text).value?.id ?? null;
}

/** The best place of a revision: a branch that has it now, then a tag, then where it was deleted, a stash, and what only the reflog knows. */
async function locate(repository: Repository, search: GitSearch, id: string, candidates: readonly Candidate[]): Promise<GitRevision | null> {
  const { root, signal } = search;
  const revision = (candidate: Candidate, place: GitPlace, ref: string, text = candidate.text): GitRevision => {
    const { hash, date, author, subject, name } = candidate;
    return { id, path: repository.outside(name), text, place, ref, commit: { id: hash.slice(0, 8), date, author, subject } };
  };
  let deleted: GitRevision | null = null;
  const brought = candidates.filter(({ isGone }) => !isGone);
  for (const candidate of firstOfEach(brought).slice(0, 5)) {
    const refs = await refsWith(root, candidate.hash, signal);
    const texts = await readBlobs(root, refs.map(({ ref }) => `${ref}:${candidate.name}`), signal && { signal });
    for (const { ref, place } of refs) {
      const text = texts.get(`${ref}:${candidate.name}`);
      if (text !== undefined && idOf(repository.outside(candidate.name), text) === id) return revision(candidate, place, ref, text);
    }
    const [first] = refs;
    if (first === undefined || deleted !== null) continue;
    const gone = candidates.find((other) => other.isGone && other.name === candidate.name);
    deleted = revision(gone ?? candidate, { kind: 'deleted', from: first.place.name, isCurrent: first.place.kind === 'branch' && first.place.isCurrent }, gone === undefined ? candidate.hash : `${gone.hash}^`);
  }
  const [last] = brought;
  if (deleted !== null || last === undefined) return deleted;
  const stash = (await stashes(root)).find(({ hashes }) => brought.some(({ hash }) => hashes.includes(hash)));
  const stashed = stash === undefined ? undefined : brought.find(({ hash }) => stash.hashes.includes(hash));
  if (stash !== undefined && stashed !== undefined) return revision(stashed, { kind: 'stash', name: stash.name }, stashed.hash);
  return revision(last, { kind: 'unreachable' }, last.hash);
}

function firstOfEach(candidates: readonly Candidate[]): readonly Candidate[] {
  return candidates.filter(({ hash }, index) => candidates.findIndex((other) => other.hash === hash) === index);
}

interface NamedRef {
  readonly ref: string;
  readonly place: Extract<GitPlace, { readonly kind: 'branch' | 'tag' }>;
}

/** What has this commit: the present branch, other local ones, remote ones, tags; those that moved last first. */
async function refsWith(root: string, hash: string, signal: AbortSignal | undefined): Promise<readonly NamedRef[]> {
  const output = await run(root, ['for-each-ref', `--contains=${hash}`, '--sort=-committerdate', '--count=50', '--format=%(HEAD)%00%(refname)%00%(symref)', 'refs/heads', 'refs/remotes', 'refs/tags'], '', { patience, ...(signal && { signal }) });
  const rank = ({ ref, place }: NamedRef): number => (place.kind === 'tag' ? 3 : place.isCurrent ? 0 : ref.startsWith('refs/heads/') ? 1 : 2);
  const refs = (output?.toString('utf8') ?? '').split('\n').flatMap((line): readonly NamedRef[] => {
    const [head = '', ref = '', symref = ''] = line.split('\0');
    const name = ref.replace(/^refs\/(?:heads|remotes|tags)\//, '');
    if (ref === '' || symref !== '') return [];
    return [{ ref, place: ref.startsWith('refs/tags/') ? { kind: 'tag', name } : { kind: 'branch', name, isCurrent: head === '*' } }];
  });
  return refs.sort((a, b) => rank(a) - rank(b));
}

/** A stash is a commit whose further parents are what was staged and what git did not know (git documentation, `git stash`, "Discussion"). */
async function stashes(root: string): Promise<readonly { readonly name: string; readonly hashes: readonly string[] }[]> {
  const output = await run(root, ['stash', 'list', '--format=%gd%x00%H%x00%P']);
  return (output?.toString('utf8') ?? '').split('\n').filter((line) => line !== '').map((line) => {
    const [name = '', hash = '', parents = ''] = line.split('\0');
    return { name, hashes: [hash, ...parents.split(' ').slice(1)] };
  });
}

function glob(text: string): string {
  return text.replaceAll(/[*?[\]\\]/g, '\\$&');
}
