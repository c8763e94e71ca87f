import type * as vscode from 'vscode';
import type { Schema } from '../engine/schema/schema';
import type { Connection } from './connection-setting';
import { projectOf, type Databases } from './databases';
import type { KeptDatabases } from './kept-databases';
import { reasonOf, type Log } from './log';
import type { Projects } from './project';

/** The schemas of connected databases for reviews: asked for when one is first needed and taken for granted until something may have changed. */
export interface DatabaseSchemas extends vscode.Disposable {
  /** Null: it could not be read; the log says why. */
  of(connection: Connection): Promise<Schema | null>;
}

/** A schema that somebody changed by hand is noticed after this long at the latest: a server far away is not asked at each keystroke. */
const keptFor = 60_000;

export function createDatabaseSchemas(keptDatabases: KeptDatabases, projects: Projects, databases: Databases, log: Log): DatabaseSchemas {
  const kept = new Map<string, { readonly schema: Promise<Schema | null>; readonly until: number }>();
  const read = async (connection: Connection): Promise<Schema | null> => {
    const found = keptDatabases.of(connection, projectOf(projects, connection));
    if (found.kind === 'problem') return null;
    try {
      return (await found.database.content()).reading.schema;
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
      // A database that could not be read may be there again the next time.
      void schema.then((value) => {
        if (value === null && kept.get(connection.id)?.schema === schema) kept.delete(connection.id);
      });
      return schema;
    },
    dispose: () => subscription.dispose(),
  };
}
