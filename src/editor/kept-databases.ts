import type * as vscode from 'vscode';
import { connect } from '../database/connect';
import { displayTarget, type ConnectionTarget } from '../database/connection-target';
import { keepDatabase, type KeptDatabase } from '../database/kept-database';
import type { MigrationForm } from '../engine/project/supabase';
import type { QualifiedName } from '../engine/schema/schema';
import type { Connection } from './connection-setting';
import type { Connections } from './connections';
import { targetOf } from './connection-source';
import { versionTableOf } from './databases';
import type { OpenProject } from './project';

/** The databases of the connections, each kept for the next who asks: a generation, then the review of what it wrote. */
export interface KeptDatabases extends vscode.Disposable {
  /** Where the connection leads today, or why that cannot be known. `versionTable`: that of the project whose source names the database, when nothing is said. `form`: whose versions count, Alembic's when nothing is said. */
  of(connection: Connection, project: OpenProject | null, versionTable?: QualifiedName, form?: MigrationForm): Kept | { readonly kind: 'problem'; readonly reason: string; readonly advice: string };
}

export interface Kept {
  readonly kind: 'target';
  readonly target: ConnectionTarget;
  readonly database: KeptDatabase;
}

export function createKeptDatabases(connections: Connections): KeptDatabases {
  const kept = new Map<string, { readonly source: string; readonly database: KeptDatabase }>();
  const drop = (id: string): void => {
    void kept.get(id)?.database.rest();
    kept.delete(id);
  };
  // A password or a source may be another one now.
  const subscription = connections.onDidChange(() => [...kept.keys()].forEach(drop));
  return {
    of: (connection, project, versionTable = versionTableOf(project), form = 'alembic') => {
      const found = targetOf(connection, project);
      if (found.kind === 'problem') return found;
      const { target } = found;
      // A project with both kinds of history asks one database in two ways.
      const id = JSON.stringify([connection.id, form, versionTable]);
      const source = JSON.stringify(found);
      const known = kept.get(id);
      if (known?.source === source) return { kind: 'target', target, database: known.database };
      drop(id);
      const open = async (): ReturnType<typeof connect> => connect(target, (await connections.password(connection, displayTarget(target))) ?? found.password);
      const database = keepDatabase({ open, form, versionTable });
      kept.set(id, { source, database });
      return { kind: 'target', target, database };
    },
    dispose: () => {
      subscription.dispose();
      [...kept.keys()].forEach(drop);
    },
  };
}
