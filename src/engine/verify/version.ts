import type { RevisionGraph } from '../history/graph';
import { pending } from '../history/order';
import { supabaseStanding, type SupabaseMigrationFile } from '../history/supabase';
import type { VerifiedVersion, VersionRows } from './verification';

/** The rows of `alembic_version` held against the files. When no row is known in the files, nobody can say what is pending. */
export function verifyVersion(graph: RevisionGraph, rows: VersionRows): VerifiedVersion {
  const { pending: open, applied, unknown, overlapping } = pending(graph, rows.applied);
  const isLost = rows.problem !== null || (unknown.length > 0 && applied.length === 0);
  return { ...rows, heads: graph.heads, pending: isLost ? [] : open.map(({ id, message }) => ({ id, message })), unknown, overlapping };
}

/** The same for the versions that Supabase's CLI noted down. */
export function verifySupabaseVersion(migrations: readonly SupabaseMigrationFile[], rows: VersionRows): VerifiedVersion {
  const { pending: open, unknown } = supabaseStanding(migrations, rows.applied);
  return { ...rows, heads: migrations.slice(-1).map(({ version }) => version), pending: rows.problem === null ? open.map(({ version, name }) => ({ id: version, message: name.replaceAll('_', ' ') })) : [], unknown, overlapping: [] };
}
