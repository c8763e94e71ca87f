import type * as vscode from 'vscode';
import type { MigrationPlan } from '../../runner/plan';

/** A run whose end was not seen: the window was closed, or the editor died. */
export interface UnfinishedRun {
  /** The connection's id. */
  readonly connection: string;
  readonly form: 'alembic' | 'supabase';
  readonly plan: MigrationPlan;
  readonly pids: readonly { readonly pid: number; readonly at: number }[];
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** Which runs are under way, written down for the next session. */
export interface UnfinishedRuns {
  begin(run: Pick<UnfinishedRun, 'connection' | 'form' | 'plan'>): Promise<{ readonly serverProcess: (pid: number) => void; end(): Promise<void> }>;
  /** Those of earlier sessions, which are then forgotten. */
  take(): Promise<readonly UnfinishedRun[]>;
}

const key = 'runsUnderWay';

export function createUnfinishedRuns(state: vscode.Memento): UnfinishedRuns {
  const all = (): Readonly<Record<string, UnfinishedRun>> => state.get<Readonly<Record<string, UnfinishedRun>>>(key, {});
  const keep = async (id: string, run: UnfinishedRun | null): Promise<void> => {
    const others = Object.entries(all()).filter(([other]) => other !== id);
    await state.update(key, Object.fromEntries(run === null ? others : [...others, [id, run]]));
  };
  return {
    begin: async (run) => {
      const at = Date.now();
      const id = `${run.connection} ${at}`;
      let known: UnfinishedRun = { ...run, pids: [], at };
      await keep(id, known);
      return {
        serverProcess: (pid) => {
          known = { ...known, pids: [...known.pids, { pid, at: Date.now() }] };
          void keep(id, known);
        },
        end: () => keep(id, null),
      };
    },
    take: async () => {
      const runs = Object.values(all());
      if (runs.length > 0) await state.update(key, {});
      return runs;
    },
  };
}
