import { readSchema } from '../database/read-schema';
import { readApplied } from '../database/versions';
import { displayName, type QualifiedName, type Schema } from '../engine/schema/schema';
import { renderVerification } from '../engine/verify/markdown';
import { verificationText } from '../engine/verify/text';
import { differs } from '../engine/verify/verify';
import { formatMessage } from '../engine/text/problem';
import { createKeptDisk } from '../workspace/kept-disk';
import { readingOnce } from '../workspace/texts';
import { verifyDatabase } from '../workspace/verify';
import type { VerifyCommand } from './command';
import { versionTableOf, withDatabase } from './database';
import { exitCodes, usage } from './failure';
import type { Io } from './io';
import { hasErrors, printJson, printProblems } from './output';
import { migrationHome } from './project';

/** `verify --database URL`: whether a database has what the models and its own history say. */
export async function verify(command: VerifyCommand, io: Io): Promise<number> {
  const disk = readingOnce(createKeptDisk());
  const { project: found, form } = await migrationHome(disk, io, command, 'verify');
  // Beside each other, the form says whose history is meant; models are looked for from Alembic's configuration.
  const home = form === 'supabase' && !('migrationsFolder' in found) ? (found.supabase ?? found) : found;
  const read = await withDatabase(io, command, (database) => {
    if (database === null) throw usage('Name the database: --database URL, or set DATABASE_URL.', 'verify');
    return database.use(async (open) => {
      const versionTable = 'migrationsFolder' in home ? undefined : versionTableOf(home);
      const reading = await readSchema(open, versionTable === undefined ? {} : { versionTable });
      return { name: database.name, reading, versions: await readApplied(open, form, versionTable) };
    });
  });
  const { schema, server, problems: unread } = read.reading;
  const { applied, present, problems: obstacles } = read.versions;
  const { verification, remarks, problems } = await verifyDatabase({
    workspace: disk,
    home,
    database: schema,
    versions: { applied, present, problem: obstacles[0]?.message ?? null },
    against: command.against,
    keeps: command.keeps.map((name) => tableNamed(name, schema)),
  });
  const all = [...unread, ...problems];
  const setting = { database: read.name, server: `PostgreSQL ${server.version}`, remarks: remarks.map(formatMessage) };
  if (command.format === 'json') await printJson(io, disk, { database: read.name, server: { version: server.version }, differs: differs(verification), ...verification, remarks, problems: all });
  else {
    io.out(command.format === 'markdown' ? renderVerification(verification, setting) : verificationText(verification, setting));
    await printProblems(io, disk, all);
  }
  return differs(verification) || hasErrors(all) || verification.sides.length === 0 ? exitCodes.errors : exitCodes.ok;
}

function tableNamed(name: string, schema: Schema): QualifiedName {
  const found = schema.tables.find((table) => displayName(table) === name || `${table.schema ?? schema.defaultSchema}.${table.name}` === name);
  if (found === undefined) throw usage(`--keep ${name}: the database has no such table.`, 'verify');
  return found;
}
