import * as vscode from 'vscode';
import { commentedText, ignoreEdit, ignoreFileEdit, unusedIgnore } from '../../engine/rules/ignores';
import type { Action, Diagnostic, Fix } from '../../engine/rules/rule';
import { LineIndex } from '../../engine/text/text';
import { commands } from '../contributions';
import { toPath, toTextEdits, toUri } from '../convert';
import { markedRange, source, type Reviews } from './reviews';

export const fixAllKind = vscode.CodeActionKind.SourceFixAll.append('alembicReview');

/** The fixes of the findings as quick fixes, and *Fix All Safe Problems* as a source action. */
export function registerCodeActions(...reviews: readonly (Pick<Reviews, 'current'> & Partial<Pick<Reviews, 'settled'>>)[]): vscode.Disposable {
  const provider: vscode.CodeActionProvider = {
    // Who asks right after a keystroke wants what is said of it, not nothing.
    provideCodeActions: async (document, range, context, token) => {
      const found = await Promise.all(reviews.map((one) => one.settled?.(document) ?? one.current(document)));
      const review = found.find((one) => one !== null);
      if (review === undefined || token.isCancellationRequested) return [];
      const path = toPath(document.uri);
      const index = new LineIndex(review.text);
      const shown = vscode.languages.getDiagnostics(document.uri);
      const actions: vscode.CodeAction[] = [];
      if (wants(context, vscode.CodeActionKind.QuickFix)) {
        for (const diagnostic of review.diagnostics) {
          if (diagnostic.at.path !== path) continue;
          const place = markedRange(index, diagnostic.at.range);
          if (place.intersection(range) === undefined) continue;
          const match = shown.find((one) => one.source === source && one.range.isEqual(place) && codeOf(one) === diagnostic.rule);
          for (const fix of diagnostic.fixes) {
            const action = quickFix(document, review.text, fix, match);
            action.isPreferred = diagnostic.fixes.length === 1 && fix.safety === 'safe';
            actions.push(action);
          }
          actions.push(...(diagnostic.actions ?? []).map((action) => toCommand(document, action, match)));
          if (diagnostic.rule !== unusedIgnore) actions.push(...ignoreActions(document, review.text, diagnostic, match));
        }
      }
      const safe = review.diagnostics.some(({ fixes }) => fixes.some(({ safety }) => safety === 'safe'));
      if (safe && wants(context, fixAllKind)) {
        const action = new vscode.CodeAction('Fix all safe problems in this draft', fixAllKind);
        action.command = { command: commands.fixAllSafe, title: action.title, arguments: [document.uri] };
        actions.push(action);
      }
      return actions;
    },
  };
  return vscode.languages.registerCodeActionsProvider([{ language: 'python' }, { pattern: '**/*.sql' }], provider, {
    providedCodeActionKinds: [vscode.CodeActionKind.QuickFix, fixAllKind],
  });
}

function wants(context: vscode.CodeActionContext, kind: vscode.CodeActionKind): boolean {
  return context.only === undefined ? !vscode.CodeActionKind.Source.contains(kind) : context.only.contains(kind);
}

function quickFix(document: vscode.TextDocument, text: string, fix: Fix, diagnostic: vscode.Diagnostic | undefined): vscode.CodeAction {
  const { files = [] } = fix;
  const action = new vscode.CodeAction(`${fix.title}${files.length === 0 ? '' : files.length === 1 ? ' (makes a file)' : ` (makes ${files.length} files)`}`, vscode.CodeActionKind.QuickFix);
  if (diagnostic !== undefined) action.diagnostics = [diagnostic];
  action.edit = new vscode.WorkspaceEdit();
  // Where somebody has made one meanwhile, nothing is done.
  for (const file of files) action.edit.createFile(toUri(file.path), { overwrite: false, ignoreIfExists: false, contents: Buffer.from(file.text) });
  action.edit.set(document.uri, toTextEdits(text, fix.edits));
  return action;
}

function toCommand(document: vscode.TextDocument, asked: Action, diagnostic: vscode.Diagnostic | undefined): vscode.CodeAction {
  const { title } = asked;
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  if (diagnostic !== undefined) action.diagnostics = [diagnostic];
  action.command = commandOf(document, asked);
  return action;
}

function commandOf(document: vscode.TextDocument, asked: Action): vscode.Command {
  const { title } = asked;
  switch (asked.kind) {
    case 'generate':
      return { command: commands.generateMigration, title, arguments: [document.uri] };
    case 'merge':
      return { command: commands.mergeHeads, title, arguments: [{ path: toPath(document.uri) }] };
    case 'compare':
      return { command: commands.openComparison, title, arguments: [document.uri, asked.text, asked.where] };
  }
}

/** The comments that make the rule silent, after all that would mend it. */
function ignoreActions(document: vscode.TextDocument, text: string, { rule, at }: Diagnostic, diagnostic: vscode.Diagnostic | undefined): readonly vscode.CodeAction[] {
  const draft = commentedText(at.path, text);
  return [
    quickFix(document, text, { title: `Ignore ${rule} here`, edits: [ignoreEdit(draft, rule, at.range.start)], safety: 'review' }, diagnostic),
    quickFix(document, text, { title: `Ignore ${rule} in this file`, edits: [ignoreFileEdit(draft, rule)], safety: 'review' }, diagnostic),
  ];
}

function codeOf(diagnostic: vscode.Diagnostic): string | number | undefined {
  return typeof diagnostic.code === 'object' ? diagnostic.code.value : diagnostic.code;
}
