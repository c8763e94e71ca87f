import * as vscode from 'vscode';
import { mayDeploy, type DeployStep } from '../../engine/checklist/deploy/deploy-steps';
import { findDeploySteps, type FoundDeploySteps } from '../../workspace/find-deploy-steps';
import type { Workspace } from '../../workspace/workspace';
import { toPath } from '../convert';
import { isFile } from '../files';
import type { MigrationHome } from './migrations';

/** Where projects bring their databases up to date; searched when somebody looks, and again when such a file changes. */
export interface DeploySearches extends vscode.Disposable {
  readonly onDidChange: vscode.Event<void>;
  /** What the last search found; null: there was none yet. */
  known(home: MigrationHome): readonly DeployStep[] | null;
  find(home: MigrationHome, root: string, signal: AbortSignal): Promise<readonly DeployStep[]>;
  /** Files that may hold such a step, relative to the repository. */
  paths(home: MigrationHome): readonly string[];
}

export function createDeploySearches(workspace: Workspace): DeploySearches {
  const changed = new vscode.EventEmitter<void>();
  const found = new Map<string, FoundDeploySteps & { readonly isFresh: boolean }>();
  const consider = (uri: vscode.Uri): void => {
    if (!isFile(uri)) return;
    const path = toPath(uri);
    const isKnown = [...found.values()].some(({ steps }) => steps.some(({ at }) => at.path === path));
    if (!isKnown && !mayDeploy(path)) return;
    for (const [id, one] of found) found.set(id, { ...one, isFresh: false });
    changed.fire();
  };
  const watcher = vscode.workspace.createFileSystemWatcher('**/{*.yml,*.yaml,*.toml,*.sh,*.mk,Dockerfile*,*.Dockerfile,Containerfile*,Procfile*,Makefile,justfile,package.json,app.json}');
  const subscriptions = vscode.Disposable.from(
    changed,
    watcher,
    ...[watcher.onDidCreate, watcher.onDidChange, watcher.onDidDelete].map((event) => event(consider)),
    vscode.workspace.onDidSaveTextDocument((document) => {
      // Which Python migrates, its text tells.
      if (document.languageId !== 'python' || !/\b(?:alembic|flask_migrate)\b/.test(document.getText())) return;
      for (const [id, one] of found) found.set(id, { ...one, isFresh: false });
      changed.fire();
    }),
  );
  return {
    onDidChange: changed.event,
    known: ({ id }) => found.get(id)?.steps ?? null,
    paths: ({ id }) => found.get(id)?.paths ?? [],
    find: async (home, root, signal) => {
      const known = found.get(home.id);
      if (known?.isFresh === true) return known.steps;
      const leaveOut = home.alembic === null ? [home.supabase?.project.migrationsFolder ?? ''] : [home.alembic.project.scriptLocation, ...home.alembic.project.versionLocations];
      const result = await findDeploySteps({ workspace, root, leaveOut: leaveOut.filter((folder) => folder !== '' && folder !== root), signal });
      found.set(home.id, { ...result, isFresh: true });
      return result.steps;
    },
    dispose: () => subscriptions.dispose(),
  };
}
