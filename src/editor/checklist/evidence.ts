import * as vscode from 'vscode';
import type { RunEvidence } from '../../engine/checklist/run-evidence';
import { hashOf } from '../../workspace/kept-file';
import type { Workspace } from '../../workspace/workspace';
import type { Databases } from '../databases';

/** What was done with drafts, kept with the workspace: by the text that ran, so that an edit makes it worthless. */
export interface RunEvidences extends vscode.Disposable {
  readonly onDidChange: vscode.Event<void>;
  /** Of exactly this text. */
  of(text: string): readonly RunEvidence[];
  /** For whoever ran something: a dry run, an upgrade, a downgrade. */
  add(text: string, evidence: Omit<RunEvidence, 'draft' | 'at'>): Promise<void>;
  /** The next look at a database begins anew: its version table was written without a run. */
  forget(connection: string): void;
}

const key = 'runEvidence';

/** Older ones go: nobody commits a draft after that many runs of others. */
const most = 200;

/**
 * `databases` are watched: a revision that comes into a version table, or goes from it, between two looks was run by somebody, and that is
 * evidence, too.
 */
export function createRunEvidences(state: vscode.Memento, databases: Databases, workspace: Workspace): RunEvidences {
  const changed = new vscode.EventEmitter<void>();
  const all = (): readonly RunEvidence[] => state.get<readonly RunEvidence[]>(key, []);
  const keep = async (evidence: RunEvidence): Promise<void> => {
    await state.update(key, [...all(), evidence].slice(-most));
    changed.fire();
  };
  /** By connection, what the last look found of the files: whether it had them. A file that comes with another branch is no run. */
  const seen = new Map<string, ReadonlyMap<string, boolean>>();
  const look = async (): Promise<void> => {
    for (const { connection, outcome } of databases.states()) {
      if (outcome.kind !== 'read') continue;
      const { applied, pending } = outcome.position;
      const now = new Map([...applied.map(({ path }) => [path, true] as const), ...pending.map(({ path }) => [path, false] as const)]);
      const before = seen.get(connection.id);
      seen.set(connection.id, now);
      if (before === undefined) continue;
      const database = { id: connection.id, name: connection.name, environment: connection.environment };
      const changes = [...applied.filter(({ path }) => before.get(path) === false).map((revision) => ({ revision, did: 'upgraded' as const })), ...pending.filter(({ path }) => before.get(path) === true).map((revision) => ({ revision, did: 'downgraded' as const }))];
      // A database that was made anew went down with all that it had: the newest tell enough.
      for (const { revision, did } of changes.slice(0, 20)) {
        const text = await workspace.read(revision.path);
        if (text !== null) await keep({ draft: hashOf(text), revision: revision.id, database, did, outcome: 'passed', how: 'observed', at: Date.now() });
      }
    }
  };
  const subscription = databases.onDidChange(() => void look());
  void look();
  return {
    onDidChange: changed.event,
    of: (text) => {
      const draft = hashOf(text);
      return all().filter((evidence) => evidence.draft === draft);
    },
    forget: (connection) => void seen.delete(connection),
    add: (text, evidence) => keep({ ...evidence, draft: hashOf(text), at: Date.now() }),
    dispose: () => {
      subscription.dispose();
      changed.dispose();
    },
  };
}
