import { version } from '../../package.json';
import { parseCommand } from './arguments';
import { checklist } from './checklist';
import type { Command } from './command';
import { compare } from './compare';
import { describeRelation, listTypes } from './describe';
import { dryRunDraft } from './dry-run';
import { CommandFailure, exitCodes } from './failure';
import { generate } from './generate';
import { helpOf } from './help';
import { history } from './history';
import type { Io } from './io';
import { migrate } from './migrate';
import { models } from './models';
import { newRevision } from './new-revision';
import { review } from './review';
import { schema } from './schema';
import { sql } from './sql';
import { status } from './status';
import { verify } from './verify';

/** Runs one command line and gives its exit code; never rejects. */
export async function runCommandLine(args: readonly string[], io: Io): Promise<number> {
  try {
    return await run(parseCommand(args), io);
  } catch (error) {
    if (error instanceof CommandFailure) {
      io.err(`alembic-review: ${error.message}\n`);
      return error.code;
    }
    io.err(`alembic-review: something went wrong that should not: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return exitCodes.internal;
  }
}

async function run(command: Command, io: Io): Promise<number> {
  switch (command.verb) {
    case 'help':
      io.out(helpOf(command.topic));
      return exitCodes.ok;
    case 'version':
      io.out(`${version}\n`);
      return exitCodes.ok;
    case 'models':
      return models(command, io);
    case 'schema':
      return schema(command, io);
    case 'generate':
      return generate(command, io);
    case 'review':
      return review(command, io);
    case 'sql':
      return sql(command, io);
    case 'dry-run':
      return dryRunDraft(command, io);
    case 'compare':
      return compare(command, io);
    case 'history':
      return history(command, io);
    case 'status':
      return status(command, io);
    case 'revision':
    case 'merge':
      return newRevision(command, io);
    case 'verify':
      return verify(command, io);
    case 'checklist':
      return checklist(command, io);
    case 'upgrade':
    case 'downgrade':
    case 'stamp':
      return migrate(command, io);
    case 'describe':
      return describeRelation(command, io);
    case 'types':
      return listTypes(command, io);
  }
}
