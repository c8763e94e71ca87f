import * as vscode from 'vscode';
import type { RunEvidence } from '../../engine/checklist/run-evidence';
import { hashOf } from '../../workspace/kept-file';
import type { Workspace } from '../../workspace/workspace';
import type { MigrationVerb } from '../../runner/plan';
import type { Databases } from '../databases';
import type { DatabaseState } from '../views/database-nodes';

/** What was done with drafts, kept with the workspace: by the text that ran, so that an edit makes it worthless. */
export interface RunEvidences extends vscode.Disposable {
  readonly onDidChange: vscode.Event<void>;
  /** Of exactly this text; and that the revision was stamped, whose text did not run. */
  of(text: string, revision: string): readonly RunEvidence[];
  /** For whoever ran something: a dry run, an upgrade, a downgrade. */
  add(text: string, evidence: Omit<RunEvidence, 'draft' | 'at'>): Promise<void>;
  /**
   * A run of ours begins, and is evidence by itself: what comes into the version table or goes from it meanwhile was seen of nobody else. At its
   * end, what a stamp has brought there is noted down as stamped.
   */
  watchRun(connection: string): { end(verb: MigrationVerb): Promise<void> };
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
  /** Where a run of ours is at work. */
  const running = new Set<string>();
  const look = async (): Promise<void> => {
    for (const state of databases.states()) if (!running.has(state.connection.id)) await lookAt(state, null);
  };
  /** `verb`: what of ours ran since the last look; null: nothing did. */
  const lookAt = async ({ connection, outcome }: DatabaseState, verb: MigrationVerb | null): Promise<void> => {
    if (outcome.kind !== 'read') return;
    const { applied, pending } = outcome.position;
    const now = new Map([...applied.map(({ path }) => [path, true] as const), ...pending.map(({ path }) => [path, false] as const)]);
    const before = seen.get(connection.id);
    seen.set(connection.id, now);
    await forgetStamps(connection.id, pending.map(({ id }) => id));
    if (before === undefined) return;
    const database = { id: connection.id, name: connection.name, environment: connection.environment };
    const came = applied.filter(({ path }) => before.get(path) === false);
    const went = pending.filter(({ path }) => before.get(path) === true);
    const changes =
      verb === null
        ? [...came.map((revision) => ({ revision, did: 'upgraded' as const, how: 'observed' as const })), ...went.map((revision) => ({ revision, did: 'downgraded' as const, how: 'observed' as const }))]
        : verb === 'stamp' ? came.map((revision) => ({ revision, did: 'stamped' as const, how: 'run' as const })) : [];
    // A database that was made anew went down with all that it had: the newest tell enough.
    for (const { revision, did, how } of changes.slice(0, 20)) {
      const text = await workspace.read(revision.path);
      if (text !== null) await keep({ draft: hashOf(text), revision: revision.id, database, did, outcome: 'passed', how, at: Date.now() });
    }
  };
  /** What the version table does not name any more can come there in another way. */
  const forgetStamps = async (connection: string, pending: readonly string[]): Promise<void> => {
    const kept = all().filter(({ did, database, revision }) => did !== 'stamped' || database?.id !== connection || !pending.includes(revision));
    if (kept.length < all().length) await state.update(key, kept);
  };
  const subscription = databases.onDidChange(() => void look());
  void look();
  return {
    onDidChange: changed.event,
    of: (text, revision) => {
      const draft = hashOf(text);
      return all().filter((evidence) => evidence.draft === draft || (evidence.did === 'stamped' && evidence.revision === revision));
    },
    watchRun: (connection) => {
      running.add(connection);
      return {
        end: async (verb) => {
          running.delete(connection);
          const found = databases.states().find((one) => one.connection.id === connection);
          if (found !== undefined) await lookAt(found, verb);
        },
      };
    },
    add: (text, evidence) => keep({ ...evidence, draft: hashOf(text), at: Date.now() }),
    dispose: () => {
      subscription.dispose();
      changed.dispose();
    },
  };
}
