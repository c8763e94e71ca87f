import * as vscode from 'vscode';
import type { RevisionGraph } from '../engine/history/graph';
import type { SupabaseMigrationFile } from '../engine/history/supabase';
import type { Project } from '../engine/project/project';
import type { SupabaseProject } from '../engine/project/supabase';
import { formatMessage, type Problem } from '../engine/text/problem';
import { findAllProjects, findProject } from '../workspace/find-project';
import type { KeptFolder } from '../workspace/kept-file';
import { openKeptHistory, type KeptHistory } from '../workspace/kept-history';
import { loadHistory, type HistoryCache } from '../workspace/load-history';
import { loadSupabaseHistory } from '../workspace/load-supabase';
import type { Workspace } from '../workspace/workspace';
import { contextKeys } from './contributions';
import { toPath, toUri } from './convert';
import { isFile } from './files';
import type { Log } from './careful-log';
import { debounced, oneAtATime } from './timing';

/** An Alembic environment of the workspace with its history, as the files stand now. */
export interface OpenProject {
  /** `<configPath>#<section>`: names it in connections. */
  readonly id: string;
  /** `backend` or `backend (reporting)`: what a picker shows where there are several. */
  readonly name: string;
  readonly project: Project;
  readonly history: RevisionGraph;
  readonly historyProblems: readonly Problem[];
  /** What was read of the revisions, for those who read them again. */
  readonly historyCache: HistoryCache;
  /** What earlier sessions read of them. */
  readonly kept: KeptHistory;
  /** The SQL migrations that lie beside it; empty: there is no Supabase project. */
  readonly supabaseMigrations: readonly SupabaseMigrationFile[];
}

/** What is said where `whyNone` has no better reason. */
export const noProject = 'No project with migrations was found in this workspace. Open the folder that holds alembic.ini or supabase/migrations.';

/** A Supabase project of the workspace that no Alembic environment lies in or beside, with its migrations as the files stand now. */
export interface OpenSupabase {
  readonly id: string;
  readonly name: string;
  readonly project: SupabaseProject;
  readonly migrations: readonly SupabaseMigrationFile[];
  readonly historyProblems: readonly Problem[];
}

/** Where a SQL migration belongs. */
export interface MigrationHome {
  /** Null: it lies beside an Alembic environment, whose databases say nothing of it. */
  readonly supabase: OpenSupabase | null;
  /** What its models are declared in; null: revisions are the models' history too. */
  readonly models: OpenProject | OpenSupabase | null;
}

export interface Projects extends vscode.Disposable {
  /** Projects, revisions or what is wrong with them; not where in a file something stands. */
  readonly onDidChange: vscode.Event<void>;
  /** alembic.ini, pyproject.toml or env.py says something else: databases and version tables may be others. */
  readonly onDidReconfigure: vscode.Event<void>;
  /** Settles when the first look is over. */
  readonly ready: Promise<void>;
  all(): readonly OpenProject[];
  supabase(): readonly OpenSupabase[];
  /** Why there is none: what is wrong with the configuration that was found; null when none was found at all. */
  whyNone(): string | null;
  byId(id: string): OpenProject | null;
  /** The project whose version locations hold this file; null: it is no revision. */
  ofRevision(path: string): OpenProject | null;
  /** The Supabase project whose migrations hold this file; null: it is none of them. */
  ofMigration(path: string): MigrationHome | null;
  /** The project that a model file most likely belongs to: the one whose root is nearest above it. */
  ofFile(path: string): OpenProject | null;
  reload(): Promise<void>;
}

/** Finds the workspace's projects, and looks again when their configuration or a revision changes, saved or typed. `keptFolder`: for what is read of histories. */
export function openProjects(workspace: Workspace, log: Log, keptFolder: KeptFolder | null): Projects {
  const changed = new vscode.EventEmitter<void>();
  const reconfigured = new vscode.EventEmitter<void>();
  const caches = new Map<string, HistoryReadings>();
  let projects: readonly OpenProject[] = [];
  let supabase: readonly OpenSupabase[] = [];
  let reason: string | null = null;

  const load = async (): Promise<void> => {
    const roots = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => toPath(uri));
    const found = await Promise.all(roots.map((root) => findAllProjects(workspace, root)));
    const opened = await Promise.all(uniqueProjects(found.flatMap(({ alembic }) => alembic)).map((project) => openProject(workspace, project, roots, caches, keptFolder)));
    const openedSupabase = await Promise.all(uniqueRoots(found.flatMap((one) => one.supabase)).map((project) => openSupabase(workspace, project, roots)));
    const reasonBefore = reason;
    reason = opened.length + openedSupabase.length > 0 ? null : await explainAbsence(workspace);
    const [before, configurationBefore, summaryBefore] = [picture(projects, supabase), configuration(projects, supabase), summary(projects, supabase)];
    projects = opened;
    supabase = openedSupabase;
    await setContexts(projects, supabase);
    if (summaryBefore !== summary(projects, supabase)) log.info(summary(projects, supabase));
    if (configurationBefore !== configuration(projects, supabase)) reconfigured.fire();
    if (before !== picture(projects, supabase) || reasonBefore !== reason) changed.fire();
  };
  const logged = (work: () => Promise<void>) => async () => {
    try {
      await work();
    } catch (error) {
      log.error(error instanceof Error ? error : String(error));
    }
  };
  /** Revisions whose text was typed since the last look. */
  const typed = new Set<string>();
  /** What is typed in a revision changes its project's history and nothing else: no folder is searched, no other file read. */
  const lookAtTyped = async (): Promise<void> => {
    const paths = new Set(typed);
    typed.clear();
    const before = picture(projects, supabase);
    projects = await Promise.all(
      projects.map(async (open) => {
        if (![...paths].some((path) => isRevisionOf(open, path))) return open;
        const history = await loadHistory(workspace, open.project, open.historyCache, paths, open.kept);
        return { ...open, history: history.value, historyProblems: history.problems };
      }),
    );
    if (before !== picture(projects, supabase)) changed.fire();
  };
  /** Both write the projects: one after the other. */
  let everything = true;
  const look = oneAtATime(() => {
    const all = everything;
    everything = false;
    if (all) typed.clear();
    return logged(all ? load : lookAtTyped)();
  });
  const reload = (): Promise<void> => {
    everything = true;
    return look();
  };
  const soon = debounced(look, 150);
  const soonAll = (): void => {
    everything = true;
    soon.run();
  };
  const ready = reload().then(() => vscode.commands.executeCommand('setContext', contextKeys.ready, true)).then(() => undefined);
  const owned = (path: string): OpenProject | null => projects.find((open) => isRevisionOf(open, path)) ?? null;
  const matters = (uri: vscode.Uri): boolean => isFile(uri) && (owned(toPath(uri)) !== null || isConfiguration(toPath(uri)) || isSupabaseFile(toPath(uri)));

  const watcher = vscode.workspace.createFileSystemWatcher('**/*.{py,ini,toml,mako,sql}');
  const subscriptions = [
    changed,
    reconfigured,
    watcher,
    soon,
    ...[watcher.onDidCreate, watcher.onDidChange, watcher.onDidDelete].map((event) => event((uri) => matters(uri) && soonAll())),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length === 0 || !matters(document.uri)) return;
      const path = toPath(document.uri);
      // Which migrations there are, their names say.
      if (isSupabaseFile(path)) return;
      if (owned(path) === null || isConfiguration(path)) soonAll();
      else {
        typed.add(path);
        soon.run();
      }
    }),
    vscode.workspace.onDidChangeWorkspaceFolders(soonAll),
  ];

  return {
    onDidChange: changed.event,
    onDidReconfigure: reconfigured.event,
    ready,
    all: () => projects,
    supabase: () => supabase,
    whyNone: () => reason,
    byId: (id) => projects.find((project) => project.id === id) ?? null,
    ofRevision: (path) => (path.endsWith('.py') && !path.endsWith('/__init__.py') ? owned(path) : null),
    ofMigration: (path) => (path.endsWith('.sql') ? migrationHome(folderOf(path), projects, supabase) : null),
    ofFile: (path) =>
      [...projects].sort((a, b) => b.project.root.length - a.project.root.length).find(({ project }) => path.startsWith(`${project.root}/`)) ??
      (projects.length === 1 ? (projects[0] ?? null) : null),
    reload,
    dispose: () => vscode.Disposable.from(...subscriptions).dispose(),
  };
}

function isRevisionOf({ project }: OpenProject, path: string): boolean {
  return project.versionLocations.some((location) => (project.recursiveVersionLocations === true ? path.startsWith(`${location}/`) : folderOf(path) === location));
}

function migrationHome(folder: string, projects: readonly OpenProject[], supabase: readonly OpenSupabase[]): MigrationHome | null {
  const alone = supabase.find(({ project }) => project.migrationsFolder === folder);
  if (alone !== undefined) return { supabase: alone, models: alone };
  const beside = projects.find(({ project }) => project.supabase?.migrationsFolder === folder);
  return beside === undefined ? null : { supabase: null, models: beside.history.nodes.size === 0 ? beside : null };
}

type HistoryReadings = Pick<OpenProject, 'historyCache' | 'kept'>;

async function openProject(workspace: Workspace, project: Project, roots: readonly string[], caches: Map<string, HistoryReadings>, keptFolder: KeptFolder | null): Promise<OpenProject> {
  const id = `${project.configPath}#${project.section}`;
  const readings = caches.get(id) ?? { historyCache: new Map(), kept: openKeptHistory(keptFolder, id) };
  caches.set(id, readings);
  const history = await loadHistory(workspace, project, readings.historyCache, undefined, readings.kept);
  const supabaseMigrations = project.supabase === undefined ? [] : (await loadSupabaseHistory(workspace, project.supabase)).value;
  return { id, name: nameOf(project, roots), project, history: history.value, historyProblems: history.problems, supabaseMigrations, ...readings };
}

async function openSupabase(workspace: Workspace, project: SupabaseProject, roots: readonly string[]): Promise<OpenSupabase> {
  const { value, problems } = await loadSupabaseHistory(workspace, project);
  return { id: `${project.root}/supabase`, name: folderName(project.root, roots), project, migrations: value, historyProblems: problems };
}

function nameOf(project: Project, roots: readonly string[]): string {
  const folder = folderName(project.root, roots);
  return project.section === 'alembic' ? folder : `${folder} (${project.section})`;
}

/** As a person calls it: relative to the workspace's folder, or that folder's own name. */
function folderName(path: string, roots: readonly string[]): string {
  const root = roots.find((candidate) => path === candidate || path.startsWith(`${candidate}/`));
  return root === undefined || path === root ? path.slice(path.lastIndexOf('/') + 1) : path.slice(root.length + 1);
}

function uniqueRoots(projects: readonly SupabaseProject[]): readonly SupabaseProject[] {
  return projects.filter((project, index) => projects.findIndex((other) => other.root === project.root) === index);
}

function uniqueProjects(projects: readonly Project[]): readonly Project[] {
  return projects.filter((project, index) => projects.findIndex((other) => other.configPath === project.configPath && other.section === project.section) === index);
}

/** `findProjects` leaves out what cannot be used; a person who has such a file is told what is wrong with it. */
async function explainAbsence(workspace: Workspace): Promise<string | null> {
  const [config] = await vscode.workspace.findFiles('**/alembic.ini', '**/{node_modules,.venv,venv,site-packages}/**', 1);
  if (config === undefined) return null;
  const found = await findProject(workspace, folderOf(toPath(config)));
  return 'reason' in found ? formatMessage(found.reason) : null;
}

async function setContexts(projects: readonly OpenProject[], supabase: readonly OpenSupabase[]): Promise<void> {
  const revisions = projects.flatMap(({ history }) => [...history.nodes.values()].map(({ file }) => toUri(file.path).fsPath));
  await vscode.commands.executeCommand('setContext', contextKeys.hasProject, projects.length + supabase.length > 0);
  // `resourcePath` in a `when` clause is the path as the operating system writes it.
  await vscode.commands.executeCommand('setContext', contextKeys.revisionFiles, revisions);
}

/** What others can see of the projects, as text: equal texts, nothing changed. */
function picture(projects: readonly OpenProject[], supabase: readonly OpenSupabase[]): string {
  const shown = projects.map(({ project, history, historyProblems, supabaseMigrations }) => [
    project,
    supabaseMigrations,
    [...history.nodes.values()].map(({ file: { places: _places, ...file }, ...node }) => [file, node.parents, node.labels]),
    historyProblems.map(({ code, message }) => [code, message]),
  ]);
  return JSON.stringify([shown, supabase]);
}

function configuration(projects: readonly OpenProject[], supabase: readonly OpenSupabase[]): string {
  return JSON.stringify([...projects, ...supabase].map(({ project }) => project));
}

/** For the log: never the project itself, whose URL may hold a password. */
function summary(projects: readonly OpenProject[], supabase: readonly OpenSupabase[]): string {
  if (projects.length + supabase.length === 0) return 'No project with migrations';
  return [
    ...projects.map(({ name, history, historyProblems }) => `Project ${name}: ${history.nodes.size} revisions, heads ${history.heads.join(', ')}, ${historyProblems.length} problems`),
    ...supabase.map(({ name, migrations, historyProblems }) => `Supabase project ${name}: ${migrations.length} migrations, ${historyProblems.length} problems`),
  ].join('\n');
}

function isConfiguration(path: string): boolean {
  return /\/(alembic\.ini|pyproject\.toml|script\.py\.mako|env\.py)$/.test(path);
}

function isSupabaseFile(path: string): boolean {
  return /\/supabase\/(config\.toml|migrations\/[^/]+\.sql)$/.test(path);
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}
