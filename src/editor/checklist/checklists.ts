import * as vscode from 'vscode';
import { checklistOf, type Checklist } from '../../engine/checklist/checklist';
import { contextKeys } from '../contributions';
import type { Log } from '../careful-log';
import { isCancellation } from '../log';
import { onSettingsChange } from '../settings';
import { debounced } from '../timing';
import { gather, type GatherParts, type Gathered } from './gather';

/** The checklist of the migration at hand, kept fresh while somebody looks at it. */
export interface Checklists extends vscode.Disposable {
  readonly onDidChange: vscode.Event<void>;
  /** What is shown; null: not worked out yet, or there is no project. */
  current(): ShownChecklist | null;
  /** Works it out anew, now. Null: there is no project. */
  refresh(): Promise<ShownChecklist | null>;
  setWatched(watched: boolean): void;
  /** Somebody goes to a terminal with a command: its effect on development databases is seen as it happens. */
  watchClosely(): void;
}

export interface ShownChecklist extends Gathered {
  readonly checklist: Checklist;
}

/** Nobody reads a checklist between two keystrokes. */
const pause = 700;

/** How often databases are looked at while a person runs a copied command, and for how long at most. */
const closely = { every: 400, for: 180_000 };

export function createChecklists(parts: GatherParts, log: Log): Checklists {
  const changed = new vscode.EventEmitter<void>();
  let shown: ShownChecklist | null = null;
  let watched = false;
  let isStale = true;
  let controller: AbortController | null = null;
  let running: Promise<ShownChecklist | null> | null = null;
  let closeUntil = 0;

  const publish = (gathered: Gathered): ShownChecklist => {
    shown = { ...gathered, checklist: checklistOf(gathered.facts) };
    if (gathered.git !== null) parts.gitMoves.follow(gathered.git.gitFolder);
    void vscode.commands.executeCommand('setContext', contextKeys.checklistKnown, true);
    changed.fire();
    return shown;
  };
  const refresh = (): Promise<ShownChecklist | null> => {
    controller?.abort();
    const own = new AbortController();
    controller = own;
    isStale = false;
    const work = (async (): Promise<ShownChecklist | null> => {
      const gathered = await gather(parts, own.signal, (sofar) => {
        // What is shown of the same migration stands until all of it is known anew.
        if (!own.signal.aborted && (shown === null || shown.revision?.path !== sofar.revision?.path)) publish(sofar);
      });
      own.signal.throwIfAborted();
      if (gathered !== null) return publish(gathered);
      shown = null;
      await vscode.commands.executeCommand('setContext', contextKeys.checklistKnown, true);
      changed.fire();
      return null;
    })();
    running = work;
    return work;
  };
  /** What another change has overtaken is left to the one that overtook it. */
  const settled = async (): Promise<ShownChecklist | null> => {
    for (let work = refresh(); ; work = running ?? work) {
      try {
        return await work;
      } catch (error) {
        if (work === running) throw error;
      }
    }
  };
  const logged = async (): Promise<void> => {
    try {
      await refresh();
    } catch (error) {
      if (!isCancellation(error) && !(error instanceof DOMException && error.name === 'AbortError')) log.error(error instanceof Error ? error : String(error));
    }
  };
  const soon = debounced(() => {
    if (watched) void logged();
    else isStale = true;
  }, pause);
  const consider = (): void => {
    isStale = true;
    soon.run();
  };
  const lookClosely = async (): Promise<void> => {
    while (Date.now() < closeUntil) {
      const trial = parts.connections.list().filter(({ environment }) => environment !== 'production');
      await Promise.all(trial.map(({ id }) => parts.databases.refresh(id)));
      await new Promise((resolve) => setTimeout(resolve, closely.every));
    }
  };
  const subscriptions = vscode.Disposable.from(
    changed,
    soon,
    parts.projects.onDidChange(consider),
    parts.databases.onDidChange(consider),
    parts.connections.onDidChange(consider),
    parts.workspace.onDidChange(consider),
    parts.evidence.onDidChange(consider),
    parts.deploySteps.onDidChange(consider),
    parts.gitMoves.onDidStage(consider),
    vscode.window.onDidChangeActiveTextEditor(consider),
    vscode.workspace.onDidSaveTextDocument(consider),
    vscode.workspace.onDidGrantWorkspaceTrust(consider),
    vscode.window.onDidChangeWindowState(({ focused }) => focused && consider()),
    onSettingsChange(['changeDocument', 'rules', 'keepTables', 'largeTableRows', 'postgresVersion'], consider),
  );
  return {
    onDidChange: changed.event,
    current: () => shown,
    refresh: settled,
    setWatched: (value) => {
      watched = value;
      if (value && isStale) void logged();
    },
    watchClosely: () => {
      const isRunning = Date.now() < closeUntil;
      closeUntil = Date.now() + closely.for;
      if (!isRunning) void lookClosely();
    },
    dispose: () => {
      closeUntil = 0;
      controller?.abort();
      subscriptions.dispose();
    },
  };
}
