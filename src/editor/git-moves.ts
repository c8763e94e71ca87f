import path from 'node:path';
import * as vscode from 'vscode';
import { debounced } from './timing';

/** What git does, as its files tell: the one place that watches them. */
export interface GitMoves extends vscode.Disposable {
  /** A branch moved, came or went, or another one was checked out. A fetch moves many at once: it is told once, behind it. */
  readonly onDidMove: vscode.Event<void>;
  /** The same at once, for each: what was read of branches is not to be believed any more. */
  readonly onMove: vscode.Event<void>;
  /** A commit would be another one: HEAD, the index, a merge or the like that is under way. */
  readonly onDidStage: vscode.Event<void>;
  /** The folder of a linked work tree or a submodule lies elsewhere. */
  follow(gitFolder: string): void;
}

const branchFiles = ['HEAD', 'packed-refs'];
const stageFiles = ['HEAD', 'index', 'MERGE_HEAD', 'CHERRY_PICK_HEAD', 'REVERT_HEAD'];
const files = `{${[...new Set([...branchFiles, ...stageFiles])].join(',')},refs/**}`;

export function watchGit(): GitMoves {
  const [moves, moved, staged] = [new vscode.EventEmitter<void>(), new vscode.EventEmitter<void>(), new vscode.EventEmitter<void>()];
  const soon = debounced(() => moved.fire(), 500);
  const followed = new Map<string, vscode.Disposable>();
  const tell = ({ path: file }: vscode.Uri): void => {
    const name = path.posix.basename(file);
    if (stageFiles.includes(name)) staged.fire();
    if (!branchFiles.includes(name) && !file.includes('/refs/')) return;
    moves.fire();
    soon.run();
  };
  const watch = (pattern: vscode.GlobPattern): vscode.Disposable => {
    const watcher = vscode.workspace.createFileSystemWatcher(pattern);
    return vscode.Disposable.from(watcher, ...[watcher.onDidCreate, watcher.onDidChange, watcher.onDidDelete].map((event) => event(tell)));
  };
  const own = watch(`**/.git/${files}`);
  return {
    onDidMove: moved.event,
    onMove: moves.event,
    onDidStage: staged.event,
    follow: (gitFolder) => {
      const folder = vscode.Uri.file(gitFolder);
      const isSeen = path.basename(gitFolder) === '.git' && vscode.workspace.getWorkspaceFolder(folder) !== undefined;
      if (!isSeen && !followed.has(gitFolder)) followed.set(gitFolder, watch(new vscode.RelativePattern(folder, files)));
    },
    dispose: () => vscode.Disposable.from(own, moves, moved, staged, soon, ...followed.values()).dispose(),
  };
}
