import { displayTarget, type ConnectionTarget } from '../database/connection-target';
import { explainConnectionError } from '../database/doctor';
import { formatMessage } from '../engine/text/problem';
import type { MigrateCommand } from './command';
import type { OpenDatabase } from './database';
import { unavailable } from './failure';
import type { Io } from './io';

/** A production database's name is typed; elsewhere a yes is enough. Where nobody is at the terminal, options say it. */
export async function agreed(command: MigrateCommand, io: Io, { name }: OpenDatabase, databaseName: string): Promise<boolean> {
  if (command.production) {
    const typed = command.productionName ?? (await io.ask?.(`${name} is a production database. Type its name (${databaseName}) to ${command.verb} it: `)) ?? null;
    if (typed?.trim() === databaseName) return true;
    io.err(typed === null ? `Nothing was run: ${name} is a production database, and nobody is at the terminal to type its name. Add --production-name.\n` : `Nothing was run: the database is not called "${typed.trim()}".\n`);
    return false;
  }
  if (command.yes) return true;
  const answer = (await io.ask?.(`${command.verb.charAt(0).toUpperCase()}${command.verb.slice(1)} ${name}? [y/N] `)) ?? null;
  if (answer !== null && /^y(es)?$/i.test(answer.trim())) return true;
  io.err(answer === null ? 'Nothing was run: nobody is at the terminal to agree. Add --yes.\n' : 'Nothing was run.\n');
  return false;
}

/** Ctrl+C aborts the signal; that the database can't be reached ends the command in words. */
export async function interruptible<T>(io: Io, target: ConnectionTarget, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const release = io.onInterrupt?.(() => controller.abort(new Error('Cancelled.')));
  try {
    return await work(controller.signal);
  } catch (error) {
    throw unavailable(`${displayTarget(target)}: ${formatMessage(explainConnectionError(error, target))}`);
  } finally {
    release?.();
  }
}
