import type { RevisionGraph } from './graph';
import { pending } from './order';
import type { RevisionFile } from './revision';
import { supabaseStanding, type SupabaseMigrationFile } from './supabase';

/** Where a database stands in the history of the files. */
export interface Position {
  /** The next to run first. */
  readonly pending: readonly RevisionFile[];
  /** Newest first. */
  readonly applied: readonly RevisionFile[];
  /** In the database, not in the files. */
  readonly unknown: readonly string[];
  /** Where it stands: applied, and nothing that is applied stands on it. */
  readonly current: readonly string[];
  /** Ids of the files' heads. */
  readonly heads: readonly string[];
  /** Rows of the version table that others of it include: `alembic upgrade` refuses then. */
  readonly overlapping: readonly string[];
}

/**
 * Where a database with these rows in its version table stands. When no row is known in the files, nobody can say what
 * it has and lacks: then nothing is called pending.
 */
export function positionOf(graph: RevisionGraph, versions: readonly string[]): Position {
  const { pending: open, applied, unknown, overlapping } = pending(graph, versions);
  const lost = unknown.length > 0 && applied.length === 0;
  return { pending: lost ? [] : open, applied, unknown, current: versions, heads: graph.heads, overlapping };
}

/** The same for the files of Supabase's CLI, shown as revisions are. */
export function supabasePositionOf(migrations: readonly SupabaseMigrationFile[], versions: readonly string[]): Position {
  const { pending: open, applied, unknown } = supabaseStanding(migrations, versions);
  const lost = unknown.length > 0 && applied.length === 0;
  return { pending: lost ? [] : open.map(asRevision), applied: [...applied].reverse().map(asRevision), unknown, current: applied.slice(-1).map(({ version }) => version), heads: migrations.slice(-1).map(({ version }) => version), overlapping: [] };
}

export function asRevision({ version, name, path }: SupabaseMigrationFile): RevisionFile {
  const places = { revision: null, downRevision: null, upgrade: null, downgrade: null };
  return { path, id: version, downRevisions: [], branchLabels: [], dependsOn: [], message: name.replaceAll('_', ' '), createDate: null, places };
}
