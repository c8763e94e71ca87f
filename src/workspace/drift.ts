import { pending } from '../engine/history/order';
import type { RevisionGraph } from '../engine/history/graph';
import { resolveRevision } from '../engine/history/resolve';
import { supabaseStanding, type SupabaseMigrationFile } from '../engine/history/supabase';
import type { Project } from '../engine/project/project';
import type { QualifiedName, Schema } from '../engine/schema/schema';
import { driftOf, type Drift } from '../engine/verify/drift';
import type { KeptHistory } from './kept-history';
import { revisionRoots, type LoadedModels } from './load-models';
import { loadPending, loadReplay, type ReplayCache } from './load-replay';
import { loadSupabasePending, loadSupabaseReplay, type SupabaseCache } from './load-supabase';
import type { Workspace } from './workspace';

export interface DriftRequest {
  readonly workspace: Workspace;
  readonly database: Schema;
  /** Its version table's rows. */
  readonly applied: readonly string[];
  /** Null: there are no models. */
  readonly models: LoadedModels | null;
  readonly keeps?: readonly QualifiedName[];
}

export interface FoundDrift {
  readonly drift: Drift;
  /** What the database will have when its pending revisions have run. */
  readonly after: Schema;
}

/** What of a database no revision explains. The history counts where all that is applied is in the files. */
export async function alembicDrift(request: DriftRequest, project: Project, graph: RevisionGraph, options: { readonly cache?: ReplayCache; readonly kept?: KeptHistory } = {}): Promise<FoundDrift> {
  const { workspace, database, applied, models } = request;
  const standing = pending(graph, applied);
  const heads = applied.flatMap((written) => {
    const found = resolveRevision(graph, written);
    return 'id' in found ? [found.id] : [];
  });
  const roots = await revisionRoots(workspace, project);
  const shared = { workspace, graph, roots, convention: models?.convention ?? null, mainOptions: project.mainOptions, ...options };
  const isWhole = standing.unknown.length === 0;
  const history = isWhole ? await loadReplay({ ...shared, heads }) : null;
  // Where the database is at a revision that nobody has, the files still tell what the models lack a migration for.
  const historyAfter = standing.pending.length === 0 && isWhole ? history : await loadReplay({ ...shared, heads: graph.effectiveHeads });
  const isBehind = standing.pending.length > 0 && (isWhole || standing.applied.length > 0);
  const databaseAfter = isBehind ? (await loadPending({ ...shared, heads: graph.effectiveHeads, start: database, applied: heads })).schema : database;
  return { drift: driftOf({ ...sides(request), databaseAfter, history, historyAfter }), after: databaseAfter };
}

/** The same of a database that Supabase's files made. */
export async function supabaseDrift(request: DriftRequest, migrations: readonly SupabaseMigrationFile[], cache?: SupabaseCache): Promise<FoundDrift> {
  const { workspace, database, applied } = request;
  const standing = supabaseStanding(migrations, applied);
  const isWhole = standing.unknown.length === 0;
  const read = async (files: readonly SupabaseMigrationFile[]): Promise<Schema | null> => {
    const { value, problems } = await loadSupabaseReplay(workspace, files, cache);
    return problems.some(({ severity }) => severity === 'error') ? null : value;
  };
  const history = isWhole ? await read(standing.applied) : null;
  const historyAfter = standing.pending.length === 0 && isWhole ? history : await read(migrations);
  const isBehind = standing.pending.length > 0 && (isWhole || standing.applied.length > 0);
  const databaseAfter = isBehind ? (await loadSupabasePending(workspace, standing.pending, database)).value.schema : database;
  return { drift: driftOf({ ...sides(request), databaseAfter, history, historyAfter }), after: databaseAfter };
}

/** Half of the models would be taken for all: what they leave out would look like what nobody declares. */
function sides({ database, models, keeps = [] }: DriftRequest): Pick<Parameters<typeof driftOf>[0], 'database' | 'models' | 'keeps'> {
  const isWhole = models?.problems.every(({ severity }) => severity !== 'error') === true;
  return { database, models: isWhole ? models.value : null, keeps };
}
