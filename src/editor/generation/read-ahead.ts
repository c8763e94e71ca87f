import * as vscode from 'vscode';
import { planSoFar, prepareGeneration } from '../../workspace/generate';
import { toPath } from '../convert';
import { projectOf, versionTableOf } from '../databases';
import { isFile } from '../files';
import { isCancellation, reasonOf } from '../log';
import type { LastGeneration, Parts } from '../parts';
import type { OpenProject } from '../project';
import { debounced, oneAtATime } from '../timing';
import { openCurrentDatabase, type RestingDatabase } from './current-database';
import { alembicHome } from './home';
import { firstAnswers, generationRequest, type RequestParts } from './request';

export type ReadAheadParts = RequestParts & Pick<Parts, 'projects' | 'connections' | 'keptDatabases' | 'lastGenerations' | 'log'>;

/** After a pause in typing; longer than that of a review, which somebody looks at. */
const pause = 500;

/**
 * Who works on models most likely wants a migration of them next, of the same scope and database as last time. So what that
 * will need is worked out as soon as a model has changed, while nobody waits: the models, the database's structure (never a
 * production one's; rows are not looked at), the difference. All of it is only a start: a generation proves by itself that
 * files and database are still the same.
 */
export function readAhead(parts: ReadAheadParts): vscode.Disposable {
  const { projects, modelFiles, lastGenerations, log } = parts;
  const read = async (project: OpenProject): Promise<void> => {
    const last = lastGenerations.get(project.id);
    if (last === undefined) await modelFiles.desired(project);
    else await difference(parts, project, last);
  };
  // A slow database is not asked again while it thinks.
  const readAll = oneAtATime(async () => {
    for (const project of projects.all()) {
      await read(project).catch((error: unknown) => {
        if (!isCancellation(error)) log.debug(`Reading ahead: ${reasonOf(error)}`);
      });
    }
  });
  const soon = debounced(readAll, pause);
  const consider = (uri: vscode.Uri): void => {
    if (uri.path.endsWith('.py') && isFile(uri) && projects.ofRevision(toPath(uri)) === null) soon.run();
  };
  const watcher = vscode.workspace.createFileSystemWatcher('**/*.py');
  return vscode.Disposable.from(
    soon,
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0) consider(document.uri);
    }),
    // Saved here, written by another program, or checked out.
    watcher,
    ...[watcher.onDidCreate, watcher.onDidChange, watcher.onDidDelete].map((event) => event(consider)),
  );
}

async function difference(parts: ReadAheadParts, project: OpenProject, { modelFiles, connection: id }: LastGeneration): Promise<void> {
  let database: RestingDatabase | null = null;
  if (id !== null) {
    const connection = parts.connections.list().find((candidate) => candidate.id === id);
    if (connection === undefined || connection.environment === 'production' || !vscode.workspace.isTrusted) return;
    const kept = parts.keptDatabases.of(connection, projectOf(parts.projects, connection) ?? project, versionTableOf(project));
    if (kept.kind === 'problem') return;
    database = openCurrentDatabase(connection.name, kept);
  }
  const home = alembicHome(project);
  const preparation = await prepareGeneration(generationRequest(parts, home, modelFiles, database, null));
  if (preparation.kind === 'ready') planSoFar(preparation.generation, firstAnswers(home.settings));
}
