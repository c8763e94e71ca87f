import { displayTarget } from '../database/connection-target';
import type { SupabaseProject } from '../engine/project/supabase';
import { at } from '../runner/outcome-words';
import { repairFiles, repairPlan } from '../runner/repair-files';
import { disk } from '../workspace/disk';
import { filesToStamp, stampText } from '../workspace/stamp-files';
import { endOfRun } from './after-migrate';
import { agreed, interruptible } from './agree';
import { askFiles } from './ask-files';
import type { MigrateCommand } from './command';
import { withDatabase } from './database';
import { CommandFailure, exitCodes, usage } from './failure';
import type { Io } from './io';

/** `stamp` of SQL migrations: notes versions down as applied, or takes them back, as `supabase migration repair` does. */
export async function stampFiles(command: MigrateCommand, io: Io, project: SupabaseProject): Promise<number> {
  const { verb, revisions } = command;
  const status = command.status ?? (revisions.includes('base') ? 'reverted' : 'applied');
  if (status === 'applied' && revisions.includes('base')) throw usage('base takes versions back: leave --status applied out.', verb);
  if (status === 'reverted' && revisions.some((revision) => revision === 'head' || revision === 'heads')) throw usage('Name the versions to take back; base is all of them.', verb);
  return withDatabase(io, command, async (database) => {
    if (database === null) throw usage('Name the database: --database URL, or set DATABASE_URL.', verb);
    const { heads, server } = await askFiles(database);
    const repair = await filesToStamp({ workspace: disk, project, heads, applied: status === 'applied' ? revisions : [], reverted: status === 'reverted' ? revisions : [] });
    if ('reason' in repair) throw new CommandFailure(exitCodes.errors, repair.reason);
    if (repair.applied.length === 0 && repair.reverted.length === 0) {
      io.err(`There is nothing to do: ${database.name} has ${status === 'applied' ? 'all of it noted down' : 'none of it noted down'}.\n`);
      return exitCodes.ok;
    }
    const { target, password } = database;
    const plan = repairPlan(repair, heads);
    const shown = stampText(repair, heads, [
      `stamp of ${database.name}${command.production ? ' (production)' : ''}: ${displayTarget(target)}`,
      `PostgreSQL ${server.version}; it stands at ${at(heads.slice(-1))}, and at ${at(plan.steps[0]?.heads.slice(-1) ?? [])} afterwards.`,
    ]);
    (command.json ? io.err : io.out)(shown.text);
    if (!(await agreed(command, io, database, server.database))) return exitCodes.questions;
    const outcome = await interruptible(io, target, (signal) => repairFiles({ target, password, repair, heads, timeouts: command.timeouts, signal }));
    return endOfRun(command, io, { home: project, database, plan, outcome, before: null });
  });
}
