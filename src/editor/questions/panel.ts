import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { Answers, Question } from '../../engine/questions';
import { answersFrom, cardOf, preselected } from './cards';
import type { FromPanel, ToPanel } from './messages';

/** Asks questions in a panel beside nothing else; one panel serves all rounds of one generation. */
export interface QuestionPanel extends vscode.Disposable {
  /** Resolves with the answers so far plus those given now. Throws a `CancellationError` when the person closes or cancels. */
  ask(questions: readonly Question[], before: Answers): Promise<Answers>;
}

export function createQuestionPanel(extensionUri: vscode.Uri, intro: string): QuestionPanel {
  let open: vscode.WebviewPanel | null = null;
  return {
    ask: async (questions, before) => {
      open ??= openPanel(extensionUri);
      return askIn(open, intro, questions, before);
    },
    dispose: () => open?.dispose(),
  };
}

async function askIn(panel: vscode.WebviewPanel, intro: string, questions: readonly Question[], before: Answers): Promise<Answers> {
  const cards = questions.map(cardOf);
  const send = (message: ToPanel): void => void panel.webview.postMessage(message);
  const show = (): void =>
    send({
      kind: 'ask',
      title: questions.length === 1 ? 'One question before the migration is written' : `${questions.length} questions before the migration is written`,
      intro,
      cards,
      choices: preselected(cards),
      submit: 'Continue',
    });
  const subscriptions: vscode.Disposable[] = [];
  try {
    return await new Promise<Answers>((resolve, reject) => {
      subscriptions.push(
        panel.onDidDispose(() => reject(new vscode.CancellationError())),
        panel.webview.onDidReceiveMessage((message: FromPanel) => {
          switch (message.kind) {
            case 'ready':
              show();
              return;
            case 'cancel':
              reject(new vscode.CancellationError());
              return;
            case 'answer': {
              const outcome = answersFrom(questions, message.choices, before);
              if ('problems' in outcome) send({ kind: 'problems', problems: outcome.problems });
              else {
                send({ kind: 'busy' });
                resolve(outcome.answers);
              }
            }
          }
        }),
      );
      show();
      panel.reveal();
    });
  } finally {
    vscode.Disposable.from(...subscriptions).dispose();
  }
}

function openPanel(extensionUri: vscode.Uri): vscode.WebviewPanel {
  const roots = [vscode.Uri.joinPath(extensionUri, 'dist', 'webview'), vscode.Uri.joinPath(extensionUri, 'media')];
  const panel = vscode.window.createWebviewPanel('alembicReview.questions', 'Generate Migration', vscode.ViewColumn.Active, {
    enableScripts: true,
    localResourceRoots: roots,
    // What was chosen so far survives a look at another tab.
    retainContextWhenHidden: true,
  });
  panel.iconPath = vscode.Uri.joinPath(extensionUri, 'media', 'icon.svg');
  const script = panel.webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, 'dist', 'webview', 'questions.js'));
  const style = panel.webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, 'media', 'questions.css'));
  const nonce = randomBytes(16).toString('base64');
  panel.webview.html = `<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${panel.webview.cspSource}; script-src 'nonce-${nonce}'">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <link rel="stylesheet" href="${style.toString()}">
  <title>Generate Migration</title>
</head>
<body><main id="questions"></main><script nonce="${nonce}" src="${script.toString()}"></script></body>
</html>`;
  return panel;
}
