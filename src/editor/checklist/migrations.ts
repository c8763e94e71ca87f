import * as vscode from 'vscode';
import type { Candidate } from '../../engine/checklist/at-hand';
import type { DatabaseFacts, GitChange } from '../../engine/checklist/facts';
import { changeOf } from '../../engine/checklist/ready';
import { historyOrder } from '../../engine/history/order';
import { asRevision } from '../../engine/history/position';
import type { RevisionFile } from '../../engine/history/revision';
import type { MigrationForm } from '../../engine/project/supabase';
import { toPath, toUri } from '../convert';
import { projectOf, supabaseOf, type Databases } from '../databases';
import { isFile } from '../files';
import type { OpenProject, OpenSupabase, Projects } from '../project';
import { stateWords, type DatabaseState } from '../views/database-nodes';

/** Whose migrations: Alembic's revisions, or the files of Supabase's CLI where there is no other. */
export interface MigrationHome {
  readonly id: string;
  readonly name: string;
  readonly form: MigrationForm;
  readonly alembic: OpenProject | null;
  readonly supabase: OpenSupabase | null;
  readonly root: string;
  readonly settings: vscode.Uri;
  /** Newest first. */
  readonly revisions: readonly RevisionFile[];
}

/** The projects of the workspace, the one that the active editor is about first. */
export function migrationHomes(projects: Projects): readonly MigrationHome[] {
  const homes: readonly MigrationHome[] = [
    ...projects.all().map((open) => ({ id: open.id, name: open.name, form: 'alembic' as const, alembic: open, supabase: null, root: open.project.root, settings: toUri(open.project.configPath), revisions: historyOrder(open.history).flatMap((id) => open.history.nodes.get(id)?.file ?? []) })),
    ...projects.supabase().map((open) => ({ id: open.id, name: open.name, form: 'supabase' as const, alembic: null, supabase: open, root: open.project.root, settings: toUri(open.project.configPath ?? open.project.migrationsFolder), revisions: [...open.migrations].reverse().map(asRevision) })),
  ];
  const path = activePath();
  if (path === null || homes.length < 2) return homes;
  const owner = projects.ofRevision(path)?.id ?? projects.ofMigration(path)?.supabase?.id ?? projects.ofFile(path)?.id;
  return [...homes].sort((a, b) => Number(b.id === owner) - Number(a.id === owner));
}

export function activePath(): string | null {
  const uri = vscode.window.activeTextEditor?.document.uri;
  return uri !== undefined && isFile(uri) ? toPath(uri) : null;
}

/** So far back a migration can still be the one at hand. */
const mostCandidates = 30;

/** `changes`: what git has; null: it was not asked. */
export function candidatesOf(home: MigrationHome, databases: readonly DatabaseState[], changes: readonly GitChange[] | null): readonly Candidate[] {
  const path = activePath();
  const active = home.revisions.find((revision) => revision.path === path);
  const newest = home.revisions.slice(0, mostCandidates);
  return [...newest, ...(active === undefined || newest.includes(active) ? [] : [active])].map((revision) => ({
    id: revision.id,
    path: revision.path,
    isActive: revision === active,
    isCommitted: changes === null ? null : changeOf(changes, revision.path) === undefined,
    databases: databases.flatMap(({ connection, outcome }) => (outcome.kind === 'read' ? [{ environment: connection.environment, applied: outcome.position.applied.some((one) => one.path === revision.path) }] : [])),
  }));
}

/** The connections whose databases are held against this history. */
export function databasesOf(home: MigrationHome, databases: Databases, projects: Projects): readonly DatabaseState[] {
  return databases.states().filter(({ connection }) => (projectOf(projects, connection) ?? supabaseOf(projects, connection))?.id === home.id);
}

/** Where a database stands with one revision. */
export function standingOf({ outcome }: DatabaseState, revision: RevisionFile): DatabaseFacts['standing'] {
  if (outcome.kind !== 'read') return { kind: 'unreadable', reason: stateWords(outcome) };
  const { pending, applied, unknown } = outcome.position;
  const before = pending.findIndex(({ path }) => path === revision.path);
  return { kind: 'read', applied: applied.some(({ path }) => path === revision.path), pendingBefore: Math.max(0, before), versions: outcome.versions, unknown };
}
