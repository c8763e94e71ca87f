import type { RevisionGraph } from '../engine/history/graph';
import { pending } from '../engine/history/order';
import type { Project } from '../engine/project/project';
import type { SupabaseProject } from '../engine/project/supabase';
import type { Schema } from '../engine/schema/schema';
import type { NamingConvention } from '../engine/sqlalchemy/naming';
import { message, type Message, type Parsed, type Problem } from '../engine/text/problem';
import { loadHistory, type HistoryCache } from './load-history';
import type { PendingReplay } from './load-replay';
import type { Workspace } from './workspace';

/** What a draft stands on: the revisions of Alembic, or the files of Supabase. */
export interface Basis {
  /** Errors among them forbid a generation. */
  readonly problems: readonly Problem[];
  readonly head: string | null;
  readonly graph: RevisionGraph;
  /** Where the draft goes as a Supabase migration, behind which versions; null: it is a revision. */
  readonly supabase: { readonly project: SupabaseProject; readonly versions: readonly string[] } | null;
  /** Where a database with these versions stands. */
  standing(applied: readonly string[]): { readonly pending: number; readonly unknown: readonly string[]; /** What a person should hear. */ readonly problems?: readonly Problem[] };
  /** Why a database with versions that no file has can't be started from. */
  isUnknown(versions: readonly string[], name: string): Problem;
  isBehind(count: number, name: string): Problem;
  /** The schema at its end, without a database. */
  replay(convention: NamingConvention | null): Promise<Parsed<Schema>>;
  /** The same on top of a database that has applied some of it. */
  pending(convention: NamingConvention | null, database: { readonly start: Schema; readonly applied: readonly string[] }): Promise<Parsed<PendingReplay>>;
}

/** What a generation must have to read the revisions. */
export interface HistoryRequest {
  readonly workspace: Workspace;
  /** The schema that the revisions up to these heads lead to, when there is no database. Supabase's files need no such help. */
  readonly replay: (graph: RevisionGraph, heads: readonly string[], convention: NamingConvention | null) => Promise<Schema>;
  /** The same for the revisions that a database with this schema and these versions lacks. */
  readonly pending: (graph: RevisionGraph, heads: readonly string[], convention: NamingConvention | null, database: { readonly start: Schema; readonly applied: readonly string[] }) => Promise<PendingReplay>;
  /** The head to stand on where there are several (an id or `branch@head`). */
  readonly head?: string | null;
  /** What earlier readings of the revisions left. */
  readonly historyCache?: HistoryCache;
}

/** The revisions, and the head that was wanted; several heads and none wanted is an error. */
export async function alembicBasis({ workspace, head: wanted = null, ...request }: HistoryRequest, project: Project): Promise<Basis> {
  const { value: graph, problems } = await loadHistory(workspace, project, request.historyCache);
  const head = chooseHead(graph, wanted);
  const isHead = head === null || typeof head === 'string';
  return {
    problems: isHead ? problems : [...problems, head],
    head: isHead ? head : null,
    graph,
    supabase: null,
    standing: (applied) => {
      const standing = pending(graph, applied);
      return { pending: standing.pending.length, unknown: standing.unknown };
    },
    isUnknown: unknownRevision,
    isBehind,
    replay: async (convention) => ({ value: await request.replay(graph, graph.heads, convention), problems: [] }),
    pending: async (convention, database) => ({ value: await request.pending(graph, graph.heads, convention, database), problems: [] }),
  };
}

function chooseHead(graph: RevisionGraph, wanted: string | null): string | null | Problem {
  if (wanted === 'base') return null;
  if (wanted !== null) {
    const id = wanted.replace(/@head$/, '');
    const found = graph.heads.find((head) => head === id || head.startsWith(id) || graph.nodes.get(head)?.labels.includes(id));
    if (found !== undefined) return found;
    if (graph.heads.length === 0) return refusal('unknown-head', message('{head} is no head of the history, which has no revision yet. Leave the head out, or say base.', { head: wanted }));
    return refusal('unknown-head', message('{head} is no head of the history. The heads are {heads}.', { head: wanted, heads: graph.heads.join(', ') }));
  }
  if (graph.heads.length > 1) {
    return refusal('multiple-heads', message('The history has {count} heads: {heads}. Merge them (alembic merge heads), or choose the one that the migration continues.', { count: graph.heads.length, heads: graph.heads.join(', ') }));
  }
  return graph.heads[0] ?? null;
}

function unknownRevision(ids: readonly string[], name: string): Problem {
  return refusal('unknown-revision', message('Database {name} is at revision {ids}, which no file of the project has. Fetch the branch that has it, or stamp the database, then generate again.', { name, ids: ids.join(', ') }));
}

function isBehind(count: number, name: string): Problem {
  const revisions = count === 1 ? 'one revision' : `${count} revisions`;
  const text = message('Database {name} is behind the head by {revisions}: the migration starts from what they lead to. Rows of tables that they change were not looked at.', { name, revisions });
  return { code: 'database-behind', severity: 'info', message: text };
}

/** Why nothing is generated. */
export function refusal(code: string, text: Message): Problem {
  return { code, severity: 'error', message: text };
}
