import type { Diagnostic } from '../../engine/rules/rule';
import type { SqlParser } from '../../engine/sql/parser';
import type { Workspace } from '../../workspace/workspace';
import type { Connections } from '../connections';
import type { Databases } from '../databases';
import type { Projects } from '../project';

/** Reviews one draft's text; null when the file is no revision of an open project. */
export type ReviewText = (path: string, text: string, signal: AbortSignal) => Promise<readonly Diagnostic[] | null>;

export interface ReviewParts {
  readonly workspace: Workspace;
  readonly projects: Projects;
  readonly connections: Connections;
  readonly databases: Databases;
  readonly sqlParser: () => Promise<SqlParser>;
}

export function createReviewText({ projects }: ReviewParts): ReviewText {
  return async (path) => {
    if (projects.ofRevision(path) === null) return null;
    return [];
  };
}
