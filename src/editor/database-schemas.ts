import type * as vscode from 'vscode';
import { connect } from '../database/connect';
import { readSchema } from '../database/read-schema';
import type { Schema } from '../engine/schema/schema';
import type { Connection } from './connection-setting';
import type { Connections } from './connections';
import { projectOf, reach, versionTableOf, type Databases } from './databases';
import { reasonOf, type Log } from './log';
import type { Projects } from './project';

/** The schemas of connected databases, read when a review first needs one and kept until something may have changed. */
export interface DatabaseSchemas extends vscode.Disposable {
  /** Null: it could not be read; the log says why. */
  of(connection: Connection): Promise<Schema | null>;
}

/** A schema that somebody changed by hand is noticed after this long at the latest. */
const keptFor = 60_000;

export function createDatabaseSchemas(connections: Connections, projects: Projects, databases: Databases, log: Log): DatabaseSchemas {
  const kept = new Map<string, { readonly schema: Promise<Schema | null>; readonly until: number }>();
  const read = async (connection: Connection): Promise<Schema | null> => {
    const project = projectOf(projects, connection);
    const found = await reach(connection, connections, project);
    if (found.kind === 'problem') return null;
    try {
      const database = await connect(found.target, found.password);
      try {
        return (await readSchema(database, { versionTable: versionTableOf(project) })).schema;
      } finally {
        await database.close();
      }
    } catch (error) {
      log.warn(`${connection.name}: its schema could not be read: ${reasonOf(error)}`);
      return null;
    }
  };
  const subscription = databases.onDidChange(() => kept.clear());
  return {
    of: (connection) => {
      const known = kept.get(connection.id);
      if (known !== undefined && known.until > Date.now()) return known.schema;
      const schema = read(connection);
      kept.set(connection.id, { schema, until: Date.now() + keptFor });
      return schema;
    },
    dispose: () => subscription.dispose(),
  };
}
