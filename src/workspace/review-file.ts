import { readRevisionFile } from '../engine/history/read-revision-file';
import { ancestorsOf } from '../engine/history/graph';
import type { RevisionGraph } from '../engine/history/graph';
import type { RevisionFile } from '../engine/history/revision';
import type { Project } from '../engine/project/project';
import { review } from '../engine/review';
import type { Review, ReviewInput } from '../engine/review';
import { emptySchema } from '../engine/schema/schema';
import type { Schema } from '../engine/schema/schema';
import type { NamingConvention } from '../engine/sqlalchemy/naming';
import type { SqlParser } from '../engine/sql/parser';
import { message } from '../engine/text/problem';
import { revisionRoots } from './load-models';
import { loadReplay } from './load-replay';
import type { ReplayCache } from './load-replay';
import type { Workspace } from './workspace';

export interface ReviewRequest {
  readonly workspace: Workspace;
  /** Null: the file belongs to no project, so what stands before it is not known. */
  readonly project: { readonly project: Project; readonly graph: RevisionGraph } | null;
  readonly path: string;
  readonly text: string;
  /** What a connected database has and which revisions it has run; null: the history alone. */
  readonly database: { readonly schema: Schema; readonly applied: readonly string[] } | null;
  /** What the models ask for; it counts for a draft on the head alone. */
  readonly desired: Schema | null;
  readonly sql: SqlParser;
  /** The models' naming convention, where it is known: Alembic names with it what a revision leaves unnamed. */
  readonly convention?: NamingConvention | null;
  readonly severities?: ReviewInput['severities'];
  readonly cache?: ReplayCache;
}

/** Reviews one draft on the schema it will meet. Null: the file is no revision. */
export async function reviewFile(request: ReviewRequest): Promise<Review | null> {
  const { workspace, project, path, text, sql, cache } = request;
  const file = readRevisionFile(path, text).value;
  if (file === null) return null;
  const roots = project === null ? [] : await revisionRoots(workspace, project.project);
  const before = await schemaBefore(request, roots, file);
  const isLast = project === null || !project.graph.nodes.has(file.id) || project.graph.heads.includes(file.id);
  const input: ReviewInput = {
    path,
    text,
    before,
    desired: isLast ? request.desired : null,
    sql,
    roots,
    ...(request.severities && { severities: request.severities }),
    ...(cache && { cache: cache.python }),
  };
  const files = new Map<string, string | null>();
  for (;;) {
    const result = review({ ...input, files });
    const missing = result.wanted.filter((wanted) => wanted !== path && !files.has(wanted));
    if (missing.length === 0) return result;
    const texts = await Promise.all(missing.map((wanted) => workspace.read(wanted)));
    for (const [index, wanted] of missing.entries()) files.set(wanted, texts[index] ?? null);
  }
}

/**
 * Where a draft starts: the database's schema and the revisions that are still pending there, as far as the draft stands
 * on them. A database that has the draft already is past that point: then the history says it.
 */
async function schemaBefore({ workspace, project, database, sql, cache, convention = null }: ReviewRequest, roots: readonly string[], file: RevisionFile): Promise<Schema> {
  if (project === null) return withUnknown(emptySchema, message('The file belongs to no Alembic project, so what stands before it is not known.'));
  const { graph } = project;
  const parents = graph.nodes.get(file.id)?.parents ?? [...file.downRevisions, ...file.dependsOn].filter((id) => graph.nodes.has(id));
  const request = { workspace, graph, heads: parents, roots, sql, convention, ...(cache && { cache }) };
  const behind = ancestorsOf(graph, parents);
  // A database that has run anything else (the draft itself, another branch, a revision that nobody has) is not where the draft starts.
  const applied = database?.applied.every((id) => behind.has(id)) === true ? database.applied : null;
  const replayed = database === null || applied === null ? loadReplay(request) : loadReplay({ ...request, start: database.schema, applied });
  const lost = [...file.downRevisions, ...file.dependsOn].filter((id) => !graph.nodes.has(id) && !graph.labels.has(id));
  if (lost.length === 0) return replayed;
  return withUnknown(await replayed, message('Revision {id}, on which this one stands, is not among the files.', { id: lost.join(', ') }));
}

function withUnknown(schema: Schema, reason: Schema['unknown'][number]['reason']): Schema {
  return { ...schema, unknown: [...schema.unknown, { reason, tables: null }] };
}
