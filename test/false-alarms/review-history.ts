import { performance } from 'node:perf_hooks';
import { sortDown } from '../../src/engine/history/order';
import type { Diagnostic, Severity } from '../../src/engine/rules/rule';
import { formatMessage, type Problem } from '../../src/engine/text/problem';
import { LineIndex } from '../../src/engine/text/text';
import type { NamingConvention } from '../../src/engine/sqlalchemy/naming';
import { createKeptDisk } from '../../src/workspace/kept-disk';
import { findProject } from '../../src/workspace/find-project';
import { loadHistory } from '../../src/workspace/load-history';
import { newReplayCache } from '../../src/workspace/load-replay';
import { loadSqlParser } from '../../src/workspace/load-sql-parser';
import { reviewFile } from '../../src/workspace/review-file';

/** What the review says of one revision of a history. */
export interface ReviewedRevision {
  readonly id: string;
  readonly path: string;
  readonly findings: readonly ReviewedFinding[];
  readonly notReviewed: readonly Problem[];
  readonly milliseconds: number;
}

export interface ReviewedFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly line: number;
  /** The marked text. */
  readonly marked: string;
  readonly message: string;
}

/** Reviews every revision as if it were the draft, on the schema that those before it leave: what `review --all` does, oldest first. */
export async function reviewHistory(folder: string, convention: NamingConvention | null): Promise<readonly ReviewedRevision[]> {
  const disk = createKeptDisk();
  const project = await findProject(disk, folder);
  if (!('root' in project)) throw new Error(`${folder} is no Alembic project`);
  const { value: graph } = await loadHistory(disk, project);
  const [sql, cache] = [await loadSqlParser(), newReplayCache()];
  const reviewed: ReviewedRevision[] = [];
  for (const id of sortDown(graph, graph.nodes.keys(), graph.effectiveHeads).reverse()) {
    const { path } = graph.nodes.get(id)!.file;
    const text = (await disk.read(path)) ?? '';
    const start = performance.now();
    const review = await reviewFile({ workspace: disk, project: { project, graph }, path, text, database: null, desired: null, sql, convention, cache });
    const milliseconds = performance.now() - start;
    if (review === null) throw new Error(`${path} is no revision`);
    reviewed.push({ id, path, findings: review.diagnostics.map((diagnostic) => findingOf(diagnostic, text)), notReviewed: review.notReviewed, milliseconds });
  }
  return reviewed;
}

function findingOf({ rule, severity, at, message }: Diagnostic, text: string): ReviewedFinding {
  const { start, end } = at.range;
  return { rule, severity, line: new LineIndex(text).at(start).line + 1, marked: text.slice(start, end), message: formatMessage(message) };
}
