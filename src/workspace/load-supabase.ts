import { replay } from '../engine/history/replay';
import { supabaseMigrations, type SupabaseMigrationFile } from '../engine/history/supabase';
import type { Operation } from '../engine/operations/operation';
import { readSqlDraft } from '../engine/operations/read-sql-draft';
import { baseName, resolvePath } from '../engine/project/paths';
import type { SupabaseProject } from '../engine/project/supabase';
import { emptySchema, type Schema } from '../engine/schema/schema';
import { message, type Parsed, type Problem } from '../engine/text/problem';
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
export async function loadSupabaseReplay(workspace: Workspace, migrations: readonly SupabaseMigrationFile[]): Promise<Parsed<Schema>> {
  const { value, problems } = await readMigrations(workspace, migrations);
  return { value: replay(value, emptySchema), problems };
}

/** The same for those that a database with the schema `start` lacks. */
export async function loadSupabasePending(workspace: Workspace, migrations: readonly SupabaseMigrationFile[], start: Schema): Promise<Parsed<PendingReplay>> {
  const { value, problems } = await readMigrations(workspace, migrations);
  return { value: pendingReplay(value, start), problems };
}

async function readMigrations(workspace: Workspace, migrations: readonly SupabaseMigrationFile[]): Promise<Parsed<readonly { readonly upgrade: readonly Operation[] }[]>> {
  const sql = await loadSqlParser();
  const texts = await Promise.all(migrations.map(({ path }) => workspace.read(path)));
  const problems: Problem[] = [];
  const value = migrations.map(({ path }, index) => {
    const text = texts[index] ?? null;
    if (text !== null) {
      const draft = readSqlDraft(path, text, sql);
      problems.push(...draft.problems);
      return { upgrade: draft.value.upgrade };
    }
    problems.push({ code: 'unreadable-file', severity: 'error', message: message('{name} can’t be read as UTF-8 text.', { name: baseName(path) }), at: { path, range: { start: 0, end: 0 } } });
    return { upgrade: [] };
  });
  return { value, problems };
}
