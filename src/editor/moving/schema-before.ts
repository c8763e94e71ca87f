import { readSchema } from '../../database/read-schema';
import type { QualifiedName, Schema } from '../../engine/schema/schema';
import { readDatabase } from '../commands/read-database';
import { withProgress } from '../commands/command';
import type { Connection } from '../connection-setting';
import type { Parts } from '../parts';

/** The schema before a run: what a failed or cancelled one has left is told by it. Throws where the database can't be read, and nothing runs then. */
export async function schemaBefore(parts: Parts, connection: Connection, versionTable?: QualifiedName): Promise<Schema> {
  return withProgress(`Reading ${connection.name} as it is`, (signal) => readDatabase(parts, connection, signal, async (database) => (await readSchema(database, versionTable === undefined ? {} : { versionTable })).schema));
}
