import type { MigrationForm } from '../engine/project/supabase';
import type { QualifiedName } from '../engine/schema/schema';
import type { Database } from './connect';
import { readMoment } from './moment';
import { readSchema, type SchemaReading } from './read-schema';
import { readApplied, type AppliedVersions } from './versions';

/** What a database has at one moment. */
export interface DatabaseContent {
  readonly reading: SchemaReading;
  readonly versions: AppliedVersions;
}

/**
 * A database that is asked now and then: its connection is kept for a while, so that the next question need not wait for
 * a new one; what was read is kept until the database itself says that something was committed since.
 */
export interface KeptDatabase {
  /**
   * Structure and applied revisions as they are now: read before and proven to be unchanged in one round trip, or else
   * read on a new connection, whose settings are today's. Rejects when the database can not be reached or read.
   */
  content(signal?: AbortSignal): Promise<DatabaseContent>;
  /** Work on the connection; done once more where the kept one turns out to be dead. */
  use<T>(work: (database: Database) => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** Lets go of the connection. What was read is kept, to be proven again. */
  rest(): Promise<void>;
}

export interface KeepOptions {
  readonly open: () => Promise<Database>;
  /** Whose versions count: those in Alembic's table, which is no table of the models in any case, or those that Supabase's CLI noted down. */
  readonly form?: MigrationForm;
  readonly versionTable: QualifiedName;
  /** Milliseconds that an idle connection is kept. */
  readonly keepFor?: number;
}

/** Long enough from one look to the next while somebody works; short enough to be in nobody's way (DROP DATABASE waits for the last connection to end). */
const usuallyKept = 30_000;

export function keepDatabase({ open, form = 'alembic', versionTable, keepFor = usuallyKept }: KeepOptions): KeptDatabase {
  let connection: Promise<Database> | null = null;
  let users = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let known: { readonly moment: string; readonly content: DatabaseContent } | null = null;
  let reading: Promise<DatabaseContent> | null = null;

  /** Let go of while somebody still worked on them. */
  const leaving = new Set<Promise<Database>>();
  const close = (ending: Promise<Database>): Promise<void> => ending.then((database) => database.close()).catch(() => undefined);
  const rest = async (): Promise<void> => {
    clearTimeout(timer);
    const ending = connection;
    connection = null;
    if (ending !== null && users > 0) leaving.add(ending);
    else if (ending !== null) await close(ending);
  };
  /** `isKept`: it was open already, so it may be dead without anybody having noticed. */
  const connected = async (): Promise<{ readonly database: Database; readonly isKept: boolean }> => {
    for (;;) {
      const waitedFor = connection;
      const kept = await waitedFor?.catch(() => null);
      // Somebody else opened one meanwhile.
      if (connection !== waitedFor) continue;
      if (kept?.isOpen() === true) return { database: kept, isKept: true };
      const opening = open();
      connection = opening;
      opening.catch(() => {
        if (connection === opening) connection = null;
      });
      return { database: await opening, isKept: false };
    }
  };
  const use: KeptDatabase['use'] = async (work, signal) => {
    clearTimeout(timer);
    users++;
    try {
      const { database, isKept } = await connected();
      signal?.throwIfAborted();
      try {
        return await work(database);
      } catch (error) {
        signal?.throwIfAborted();
        if (!isKept || database.isOpen()) throw error;
        return await work((await connected()).database);
      }
    } finally {
      if (--users === 0) {
        for (const ending of leaving) void close(ending);
        leaving.clear();
        timer = setTimeout(() => void rest(), keepFor);
        timer.unref();
      }
    }
  };
  const readContent = async (signal: AbortSignal | undefined): Promise<DatabaseContent> => {
    const options = signal === undefined ? {} : { signal };
    const [before, kept] = [known, connection];
    if (before !== null && (await use((database) => readMoment(database, options), signal)) === before.moment) return before.content;
    // A session has the settings and rights of the moment it began; what was committed since may have been those.
    if (kept !== null && connection === kept) await rest();
    return use(async (database) => {
      const moment = await readMoment(database, options);
      const versions = await readApplied(database, form, versionTable);
      const content = { reading: await readSchema(database, { versionTable }), versions };
      // What was committed meanwhile may be in one part of it and not in another: true enough for now, but not to be kept.
      known = (await readMoment(database, options)) === moment ? { moment, content } : null;
      return content;
    }, signal);
  };
  return {
    content: async (signal) => {
      // Those who ask while it is being read may have to know what was committed after it began: they ask anew.
      await reading?.catch(() => undefined);
      const current = readContent(signal);
      reading = current;
      try {
        return await current;
      } finally {
        if (reading === current) reading = null;
      }
    },
    use,
    rest,
  };
}
