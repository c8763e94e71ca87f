import type * as vscode from 'vscode';
import { answerFacts } from '../database/facts';
import { readDefinitions } from '../database/read-definitions';
import { readStoredStatements } from '../database/versions';
import { noFacts, type DataFacts, type FactQuestion } from '../engine/facts';
import type { SchemaStatement } from '../engine/render/schema-sql';
import type { Schema } from '../engine/schema/schema';
import type { Connection } from './connection-setting';
import { projectOf, supabaseOf, type Databases } from './databases';
import type { KeptDatabases } from './kept-databases';
import type { Log } from './careful-log';
import { reasonOf } from './log';
import type { Projects } from './project';

/** What reviews know of connected databases: asked for when it is first needed and taken for granted until something may have changed. */
export interface DatabaseSchemas extends vscode.Disposable {
  /** Null: it could not be read; the log says why. */
  of(connection: Connection): Promise<KnownDatabase | null>;
}

export interface KnownDatabase {
  readonly schema: Schema;
  /** What its version table held when the schema was so: ids, as they stand there. */
  readonly applied: readonly string[];
  /** PostgreSQL's major version. */
  readonly serverVersion: number;
  /** What Supabase's CLI noted down that it ran for a version. Null: it did not, or it cannot be asked. */
  ran(version: string): Promise<readonly string[] | null>;
  /** What stands there that no `Schema` holds: functions, domains. Empty where it cannot be asked. */
  definitions(): Promise<readonly SchemaStatement[]>;
  /** What its rows were asked so far. */
  facts(): DataFacts;
  /** Asks the rows. Never rejects but when `signal` aborts: what could not be asked is in the log, and missing here. */
  answer(questions: readonly FactQuestion[], signal: AbortSignal): Promise<DataFacts>;
}

/** A schema or a row that somebody changed by hand is noticed after this long at the latest: a server far away is not asked at each keystroke. */
const keptFor = 60_000;

export function createDatabaseSchemas(keptDatabases: KeptDatabases, projects: Projects, databases: Databases, log: Log): DatabaseSchemas {
  const kept = new Map<string, { readonly database: Promise<KnownDatabase | null>; readonly until: number }>();
  /** What was said of a connection last: the same again at each keystroke helps nobody. */
  const said = new Map<string, string>();
  const warn = (connection: Connection, words: string): void => {
    if (said.get(connection.id) !== words) log.warn(`${connection.name}: ${words}`);
    said.set(connection.id, words);
  };
  const read = async (connection: Connection): Promise<KnownDatabase | null> => {
    // Who looks after the connections tries it again in its time; a review does not wait for it.
    if (databases.states().find((state) => state.connection.id === connection.id)?.outcome.kind === 'unreachable') return null;
    const found = keptDatabases.of(connection, projectOf(projects, connection), undefined, supabaseOf(projects, connection) === null ? 'alembic' : 'supabase');
    if (found.kind === 'problem') return null;
    try {
      const { reading: { schema, server }, versions } = await found.database.content();
      let facts = noFacts;
      const stored = new Map<string, Promise<readonly string[] | null>>();
      return {
        schema,
        applied: versions.applied,
        serverVersion: Math.floor(server.versionNumber / 10_000),
        ran: async (version) => {
          const known = stored.get(version) ?? found.database.use((open) => readStoredStatements(open, version)).catch((error: unknown) => {
            warn(connection, `what was run could not be read: ${reasonOf(error)}`);
            return null;
          });
          stored.set(version, known);
          return known;
        },
        definitions: () =>
          found.database.use(readDefinitions).catch((error: unknown) => {
            log.warn(`${connection.name}: functions and domains could not be read: ${reasonOf(error)}`);
            return [];
          }),
        facts: () => facts,
        answer: async (questions, signal) => {
          try {
            const answers = await found.database.use(async (open) => (await answerFacts(open, questions, { signal })).facts, signal);
            facts = new Map([...facts, ...answers]);
            return answers;
          } catch (error) {
            signal.throwIfAborted();
            warn(connection, `its rows could not be looked at: ${reasonOf(error)}`);
            return noFacts;
          }
        },
      };
    } catch (error) {
      warn(connection, `its schema could not be read: ${reasonOf(error)}`);
      return null;
    }
  };
  const subscription = databases.onDidChange(() => kept.clear());
  return {
    of: (connection) => {
      const known = kept.get(connection.id);
      if (known !== undefined && known.until > Date.now()) return known.database;
      const database = read(connection);
      kept.set(connection.id, { database, until: Date.now() + keptFor });
      // A database that could not be read may be there again the next time.
      void database.then((value) => {
        if (value === null && kept.get(connection.id)?.database === database) kept.delete(connection.id);
      });
      return database;
    },
    dispose: () => subscription.dispose(),
  };
}
