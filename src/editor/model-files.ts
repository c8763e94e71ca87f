import * as vscode from 'vscode';
import { declaresTables, findModelFiles, loadModels, newModelCache, type LoadedModels, type ModelCache } from '../workspace/load-models';
import { supabaseModels } from '../workspace/find-supabase';
import { readingOnce } from '../workspace/texts';
import type { Workspace } from '../workspace/workspace';
import { contextKeys } from './contributions';
import { toPath, toUri } from './convert';
import { isFile } from './files';
import type { Log } from './careful-log';
import type { OpenProject, OpenSupabase, Projects } from './project';
import { debounced, oneAtATime } from './timing';

/** The workspace's files that declare models, so that menus and scopes name the right ones. */
export interface ModelFiles extends vscode.Disposable {
  /** Paths, sorted; those open in an editor are judged by their unsaved text. */
  all(): Promise<readonly string[]>;
  /** What the project's models ask for, as typed; read again only after Python outside of the revisions changed. Null: it has none. */
  desired(project: OpenProject | OpenSupabase): Promise<LoadedModels | null>;
  /** What was read of the project's models, for whoever reads them again. */
  cache(project: Pick<OpenProject, 'id'>): ModelCache;
}

/** Searched whole when files come and go; one that is typed or saved is judged by itself. */
export function watchModelFiles(workspace: Workspace, projects: Projects, log: Log): ModelFiles {
  let known: ReadonlySet<string> = new Set();
  const announce = debounced(() => vscode.commands.executeCommand('setContext', contextKeys.modelFiles, sorted().map((path) => toUri(path).fsPath)), 100);
  const sorted = (): readonly string[] => [...known].sort();
  const search = oneAtATime(async () => {
    await projects.ready;
    try {
      const supabase = projects.supabase().map(async ({ id, project }) => ({ id, project: await supabaseModels(workspace, project) }));
      const homes = [...projects.all(), ...(await Promise.all(supabase))];
      const found = await Promise.all(homes.map(({ id, project }) => findModelFiles(workspace, project, cacheOf(id))));
      known = new Set(found.flatMap(({ files }) => files));
    } catch (error) {
      log.error(error instanceof Error ? error : String(error));
    }
    announce.run();
  });
  const soon = debounced(search, 500);
  const schemas = new Map<string, Promise<LoadedModels | null>>();
  const caches = new Map<string, ModelCache>();
  const cacheOf = (id: string): ModelCache => {
    const cache = caches.get(id) ?? newModelCache();
    caches.set(id, cache);
    return cache;
  };
  const readDesired = async ({ id, project }: OpenProject | OpenSupabase): Promise<LoadedModels | null> => {
    const cache = cacheOf(id);
    const once = readingOnce(workspace);
    const { files, roots } = await findModelFiles(once, 'kind' in project ? await supabaseModels(once, project) : project, cache);
    return files.length === 0 ? null : loadModels(once, { entries: files, roots, cache });
  };
  const forget = (uri: vscode.Uri): void => {
    if (uri.path.endsWith('.py') && isFile(uri) && projects.ofRevision(toPath(uri)) === null) schemas.clear();
  };
  const judge = async (uri: vscode.Uri): Promise<void> => {
    const path = toPath(uri);
    if (!isFile(uri) || !path.endsWith('.py') || projects.all().length + projects.supabase().length === 0) return;
    const yes = projects.ofRevision(path) === null && declaresTables((await workspace.read(path)) ?? '');
    if (yes === known.has(path)) return;
    const others = [...known].filter((other) => other !== path);
    known = new Set(yes ? [...others, path] : others);
    announce.run();
  };
  const watcher = vscode.workspace.createFileSystemWatcher('**/*.py');
  const subscriptions = vscode.Disposable.from(
    watcher,
    announce,
    soon,
    ...[watcher.onDidCreate, watcher.onDidDelete].map((event) =>
      event((uri) => {
        forget(uri);
        soon.run();
      }),
    ),
    watcher.onDidChange(forget),
    watcher.onDidChange((uri) => void judge(uri)),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length === 0) return;
      forget(document.uri);
      void judge(document.uri);
    }),
    projects.onDidChange(() => {
      schemas.clear();
      soon.run();
    }),
  );
  const first = search();
  return {
    all: async () => {
      await first;
      return sorted();
    },
    cache: ({ id }) => cacheOf(id),
    desired: (project) => {
      const known = schemas.get(project.id);
      if (known !== undefined) return known;
      const reading = readDesired(project);
      schemas.set(project.id, reading);
      // What failed once is tried again.
      reading.catch(() => schemas.delete(project.id));
      return reading;
    },
    dispose: () => subscriptions.dispose(),
  };
}
