import { buildGraph, type RevisionGraph } from '../../engine/history/graph';
import { asRevision } from '../../engine/history/position';
import type { SupabaseMigrationFile } from '../../engine/history/supabase';

/** Supabase's migrations as a history: one line, each standing on the file before it. The very same graph for the very same files. */
export function supabaseGraph(migrations: readonly SupabaseMigrationFile[]): RevisionGraph {
  const known = graphs.get(migrations);
  if (known !== undefined) return known;
  const ids = migrations.map(({ version }) => version);
  const { value } = buildGraph(migrations.map((migration, index) => ({ ...asRevision(migration), downRevisions: ids.slice(Math.max(0, index - 1), index) })));
  graphs.set(migrations, value);
  return value;
}

const graphs = new WeakMap<readonly SupabaseMigrationFile[], RevisionGraph>();
