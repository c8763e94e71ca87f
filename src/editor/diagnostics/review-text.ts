import { ancestorsOf, type RevisionGraph } from '../../engine/history/graph';
import { newPythonCache, type PythonCache } from '../../engine/python/evaluate';
import { review, type Review } from '../../engine/review';
import type { Schema } from '../../engine/schema/schema';
import type { SqlParser } from '../../engine/sql/parser';
import { loadReplay, newReplayCache, type ReplayCache } from '../../workspace/load-replay';
import type { Workspace } from '../../workspace/workspace';
import type { Connections } from '../connections';
import type { DatabaseSchemas } from '../database-schemas';
import type { Databases } from '../databases';
import type { ModelFiles } from '../model-files';
import type { OpenProject, Projects } from '../project';
import type { DatabaseState } from '../views/database-nodes';

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

/** What is kept of a project between two keystrokes: caches keyed by content, so that a change recomputes what hangs on it. */
interface Memory {
  readonly python: PythonCache;
  readonly replay: ReplayCache;
}

export function createReviewText(parts: ReviewParts): ReviewText {
  const memories = new Map<string, Memory>();
  return async (path, text, signal) => {
    const project = parts.projects.ofRevision(path);
    if (project === null) return null;
    const memory = memories.get(project.id) ?? { python: newPythonCache(), replay: newReplayCache() };
    memories.set(project.id, memory);
    const sql = await parts.sqlParser();
    const [before, desired] = await Promise.all([schemaBefore(parts, project, path, sql, memory), parts.modelFiles.desired(project)]);
    signal.throwIfAborted();
    const files = new Map<string, string | null>();
    for (;;) {
      const result = review({ path, text, before, desired, sql, files, roots: project.project.sysPath, cache: memory.python });
      const missing = result.wanted.filter((wanted) => !files.has(wanted) && wanted !== path);
      if (missing.length === 0) return result;
      for (const wanted of missing) files.set(wanted, await parts.workspace.read(wanted));
      signal.throwIfAborted();
    }
  };
}

/**
 * Where the draft starts: the active database's schema plus a replay of what is still pending before the draft; without
 * a database, or with one that is beyond the draft already, the replayed history.
 */
async function schemaBefore(parts: ReviewParts, project: OpenProject, path: string, sql: SqlParser, memory: Memory): Promise<Schema> {
  const graph = project.history;
  const parents = parentsOf(graph, path);
  const replay = { workspace: parts.workspace, graph, heads: parents, roots: project.project.sysPath, sql, cache: memory.replay };
  const active = parts.connections.active();
  const state = parts.databases.states().find(({ connection }) => connection.id === active?.id);
  const applied = state === undefined ? null : versionsBefore(state, project, parents);
  const start = state === undefined || applied === null ? null : await parts.schemas.of(state.connection);
  return loadReplay(start === null || applied === null ? replay : { ...replay, start, applied });
}

/** The database's versions where it stands at the draft's parents or behind them; null where it has run anything else. */
function versionsBefore({ connection, outcome }: DatabaseState, project: OpenProject, parents: readonly string[]): readonly string[] | null {
  if (outcome.kind !== 'read' || (connection.project !== null && connection.project !== project.id)) return null;
  const before = ancestorsOf(project.history, parents);
  const { unknown, applied } = outcome.position;
  return unknown.length === 0 && applied.every(({ id }) => before.has(id)) ? outcome.versions : null;
}

/** What the draft stands on; a file that is not (yet) in the graph stands on the heads. */
function parentsOf(graph: RevisionGraph, path: string): readonly string[] {
  const node = [...graph.nodes.values()].find(({ file }) => file.path === path);
  return node === undefined ? graph.heads : node.parents;
}
