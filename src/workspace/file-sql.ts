import { draftSql } from '../engine/draft-sql';
import { supabaseMigrations } from '../engine/history/supabase';
import type { Direction } from '../engine/history/version-sql';
import { readRevisionFile } from '../engine/history/read-revision-file';
import { readDraft } from '../engine/operations/read-draft';
import type { Operation } from '../engine/operations/operation';
import { readSql } from '../engine/operations/read-sql';
import { baseName, parentFolder, resolvePath } from '../engine/project/paths';
import { newPythonCache, Reading } from '../engine/python/evaluate';
import { operationsSql, type ScriptPart } from '../engine/render/script-sql';
import { emptySchema, type Schema } from '../engine/schema/schema';
import type { Parsed, Problem } from '../engine/text/problem';
import { revisionRoots } from './load-models';
import { loadSupabaseReplay } from './load-supabase';
import { startOf, type ReviewRequest } from './review-file';

export interface FileSqlRequest extends Pick<ReviewRequest, 'workspace' | 'project' | 'path' | 'text' | 'database' | 'sql' | 'convention' | 'cache'> {
  readonly direction: Direction;
  /** As `alembic upgrade --sql` has it: what the script is told when it asks, and types that are made without a look. */
  readonly offline: boolean;
  /** What a revision meets, where that is known otherwise than by its place in the history. */
  readonly before?: Schema;
  /** The server's major version, where it is known: locks hang on it. */
  readonly postgresVersion?: number;
}

/** What is assumed where nothing tells. */
const newestPostgres = 18;


/**
 * What a draft is for the server, statement by statement: a revision of Alembic's with its bookkeeping, or a file of SQL as
 * it stands. Null: the file is neither. Problems are what could not be read; where in the script that is, a part says too.
 */
export async function fileSql(request: FileSqlRequest): Promise<Parsed<readonly ScriptPart[]> | null> {
  return request.path.endsWith('.sql') ? sqlFile(request) : revisionSql(request);
}

async function revisionSql(request: FileSqlRequest): Promise<Parsed<readonly ScriptPart[]> | null> {
  const { project, path, text, sql, direction, offline, postgresVersion = newestPostgres } = request;
  const file = readRevisionFile(path, text).value;
  if (file === null) return null;
  const roots = project === null ? [] : await revisionRoots(request.workspace, project.project);
  const before = request.before ?? (await startOf(request, roots, file)).schema;
  const { value: draft, problems } = await readDraftAt(request, roots, before);
  if (draft === null) return { value: [], problems };
  const versionTable = { name: project?.project.env.versionTable ?? 'alembic_version', schema: project?.project.env.versionTableSchema ?? null };
  return { value: draftSql({ draft, file, graph: project?.graph ?? null, before, problems, direction, versionTable, offline, run: { form: 'alembic', postgresVersion, sql, transactionPerMigration: project?.project.env.transactionPerMigration ?? false } }), problems };
}

/** What a revision does on a schema, with what it imports from the workspace. */
export async function readDraftAt({ workspace, project, path, text, sql, convention = null, cache, offline }: Omit<FileSqlRequest, 'direction'>, roots: readonly string[], before: Schema): Promise<ReturnType<typeof readDraft>> {
  const files = new Map<string, string | null>([[path, text]]);
  for (;;) {
    const reading = new Reading({ files, roots }, cache?.python ?? newPythonCache());
    const result = readDraft(reading, path, { sql, convention, before, offline, mainOptions: project?.project.mainOptions });
    const missing = [...reading.wanted].filter((wanted) => !files.has(wanted));
    if (missing.length === 0) return result;
    const texts = await Promise.all(missing.map((wanted) => workspace.read(wanted)));
    missing.forEach((wanted, index) => files.set(wanted, texts[index] ?? null));
  }
}

/** A migration of Supabase's CLI, or any other SQL: on the schema that the migrations before it leave. */
async function sqlFile({ workspace, path, text, sql, direction, postgresVersion = newestPostgres }: FileSqlRequest): Promise<Parsed<readonly ScriptPart[]>> {
  if (direction === 'downgrade') return { value: [{ kind: 'comment', text: 'A file of SQL has no way back.' }], problems: [] };
  const folder = parentFolder(path);
  const names = await workspace.list(folder);
  const { value: migrations } = supabaseMigrations(names.filter((name) => name.endsWith('.sql')).map((name) => resolvePath(folder, name)));
  const earlier = migrations.some((migration) => migration.path === path) ? migrations.filter((migration) => baseName(migration.path) < baseName(path)) : [];
  const before = earlier.length === 0 ? emptySchema : (await loadSupabaseReplay(workspace, earlier)).value;
  const { value: statements, problems } = readSql(text, sql);
  const operations = statements.flatMap(({ statement, operations: own }): readonly Operation[] => {
    const place = { path, range: statement.range };
    const source = { ...place, editable: true, statement: place, arguments: {}, written: { text: statement.text } };
    return own.length > 0 ? own.map((operation) => ({ ...operation, source })) : [{ kind: 'execute', sql: statement.text, effect: 'none', source }];
  });
  const placed = problems.map((problem, index): Problem => ({ ...problem, ...placeOf(path, statements.filter(({ statement }) => statement.error !== null)[index]) }));
  return { value: operationsSql(operations, before, { problems: [], offline: false, run: { form: 'supabase', postgresVersion, sql } }), problems: placed };
}

function placeOf(path: string, read: { readonly statement: { readonly error: { readonly at: number } | null; readonly range: { readonly end: number } } } | undefined): Pick<Problem, 'at'> {
  return read?.statement.error ? { at: { path, range: { start: read.statement.error.at, end: read.statement.range.end } } } : {};
}
