import { resolveRevision } from '../engine/history/resolve';
import { supabaseStanding } from '../engine/history/supabase';
import type { Project } from '../engine/project/project';
import type { SupabaseProject } from '../engine/project/supabase';
import type { QualifiedName, Schema } from '../engine/schema/schema';
import { message, type Message, type Problem } from '../engine/text/problem';
import type { Verification, VerifiedVersion, VersionRows } from '../engine/verify/verification';
import { verifySupabaseVersion, verifyVersion } from '../engine/verify/version';
import { verify } from '../engine/verify/verify';
import { supabaseModels } from './find-supabase';
import { loadHistory, type HistoryCache } from './load-history';
import type { KeptHistory } from './kept-history';
import { findModelFiles, loadModels, revisionRoots, type LoadedModels, type ModelCache } from './load-models';
import { loadReplay, type ReplayCache } from './load-replay';
import { loadSupabaseHistory, loadSupabaseReplay } from './load-supabase';
import type { Workspace } from './workspace';

export interface VerifyRequest {
  readonly workspace: Workspace;
  /** Whose models and history: Alembic's, or Supabase's where there is no other or it was asked for. */
  readonly home: Project | SupabaseProject;
  /** What the database has, and what its version table holds. */
  readonly database: Schema;
  readonly versions: VersionRows;
  readonly against: readonly ('models' | 'history')[];
  /** Tables that no model declares and that stay. */
  readonly keeps?: readonly QualifiedName[];
  readonly modelCache?: ModelCache;
  readonly replayCache?: ReplayCache;
  /** What was read of the revisions already. */
  readonly historyCache?: HistoryCache;
  /** What earlier sessions read of the history, as a generation uses it. */
  readonly kept?: KeptHistory;
}

export interface DatabaseVerification {
  readonly verification: Verification;
  /** Why something was not held against. */
  readonly remarks: readonly Message[];
  /** What could not be read of the models and the history. */
  readonly problems: readonly Problem[];
}

/** Reads the models and the history and holds a database against them. What can't be read whole is left out, and that is said. */
export async function verifyDatabase(request: VerifyRequest): Promise<DatabaseVerification> {
  const { workspace, home, database, against, keeps } = request;
  const models = await wholeModels(request);
  const history = 'migrationsFolder' in home ? await supabaseHistory(workspace, home, request) : await alembicHistory(request, home, models.convention);
  const verification = verify({
    database,
    version: history.version,
    models: against.includes('models') ? models.schema : null,
    history: against.includes('history') ? history.schema : null,
    ...(keeps && { keeps }),
  });
  const remarks = [...(against.includes('models') ? models.remarks : []), ...(against.includes('history') ? history.remarks : [])];
  return { verification, remarks, problems: [...(against.includes('models') ? models.problems : []), ...history.problems] };
}

interface Models {
  readonly schema: Schema | null;
  readonly convention: LoadedModels['convention'];
  readonly remarks: readonly Message[];
  readonly problems: readonly Problem[];
}

/** Half of the models would be taken for all: then what they leave out would look like what nobody declares. */
async function wholeModels({ workspace, home, modelCache }: VerifyRequest): Promise<Models> {
  const owner = 'migrationsFolder' in home ? await supabaseModels(workspace, home) : home;
  const { files, roots } = await findModelFiles(workspace, owner, modelCache);
  if (files.length === 0) return { schema: null, convention: null, remarks: [message('No models were found, so the database was not held against them.')], problems: [] };
  const { value, problems, convention } = await loadModels(workspace, { entries: files, roots, ...(modelCache && { cache: modelCache }) });
  const isWhole = problems.every(({ severity }) => severity !== 'error');
  return { schema: isWhole ? value : null, convention, remarks: isWhole ? [] : [message('The models could not be read whole, so the database was not held against them.')], problems };
}

interface History {
  readonly version: VerifiedVersion;
  /** What the revisions lead to that the database has applied. */
  readonly schema: Schema | null;
  readonly remarks: readonly Message[];
  readonly problems: readonly Problem[];
}

async function alembicHistory({ workspace, versions, against, replayCache, historyCache, kept }: VerifyRequest, project: Project, convention: LoadedModels['convention']): Promise<History> {
  const { value: graph, problems } = await loadHistory(workspace, project, historyCache);
  const version = verifyVersion(graph, versions);
  const obstacle = historyObstacle(version);
  if (obstacle !== null || !against.includes('history')) return { version, schema: null, remarks: obstacle === null ? [] : [obstacle], problems };
  const heads = versions.applied.flatMap((written) => {
    const found = resolveRevision(graph, written);
    return 'id' in found ? [found.id] : [];
  });
  const schema = await loadReplay({ workspace, graph, heads, roots: await revisionRoots(workspace, project), convention, mainOptions: project.mainOptions, ...(replayCache && { cache: replayCache }), ...(kept && { kept }) });
  return { version, schema, remarks: [], problems };
}

async function supabaseHistory(workspace: Workspace, project: SupabaseProject, { versions, against }: VerifyRequest): Promise<History> {
  const { value: migrations, problems } = await loadSupabaseHistory(workspace, project);
  const version = verifySupabaseVersion(migrations, versions);
  const obstacle = historyObstacle(version);
  if (obstacle !== null || !against.includes('history')) return { version, schema: null, remarks: obstacle === null ? [] : [obstacle], problems };
  const replayed = await loadSupabaseReplay(workspace, supabaseStanding(migrations, versions.applied).applied);
  return { version, schema: replayed.value, remarks: [], problems: [...problems, ...replayed.problems] };
}

function historyObstacle({ problem, unknown }: VerifiedVersion): Message | null {
  if (problem !== null) return message('Which revisions are applied is not known, so the database was not held against its history.');
  if (unknown.length > 0) return message('What {ids} did is in no file, so the database was not held against its history.', { ids: unknown.join(', ') });
  return null;
}
