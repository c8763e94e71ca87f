import type { SupabaseProject } from '../engine/project/supabase';
import { applyFiles, filesPlan } from '../runner/apply-files';
import { at, progressWords } from '../runner/outcome-words';
import { disk } from '../workspace/disk';
import { loadSqlParser } from '../workspace/load-sql-parser';
import { sqlMigrationText } from '../workspace/migration-text';
import { pendingFiles } from '../workspace/pending-files';
import type { MigrateCommand } from './command';
import { withDatabase } from './database';
import { CommandFailure, exitCodes, usage } from './failure';
import type { Io } from './io';
import { endOfRun, schemaBefore } from './after-migrate';
import { agreed, interruptible } from './agree';
import { askFiles } from './ask-files';
import { stampFiles } from './stamp-files';

/** `upgrade --form supabase`: runs SQL migrations by ourselves, with the bookkeeping of Supabase's CLI. */
export async function migrateFiles(command: MigrateCommand, io: Io, project: SupabaseProject): Promise<number> {
  const { verb } = command;
  if (verb === 'downgrade') throw new CommandFailure(exitCodes.errors, 'SQL migrations have no way back: write a migration that undoes what the last one did.');
  if (verb === 'stamp') return stampFiles(command, io, project);
  return withDatabase(io, command, async (database) => {
    if (database === null) throw usage('Name the database: --database URL, or set DATABASE_URL.', verb);
    const { heads, server } = await askFiles(database);
    const found = await pendingFiles({ workspace: disk, project, applied: heads, target: command.revisions[0] ?? 'head', includeAll: command.includeAll });
    if ('reason' in found) throw new CommandFailure(exitCodes.errors, found.reason);
    if (found.files.length === 0) {
      io.err(`There is nothing to do: ${database.name} stands at ${at(heads.slice(-1))}.\n`);
      return exitCodes.ok;
    }
    const shown = await sqlMigrationText({
      workspace: disk,
      files: found.files,
      sql: await loadSqlParser(),
      postgresVersion: Math.floor(server.versionNumber / 10_000),
      head: [`upgrade of ${database.name}${command.production ? ' (production)' : ''}`, `PostgreSQL ${server.version}; it stands at ${at(heads.slice(-1))}.`],
    });
    (command.json ? io.err : io.out)(shown.text);
    if (!(await agreed(command, io, database, server.database))) return exitCodes.questions;
    const { target, password } = database;
    const before = await schemaBefore(command, database, project);
    const outcome = await interruptible(io, target, (signal) =>
      applyFiles({
        target,
        password,
        migrations: found.files,
        heads,
        timeouts: command.timeouts,
        signal,
        onProgress: (progress) => {
          if (progress.kind !== 'statement') io.err(`${progressWords(progress)}\n`);
        },
      }),
    );
    return endOfRun(command, io, { home: project, database, plan: filesPlan(found.files, heads), outcome, before });
  });
}
