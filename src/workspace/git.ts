import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import type { ModelChange, ModelPast } from '../engine/diff/model-history';

/** What keeps a project's past. One port, one adapter: git's own command line. */
export interface VersionControl {
  /**
   * The past of a file whose text is `now`: what is not committed, and its last commits. Null where nothing is known: no
   * repository, no git, a file that was never committed. Never rejects: a past is evidence, and nothing hangs on it.
   */
  pastOf(path: string, now: string): Promise<ModelPast | null>;
}

/**
 * Files in or below a folder that are not as they were where the present work left `ref`: changed, added, not committed yet or not
 * even known to git; deleted ones are left out. Absolute paths. Null: git does not know `ref`, has no common commit with it, or
 * the folder lies in no repository.
 */
export async function changedSince(folder: string, ref: string): Promise<readonly string[] | null> {
  if (ref.startsWith('-')) return null;
  const top = await run(folder, ['rev-parse', '--show-toplevel']);
  const changed = await run(folder, ['diff', '--name-only', '-z', '--no-color', '--no-ext-diff', '--no-textconv', '--no-relative', '--diff-filter=d', '--merge-base', ref, '--', '.']);
  const untracked = await run(folder, ['ls-files', '-z', '--others', '--exclude-standard', '--full-name', '--', '.']);
  if (top === null || changed === null || untracked === null) return null;
  const root = top.toString('utf8').replace(/\r?\n$/, '');
  const names = [changed, untracked].flatMap((output) => output.toString('utf8').split('\0').filter((name) => name !== ''));
  return [...new Set(names)].map((name) => `${root}/${name}`);
}

/** The files in and below a folder as the branch has them that everybody works from. */
export interface Upstream {
  /** `origin/main` */
  readonly branch: string;
  /** Absolute paths of the files that it has there. */
  readonly paths: ReadonlySet<string>;
  /** The text there; null: it has no such file, or it is no UTF-8. */
  read(path: string): Promise<string | null>;
  /** Which of the files are others on the disk by now, those that are gone left out; null: git does not say. */
  changed(): Promise<ReadonlySet<string> | null>;
}

/**
 * Where the present work left the branch that others have: the default branch of the remote, else one called main or master here, else
 * what the present branch follows. Null: there is no such branch, no repository, or no git.
 */
export async function upstreamOf(folder: string): Promise<Upstream | null> {
  const refs = await run(folder, ['for-each-ref', '--format=%(refname)%00%(symref)', 'refs/remotes/*/HEAD', 'refs/remotes/*/main', 'refs/remotes/*/master', 'refs/heads/main', 'refs/heads/master']);
  if (refs === null) return null;
  const known = new Map(refs.toString('utf8').split('\n').filter((line) => line !== '').map((line) => line.split('\0') as [string, string]));
  const [remoteHead] = [...known].filter(([name]) => name.endsWith('/HEAD')).sort(([a], [b]) => Number(b.includes('/origin/')) - Number(a.includes('/origin/')));
  const usual = ['refs/remotes/origin/main', 'refs/remotes/origin/master', 'refs/heads/main', 'refs/heads/master'];
  const ref = remoteHead?.[1] ?? usual.find((name) => known.has(name)) ?? [...known.keys()].find((name) => name.startsWith('refs/remotes/')) ?? '@{upstream}';
  const base = (await run(folder, ['merge-base', 'HEAD', ref]))?.toString('utf8').trim();
  const names = base === undefined || base === '' ? null : await run(folder, ['ls-tree', '-r', '--name-only', '-z', base, '--', '.']);
  if (base === undefined || names === null) return null;
  const bare = folder.replace(/\/$/, '');
  /** A commit's texts stay what they are. */
  const texts = new Map<string, Promise<string | null>>();
  return {
    branch: ref.replace(/^refs\/(?:heads|remotes)\//, ''),
    paths: new Set(names.toString('utf8').split('\0').filter((name) => name !== '').map((name) => `${bare}/${name}`)),
    read: (path) => {
      const name = path.startsWith(`${bare}/`) ? path.slice(bare.length + 1) : null;
      if (name === null || /[\n\r]/.test(name)) return Promise.resolve(null);
      const text = texts.get(name) ?? readBlobs(folder, [`${base}:./${name}`]).then((blobs) => blobs.values().next().value ?? null);
      texts.set(name, text);
      return text;
    },
    changed: async () => {
      const output = await run(folder, ['diff', '--name-only', '-z', '--no-color', '--no-ext-diff', '--no-textconv', '--relative', '--diff-filter=d', base, '--', '.']);
      return output && new Set(output.toString('utf8').split('\0').filter((name) => name !== '').map((name) => `${bare}/${name}`));
    },
  };
}

/**
 * Asks git, which only reads: two short processes a file, in the file's own folder, so that a submodule answers for
 * itself. Nothing that a repository may configure is run (no pager, no external diff, no filters, no fetching of what a
 * partial clone lacks); all the same it is for workspaces that are trusted.
 */
export const git: VersionControl = {
  async pastOf(path, now) {
    const slash = path.lastIndexOf('/');
    const [folder, name] = [path.slice(0, slash + 1), path.slice(slash + 1)];
    if (slash < 0 || /[\n\r]/.test(name)) return null;
    const log = await run(folder, [...logArguments, '--', name]);
    if (log === null) return null;
    const edits = editsIn(new TextDecoder().decode(log));
    const texts = await readBlobs(folder, [`HEAD:./${name}`, ...edits.flatMap(({ before, after }) => [before, after])]);
    const head = texts.get(`HEAD:./${name}`);
    if (head === undefined) return null;
    const uncommitted: readonly ModelChange[] = head === now ? [] : [{ before: head, after: now, commit: null }];
    const committed = edits.flatMap(({ before, after, commit }): readonly ModelChange[] => {
      const [left, right] = [texts.get(before), texts.get(after)];
      return left === undefined || right === undefined ? [] : [{ before: left, after: right, commit }];
    });
    return { now, changes: [...uncommitted, ...committed] };
  },
};

/** So far back a change of a model can still wait for its migration. */
const logArguments = ['log', '--follow', '--max-count=40', '--since=18.months', '--no-merges', '--format=%x01%H%x02%s', '--encoding=UTF-8', '--raw', '-z', '--no-abbrev', '--no-color', '--no-ext-diff', '--no-textconv', '--no-show-signature'];

interface BlobEdit {
  /** Object names. */
  readonly before: string;
  readonly after: string;
  readonly commit: { readonly id: string; readonly subject: string };
}

/**
 * A commit is `\x01hash\x02subject\0`, then `:mode mode blob blob status\0path\0` (git documentation, "Raw output format"); a
 * rename has two paths, and its blobs say all that is needed. Where the file was made or removed there is nothing to compare.
 */
function editsIn(log: string): readonly BlobEdit[] {
  return log.split('\x01').flatMap((record): readonly BlobEdit[] => {
    const parts = /^([0-9a-f]+)\x02([^\0]*)\0\s*:\d+ \d+ ([0-9a-f]+) ([0-9a-f]+) [A-Z]\d*\0/.exec(record);
    const [, hash = '', subject = '', before = '', after = ''] = parts ?? [];
    if (parts === null || /^0+$/.test(before) || /^0+$/.test(after)) return [];
    return [{ before, after, commit: { id: hash.slice(0, 8), subject: readable(subject) } }];
  });
}

/** A subject goes to terminals and into sentences: no control characters, and no more of it than it takes. */
export function readable(subject: string): string {
  const plain = subject.replace(/\p{Cc}+/gu, ' ').trim();
  return plain.length > 80 ? `${plain.slice(0, 79)}…` : plain;
}

/** The texts of objects by the names they were asked for; those that are missing or are no UTF-8 are left out. */
export async function readBlobs(folder: string, names: readonly string[], options: RunOptions = {}): Promise<ReadonlyMap<string, string>> {
  const distinct = [...new Set(names)];
  const output = await run(folder, ['cat-file', '--batch'], `${distinct.join('\n')}\n`, options);
  const texts = new Map<string, string>();
  // For each name, in order: `<object> blob <size>\n<content>\n`, or `<name> missing\n`.
  for (let at = 0, index = 0; output !== null && index < distinct.length && at < output.length; index++) {
    const end = output.indexOf(10, at);
    const head = output.toString('utf8', at, end < 0 ? output.length : end);
    const size = /^[0-9a-f]+ (\w+) (\d+)$/.exec(head);
    at = end < 0 ? output.length : end + 1;
    if (size === null) continue;
    const content = output.subarray(at, at + Number(size[2]));
    at += Number(size[2]) + 1;
    const text = size[1] === 'blob' ? decode(content) : null;
    if (text !== null) texts.set(distinct[index] ?? '', text);
  }
  return texts;
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

const timeout = 5_000;
const mostBytes = 64 * 1024 * 1024;

export interface RunOptions {
  /** Aborting ends git, and the answer is null. */
  readonly signal?: AbortSignal;
  /** Milliseconds; 5 seconds when nothing is said. */
  readonly patience?: number;
  /** Paths are patterns, with git's magic words in front. */
  readonly patterns?: boolean;
}

/** What git printed; null when it cannot be run, has anything to object, or takes too long. */
export function run(folder: string, args: readonly string[], input = '', { signal, patience = timeout, patterns = false }: RunOptions = {}): Promise<Buffer | null> {
  return new Promise((resolve) => {
    // A hook that runs us speaks of its own repository.
    const inherited = Object.entries(process.env).filter(([name]) => !/^GIT_(DIR|WORK_TREE|INDEX_FILE|PREFIX|COMMON_DIR|OBJECT_DIRECTORY|NAMESPACE)$/.test(name));
    const env = { ...Object.fromEntries(inherited), GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', GIT_NO_LAZY_FETCH: '1', LC_ALL: 'C' };
    // Windows looks for a program in the working folder first, and this one is somebody's repository.
    const child = spawn('git', ['-C', folder, '--no-pager', ...(patterns ? [] : ['--literal-pathspecs']), ...args], { cwd: tmpdir(), env, timeout: patience, windowsHide: true, ...(signal && { signal }) });
    const parts: Buffer[] = [];
    let length = 0;
    child.stdout.on('data', (part: Buffer) => {
      length += part.length;
      if (length > mostBytes) child.kill();
      else parts.push(part);
    });
    child.stderr.resume();
    child.on('error', () => resolve(null));
    child.on('close', (code) => resolve(code === 0 ? Buffer.concat(parts) : null));
    child.stdin.on('error', () => undefined).end(input);
  });
}
