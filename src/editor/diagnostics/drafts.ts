import type { Projects } from '../project';
import type { DatabaseState } from '../views/database-nodes';

/**
 * A draft is a revision, or a SQL migration, that is still open somewhere: not applied on every connected database that answers. Where no
 * database answers nobody knows, and every open revision counts as one.
 */
export function isDraft(path: string, projects: Pick<Projects, 'ofRevision' | 'ofMigration'>, states: readonly DatabaseState[]): boolean {
  const migration = projects.ofMigration(path);
  // Beside an Alembic environment no database tells of it.
  if (migration?.supabase === null) return true;
  const project = migration?.supabase ?? projects.ofRevision(path);
  if (project === null) return false;
  const read = states.flatMap(({ connection, outcome }) =>
    outcome.kind === 'read' && (connection.project === null || connection.project === project.id) ? [outcome.position] : [],
  );
  return read.length === 0 || !read.every(({ applied }) => applied.some((revision) => revision.path === path));
}
