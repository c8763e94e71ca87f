import * as vscode from 'vscode';
import type { Answers, Question } from '../../engine/questions';
import { answersFrom, cardOf, preselected } from './cards';
import type { FromPanel, ToPanel } from './messages';
import { openWebviewPanel } from '../webview-panel';

/** Asks questions in a panel beside nothing else; one panel serves all rounds of one generation. */
export interface QuestionPanel extends vscode.Disposable {
  /** Resolves with the answers so far plus those given now. Throws a `CancellationError` when the person closes or cancels. */
  ask(questions: readonly Question[], before: Answers): Promise<Answers>;
}

export function createQuestionPanel(extensionUri: vscode.Uri, intro: string): QuestionPanel {
  let open: vscode.WebviewPanel | null = null;
  return {
    ask: async (questions, before) => {
      open ??= openWebviewPanel(extensionUri, { viewType: 'alembicReview.questions', title: 'Generate Migration', pageTitle: 'Generate Migration', name: 'questions' });
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
