import { noFacts } from '../engine/facts';
import type { SupabaseMigrationFile } from '../engine/history/supabase';
import type { RevisionFile } from '../engine/history/revision';
import { parentFolder } from '../engine/project/paths';
import type { Review } from '../engine/review';
import { emptySchema } from '../engine/schema/schema';
import { sameWords } from '../engine/rules/support/edited';
import type { FindUpstream } from './published';
import { reviewFile, type ReviewRequest } from './review-file';
import { reviewSqlFile, type SqlFileRequest } from './review-sql-file';

/** A revision that does something else than what was published, or run, of it: what the rule `edited-after-apply` says of it. */
export interface EditedRevision {
  readonly path: string;
  /** Who has the other text: `main`, `the database`. */
  readonly where: string;
  /** `new: add column place.city; gone: …` */
  readonly changes: string;
  /** As it was published. */
  readonly text: string;
}

export interface EditedRequest extends Pick<ReviewRequest, 'workspace' | 'sql' | 'convention' | 'severities' | 'cache'> {
  readonly project: NonNullable<ReviewRequest['project']>;
  readonly upstream: FindUpstream;
  /** The rows of a database's version table. */
  readonly applied: readonly string[];
  /** The revisions that this makes applied. */
  readonly files: readonly RevisionFile[];
  /** Whether the text of a file is not on the disk. */
  readonly isUnsaved: (path: string) => boolean;
}

/** Of the revisions that a database has applied, those that were edited since. Git is asked once a folder which files changed at all; the rule says which of them matter. */
export async function editedRevisions({ files, isUnsaved, ...request }: EditedRequest): Promise<readonly EditedRevision[]> {
  const changed = new Set<string>();
  for (const folder of new Set(files.map(({ path }) => parentFolder(path)))) for (const path of (await (await request.upstream(folder))?.changed()) ?? []) changed.add(path);
  const edited: EditedRevision[] = [];
  for (const { path } of files) {
    const text = changed.has(path) || isUnsaved(path) ? await request.workspace.read(path) : null;
    if (text === null) continue;
    edited.push(...editedIn(path, await reviewFile({ ...request, path, text, database: { schema: emptySchema, applied: request.applied, facts: noFacts }, desired: null, isApplied: true })));
  }
  return edited;
}

export interface EditedSqlRequest extends Pick<SqlFileRequest, 'workspace' | 'sql' | 'severities' | 'sqlCache'> {
  /** The files that a database has applied. */
  readonly files: readonly SupabaseMigrationFile[];
  /** What Supabase's CLI stored in the database that it ran, by version. */
  readonly ran: ReadonlyMap<string, readonly string[]>;
}

/** The same of SQL migrations, by the statements that the database stored. */
export async function editedMigrations({ files, ran, ...request }: EditedSqlRequest): Promise<readonly EditedRevision[]> {
  const edited: EditedRevision[] = [];
  for (const { path, version } of files) {
    const statements = ran.get(version);
    const text = statements === undefined ? null : await request.workspace.read(path);
    // Most files are word for word what was run: those need not be understood.
    if (statements === undefined || text === null || sameWords(text, statements.map((statement) => `${statement};\n`).join(''))) continue;
    const database = { schema: emptySchema, applied: files.map((file) => file.version), ran: (asked: string) => Promise.resolve(ran.get(asked) ?? null) };
    edited.push(...editedIn(path, await reviewSqlFile({ ...request, path, text, desired: null, database, isApplied: true })));
  }
  return edited;
}

function editedIn(path: string, review: Review | null): readonly EditedRevision[] {
  const found = review?.diagnostics.find(({ rule }) => rule === 'edited-after-apply');
  const comparison = found?.actions?.find((action) => action.kind === 'compare');
  if (found === undefined || comparison === undefined) return [];
  return [{ path, where: comparison.where, text: comparison.text, changes: String(found.data?.['changes'] ?? '') }];
}
