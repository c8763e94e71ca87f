import { newReplayCache, type ReplayCache } from '../../workspace/load-replay';
import { reviewFile, type ReviewRequest } from '../../workspace/review-file';
import type { Review } from '../../engine/review';
import type { SqlParser } from '../../engine/sql/parser';
import type { Workspace } from '../../workspace/workspace';
import type { Connections } from '../connections';
import type { DatabaseSchemas } from '../database-schemas';
import type { Databases } from '../databases';
import type { ModelFiles } from '../model-files';
import type { OpenProject, Projects } from '../project';

/** Reviews one draft's text; null when the file is no revision of an open project. Throws when `signal` aborts. */
export type ReviewText = (path: string, text: string, signal: AbortSignal) => Promise<Pick<Review, 'diagnostics' | 'notReviewed'> | null>;

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
  return async (path, text, signal) => {
    const project = parts.projects.ofRevision(path);
    if (project === null) return null;
    const [sql, models, database] = await Promise.all([parts.sqlParser(), parts.modelFiles.desired(project), activeDatabase(parts, project)]);
    const convention = JSON.stringify(models?.convention ?? null);
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
    const review = await reviewFile({
      workspace,
      project: { project: project.project, graph: project.history },
      path,
      text,
      database,
      desired: models?.value ?? null,
      convention: models?.convention ?? null,
      sql,
      cache: memory.cache,
    });
    signal.throwIfAborted();
    return review;
  };
}

/** The active database where it belongs to this project and could be read. */
async function activeDatabase({ connections, databases, schemas }: ReviewParts, project: OpenProject): Promise<ReviewRequest['database']> {
  const active = connections.active();
  const state = databases.states().find(({ connection }) => connection.id === active?.id);
  if (state?.outcome.kind !== 'read' || (state.connection.project !== null && state.connection.project !== project.id)) return null;
  const schema = await schemas.of(state.connection);
  return schema === null ? null : { schema, applied: state.outcome.versions };
}
