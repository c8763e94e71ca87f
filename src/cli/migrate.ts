import { readVersions } from '../database/versions';
import type { Project } from '../engine/project/project';
import { migrateByAlembic, type MigrateOutcome } from '../runner/migrate';
import { at, progressWords } from '../runner/outcome-words';
import { planByAlembic, type MigrationPlan } from '../runner/plan';
import { disk } from '../workspace/disk';
import { loadHistory } from '../workspace/load-history';
import { conventionOf } from '../workspace/load-models';
import { loadSqlParser } from '../workspace/load-sql-parser';
import { migrationText } from '../workspace/migration-text';
import { endOfRun, schemaBefore } from './after-migrate';
import { agreed, interruptible } from './agree';
import type { MigrateCommand } from './command';
import { versionTableOf, withDatabase, type OpenDatabase } from './database';
import { exitCodes, unavailable, usage } from './failure';
import type { Io } from './io';
import { migrateFiles } from './migrate-files';
import { migrationHome } from './project';
import { requirePython, runnerFailure } from './python';

/** `upgrade`, `downgrade`, `stamp`: shows where and what, asks, has the project's own Alembic do it, and tells what stands. */
export async function migrate(command: MigrateCommand, io: Io): Promise<number> {
  const { verb, revisions, xArguments } = command;
  const { project: home, form } = await migrationHome(disk, io, command, verb);
  if ('migrationsFolder' in home) return migrateFiles(command, io, home);
  if (form === 'supabase' && home.supabase !== undefined) return migrateFiles(command, io, home.supabase);
  if (command.status !== null) throw usage('--status is for files of SQL: `alembic stamp` says where a database stands.', verb);
  const project = home;
  const python = await requirePython(io, command, project);
  return withDatabase(io, command, async (database) => {
    if (database === null) throw usage('Name the database: --database URL, or set DATABASE_URL.', verb);
    const versionTable = versionTableOf(project);
    const { applied: heads, problems, server } = await database.use(async (open) => ({ ...(await readVersions(open, versionTable)), server: open.server }));
    const [obstacle] = problems;
    if (obstacle !== undefined) throw unavailable(obstacle.message);
    const plan = await planByAlembic({ project, python, verb, revisions, heads, xArguments, log: (line) => io.err(`${line}\n`) }).catch((error: unknown) => {
      throw runnerFailure(error);
    });
    if (plan.steps.length === 0) {
      io.err(`There is nothing to do: ${database.name} stands at ${at(heads)}.\n`);
      return exitCodes.ok;
    }
    const shown = await migrationText({
      workspace: disk,
      project: { project, graph: (await loadHistory(disk, project)).value },
      verb,
      steps: plan.steps,
      sql: await loadSqlParser(),
      convention: await conventionOf(disk, project),
      postgresVersion: Math.floor(server.versionNumber / 10_000),
      head: [`${verb} of ${database.name}${command.production ? ' (production)' : ''}`, `PostgreSQL ${server.version}; it stands at ${at(heads)}, and at ${at(plan.steps.at(-1)?.heads ?? [])} afterwards.`],
    });
    (command.json ? io.err : io.out)(shown.text);
    if (!(await agreed(command, io, database, server.database))) return exitCodes.questions;
    const before = await schemaBefore(command, database, project);
    const outcome = await run(command, io, { project, python, database, plan });
    return endOfRun(command, io, { home: project, database, plan, outcome, before });
  });
}

interface Run {
  readonly project: Project;
  readonly python: string;
  readonly database: OpenDatabase;
  readonly plan: MigrationPlan;
}

async function run({ timeouts, xArguments }: MigrateCommand, io: Io, { project, python, database, plan }: Run): Promise<MigrateOutcome> {
  const { target, password } = database;
  return interruptible(io, target, (signal) =>
    migrateByAlembic({
      project,
      python,
      target,
      password,
      versionTable: versionTableOf(project),
      plan,
      xArguments,
      timeouts,
      signal,
      onProgress: (progress) => {
        if (progress.kind !== 'statement') io.err(`${progressWords(progress)}\n`);
      },
      log: (line) => io.err(`${line}\n`),
    }),
  );
}
