import { readRevisionFile } from '../engine/history/read-revision-file';
import type { ReportedDraft } from '../engine/render/review-report';
import type { Review } from '../engine/review';
import { fileSql } from './file-sql';
import type { ReviewRequest } from './review-file';

export interface ReportRequest extends Pick<ReviewRequest, 'workspace' | 'project' | 'path' | 'text' | 'database' | 'sql' | 'convention' | 'cache'> {
  /** What the review found there. */
  readonly review: Pick<Review, 'diagnostics' | 'notReviewed'>;
  /** The path as a person calls it. */
  readonly shown: string;
  /** The server's major version; null: not known. */
  readonly postgresVersion: number | null;
}

/** A draft that was reviewed, as the report shows it: with its statements, there and back, and what each locks. */
export async function reportFile({ review, shown, postgresVersion, ...request }: ReportRequest): Promise<ReportedDraft> {
  const { path, text } = request;
  const circumstances = { ...request, offline: false, ...(postgresVersion === null ? {} : { postgresVersion }) };
  const [upgrade, downgrade] = [await fileSql({ ...circumstances, direction: 'upgrade' }), path.endsWith('.sql') ? null : await fileSql({ ...circumstances, direction: 'downgrade' })];
  const file = path.endsWith('.sql') ? null : readRevisionFile(path, text).value;
  return {
    path: shown,
    at: path,
    text,
    revision: file && { id: file.id, message: file.message, parents: file.downRevisions },
    findings: review.diagnostics,
    notReviewed: review.notReviewed,
    upgrade: upgrade?.value ?? [],
    downgrade: downgrade?.value ?? [],
  };
}
