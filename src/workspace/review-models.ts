import type { Diagnostic } from '../engine/rules/rule';
import { reviewModels } from '../engine/review-models';
import { revisionRoots } from './load-models';
import type { LoadedModels } from './load-models';
import { startOf, type ReviewRequest } from './review-file';

export type ModelsReviewRequest = Pick<ReviewRequest, 'workspace' | 'database' | 'sql' | 'severities' | 'cache'> & {
  readonly project: NonNullable<ReviewRequest['project']>;
  readonly models: LoadedModels;
};

/**
 * What is said of a project's models: held against the database with its pending revisions, or the history. Nothing where the models
 * could not be read whole.
 */
export async function reviewProjectModels({ models, ...request }: ModelsReviewRequest): Promise<readonly Diagnostic[]> {
  const { workspace, project, database, sql, cache, severities } = request;
  if (models.problems.some(({ severity }) => severity === 'error')) return [];
  const roots = await revisionRoots(workspace, project.project);
  // Whatever comes next stands on all heads.
  const next = { id: '', downRevisions: project.graph.heads, dependsOn: [] };
  const { schema: current } = await startOf({ workspace, project, database, sql, convention: models.convention, ...(cache && { cache }) }, roots, next);
  const pass = { current, desired: models.value, comparesServerDefaults: project.project.env.compareServerDefault, ...(severities && { severities }) };
  const found = reviewModels({ ...pass, texts: new Map() });
  if (found.length === 0) return [];
  const paths = [...new Set(found.map(({ at }) => at.path))];
  const texts = await Promise.all(paths.map((path) => workspace.read(path)));
  return reviewModels({ ...pass, texts: new Map(paths.flatMap((path, index) => (texts[index] == null ? [] : [[path, texts[index]] as const]))) });
}
