import { readSchema } from '../database/read-schema';
import { disk } from '../workspace/disk';
import type { SchemaCommand } from './command';
import { withDatabase } from './database';
import { exitCodes, usage } from './failure';
import type { Io } from './io';
import { hasErrors, printJson, printProblems } from './output';
import { schemaText } from './print-schema';

/** `schema --database URL`: what the database has. */
export async function schema(command: SchemaCommand, io: Io): Promise<number> {
  const reading = await withDatabase(io, command, (database) => {
    if (database === null) throw usage('Name the database: --database URL, or set DATABASE_URL.', 'schema');
    return database.use((open) => readSchema(open));
  });
  const { problems, server } = reading;
  if (command.json) await printJson(io, disk, { server: { version: server.version, database: server.database }, schema: reading.schema, problems });
  else {
    io.out(schemaText(reading.schema));
    await printProblems(io, disk, problems);
  }
  return hasErrors(problems) ? exitCodes.errors : exitCodes.ok;
}
