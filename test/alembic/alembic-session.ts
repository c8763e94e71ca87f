import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { projectRoot } from '../harness/paths';
import type { PythonEnvironment } from '../harness/python';

/** One Python process that runs many Alembic commands: starting one for each would take most of a test's time. */
export interface AlembicSession {
  /** Runs `alembic <command> <args>` in a project's folder; rejects with Alembic's error. */
  run(folder: string, databaseUrl: string, command: string, ...args: readonly (string | boolean)[]): Promise<string>;
  close(): void;
}

/** What Alembic died of. */
export class AlembicError extends Error {
  readonly sqlstate: string | null;
  /** The exception's name and words alone. */
  readonly words: string;

  constructor(command: string, args: readonly (string | boolean)[], answer: Answer) {
    super(`alembic ${command} ${args.join(' ')}: ${answer.error ?? ''}\n${answer.trace ?? ''}`);
    this.sqlstate = answer.sqlstate ?? null;
    this.words = answer.error ?? '';
  }
}

interface Answer {
  readonly ok: boolean;
  readonly error?: string;
  readonly trace?: string;
  /** PostgreSQL's, where it was PostgreSQL that refused. */
  readonly sqlstate?: string | null;
  readonly output?: string;
}

export function openAlembicSession(python: PythonEnvironment): AlembicSession {
  const child = spawn(python.interpreter, [path.join(projectRoot, 'test', 'alembic', 'alembic_session.py')], { stdio: ['pipe', 'pipe', 'ignore'] });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async run(folder, databaseUrl, command, ...args) {
      child.stdin.write(`${JSON.stringify({ folder, url: databaseUrl.replace(/^postgresql:/, 'postgresql+psycopg:'), command, args })}\n`);
      const line = await answers.next();
      if (line.done === true) throw new Error('The Alembic process ended.');
      const answer = JSON.parse(line.value) as Answer;
      if (!answer.ok) throw new AlembicError(command, args, answer);
      return answer.output ?? '';
    },
    close() {
      child.stdin.end();
      child.kill();
    },
  };
}
