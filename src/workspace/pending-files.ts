import { supabaseStanding, type SupabaseMigrationFile } from '../engine/history/supabase';
import type { SupabaseProject } from '../engine/project/supabase';
import { runsBare, splitLikeSupabase } from '../engine/sql/supabase-split';
import { message, type Message } from '../engine/text/problem';
import { loadSupabaseHistory } from './load-supabase';
import type { Workspace } from './workspace';

export interface PendingFile extends SupabaseMigrationFile {
  /** As the CLI takes the file apart. */
  readonly statements: readonly string[];
  /** It is to run without a transaction. */
  readonly bare: boolean;
}

export interface PendingFilesRequest {
  readonly workspace: Workspace;
  readonly project: SupabaseProject;
  /** The versions that the database has. */
  readonly applied: readonly string[];
  /** `head`: all of them; a version: up to it; `+1`: so many. */
  readonly target: string;
  /** Files that are older than the last applied one, too: the CLI wants `--include-all` for these. */
  readonly includeAll: boolean;
}

/** The SQL migrations that would run, in order; or why none may, as Supabase's CLI refuses. */
export async function pendingFiles({ workspace, project, applied, target, includeAll }: PendingFilesRequest): Promise<{ readonly files: readonly PendingFile[] } | { readonly reason: Message }> {
  const { value: migrations } = await loadSupabaseHistory(workspace, project);
  const { pending, unknown, outOfOrder } = supabaseStanding(migrations, applied);
  if (unknown.length > 0) {
    return { reason: message('The database has versions that no file has: {versions}. Supabase’s CLI refuses to go on then, and so do we: get the files (supabase db pull), or take the versions back (Stamp Database…, stamp --status reverted, or supabase migration repair --status reverted).', { versions: unknown.join(', ') }) };
  }
  if (outOfOrder.length > 0 && !includeAll) {
    return { reason: message('{versions} would run behind a later one that is applied already. Give them a later version, or include them on purpose (--include-all).', { versions: outOfOrder.map(({ version }) => version).join(', ') }) };
  }
  const count = /^\+(\d+)$/.exec(target)?.[1];
  const upTo = target === 'head' || target === 'heads' ? pending.length : count !== undefined ? Number(count) : pending.findIndex(({ version }) => version === target) + 1;
  if (upTo === 0 && count === undefined && pending.length > 0) return { reason: message('No pending migration has the version {target}.', { target }) };
  const files: PendingFile[] = [];
  for (const migration of pending.slice(0, upTo)) {
    const file = await readMigrationFile(workspace, migration);
    if ('reason' in file) return file;
    files.push(file);
  }
  return { files };
}

/** A migration with its statements, as the CLI would send and store them. */
export async function readMigrationFile(workspace: Workspace, migration: SupabaseMigrationFile): Promise<PendingFile | { readonly reason: Message }> {
  const text = await workspace.read(migration.path);
  if (text === null) return { reason: message('{path} can’t be read as UTF-8 text.', { path: migration.path }) };
  return { ...migration, statements: splitLikeSupabase(text), bare: runsBare(text) };
}
