import * as vscode from 'vscode';
import { unusedIgnore } from '../../engine/rules/ignores';
import type { Diagnostic } from '../../engine/rules/rule';
import { formatMessage, type Problem } from '../../engine/text/problem';
import { LineIndex, type TextRange } from '../../engine/text/text';
import { commands } from '../contributions';
import { toPath, toRange, toUri } from '../convert';
import type { Databases } from '../databases';
import { isFile, openDocument } from '../files';
import type { Log } from '../careful-log';
import { isCancellation } from '../log';
import type { Projects } from '../project';
import { onSettingsChange, readSettings } from '../settings';
import type { WatchedTexts } from '../watched-texts';
import { isDraft } from './drafts';
import type { ReviewText } from './review-text';

export interface DraftReview {
  /** The text that was reviewed: diagnostics and fixes count in it. */
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
  /** What could not be understood: shown, so that nobody takes it for safe. */
  readonly notReviewed: readonly Problem[];
}

/** Reviews drafts as they are typed and shows what was found. */
export interface Reviews extends vscode.Disposable {
  /** Reviews the document's text as it is now; what is under way for older text is dropped. */
  review(document: vscode.TextDocument): Promise<DraftReview | null>;
  /** The review of exactly this text; null while it is not there yet. */
  current(document: vscode.TextDocument): DraftReview | null;
  /** The same, once what is under way for it has ended; null where nothing is. */
  settled(document: vscode.TextDocument): Promise<DraftReview | null>;
}

/** Long enough not to run between two keystrokes, short enough to feel immediate. */
const typingPause = 200;

export function createReviews(reviewText: ReviewText, texts: WatchedTexts, projects: Projects, databases: Databases, log: Log): Reviews {
  const shown = vscode.languages.createDiagnosticCollection('alembic-review');
  const reviews = new Map<string, DraftReview>();
  const running = new Map<string, AbortController>();
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  /** Who waits for the review of a document to end. */
  const waiting = new Map<string, (() => void)[]>();
  const release = (key: string): void => {
    const held = waiting.get(key) ?? [];
    waiting.delete(key);
    for (const go of held) go();
  };
  /** Drafts that a person asked to have reviewed though they are applied everywhere. */
  const asked = new Set<string>();

  const clear = (uri: vscode.Uri): void => {
    running.get(uri.toString())?.abort();
    reviews.delete(uri.toString());
    shown.delete(uri);
  };
  const review = async (document: vscode.TextDocument, isApplied = false): Promise<DraftReview | null> => {
    const key = document.uri.toString();
    running.get(key)?.abort();
    const controller = new AbortController();
    running.set(key, controller);
    const text = document.getText();
    try {
      const path = toPath(document.uri);
      let result: DraftReview | null = null;
      for await (const { diagnostics, notReviewed } of reviewText(path, text, controller.signal, isApplied)) {
        if (controller.signal.aborted || document.getText() !== text) return null;
        log.debug(`Reviewed ${path}: ${diagnostics.length} findings, ${notReviewed.length} not reviewed`);
        const others = await textsBeside(diagnostics, path);
        if (controller.signal.aborted || document.getText() !== text) return null;
        result = { text, diagnostics, notReviewed };
        reviews.set(key, result);
        shown.set(document.uri, [
          ...diagnostics.map((diagnostic) => toVscode(diagnostic, text, path, others)),
          ...notReviewed.flatMap((problem) => notReviewedAt(problem, text, path)),
        ]);
      }
      if (result === null) clear(document.uri);
      return result;
    } catch (error) {
      if (!controller.signal.aborted && !isCancellation(error)) log.error(error instanceof Error ? error : String(error));
      return null;
    } finally {
      if (running.get(key) === controller) {
        running.delete(key);
        release(key);
      }
    }
  };
  /** Places in other files are shown where those can be read. */
  const textsBeside = async (diagnostics: readonly Diagnostic[], path: string): Promise<ReadonlyMap<string, string | null>> => {
    const paths = new Set(diagnostics.flatMap(({ related = [] }) => related.map(({ at }) => at.path)).filter((other) => other !== path && other !== ''));
    return new Map(await Promise.all([...paths].map(async (other) => [other, openDocument(other)?.getText() ?? (await texts.read(other))] as const)));
  };
  const consider = (document: vscode.TextDocument, delay: number): void => {
    if ((document.languageId !== 'python' && !document.uri.path.endsWith('.sql')) || !isFile(document.uri)) return;
    const key = document.uri.toString();
    clearTimeout(timers.get(key));
    const timer = setTimeout(() => {
      timers.delete(key);
      if (document.isClosed) return release(key);
      const path = toPath(document.uri);
      const isEnabled = readSettings(document.uri).reviewEnabled;
      if (asked.has(key) || (isEnabled && isDraft(path, projects, databases.states()))) void review(document);
      else if (isEnabled && (projects.ofRevision(path) !== null || projects.ofMigration(path) !== null)) void review(document, true);
      else {
        clear(document.uri);
        release(key);
      }
    }, delay);
    timers.set(key, timer);
  };
  const considerAll = (): void => {
    for (const document of vscode.workspace.textDocuments) consider(document, typingPause);
  };
  const subscriptions = vscode.Disposable.from(
    shown,
    // A document is shown first: a review at once would hold up the editor that waits for us.
    vscode.workspace.onDidOpenTextDocument((document) => consider(document, typingPause)),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length === 0) return;
      consider(document, typingPause);
    }),
    // A model that changes, and a revision before a draft, change what the draft should do; it is known by its own events.
    texts.onDidChange((uri) => {
      for (const document of vscode.workspace.textDocuments) if (document.uri.toString() !== uri.toString()) consider(document, typingPause);
    }),
    vscode.workspace.onDidCloseTextDocument((document) => {
      asked.delete(document.uri.toString());
      clear(document.uri);
    }),
    projects.onDidChange(considerAll),
    databases.onDidChange(considerAll),
    onSettingsChange(['changeDocument', 'review.enabled', 'rules', 'postgresVersion', 'largeTableRows'], considerAll),
  );
  void projects.ready.then(considerAll);

  const current = (document: vscode.TextDocument): DraftReview | null => {
    const known = reviews.get(document.uri.toString());
    return known !== undefined && known.text === document.getText() ? known : null;
  };

  return {
    review: async (document) => {
      asked.add(document.uri.toString());
      return review(document);
    },
    current,
    settled: async (document) => {
      const key = document.uri.toString();
      if (current(document) === null && (timers.has(key) || running.has(key))) await new Promise<void>((go) => waiting.set(key, [...(waiting.get(key) ?? []), go]));
      return current(document);
    },
    dispose: () => {
      for (const timer of timers.values()) clearTimeout(timer);
      for (const controller of running.values()) controller.abort();
      for (const key of [...waiting.keys()]) release(key);
      subscriptions.dispose();
    },
  };
}

export const source = 'Alembic Review';

const severities: Readonly<Record<Diagnostic['severity'], vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
};

/** What is underlined: of a call over several lines the first, or its indentation would be underlined too. */
export function markedRange(index: LineIndex, range: TextRange): vscode.Range {
  const { start, end } = toRange(index, range);
  return new vscode.Range(start, start.line === end.line ? end : new vscode.Position(start.line, Number.MAX_SAFE_INTEGER));
}

export function toVscode(diagnostic: Diagnostic, text: string, path: string, others: ReadonlyMap<string, string | null>): vscode.Diagnostic {
  const index = new LineIndex(text);
  const range = diagnostic.at.path === path ? markedRange(index, diagnostic.at.range) : new vscode.Range(0, 0, 0, 0);
  const made = new vscode.Diagnostic(range, formatMessage(diagnostic.message), severities[diagnostic.severity]);
  made.source = source;
  if (diagnostic.rule === unusedIgnore) {
    made.code = diagnostic.rule;
    made.tags = [vscode.DiagnosticTag.Unnecessary];
    return made;
  }
  const argument = encodeURIComponent(JSON.stringify([diagnostic.rule]));
  made.code = { value: diagnostic.rule, target: vscode.Uri.parse(`command:${commands.openRulePage}?${argument}`) };
  made.relatedInformation = (diagnostic.related ?? []).flatMap(({ at, message }) => {
    const other = at.path === path ? text : (others.get(at.path) ?? null);
    const place = other === null ? new vscode.Range(0, 0, 0, 0) : toRange(new LineIndex(other), at.range);
    return [new vscode.DiagnosticRelatedInformation(new vscode.Location(toUri(at.path), place), formatMessage(message))];
  });
  return made;
}

/** What could not be read stands on its place in the draft, as information: it is no fault, but nobody looked at it. */
function notReviewedAt({ at, message }: Problem, text: string, path: string): readonly vscode.Diagnostic[] {
  if (at !== undefined && at.path !== path) return [];
  const range = at === undefined ? new vscode.Range(0, 0, 0, 0) : markedRange(new LineIndex(text), at.range);
  const made = new vscode.Diagnostic(range, `Not reviewed: ${formatMessage(message)}`, vscode.DiagnosticSeverity.Information);
  made.source = source;
  made.code = 'not-reviewed';
  return [made];
}
