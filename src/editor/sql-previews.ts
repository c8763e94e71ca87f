import * as vscode from 'vscode';
import { readRevisionFile } from '../engine/history/read-revision-file';
import { baseName } from '../engine/project/paths';
import { locksOf, meaningOf, printScript, sqlComment, type Annotate, type ScriptPart } from '../engine/render/script-sql';
import type { Direction } from '../engine/history/version-sql';
import { formatMessage, type Problem } from '../engine/text/problem';
import { LineIndex, type Place } from '../engine/text/text';
import { fileSql } from '../workspace/file-sql';
import { newReplayCache, replayKey, type ReplayCache } from '../workspace/load-replay';
import { toPath, toUri } from './convert';
import { activeDatabase, type ReviewParts } from './diagnostics/review-text';
import { isFile } from './files';
import type { Log } from './careful-log';
import { reasonOf } from './log';
import { onSettingsChange, readSettings } from './settings';

/** What drafts are for the server, as read-only documents that follow each keystroke. */
export interface SqlPreviews extends vscode.Disposable {
  /** The document of one direction of the draft at `path`; its text is there. */
  open(path: string, direction: Direction): Promise<vscode.Uri>;
  /** The draft that a preview shows; null: the document is none of ours. */
  draftOf(uri: vscode.Uri): string | null;
}

export const previewScheme = 'alembic-review-sql';

/** Short enough to feel like each keystroke, long enough not to work twice for one. */
const typingPause = 60;

interface Preview {
  readonly uri: vscode.Uri;
  readonly direction: Direction;
  path: string;
  text: string;
  /** Counts the texts asked for: an answer that comes late is not shown. */
  asked: number;
}

export function createSqlPreviews(parts: ReviewParts, log: Log): SqlPreviews {
  const previews = new Map<string, Preview>();
  const caches = new Map<string, ReplayCache>();
  const changed = new vscode.EventEmitter<vscode.Uri>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const write = async (preview: Preview): Promise<void> => {
    const asked = ++preview.asked;
    const text = await previewText(parts, caches, preview.path, preview.direction).catch((error: unknown) => {
      log.error(error instanceof Error ? error : String(error));
      return said(`The SQL could not be worked out: ${reasonOf(error)}`);
    });
    if (asked !== preview.asked || text === preview.text) return;
    preview.text = text;
    changed.fire(preview.uri);
  };
  const soon = (): void => {
    if (previews.size === 0) return;
    clearTimeout(timer);
    timer = setTimeout(() => void Promise.all([...previews.values()].map(write)), typingPause);
  };
  const previewOf = (uri: vscode.Uri): Preview => {
    const key = uri.toString();
    const known = previews.get(key);
    if (known !== undefined) return known;
    // After a reload of the window the document is asked for before any command ran.
    const made: Preview = { uri, path: uri.query, direction: uri.path.startsWith('/downgrade/') ? 'downgrade' : 'upgrade', text: '', asked: 0 };
    previews.set(key, made);
    return made;
  };
  const watcher = vscode.workspace.createFileSystemWatcher('**/*.{py,sql}');
  const subscriptions = vscode.Disposable.from(
    changed,
    watcher,
    watcher.onDidChange(soon),
    watcher.onDidCreate(soon),
    watcher.onDidDelete(soon),
    vscode.workspace.registerTextDocumentContentProvider(previewScheme, {
      onDidChange: changed.event,
      provideTextDocumentContent: async (uri) => {
        const preview = previewOf(uri);
        if (preview.text === '') await write(preview);
        return preview.text;
      },
    }),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0 && isFile(document.uri) && /\.(py|sql)$/.test(document.uri.path)) soon();
    }),
    vscode.workspace.onDidRenameFiles(({ files }) => {
      for (const { oldUri, newUri } of files) {
        const [before, after] = [toPath(oldUri), toPath(newUri)];
        for (const preview of previews.values()) {
          if (preview.path === before) preview.path = after;
          else if (preview.path.startsWith(`${before}/`)) preview.path = after + preview.path.slice(before.length);
        }
      }
      soon();
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      if (uri.scheme === previewScheme) previews.delete(uri.toString());
      // Without saving: the file on the disk counts again.
      else soon();
    }),
    parts.projects.onDidChange(soon),
    parts.databases.onDidChange(soon),
    onSettingsChange(['postgresVersion'], soon),
  );

  return {
    open: async (path, direction) => {
      const known = [...previews.values()].find((preview) => preview.path === path && preview.direction === direction);
      const preview = known ?? previewOf(await uriOf(parts, path, direction));
      await write(preview);
      return preview.uri;
    },
    draftOf: (uri) => (uri.scheme === previewScheme ? previewOf(uri).path : null),
    dispose: () => {
      clearTimeout(timer);
      subscriptions.dispose();
    },
  };
}

/** The tab says `upgrade 0123456789ab.sql`; the name ends in .sql, so it is coloured, and the query names the draft. */
async function uriOf({ workspace }: ReviewParts, path: string, direction: Direction): Promise<vscode.Uri> {
  const query = path;
  const bare = baseName(path).replace(/\.\w+$/, '');
  // A file of SQL has one direction.
  if (path.endsWith('.sql')) return vscode.Uri.from({ scheme: previewScheme, path: `/${direction}/SQL of ${bare}.sql`, query });
  const id = readRevisionFile(path, (await workspace.read(path)) ?? '').value?.id;
  return vscode.Uri.from({ scheme: previewScheme, path: `/${direction}/${direction} ${id ?? bare}.sql`, query });
}

async function previewText(parts: ReviewParts, caches: Map<string, ReplayCache>, path: string, direction: Direction): Promise<string> {
  await parts.projects.ready;
  const name = baseName(path);
  const text = await parts.workspace.read(path);
  if (text === null) return said(`${name} is not there any more: it was deleted, or moved elsewhere.`);
  const project = path.endsWith('.sql') ? null : parts.projects.ofRevision(path);
  const [sql, models, database] = await Promise.all([parts.sqlParser(), project && parts.modelFiles.desired(project), project && activeDatabase(parts, project)]);
  const postgresVersion = database?.serverVersion ?? readSettings(toUri(path)).postgresVersion;
  const key = `${project?.id ?? ''}\n${replayKey({ convention: models?.convention ?? null, mainOptions: project?.project.mainOptions })}`;
  const cache = caches.get(key) ?? newReplayCache();
  caches.set(key, cache);
  const result = await fileSql({
    workspace: parts.workspace,
    project: project && { project: project.project, graph: project.history, kept: project.kept },
    path,
    text,
    database: database && { schema: database.schema, applied: database.applied },
    sql,
    convention: models?.convention ?? null,
    cache,
    direction,
    offline: false,
    ...(postgresVersion === null ? {} : { postgresVersion }),
  });
  if (result === null) return said(`${name} is no revision: it sets no revision and down_revision.`);
  const annotate: Annotate = (part) => [...(path.endsWith('.sql') ? meaningOf(part) : []), ...locksOf(part)];
  return `${headOf(name, direction)}${problemLines(result.problems, path, text)}${bodyOf(result.value, path, text, annotate)}`;
}

function headOf(name: string, direction: Direction): string {
  return said(`What ${name.endsWith('.sql') ? name : `${direction}() of ${name}`} does on the server, with the locks that it takes. Nothing is run.\n`);
}

/** A text that is all a comment. */
function said(text: string): string {
  return text.split('\n').map((line) => (line === '' ? '' : sqlComment(line).join('\n'))).join('\n').concat('\n');
}

function bodyOf(parts: readonly ScriptPart[], path: string, text: string, annotate: Annotate): string {
  const lines = new LineIndex(text);
  const lineOf = (at: Place): string => (at.path === path ? `line ${lines.at(at.range.start).line + 1}` : `in ${baseName(at.path)}`);
  return `${printScript(parts, lineOf, annotate).trimEnd()}\n`;
}

/** What Python or PostgreSQL would not read at all: what stands behind it may be missing below. */
function problemLines(problems: readonly Problem[], path: string, text: string): string {
  const lines = new LineIndex(text);
  const errors = problems.filter(({ severity, at }) => severity === 'error' && at?.path === path);
  if (errors.length === 0) return '';
  return said(`${errors.map(({ at, message }) => `line ${lines.at(at?.range.start ?? 0).line + 1}: ${formatMessage(message)}`).join('\n')}\n`);
}
