import { supabaseStanding, type SupabaseMigrationFile } from '../engine/history/supabase';
import type { SupabaseProject } from '../engine/project/supabase';
import { sqlComment } from '../engine/render/script-sql';
import { quoteLiteral } from '../engine/sql/identifiers';
import { message, type Message } from '../engine/text/problem';
import { loadSupabaseHistory } from './load-supabase';
import type { MigrationText } from './migration-text';
import { readMigrationFile, type PendingFile } from './pending-files';
import type { Workspace } from './workspace';

/** What a stamp of SQL migrations notes down and takes back. */
export interface FilesToStamp {
  readonly applied: readonly PendingFile[];
  readonly reverted: readonly string[];
}

export interface StampRequest {
  readonly workspace: Workspace;
  readonly project: SupabaseProject;
  /** The versions that the database has. */
  readonly heads: readonly string[];
  /** Versions; `head`: every file that is not noted down yet. */
  readonly applied: readonly string[];
  /** Versions; `base`: every one that is noted down. */
  readonly reverted: readonly string[];
}

/**
 * The files behind the versions, with the statements that the CLI would store; or why it can't be: as `supabase migration repair`, a
 * version needs a file to be noted down, and none to be taken back. A version that is not noted down is not taken back, which is no fault.
 */
export async function filesToStamp({ workspace, project, heads, applied, reverted }: StampRequest): Promise<FilesToStamp | { readonly reason: Message }> {
  const { value: migrations } = await loadSupabaseHistory(workspace, project);
  const wanted = applied.includes('head') || applied.includes('heads') ? supabaseStanding(migrations, heads).pending : [];
  const named = applied.filter((version) => version !== 'head' && version !== 'heads');
  const both = named.find((version) => reverted.includes(version));
  if (both !== undefined) return { reason: message('{version} can’t be noted down and taken back at once.', { version: both }) };
  const found: SupabaseMigrationFile[] = [...wanted];
  for (const version of new Set(named)) {
    const migration = migrations.find((one) => one.version === version);
    if (migration === undefined) return { reason: message('No file of {folder} has the version {version}: it can be taken back (--status reverted), but what would be noted down as applied has to be there.', { folder: project.migrationsFolder, version }) };
    if (!found.includes(migration)) found.push(migration);
  }
  const files: PendingFile[] = [];
  for (const migration of found) {
    const file = await readMigrationFile(workspace, migration);
    if ('reason' in file) return file;
    files.push(file);
  }
  const taken = reverted.includes('base') ? heads : heads.filter((version) => reverted.includes(version));
  return { applied: files, reverted: taken };
}

/** What a person has to see before: the rows, as SQL. */
export function stampText({ applied, reverted }: FilesToStamp, heads: readonly string[], head: readonly string[]): MigrationText {
  const lines = [
    ...head,
    'No migration runs: only rows of supabase_migrations.schema_migrations are changed, as supabase migration repair does it, so it must be true already.',
    ...applied.map(({ version, name }, index) => `${index + 1}. ${version} ${name.replaceAll('_', ' ')}: noted down as applied${heads.includes(version) ? ' anew, with the statements that its file has now' : ''}`),
    ...reverted.map((version, index) => `${applied.length + index + 1}. ${version}: taken back; what it did to the database stays`),
  ];
  const rows = applied.map(({ version, name, statements }) => {
    const list = statements.length === 0 ? `'{}'` : `ARRAY[\n    ${statements.map(quoteLiteral).join(',\n    ')}\n  ]`;
    return `INSERT INTO ${table} (version, name, statements) VALUES (${quoteLiteral(version)}, ${quoteLiteral(name)}, ${list})\n  ON CONFLICT (version) DO UPDATE SET name = EXCLUDED.name, statements = EXCLUDED.statements;\n`;
  });
  if (reverted.length > 0) rows.push(`DELETE FROM ${table} WHERE version IN (${reverted.map(quoteLiteral).join(', ')});\n`);
  return { text: `${lines.map((line) => `${sqlComment(line).join('\n')}\n`).join('')}\nBEGIN;\n\n${rows.join('\n')}\nCOMMIT;\n`, losses: [], isWhole: true };
}

const table = 'supabase_migrations.schema_migrations';
