import { LeftBehind } from '../database/connected-trial';
import { explainConnectionError } from '../database/doctor';
import { readDefinitions } from '../database/read-definitions';
import { verdictOf } from '../engine/dry-run/dry-run';
import { renderDryRun } from '../engine/dry-run/markdown';
import { dryRunText, type LineOf } from '../engine/dry-run/text';
import { baseName, resolvePath } from '../engine/project/paths';
import { formatMessage, message } from '../engine/text/problem';
import { LineIndex } from '../engine/text/text';
import { ShadowFailure } from '../shadow/failure';
import { dryRun, dryRunRolledBack } from '../workspace/dry-run/dry-run';
import { startEmbeddedServer } from '../workspace/dry-run/embedded';
import { openRolledBackServer, startTemporaryServer } from '../workspace/dry-run/on-server';
import { planRolledBack } from '../workspace/dry-run/rolled-back';
import { toWorkspacePath } from '../workspace/disk';
import { createKeptDisk } from '../workspace/kept-disk';
import { loadSqlParser } from '../workspace/load-sql-parser';
import { readingOnce } from '../workspace/texts';
import type { DryRunCommand } from './command';
import { withDatabase } from './database';
import { CommandFailure, exitCodes, unavailable } from './failure';
import type { Io } from './io';
import { printJson } from './output';
import { pythonOf } from './python';
import { environmentOf, sqlEnvironmentOf } from './review-environments';

const notAllowed = { kind: 'none', reason: message('--no-python keeps the project’s code from being run.') } as const;

/** Who holds a lock is said once, not with each look. */
function blockedOnce(io: Io): (holders: string) => void {
  let isSaid = false;
  return (holders) => {
    if (!isSaid) io.err(`It waits for a lock that is held by ${holders}.\n`);
    isSaid = true;
  };
}

/** `dry-run FILE`: what becomes of a draft where nothing can be lost. */
export async function dryRunDraft(command: DryRunCommand, io: Io): Promise<number> {
  const controller = new AbortController();
  const release = io.onInterrupt?.(() => controller.abort(new CommandFailure(exitCodes.unavailable, 'Cancelled. Nothing of it stays.')));
  try {
    return await tryDraft(command, io, controller.signal);
  } finally {
    release?.();
  }
}

async function tryDraft(command: DryRunCommand, io: Io, signal: AbortSignal): Promise<number> {
  const disk = readingOnce(createKeptDisk());
  const path = resolvePath(toWorkspacePath(io.cwd), command.path);
  const text = await disk.read(path);
  if (text === null) throw unavailable(`${command.path} does not exist, or is no UTF-8 text.`);
  const sql = await loadSqlParser();
  const lines = new LineIndex(text);
  const lineOf: LineOf = (at) => (at.path === path ? `line ${lines.at(at.range.start).line + 1}` : `in ${baseName(at.path)}`);
  // Only a database that is named counts: DATABASE_URL may be anything's.
  const run = await withDatabase(io, { ...command, offline: command.database === null }, async (database) => {
    const definitions = database === null ? [] : await database.use(readDefinitions);
    const isSql = path.endsWith('.sql');
    const environment = isSql ? null : await environmentOf(disk, { ...command, cache: null, noCache: true, all: false }, io, path, database, new Map());
    const around = isSql ? await sqlEnvironmentOf(disk, path, database, new Map()) : null;
    const serverVersion = environment?.serverVersion ?? around?.serverVersion ?? null;
    const request = {
      workspace: disk,
      project: environment,
      path,
      text,
      database: (environment ?? around)?.database ?? null,
      desired: environment?.models?.value ?? around?.desired ?? null,
      convention: environment?.models?.convention ?? null,
      sql,
      definitions,
      signal,
      ...(serverVersion === null ? {} : { postgresVersion: serverVersion }),
    };
    try {
      if (database === null || command.where === 'embedded') return await dryRun({ ...request, ...(environment !== null && { python: command.noPython ? notAllowed : () => pythonOf(io, command, environment.project), xArguments: command.xArguments }), log: (line) => io.err(`${line}\n`), start: (extensions) => startEmbeddedServer({ extensions, signal }) });
      const { target, password } = database;
      if (command.where === 'temporary') return await dryRun({ ...request, start: () => startTemporaryServer(target, password, { timeouts: command.timeouts, signal }) });
      const plan = await planRolledBack(request);
      if (plan !== null && 'refused' in plan) throw new CommandFailure(exitCodes.errors, `This can't be tried in a transaction that is rolled back; try --temporary or --embedded:\n${plan.refused.map(({ reason, at }) => `  ${at === null ? '' : `${lineOf(at)}: `}${formatMessage(reason)}`).join('\n')}`);
      return plan === null ? null : await dryRunRolledBack(request, plan, await openRolledBackServer(target, password, { timeouts: command.timeouts, onBlocked: blockedOnce(io), signal }));
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof ShadowFailure) throw unavailable(error.reason);
      if (error instanceof CommandFailure || database === null || command.where === 'embedded') throw error;
      if (error instanceof LeftBehind) throw unavailable(error.message);
      if ((error as { readonly code?: unknown }).code === '42501') throw unavailable('The user may not create databases on that server (42501). Try without --temporary, or with --embedded.');
      throw unavailable(explainConnectionError(error, database.target));
    }
  });
  if (run === null) throw unavailable(`${command.path} is no Alembic revision: it sets no \`revision\` and \`down_revision\`.`);
  if (command.format === 'json') await printJson(io, disk, { verdict: verdictOf(run), ...run });
  else io.out(command.format === 'markdown' ? renderDryRun(run, { name: baseName(path), lineOf }) : dryRunText(run, lineOf));
  return verdictOf(run) === 'passed' ? exitCodes.ok : exitCodes.errors;
}
