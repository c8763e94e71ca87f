import { newReplayCache, type ReplayCache } from '../../workspace/load-replay';
import { reviewFile, type ReviewRequest } from '../../workspace/review-file';
import type { Review } from '../../engine/review';
import type { SqlParser } from '../../engine/sql/parser';
import type { Workspace } from '../../workspace/workspace';
import type { Connections } from '../connections';
import type { DatabaseSchemas, KnownDatabase } from '../database-schemas';
import type { Databases } from '../databases';
import type { ModelFiles } from '../model-files';
import type { OpenProject, Projects } from '../project';
import { toUri } from '../convert';
import { readSettings } from '../settings';

/**
 * Reviews one draft's text; nothing comes when the file is no revision of an open project. What the text and the schema say comes
 * first; where the rows of the connected database have more to say, the whole review comes once more. Throws when `signal` aborts.
 */
export type ReviewText = (path: string, text: string, signal: AbortSignal) => AsyncIterable<ReviewedText>;

export type ReviewedText = Pick<Review, 'diagnostics' | 'notReviewed'>;

export interface ReviewParts {
  readonly workspace: Workspace;
  readonly projects: Projects;
  readonly connections: Connections;
  readonly databases: Databases;
  readonly modelFiles: ModelFiles;
  readonly schemas: DatabaseSchemas;
  readonly sqlParser: () => Promise<SqlParser>;
}

/** What is kept of a project between two keystrokes, so that a change recomputes what hangs on it; good for one naming convention. */
interface Memory {
  readonly convention: string;
  readonly cache: ReplayCache;
}

export function createReviewText(parts: ReviewParts): ReviewText {
  const memories = new Map<string, Memory>();
  return async function* (path, text, signal) {
    const project = parts.projects.ofRevision(path);
    if (project === null) return;
    const [sql, models, database] = await Promise.all([parts.sqlParser(), parts.modelFiles.desired(project), activeDatabase(parts, project)]);
    const convention = JSON.stringify([models?.convention ?? null, [...(project.project.mainOptions ?? [])]]);
    const known = memories.get(project.id);
    const memory = known?.convention === convention ? known : { convention, cache: newReplayCache() };
    memories.set(project.id, memory);
    const read = parts.workspace.read.bind(parts.workspace);
    const workspace: Workspace = {
      ...parts.workspace,
      read: (file) => {
        signal.throwIfAborted();
        return read(file);
      },
    };
    const settings = readSettings(toUri(path));
    const postgresVersion = database?.serverVersion ?? settings.postgresVersion;
    const request: ReviewRequest = {
      workspace,
      project: { project: project.project, graph: project.history, kept: project.kept },
      path,
      text,
      database: database && { schema: database.schema, applied: database.applied, facts: database.facts() },
      desired: models?.value ?? null,
      convention: models?.convention ?? null,
      sql,
      severities: settings.severities,
      settings: { largeTableRows: settings.largeTableRows, ...(postgresVersion === null ? {} : { postgresVersion }) },
      cache: memory.cache,
    };
    const review = await reviewFile(request);
    signal.throwIfAborted();
    if (review === null) return;
    yield review;
    if (database === null || request.database === null || review.wantedFacts.length === 0) return;
    const withRows = await reviewFile({ ...request, database: { ...request.database, answer: (questions) => database.answer(questions, signal) } });
    signal.throwIfAborted();
    if (withRows !== null) yield withRows;
  };
}

/** The active database where it belongs to this project and could be read. */
export async function activeDatabase({ connections, databases, schemas }: ReviewParts, project: OpenProject): Promise<(KnownDatabase & { readonly applied: readonly string[] }) | null> {
  const active = connections.active();
  const state = databases.states().find(({ connection }) => connection.id === active?.id);
  if (state?.outcome.kind !== 'read' || (state.connection.project !== null && state.connection.project !== project.id)) return null;
  const known = await schemas.of(state.connection);
  return known === null ? null : { ...known, applied: state.outcome.versions };
}
