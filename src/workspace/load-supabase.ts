import { replay } from '../engine/history/replay';
import type { Parsed, Problem } from '../engine/text/problem';
import { supabaseMigrations, type SupabaseMigrationFile } from '../engine/history/supabase';
import type { Operation } from '../engine/operations/operation';
import { readSqlDraft } from '../engine/operations/read-sql-draft';
import { baseName, resolvePath } from '../engine/project/paths';
import type { SupabaseProject } from '../engine/project/supabase';
import { emptySchema, type Schema } from '../engine/schema/schema';
import { message } from '../engine/text/problem';
import { pendingReplay, type PendingReplay } from './load-replay';
import { loadSqlParser } from './load-sql-parser';
import type { Workspace } from './workspace';

/** The migrations of the project in the order in which the CLI runs them, and the files that it passes over. */
export async function loadSupabaseHistory(workspace: Workspace, project: SupabaseProject): Promise<Parsed<readonly SupabaseMigrationFile[]>> {
  const names = await workspace.list(project.migrationsFolder);
  return supabaseMigrations(names.filter((name) => !name.endsWith('/')).map((name) => resolvePath(project.migrationsFolder, name)));
}

/**
 * The schema that the migrations lead to, read from the files without running them. What was not understood is in the
 * schema's `unknown`, with its place; a file that can't be read and SQL that PostgreSQL would not parse are errors.
 */
export async function loadSupabaseReplay(workspace: Workspace, migrations: readonly SupabaseMigrationFile[], cache: SupabaseCache = newSupabaseCache()): Promise<Parsed<Schema>> {
  const { value, problems } = await readMigrations(workspace, migrations, cache);
  const known = cache.replayed;
  if (known !== null && known.migrations.length === value.length && known.migrations.every((migration, index) => migration === value[index])) return { value: known.schema, problems };
  const schema = replay(value, emptySchema);
  cache.replayed = { migrations: value, schema };
  return { value: schema, problems };
}

/** The same for those that a database with the schema `start` lacks. */
export async function loadSupabasePending(workspace: Workspace, migrations: readonly SupabaseMigrationFile[], start: Schema): Promise<Parsed<PendingReplay>> {
  const { value, problems } = await readMigrations(workspace, migrations, newSupabaseCache());
  return { value: pendingReplay(value, start), problems };
}

/** What was read of the files, for who reads them again while one of them is typed: good as long as their texts are the same. */
export interface SupabaseCache {
  readonly files: Map<string, { readonly text: string; readonly migration: ReadMigration; readonly problems: readonly Problem[] }>;
  replayed: { readonly migrations: readonly ReadMigration[]; readonly schema: Schema } | null;
}

interface ReadMigration {
  readonly upgrade: readonly Operation[];
}

export function newSupabaseCache(): SupabaseCache {
  return { files: new Map(), replayed: null };
}

async function readMigrations(workspace: Workspace, migrations: readonly SupabaseMigrationFile[], cache: SupabaseCache): Promise<Parsed<readonly ReadMigration[]>> {
  const sql = await loadSqlParser();
  const texts = await Promise.all(migrations.map(({ path }) => workspace.read(path)));
  const problems: Problem[] = [];
  const value = migrations.map(({ path }, index) => {
    const text = texts[index] ?? null;
    if (text !== null) {
      let read = cache.files.get(path);
      if (read?.text !== text) {
        const draft = readSqlDraft(path, text, sql);
        read = { text, migration: { upgrade: draft.value.upgrade }, problems: draft.problems };
        cache.files.set(path, read);
      }
      problems.push(...read.problems);
      return read.migration;
    }
    problems.push({ code: 'unreadable-file', severity: 'error', message: message('{name} can’t be read as UTF-8 text.', { name: baseName(path) }), at: { path, range: { start: 0, end: 0 } } });
    return { upgrade: [] };
  });
  return { value, problems };
}
