import * as vscode from 'vscode';
import { linesOf, type LineMark } from '../../engine/dry-run/lines';
import type { DryRun } from '../../engine/dry-run/dry-run';
import { LineIndex } from '../../engine/text/text';
import { toPath } from '../convert';
import { markedRange } from '../diagnostics/reviews';

/** What became of each statement, on its line, until the draft is another. */
export interface DryRunMarks extends vscode.Disposable {
  show(document: vscode.TextDocument, run: DryRun): void;
}

export const dryRunSource = 'Alembic dry run';

export function createDryRunMarks(): DryRunMarks {
  const diagnostics = vscode.languages.createDiagnosticCollection('alembic-dry-run');
  const after = (color: string): vscode.TextEditorDecorationType => vscode.window.createTextEditorDecorationType({ after: { color: new vscode.ThemeColor(color), margin: '0 0 0 2em' }, rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed });
  const styles: Readonly<Record<LineMark['kind'], vscode.TextEditorDecorationType>> = { ran: after('editorCodeLens.foreground'), failed: after('editorError.foreground'), caught: after('editorWarning.foreground'), 'not tried': after('editorWarning.foreground') };
  const shown = new Map<string, readonly LineMark[]>();

  const draw = (editor: vscode.TextEditor): void => {
    const marks = shown.get(editor.document.uri.toString()) ?? [];
    const index = new LineIndex(editor.document.getText());
    for (const [kind, style] of Object.entries(styles)) {
      editor.setDecorations(style, marks.filter((mark) => mark.kind === kind).map(({ range, text }) => {
        // Behind the last line of a call that has several.
        const end = editor.document.lineAt(index.at(range.end).line).range.end;
        return { range: new vscode.Range(end, end), renderOptions: { after: { contentText: text } } };
      }));
    }
  };
  const clear = (document: vscode.TextDocument): void => {
    if (!shown.delete(document.uri.toString())) return;
    diagnostics.delete(document.uri);
    for (const editor of vscode.window.visibleTextEditors) if (editor.document === document) draw(editor);
  };
  const subscriptions = vscode.Disposable.from(
    diagnostics,
    ...Object.values(styles),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => void (contentChanges.length > 0 && clear(document))),
    vscode.workspace.onDidCloseTextDocument(clear),
    vscode.window.onDidChangeVisibleTextEditors((editors) => editors.forEach(draw)),
  );
  return {
    show: (document, run) => {
      const marks = linesOf(run, toPath(document.uri));
      shown.set(document.uri.toString(), marks);
      const index = new LineIndex(document.getText());
      diagnostics.set(document.uri, marks.flatMap(({ kind, range, problem }) => {
        if (problem === null) return [];
        const made = new vscode.Diagnostic(markedRange(index, range), problem.text, kind === 'failed' ? vscode.DiagnosticSeverity.Error : vscode.DiagnosticSeverity.Information);
        made.source = dryRunSource;
        if (problem.code !== null) made.code = problem.code;
        return [made];
      }));
      for (const editor of vscode.window.visibleTextEditors) if (editor.document === document) draw(editor);
    },
    dispose: () => subscriptions.dispose(),
  };
}
