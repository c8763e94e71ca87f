import { noFacts } from '../engine/facts';
import { readRevisionFile } from '../engine/history/read-revision-file';
import { ancestorsOf } from '../engine/history/graph';
import type { RevisionGraph } from '../engine/history/graph';
import type { RevisionFile } from '../engine/history/revision';
import { resolvePath } from '../engine/project/paths';
import type { Project } from '../engine/project/project';
import { ruleNames, rules } from '../engine/rules/registry';
import { review } from '../engine/review';
import type { ChangeDocument } from '../engine/rules/rule';
import type { Review, ReviewInput } from '../engine/review';
import type { OldName, Uses } from '../engine/rules/support/uses';
import { findTable } from '../engine/schema/lookup';
import { emptySchema } from '../engine/schema/schema';
import type { QualifiedName, Schema } from '../engine/schema/schema';
import type { NamingConvention } from '../engine/sqlalchemy/naming';
import type { SqlParser } from '../engine/sql/parser';
import { message } from '../engine/text/problem';
import { answersTo, withUnknown, type ConnectedDatabase } from './connected-database';
import type { KeptHistory } from './kept-history';
import { revisionRoots } from './load-models';
import { loadPending, loadReplay, statementsOf } from './load-replay';
import type { ReplayCache } from './load-replay';
import { publishedRevision, type FindUpstream } from './published';
import type { Workspace } from './workspace';

export interface ReviewRequest {
  readonly workspace: Workspace;
  /** Null: the file belongs to no project, so what stands before it is not known. */
  readonly project: { readonly project: Project; readonly graph: RevisionGraph; readonly kept?: KeptHistory } | null;
  readonly path: string;
  readonly text: string;
  /** What a connected database has and which revisions it has run; null: the history alone. */
  readonly database: ConnectedDatabase | null;
  /** What the models ask for; it counts for a draft on the head alone. */
  readonly desired: Schema | null;
  readonly sql: SqlParser;
  /** The models' naming convention, where it is known: Alembic names with it what a revision leaves unnamed. */
  readonly convention?: NamingConvention | null;
  readonly severities?: ReviewInput['severities'];
  /** Where the files stand on the branch that others have; absent: it is not asked. */
  readonly upstream?: FindUpstream;
  /** The revision is no draft any more: all that is said of it is that it was edited since. */
  readonly isApplied?: boolean;
  readonly settings?: ReviewInput['settings'];
  /** The project's change document, relative to the project's folder; empty or absent: it has none. */
  readonly changeDocument?: string;
  /** Looks for names in the workspace's files (`findUses`); `known`: what was found before. Absent: nobody looks. */
  readonly uses?: { readonly known: ReadonlyMap<string, Uses>; readonly find?: (names: readonly OldName[]) => Promise<ReadonlyMap<string, Uses>> };
  readonly cache?: ReplayCache;
}

/** Reviews one revision on the schema it will meet; a file of SQL goes by `reviewSqlFile`. Null: the file is no revision, or one that is applied (`isApplied`) and as it was. */
export async function reviewFile(request: ReviewRequest): Promise<Review | null> {
  const { workspace, project, path, text, sql, cache } = request;
  const file = readRevisionFile(path, text).value;
  if (file === null) return null;
  const published = project === null || request.upstream === undefined ? null : await publishedRevision(file, project.graph, request.database?.applied ?? null, request.upstream);
  if (request.isApplied === true && (published === null || published.text === text)) return null;
  const roots = project === null ? [] : await revisionRoots(workspace, project.project);
  const { schema: before, unsettled } = await startOf(request, roots, file);
  const isLast = project === null || !project.graph.nodes.has(file.id) || project.graph.heads.includes(file.id);
  const input: ReviewInput = {
    path,
    text,
    file,
    before,
    desired: isLast ? request.desired : null,
    history: project?.graph ?? null,
    sql,
    roots,
    convention: request.convention ?? null,
    mainOptions: project?.project.mainOptions,
    changeDocument: project === null ? null : await changeDocumentIn(workspace, project.project.root, request.changeDocument),
    published,
    ...(project !== null && { run: { transactionPerMigration: project.project.env.transactionPerMigration } }),
    ...(request.isApplied === true ? { severities: severitiesOfApplied(request.severities) } : request.severities && { severities: request.severities }),
    settings: { ...(project !== null && { versionTable: versionTableOf(project.project) }), ...request.settings },
    ...(cache && { cache: cache.python, statements: statementsOf(cache, path) }),
  };
  const files = new Map<string, string | null>();
  let facts = request.database?.facts ?? noFacts;
  let uses = request.uses?.known ?? null;
  for (;;) {
    const result = review({ ...input, files, rows: request.database === null ? null : { facts, unsettled }, uses });
    const missing = result.wanted.filter((wanted) => wanted !== path && !files.has(wanted));
    if (missing.length === 0) {
      const answers = await answersTo(result.wantedFacts, request.database);
      const found = await usesOf(result.wantedUses, request);
      if (answers.size + found.size === 0) return result;
      facts = new Map([...facts, ...answers]);
      uses = new Map([...(uses ?? []), ...found]);
      continue;
    }
    const texts = await Promise.all(missing.map((wanted) => workspace.read(wanted)));
    for (const [index, wanted] of missing.entries()) files.set(wanted, texts[index] ?? null);
  }
}

function versionTableOf({ env }: Project): QualifiedName {
  return { schema: env.versionTableSchema, name: env.versionTable };
}

/** All that is said of what is applied is that it was edited since. */
export function severitiesOfApplied(severities: ReviewInput['severities'] = {}): NonNullable<ReviewInput['severities']> {
  return { ...Object.fromEntries(ruleNames.map((name) => [name, 'off'])), 'edited-after-apply': severities['edited-after-apply'] ?? rules['edited-after-apply'].meta.severity };
}

/** Empty: nobody is to look. */
export async function usesOf(names: readonly OldName[], { uses }: Pick<ReviewRequest, 'uses'>): Promise<ReadonlyMap<string, Uses>> {
  return names.length === 0 || uses?.find === undefined ? new Map() : uses.find(names);
}

/** The change document of a project whose folder is `root`. */
export async function changeDocumentIn(workspace: Workspace, root: string, name = ''): Promise<ChangeDocument | null> {
  if (name === '') return null;
  const path = resolvePath(root, name);
  return { name, path, text: await workspace.read(path) };
}

interface Start {
  readonly schema: Schema;
  /** Tables that the revisions before the draft are still to change in the database; null: any may be, or there is none. */
  readonly unsettled: readonly QualifiedName[] | null;
}

/**
 * Where a draft starts: the database's schema and the revisions that are still pending there, as far as the draft stands
 * on them. A database that has the draft already is past that point: then the history says it.
 */
export async function startOf({ workspace, project, database, sql, cache, convention = null }: Pick<ReviewRequest, 'workspace' | 'project' | 'database' | 'sql' | 'cache' | 'convention'>, roots: readonly string[], file: Pick<RevisionFile, 'id' | 'downRevisions' | 'dependsOn'>): Promise<Start> {
  if (project === null) return { schema: withUnknown(emptySchema, message('The file belongs to no Alembic project, so what stands before it is not known.')), unsettled: null };
  const { graph, kept } = project;
  const parents = graph.nodes.get(file.id)?.parents ?? [...file.downRevisions, ...file.dependsOn].filter((id) => graph.nodes.has(id));
  const request = { workspace, graph, heads: parents, roots, sql, convention, mainOptions: project.project.mainOptions, ...(cache && { cache }), ...(kept && { kept }) };
  const replayed = database !== null && isBehind(database.applied, graph, parents) ? await pendingStart(database.schema, database.applied, request) : { schema: await loadReplay(request), unsettled: null };
  const lost = [...file.downRevisions, ...file.dependsOn].filter((id) => !graph.nodes.has(id) && !graph.labels.has(id));
  if (lost.length === 0) return replayed;
  return { ...replayed, schema: withUnknown(replayed.schema, message('Revision {id}, on which this one stands, is not among the files.', { id: lost.join(', ') })) };
}

/** A database that has run anything else (the draft itself, another branch, a revision that nobody has) is not where the draft starts. */
function isBehind(applied: readonly string[], graph: RevisionGraph, parents: readonly string[]): boolean {
  const behind = ancestorsOf(graph, parents);
  return applied.every((id) => behind.has(id));
}

async function pendingStart(schema: Schema, applied: readonly string[], request: Parameters<typeof loadReplay>[0]): Promise<Start> {
  const pending = await loadPending({ ...request, start: schema, applied });
  // A table that the replay made anew differs from the one that was read.
  const changed = schema.tables.filter((table) => findTable(pending.schema, table) !== table);
  return { schema: pending.schema, unsettled: pending.writes === null ? null : [...pending.writes, ...changed] };
}
