import * as vscode from 'vscode';
import { contextKeys } from './contributions';
import { toPath, toUri } from './convert';
import { isFile } from './files';
import type { Projects } from './project';
import { debounced, oneAtATime } from './timing';

/** The workspace's files that declare models, so that menus and scopes name the right ones. */
export interface ModelFiles extends vscode.Disposable {
  /** Paths, sorted; those open in an editor are judged by their unsaved text. */
  all(): Promise<readonly string[]>;
}

const ignored = '**/{node_modules,.venv,venv,virtualenv,site-packages,__pycache__,.git,.tox,dist,build}/**';

/** Many files, but cheap: each is read once and again only when it changes. */
export function findModelFiles(projects: Projects): ModelFiles {
  const onDisk = new Map<string, boolean>();
  let first: Promise<void> | null = null;
  const announce = debounced(() => vscode.commands.executeCommand('setContext', contextKeys.modelFiles, current().map((path) => toUri(path).fsPath)), 100);
  const current = (): readonly string[] => {
    const open = vscode.workspace.textDocuments.filter(({ uri, languageId }) => languageId === 'python' && isFile(uri));
    const verdicts = new Map(onDisk);
    for (const document of open) verdicts.set(toPath(document.uri), declaresModels(document.getText()));
    return [...verdicts].filter(([path, yes]) => yes && projects.ofRevision(path) === null).map(([path]) => path).sort();
  };
  const judge = async (uri: vscode.Uri): Promise<void> => {
    try {
      onDisk.set(toPath(uri), declaresModels(new TextDecoder().decode(await vscode.workspace.fs.readFile(uri))));
    } catch {
      onDisk.delete(toPath(uri));
    }
  };
  const scan = oneAtATime(async () => {
    await projects.ready;
    if (projects.all().length === 0) return;
    const files = await vscode.workspace.findFiles('**/*.py', ignored);
    // In small groups, so that a large workspace does not open all of its files at once.
    for (let start = 0; start < files.length; start += 50) await Promise.all(files.slice(start, start + 50).map(judge));
    announce.run();
  });
  const watcher = vscode.workspace.createFileSystemWatcher('**/*.py');
  const rejudge = (uri: vscode.Uri): void => void judge(uri).then(announce.run);
  const subscriptions = vscode.Disposable.from(
    watcher,
    announce,
    watcher.onDidCreate(rejudge),
    watcher.onDidChange(rejudge),
    watcher.onDidDelete(rejudge),
    projects.onDidChange(() => void scan()),
    vscode.workspace.onDidOpenTextDocument(() => announce.run()),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (document.languageId === 'python') announce.run();
    }),
  );
  first = scan();
  return {
    all: async () => {
      await first;
      return current();
    },
    dispose: () => subscriptions.dispose(),
  };
}

/**
 * A quick look for menus only (the reader of models decides what is one): a mapped class names its table or its
 * columns, or is a SQLModel table, or a `Table(` is made.
 */
export function declaresModels(text: string): boolean {
  return /^\s+__tablename__\s*[:=]|\btable\s*=\s*True\b|\bmapped_column\s*\(|^\s+\w+\s*(?::[^=\n]*)?=\s*(?:\w+\.)?Column\s*\(|^\w+\s*(?::[^=\n]*)?=\s*(?:\w+\.)?Table\s*\(/m.test(text);
}
