import type { ReportedDraft } from '../../engine/render/review-report';
import { reportFile } from '../../workspace/report-file';
import { dryRunSection } from '../../workspace/dry-run/section';
import type { DryRuns } from '../dry-run/dry-runs';
import { readSettings } from '../settings';
import { toUri } from '../convert';
import { activeDatabase, type ReviewedText, type ReviewParts, type ReviewText } from './review-text';

/** What the report says of one draft's text, reviewed anew. Null: the file is no revision of an open project, nor SQL. Throws when `signal` aborts. */
export type ReportText = (path: string, text: string, signal: AbortSignal) => Promise<Report | null>;

export interface Report {
  readonly draft: ReportedDraft;
  /** What it was held against; null: the history alone. */
  readonly database: string | null;
}

export function createReportText(parts: ReviewParts, reviewText: ReviewText, dryRuns: Pick<DryRuns, 'of'>): ReportText {
  return async (path, text, signal) => {
    let review: ReviewedText | null = null;
    // The last one knows most.
    for await (const next of reviewText(path, text, signal)) review = next;
    if (review === null) return null;
    const project = parts.projects.ofRevision(path);
    const home = project ?? parts.projects.ofMigration(path)?.supabase ?? null;
    const [sql, models, database] = await Promise.all([parts.sqlParser(), project && parts.modelFiles.desired(project), home && activeDatabase(parts, home)]);
    const draft = await reportFile({
      workspace: parts.workspace,
      project: project && { project: project.project, graph: project.history },
      path,
      text,
      database: database && { schema: database.schema, applied: database.applied },
      sql,
      convention: models?.convention ?? null,
      review,
      shown: home !== null && path.startsWith(`${home.project.root}/`) ? path.slice(home.project.root.length + 1) : path,
      postgresVersion: database?.serverVersion ?? readSettings(toUri(path)).postgresVersion,
    });
    signal.throwIfAborted();
    return { draft: { ...draft, ...dryRunSection(dryRuns.of(path, text), path, text) }, database: database && `PostgreSQL ${database.serverVersion}, ${parts.connections.active()?.name ?? ''}` };
  };
}
