import * as vscode from 'vscode';
import type { Diagnostic } from '../../engine/rules/rule';
import { newReplayCache, type ReplayCache } from '../../workspace/load-replay';
import { reviewProjectModels } from '../../workspace/review-models';
import { toPath, toUri } from '../convert';
import { isFile } from '../files';
import type { Log } from '../careful-log';
import { isCancellation } from '../log';
import { onSettingsChange, readSettings } from '../settings';
import { debounced, oneAtATime } from '../timing';
import { activeDatabase, type ReviewParts } from './review-text';
import { toVscode, type DraftReview, type Reviews } from './reviews';

/** Longer than that of a draft's review: models are reviewed whole, and nobody waits for it. */
const pause = 800;

/**
 * Says on the lines of open models what their migrations will lack and Alembic does not see. Worked out while nobody types, and only
 * while a model file is open.
 */
export function createModelReviews(parts: ReviewParts, log: Log): Pick<Reviews, 'current'> & vscode.Disposable {
  const { projects, modelFiles, databases, workspace } = parts;
  const shown = vscode.languages.createDiagnosticCollection('alembic-review-models');
  const reviews = new Map<string, DraftReview>();
  const caches = new Map<string, ReplayCache>();
  const findings = async (): Promise<readonly Diagnostic[]> => {
    const open = vscode.workspace.textDocuments.filter((document) => document.languageId === 'python' && isFile(document.uri)).map(({ uri }) => toPath(uri));
    const known = new Set(await modelFiles.all());
    const of = new Set(open.filter((path) => known.has(path)).flatMap((path) => projects.ofFile(path) ?? []));
    const found = await Promise.all(
      [...of].map(async (project) => {
        const settings = readSettings(toUri(project.project.root));
        const models = settings.reviewEnabled ? await modelFiles.desired(project) : null;
        if (models === null) return [];
        const [sql, database] = await Promise.all([parts.sqlParser(), activeDatabase(parts, project)]);
        const cache = caches.get(project.id) ?? newReplayCache();
        caches.set(project.id, cache);
        return reviewProjectModels({ workspace, project: { project: project.project, graph: project.history }, database: database && { schema: database.schema, applied: database.applied }, models, sql, severities: settings.severities, cache });
      }),
    );
    return found.flat();
  };
  const show = async (): Promise<void> => {
    const texts = new Map(vscode.workspace.textDocuments.map((document) => [toPath(document.uri), document.getText()]));
    const found = await findings();
    shown.clear();
    reviews.clear();
    for (const document of vscode.workspace.textDocuments) {
      const [path, text] = [toPath(document.uri), document.getText()];
      const own = found.filter(({ at }) => at.path === path);
      // Typed meanwhile: the next time is on its way.
      if (own.length === 0 || texts.get(path) !== text) continue;
      reviews.set(document.uri.toString(), { text, diagnostics: own, notReviewed: [] });
      shown.set(document.uri, own.map((one) => toVscode(one, text, path, new Map())));
    }
    log.debug(`Reviewed the models: ${found.length} findings`);
  };
  const showAll = oneAtATime(async () => {
    try {
      await show();
    } catch (error) {
      if (!isCancellation(error)) log.error(error instanceof Error ? error : String(error));
    }
  });
  const soon = debounced(showAll, pause);
  const consider = (uri: vscode.Uri): void => {
    if (uri.path.endsWith('.py') && isFile(uri)) soon.run();
  };
  const subscriptions = vscode.Disposable.from(
    shown,
    soon,
    vscode.workspace.onDidOpenTextDocument(({ uri }) => consider(uri)),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => shown.delete(uri)),
    workspace.onDidChange(consider),
    projects.onDidChange(() => soon.run()),
    databases.onDidChange(() => soon.run()),
    onSettingsChange(['review.enabled', 'rules'], () => soon.run()),
  );
  void projects.ready.then(() => soon.run());
  return {
    current: (document) => {
      const known = reviews.get(document.uri.toString());
      return known !== undefined && known.text === document.getText() ? known : null;
    },
    dispose: () => subscriptions.dispose(),
  };
}
