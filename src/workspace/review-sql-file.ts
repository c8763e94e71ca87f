import { supabaseMigrations, type SupabaseMigrationFile } from '../engine/history/supabase';
import { baseName, parentFolder, resolvePath } from '../engine/project/paths';
import { review, type Review, type ReviewInput } from '../engine/review';
import { supabaseNamespaces } from '../engine/schema/managed-schemas';
import { findTable } from '../engine/schema/lookup';
import { emptySchema, type QualifiedName, type Schema } from '../engine/schema/schema';
import { message } from '../engine/text/problem';
import { loadSupabasePending, loadSupabaseReplay, type SupabaseCache } from './load-supabase';
import { withAnswers, withUnknown, type ConnectedDatabase } from './connected-database';
import { changeDocumentIn, severitiesOfApplied, usesOf, type ReviewRequest } from './review-file';
import type { Workspace } from './workspace';

export interface SqlFileRequest extends Pick<ReviewRequest, 'workspace' | 'path' | 'text' | 'database' | 'desired' | 'sql' | 'severities' | 'settings' | 'isApplied' | 'changeDocument' | 'uses'> {
  readonly sqlCache?: SupabaseCache;
}

/** Reviews a file of SQL on the schema that it will meet: what the migrations before it in its folder lead to. Null: it is applied (`isApplied`) and as it was. */
export async function reviewSqlFile(request: SqlFileRequest): Promise<Review | null> {
  const { path, text, sql, database, desired, severities, settings } = request;
  const place = await placeOf(request.workspace, path);
  const published = place === null ? null : await storedText(database, place.version);
  if (request.isApplied === true && published === null) return null;
  const { schema: before, unsettled } = await startOf(request, place);
  const input: Omit<ReviewInput, 'rows' | 'uses'> = {
    path,
    text,
    siblings: place?.siblings ?? null,
    before,
    desired: place?.isLast === true ? desired : null,
    sql,
    published,
    changeDocument: await changeDocumentIn(request.workspace, rootOf(path), request.changeDocument),
    ...(request.isApplied === true ? { severities: severitiesOfApplied(severities) } : severities && { severities }),
    ...(settings && { settings }),
  };
  let uses = request.uses?.known ?? null;
  for (;;) {
    const result = await withAnswers(database, (facts) => review({ ...input, rows: database === null ? null : { facts, unsettled }, uses }));
    const found = await usesOf(result.wantedUses, request);
    if (found.size === 0) return result;
    uses = new Map([...(uses ?? []), ...found]);
  }
}

/** The folder of the project that a migration belongs to: what holds `supabase/migrations`, else the file's own. */
export function rootOf(path: string): string {
  const folder = parentFolder(path);
  return isSupabaseFolder(folder) ? parentFolder(parentFolder(folder)) : folder;
}

function isSupabaseFolder(folder: string): boolean {
  return /\/supabase\/migrations$/.test(folder);
}

/** What Supabase's CLI ran for this version, where it is applied and that is known. */
async function storedText(database: ConnectedDatabase | null, version: string): Promise<{ readonly where: string; readonly text: string } | null> {
  if (database?.ran === undefined || !database.applied.includes(version)) return null;
  const statements = await database.ran(version);
  return statements === null ? null : { where: 'the database', text: statements.map((statement) => `${statement};\n`).join('') };
}

/** Where a migration stands in its folder. */
interface SqlFilePlace {
  readonly version: string;
  readonly earlier: readonly SupabaseMigrationFile[];
  readonly isLast: boolean;
  /** The names in the folder, where the CLI is who runs its files. */
  readonly siblings: readonly string[] | null;
}

/** Null: the file is no migration by its name, so nothing tells what runs before it. */
async function placeOf(workspace: Workspace, path: string): Promise<SqlFilePlace | null> {
  const folder = parentFolder(path);
  const names = await workspace.list(folder);
  const listed = names.filter((name) => name.endsWith('.sql')).map((name) => resolvePath(folder, name));
  // A file that is not written yet stands where its name puts it.
  const { value: migrations } = supabaseMigrations(listed.includes(path) ? listed : [...listed, path]);
  const index = migrations.findIndex((migration) => migration.path === path);
  const own = migrations[index];
  return own === undefined ? null : { version: own.version, earlier: migrations.slice(0, index), isLast: index === migrations.length - 1, siblings: isSupabaseFolder(folder) ? names : null };
}

interface Start {
  readonly schema: Schema;
  readonly unsettled: readonly QualifiedName[] | null;
}

/** As for revisions (`review-file.ts`): the database and what is pending there, where it has run nothing but what stands before. */
async function startOf({ workspace, path, database, sqlCache }: SqlFileRequest, place: SqlFilePlace | null): Promise<Start> {
  if (place === null) {
    if (database !== null) return { schema: database.schema, unsettled: [] };
    return { schema: withUnknown(emptySchema, message('{file} is no migration by its name (<timestamp>_<name>.sql), so what stands before it is not known.', { file: baseName(path) })), unsettled: null };
  }
  const { earlier } = place;
  if (database?.applied.every((version) => earlier.some((migration) => migration.version === version)) === true) {
    const missing = earlier.filter(({ version }) => !database.applied.includes(version));
    const pending = (await loadSupabasePending(workspace, missing, database.schema)).value;
    const changed = database.schema.tables.filter((table) => findTable(pending.schema, table) !== table);
    return { schema: pending.schema, unsettled: pending.writes === null ? null : [...pending.writes, ...changed] };
  }
  const { value: replayed } = await loadSupabaseReplay(workspace, earlier, sqlCache);
  return { schema: isSupabaseFolder(parentFolder(path)) ? { ...replayed, managedNamespaces: supabaseNamespaces } : replayed, unsettled: null };
}
