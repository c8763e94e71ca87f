import { displayTarget } from '../database/connection-target';
import type { ConnectionTarget } from '../database/connection-target';
import { formatMessage, message } from '../engine/text/problem';
import type { Message } from '../engine/text/problem';
import type { HelperAnswer } from './helper-answer';

/** Why the project's Alembic did not do what was asked; `reason` is a sentence for a person. Neither part holds a password. */
export class RunnerFailure extends Error {
  override readonly name = 'RunnerFailure';

  constructor(
    readonly code: 'moved' | 'sql' | 'not-started' | 'ended' | 'other-database' | 'wrote' | 'module-missing' | 'alembic' | 'migration' | 'env',
    readonly reason: Message,
    /** The traceback's last lines, or what was printed last: for the log. */
    readonly details: string,
    /** The line of the project's code where it happened; lines count from 1. */
    readonly at: { readonly path: string; readonly line: number } | null = null,
  ) {
    super(formatMessage(reason));
  }
}

export interface Circumstances {
  readonly python: string;
  /** The database that was chosen; null: none is used. */
  readonly target: ConnectionTarget | null;
  /** Migrations were to run, not env.py alone. */
  readonly migrates?: boolean;
}

/** A failed answer in words: what happened, why, what to do. */
export function explainAnswer(answer: Exclude<HelperAnswer, { kind: 'done' }>, { python, target, migrates = false }: Circumstances): RunnerFailure {
  if (answer.kind === 'other-database') {
    const chosen = target === null ? '' : displayTarget(target);
    const { host, port, database, user } = answer.opened;
    const place = `${host ?? 'local socket'}${port == null || port === '5432' ? '' : `:${port}`}/${database ?? user ?? ''}`;
    const opened = user == null ? place : `${user}@${place}`;
    const advice = 'Have env.py take its URL from the configuration (config.get_main_option("sqlalchemy.url")), set the variable that it reads to the chosen database, or choose the one that it opens.';
    const why = answer.reason === null ? '' : ` It could not be asked whether it is the same: ${answer.reason}.`;
    return new RunnerFailure('other-database', message(`env.py opens {opened}, and not the chosen database {chosen}.{why} Nothing was run there. ${advice}`, { opened, chosen, why }), '');
  }
  const { error, module, sqlstate, at, trace } = answer;
  const details = lastLines(trace);
  const what = firstLine(answer.message) || error;
  if (sqlstate === '25006') {
    return new RunnerFailure('wrote', message('env.py writes to the database, which a comparison does not allow: {what} Write only when migrations run, or put that statement into a migration.', { what: sentence(what) }), details, at);
  }
  const driver = module === null ? undefined : driverPackages[module];
  if (module !== null && driver !== undefined) {
    const why = module === 'psycopg' ? ' SQLAlchemy 2.1 takes psycopg for postgresql://, where 2.0 took psycopg2.' : '';
    const text = 'The database can’t be reached from {python}: its driver {module} is not installed there.{why} Install it (pip install "{driver}"), or have the URL name the one that is, as in postgresql+psycopg2://.';
    return new RunnerFailure('module-missing', message(text, { python, module, why, driver }), details, at);
  }
  if (module !== null) {
    const text = 'The project can’t be loaded in {python}: there is no module {module}. Install the project’s dependencies there, or choose the Python that has them; a module of the project itself is found by prepend_sys_path in the configuration.';
    return new RunnerFailure('module-missing', message(text, { python, module }), details, at);
  }
  const where = at === null ? '' : ` (${at.path}, line ${at.line})`;
  if (error === 'TemplateFailed') return new RunnerFailure('alembic', message('The project’s template fails: {what}', { what: sentence(what) }), details);
  if (error === 'Moved') return new RunnerFailure('moved', message('The database does not stand any more where it stood when the steps were shown: {what} Nothing was run.', { what: sentence(what) }), details);
  if (error === 'NoWay') return new RunnerFailure('alembic', message('{what}', { what: sentence(what) }), details);
  if (error === 'OtherVersionTable') {
    const text = 'env.py keeps its versions in {table}, which can’t be known without running it, and not in the table that was looked at. Nothing was run. Write version_table and version_table_schema as plain text into env.py, or run this one by the alembic command.';
    return new RunnerFailure('alembic', message(text, { table: answer.message }), details);
  }
  if (error === 'CommandError' || error === 'NoComparison') {
    return new RunnerFailure('alembic', message('Alembic can’t do it{where}: {what}', { what: sentence(what), where }), details, at);
  }
  if (migrates && at !== null && !at.path.endsWith('/env.py')) {
    return new RunnerFailure('migration', message('The migration fails{where}: {what}{state}', { where, what: sentence(what), state: sqlstate === null ? '' : ` (${sqlstate})` }), details, at);
  }
  return new RunnerFailure('env', message('Running the project’s env.py failed{where}: {error}: {what} Try it with the alembic command: what fails there must be put right first.', { error, what: sentence(what), where }), details, at);
}

/** SQLAlchemy's drivers for PostgreSQL, by module: what pip installs them from (SQLAlchemy documentation, "PostgreSQL", "DBAPI Support"). */
const driverPackages: Readonly<Partial<Record<string, string>>> = { psycopg: 'psycopg[binary]', psycopg2: 'psycopg2-binary', asyncpg: 'asyncpg', pg8000: 'pg8000' };

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0]?.trim() ?? '';
}

function lastLines(trace: string): string {
  return trace.trimEnd().split('\n').slice(-20).join('\n');
}
