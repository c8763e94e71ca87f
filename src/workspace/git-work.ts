import { spawn } from 'node:child_process';
import { access, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GitChange, GitRepository } from '../engine/checklist/facts';
import { normalizePath } from '../engine/project/paths';
import { message, type Message } from '../engine/text/problem';

/**
 * Git as a person uses it: with their configuration, their identity and the repository's hooks. For workspaces that are trusted alone, and only when
 * somebody asks; `git.ts` is the one that only reads.
 */
export interface GitWork extends GitRepository {
  /** The folder of the work tree, with forward slashes. */
  readonly root: string;
  /** Where `HEAD` and `index` lie: elsewhere for a linked work tree and a submodule. */
  readonly gitFolder: string;
  /** Names of the local branches. */
  readonly branches: readonly string[];
}

/** The state of the work tree that holds a folder. Null: it lies in none, or there is no git. */
export async function readGit(folder: string): Promise<GitWork | null> {
  const places = await git(folder, ['rev-parse', '--show-toplevel', '--absolute-git-dir', '--show-prefix']);
  const [top, gitFolder, prefix = ''] = places.output.split(/\r?\n/);
  if (places.code !== 0 || top === undefined || top === '' || gitFolder === undefined) return null;
  const root = asReached(folder, prefix) ?? top;
  const [head, status, refs, commit, remote, marks] = await Promise.all([
    git(folder, ['symbolic-ref', '--quiet', '--short', 'HEAD']),
    git(root, ['-c', 'core.fsmonitor=false', 'status', '--porcelain=v2', '-z', '--untracked-files=normal', '--ignore-submodules=dirty']),
    git(folder, ['for-each-ref', '--format=%(refname:short)', 'refs/heads']),
    git(folder, ['rev-parse', '--quiet', '--verify', 'HEAD']),
    git(folder, ['symbolic-ref', '--quiet', '--short', 'refs/remotes/origin/HEAD']),
    git(folder, ['rev-parse', '--git-path', 'MERGE_HEAD', '--git-path', 'rebase-merge', '--git-path', 'rebase-apply', '--git-path', 'CHERRY_PICK_HEAD', '--git-path', 'REVERT_HEAD', '--git-path', 'BISECT_LOG']),
  ]);
  if (status.code !== 0) return null;
  const branches = refs.output.split(/\r?\n/).filter((name) => name !== '');
  const branch = head.code === 0 ? head.output.trim() : null;
  const isUnborn = commit.code !== 0;
  const remoteMain = remote.code === 0 ? remote.output.trim().replace(/^origin\//, '') : null;
  const mainBranch = remoteMain ?? ['main', 'master', 'trunk'].find((name) => branches.includes(name) || branch === name) ?? null;
  return { kind: 'repository', root, gitFolder, branch, mainBranch, isUnborn, operation: await operationOf(folder, marks.output), branches, changes: changesIn(status.output, root) };
}

/** The work tree's folder by the way that leads to `folder`: git tells the real one, which links may call otherwise. */
function asReached(folder: string, prefix: string): string | null {
  const bare = normalizePath(folder);
  if (prefix === '') return bare;
  return `${bare}/`.endsWith(`/${prefix}`) ? bare.slice(0, bare.length - prefix.length) : null;
}

/** What is under way, by the files that git keeps meanwhile. */
async function operationOf(folder: string, output: string): Promise<GitRepository['operation']> {
  const kinds = ['merge', 'rebase', 'rebase', 'cherry-pick', 'revert', 'bisect'] as const;
  for (const [index, path] of output.split(/\r?\n/).filter((line) => line !== '').entries()) {
    const whole = /^([/\\]|[A-Za-z]:)/.test(path) ? path : join(folder, path);
    if (await access(whole).then(() => true, () => false)) return kinds[index] ?? null;
  }
  return null;
}

/** Source: git-status(1), "Porcelain Format Version 2", with `-z`. */
function changesIn(output: string, root: string): readonly GitChange[] {
  const fields = output.split('\0');
  const changes: GitChange[] = [];
  for (let index = 0; index < fields.length; index++) {
    const line = fields[index] ?? '';
    const [kind] = line;
    if (kind === '?') changes.push({ path: `${root}/${line.slice(2)}`, staged: null, unstaged: 'untracked', isConflict: false });
    if (kind !== '1' && kind !== '2' && kind !== 'u') continue;
    const path = line.split(' ').slice(kind === '1' ? 8 : kind === '2' ? 9 : 10).join(' ');
    // Of a renamed file the old name follows.
    if (kind === '2') index++;
    const [, , x = '.', y = '.'] = line;
    changes.push({ path: `${root}/${path}`, staged: kind === 'u' ? null : staged(x), unstaged: y === '.' ? null : y === 'D' ? 'deleted' : 'modified', isConflict: kind === 'u' });
  }
  return changes;
}

function staged(x: string): GitChange['staged'] {
  return x === '.' ? null : x === 'A' ? 'added' : x === 'D' ? 'deleted' : x === 'R' || x === 'C' ? 'renamed' : 'modified';
}

/** What git did, or what it said against it. */
export type Done = { readonly done: true; readonly output: string } | { readonly done: false; readonly reason: Message; /** All that git and its hooks printed. */ readonly output: string };

/** Makes a branch where HEAD stands and switches to it; what is not committed comes along. */
export async function createBranch(folder: string, name: string): Promise<Done> {
  const checked = await git(folder, ['check-ref-format', '--branch', name]);
  if (checked.code !== 0) return { done: false, reason: message('Git does not take {name} for a branch’s name.', { name }), output: checked.errors };
  const made = await git(folder, ['switch', '--no-track', '--create', name], { work: true });
  return made.code === 0 ? { done: true, output: made.errors } : { done: false, reason: message('{said}', { said: lastWords(made) }), output: `${made.output}${made.errors}` };
}

export interface CommitRequest {
  readonly git: GitWork;
  /** Absolute paths of files that are committed, and no others; deleted ones too. */
  readonly paths: readonly string[];
  readonly text: string;
  readonly signal?: AbortSignal;
}

/**
 * Stages the files and commits them, and them alone: what else is staged stays so and is not committed. A file that is staged in part is
 * committed as it is staged. With the person's own configuration and hooks; where a hook refuses, what was staged is staged all the same.
 */
export async function stageAndCommit({ git: work, paths, text, signal }: CommitRequest): Promise<Done> {
  const refusal = commitObstacle(work, paths);
  if (refusal !== null) return { done: false, reason: refusal, output: '' };
  const { inPart, others } = stagedBesides(work, paths);
  const toStage = paths.filter((path) => !inPart.includes(path)).map((path) => relative(work, path));
  const added = toStage.length === 0 ? null : await git(work.root, ['add', '--all', '--', ...toStage], { work: true, ...(signal && { signal }) });
  if (added !== null && added.code !== 0) return { done: false, reason: message('The files could not be staged: {said}', { said: lastWords(added) }), output: added.errors };
  const folder = await mkdtemp(join(tmpdir(), 'alembic-review-'));
  try {
    const file = join(folder, 'COMMIT_EDITMSG');
    await writeFile(file, text);
    // `--only` leaves what else is staged alone; without others the index itself is committed, and with it files that are staged in part.
    const only = others.length === 0 ? [] : ['--only', '--', ...paths.map((path) => relative(work, path))];
    const committed = await git(work.root, ['commit', '--file', file, '--cleanup=strip', ...only], { work: true, ...(signal && { signal }) });
    if (committed.code === 0) return { done: true, output: committed.output };
    return { done: false, reason: message('Git did not commit: {said}', { said: lastWords(committed) }), output: `${committed.output}${committed.errors}` };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Why these files can't be committed now; null: they can. */
export function commitObstacle(work: GitWork, paths: readonly string[]): Message | null {
  if (work.operation !== null) return message('A {operation} is under way in this repository. Finish it, or abort it, and commit the migration then.', { operation: work.operation });
  if (paths.length === 0) return message('There is nothing to commit: the files are as the last commit has them.');
  const outside = paths.find((path) => !path.startsWith(`${work.root}/`));
  if (outside !== undefined) return message('{path} lies outside of the repository {root}.', { path: outside, root: work.root });
  const { inPart, others } = stagedBesides(work, paths);
  if (inPart.length > 0 && others.length > 0) {
    return message('{file} is staged in part, and other files are staged, too. Commit those first, or stage the file whole or not at all.', { file: inPart.map((path) => relative(work, path)).join(', ') });
  }
  return null;
}

/** Of the files those that are staged in part, and what else is staged. */
export function stagedBesides(work: GitWork, paths: readonly string[]): { readonly inPart: readonly string[]; readonly others: readonly string[] } {
  const inPart = work.changes.filter(({ path, staged: inIndex, unstaged }) => paths.includes(path) && inIndex !== null && inIndex !== 'deleted' && unstaged !== null).map(({ path }) => path);
  const others = work.changes.filter(({ path, staged: inIndex }) => inIndex !== null && !paths.includes(path)).map(({ path }) => path);
  return { inPart, others };
}

/** The text of a file in the last commit; null: it is not in it. */
export async function committedText({ root }: GitWork, path: string): Promise<string | null> {
  const shown = await git(root, ['cat-file', 'blob', `HEAD:${path.slice(root.length + 1)}`]);
  return shown.code === 0 ? shown.output : null;
}

/** The first line of the last commit, with its short id: `1a2b3c4 Migration: add status`. */
export async function lastCommit({ root }: Pick<GitWork, 'root'>): Promise<string> {
  return (await git(root, ['log', '-1', '--format=%h %s', '--no-show-signature'])).output.trim();
}

export function relative({ root }: Pick<GitWork, 'root'>, path: string): string {
  return path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path;
}

interface Ran {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/** The line that tells most: git's own `fatal:` or `error:`, else the last one that was printed. */
function lastWords({ output, errors }: Ran): string {
  const lines = `${output}\n${errors}`.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('hint:'));
  const told = lines.find((line) => /^(?:fatal|error):/.test(line)) ?? lines.at(-1) ?? 'it gave no reason.';
  return told.length > 200 ? `${told.slice(0, 199)}…` : told;
}

/** Hooks may run a project's whole tests. */
const longest = { work: 15 * 60_000, reading: 10_000 };
const mostBytes = 64 * 1024 * 1024;

/** Windows has no groups of processes. */
const canGroup = process.platform !== 'win32';

/** `work`: it may write, and runs what the repository has for that. Never rejects. */
function git(folder: string, args: readonly string[], { work = false, signal }: { readonly work?: boolean; readonly signal?: AbortSignal } = {}): Promise<Ran> {
  return new Promise((resolve) => {
    const inherited = Object.entries(process.env).filter(([name]) => !/^GIT_(DIR|WORK_TREE|INDEX_FILE|PREFIX|COMMON_DIR|OBJECT_DIRECTORY|NAMESPACE)$/.test(name));
    // Nobody sits at a terminal, and no editor is to open: the message is written already.
    const env = { ...Object.fromEntries(inherited), GIT_TERMINAL_PROMPT: '0', GIT_EDITOR: 'true', ...(work ? {} : { GIT_OPTIONAL_LOCKS: '0', GIT_NO_LAZY_FETCH: '1', LC_ALL: 'C' }) };
    const child = spawn('git', ['-C', folder, '--no-pager', '--literal-pathspecs', ...args], { cwd: tmpdir(), env, windowsHide: true, stdio: ['ignore', 'pipe', 'pipe'], detached: canGroup });
    // A hook outlives its git, which does not hand signals on: the whole group is ended.
    const stop = (): void => void (canGroup && child.pid !== undefined ? process.kill(-child.pid) : child.kill());
    const timer = setTimeout(stop, work ? longest.work : longest.reading);
    signal?.addEventListener('abort', stop, { once: true });
    const [output, errors] = [[] as Buffer[], [] as Buffer[]];
    let length = 0;
    const keep = (parts: Buffer[]) => (part: Buffer): void => {
      length += part.length;
      if (length > mostBytes) stop();
      else parts.push(part);
    };
    child.stdout.on('data', keep(output));
    child.stderr.on('data', keep(errors));
    const end = (code: number | null, more = ''): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
      resolve({ code, output: Buffer.concat(output).toString('utf8'), errors: `${Buffer.concat(errors).toString('utf8')}${more}` });
    };
    child.on('error', (error) => end(null, error.message));
    child.on('close', (code) => end(code));
  });
}
