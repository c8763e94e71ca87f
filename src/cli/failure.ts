import { formatMessage } from '../engine/text/problem';
import type { Message } from '../engine/text/problem';

/** Documented in docs/cli.md and in `--help`; never renumbered. */
export const exitCodes = {
  ok: 0,
  /** What was read has errors: a finding of that severity, an unreadable model, a broken history, a refused generation. */
  errors: 1,
  /** The command line itself is wrong. */
  usage: 2,
  /** A question has no answer; nothing was written. */
  questions: 3,
  /** Something outside is missing: no project, no such file, no database. */
  unavailable: 4,
  /** A run did all that it was to do, and the database is not as it should be afterwards, or that could not be told. */
  unverified: 5,
  internal: 70,
} as const;

/** Ends a command with a sentence and an exit code; nothing was written. */
export class CommandFailure extends Error {
  constructor(
    readonly code: number,
    reason: string | Message,
  ) {
    super(typeof reason === 'string' ? reason : formatMessage(reason));
  }
}

export function usage(reason: string, verb?: string): CommandFailure {
  return new CommandFailure(exitCodes.usage, `${reason}\nTry \`alembic-review ${verb === undefined ? '' : `${verb} `}--help\`.`);
}

export function unavailable(reason: string | Message): CommandFailure {
  return new CommandFailure(exitCodes.unavailable, reason);
}
