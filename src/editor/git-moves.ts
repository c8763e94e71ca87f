import * as vscode from 'vscode';
import { debounced } from './timing';

/** Tells when a branch moved, came or went, or another one was checked out. */
export interface GitMoves extends vscode.Disposable {
  readonly onDidMove: vscode.Event<void>;
}

/** A fetch moves many branches at once: it is told once. */
export function watchGit(): GitMoves {
  const moved = new vscode.EventEmitter<void>();
  const soon = debounced(() => moved.fire(), 500);
  const watcher = vscode.workspace.createFileSystemWatcher('**/.git/{HEAD,packed-refs,refs/**}');
  const subscriptions = vscode.Disposable.from(moved, soon, watcher, ...[watcher.onDidCreate, watcher.onDidChange, watcher.onDidDelete].map((event) => event(() => soon.run())));
  return { onDidMove: moved.event, dispose: () => subscriptions.dispose() };
}
