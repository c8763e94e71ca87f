import * as vscode from 'vscode';
import { LeftBehind, trialTimeouts } from '../../database/connected-trial';
import { readSchema } from '../../database/read-schema';
import { durationWords, type Timeouts } from '../../database/timeouts';
import { readApplied } from '../../database/versions';
import { baseName } from '../../engine/project/paths';
import { formatMessage } from '../../engine/text/problem';
import { LineIndex, type Place } from '../../engine/text/text';
import { planRolledBack } from '../../workspace/dry-run/rolled-back';
import { toPath } from '../convert';
import { reach } from '../connection-source';
import { explain, projectOf, supabaseOf, versionTableOf } from '../databases';
import { untilSettled } from '../dry-run/settled';
import { timeoutsOf } from '../moving/timeouts';
import type { Parts } from '../parts';
import { UserProblem, withProgress } from './command';
import { dryRunDraft, tell } from './dry-run';
import { connectionToRead, readDatabase } from './read-database';
import { revisionDocument } from './review-draft';
import { back, pick, type Choice } from './wizard';

/**
 * *Dry Run on Connected Database…*: in a transaction that is rolled back, or in a database of its own beside it that is dropped. Never on a
 * production connection. Which locks others will wait for is said first.
 */
export async function dryRunConnected(parts: Parts, uri?: vscode.Uri): Promise<void> {
  const document = await revisionDocument(parts, uri);
  await vscode.window.showTextDocument(document, { preview: false });
  const path = toPath(document.uri);
  const name = baseName(path);
  const text = document.getText();
  const connection = await connectionToRead(parts, undefined, 'Dry Run on Connected Database', 'On which database? Nothing of it stays there. Never on a production one.');
  if (connection.environment === 'production') throw new UserProblem(`${connection.name} is a production database: no dry run is made there, since it would hold locks or take the server’s time. Use Dry Run on Embedded PostgreSQL.`);
  const project = projectOf(parts.projects, connection);
  const timeouts = timeoutsOf(document.uri);
  const reached = await reach(connection, parts.connections, project);
  if (reached.kind === 'problem') throw new UserProblem(`${connection.name}: ${reached.advice}`);
  const database = await withProgress(`Reading ${connection.name}`, (signal) =>
    readDatabase(parts, connection, signal, async (open) => {
      const versionTable = versionTableOf(project);
      return { schema: (await readSchema(open, { versionTable })).schema, applied: (await readApplied(open, project === null && supabaseOf(parts.projects, connection) !== null ? 'supabase' : 'alembic', versionTable)).applied };
    }),
  );
  const request = { ...(await parts.dryRuns.around(path)), path, text, database };
  const plan = await planRolledBack(request);
  if (plan === null) throw new UserProblem(`${name} is no revision: it sets no revision and down_revision.`);
  const lines = new LineIndex(text);
  const lineOf = (at: Place): string => (at.path === path ? `line ${lines.at(at.range.start).line + 1}` : `in ${baseName(at.path)}`);
  const way = 'refused' in plan ? await otherWay(connection.name, plan.refused.map(({ reason, at }) => `${at === null ? '' : `${lineOf(at)}: `}${formatMessage(reason)}`)) : await chooseWay(connection.name);
  if (way === 'embedded') return dryRunDraft(parts, document.uri);
  if (way === 'transaction' && !('refused' in plan)) await confirmLocks(connection.name, plan.locks, timeouts);
  const { target, password } = reached;
  const at = { connection, target, password, timeouts };
  const inTransaction = way === 'transaction' && !('refused' in plan) ? plan : null;
  const run = await untilSettled(`Dry run of ${name} on ${connection.name}`, inTransaction === null ? 'Stopping: the temporary database is dropped…' : 'Stopping: it is rolled back…', async (signal, report) => {
    const tried = { ...request, signal, report };
    return { of: inTransaction === null ? await parts.dryRuns.runTemporary(document, tried, at) : await parts.dryRuns.runRolledBack(document, tried, inTransaction, at) };
  }).catch((error: unknown) => {
    if (error instanceof UserProblem || error instanceof vscode.CancellationError) throw error;
    if (error instanceof LeftBehind) throw new UserProblem(error.message);
    if ((error as { readonly code?: unknown }).code === '42501') throw new UserProblem(`${connection.name}: the user may not create databases on that server (42501). Try it in a transaction, or on the embedded PostgreSQL.`);
    throw new UserProblem(`${connection.name}: ${explain(error, target).advice}`);
  });
  if (run === null) void vscode.window.showInformationMessage(`Dry run on ${connection.name} cancelled. ${inTransaction === null ? 'The temporary database was dropped.' : 'It was rolled back: nothing of it stays.'}`);
  else if (run.of !== null) await tell(parts, run.of, { name, text, path, on: connection.name });
}

type Way = 'transaction' | 'temporary' | 'embedded';

/** Both are possible. */
async function chooseWay(name: string): Promise<Way> {
  const choices: readonly Choice<Way>[] = [
    { label: '$(discard) In a transaction that is rolled back', detail: 'On the tables as they are, with their rows. Their locks are held while it runs.', value: 'transaction' },
    { label: '$(database) In a temporary database on the same server', detail: `Made from the schema of ${name}, without rows; dropped afterwards. Nobody waits for it.`, value: 'temporary' },
  ];
  const picked = await pick({ title: `Dry Run on ${name}` }, 'Where? Nothing of it stays.', choices);
  if (picked === back) throw new vscode.CancellationError();
  return picked;
}

/** It can't be rolled back: says why, and where it can be tried. */
async function otherWay(name: string, refused: readonly string[]): Promise<Way> {
  const [temporary, embedded] = ['Use Temporary Database', 'Use Embedded PostgreSQL'];
  const detail = [
    `${refused.slice(0, 8).map((reason) => `• ${reason}`).join('\n')}${refused.length > 8 ? `\n• and ${refused.length - 8} more` : ''}`,
    'A temporary database is made on the same server with the schema that stands before the draft, without rows, and dropped afterwards: nothing has to be rolled back there.',
  ].join('\n\n');
  const picked = await vscode.window.showWarningMessage(`This draft can’t be tried on ${name} in a transaction that is rolled back`, { modal: true, detail }, temporary, embedded);
  if (picked === undefined) throw new vscode.CancellationError();
  return picked === temporary ? 'temporary' : 'embedded';
}

async function confirmLocks(name: string, locks: readonly string[], timeouts: Timeouts): Promise<void> {
  const go = 'Run and Roll Back';
  const [lock, statement] = [timeouts.lock ?? trialTimeouts.lock, timeouts.statement ?? trialTimeouts.statement];
  const patience = `A statement ${statement === 0 ? 'takes as long as it takes' : `may take ${durationWords(statement)}`}; a lock that somebody else holds is waited for ${lock === 0 ? 'until it comes' : durationWords(lock)}.`;
  const listed = `${locks.slice(0, 12).map((one) => `• ${one}`).join('\n')}${locks.length > 12 ? `\n• and ${locks.length - 12} more` : ''}`;
  const detail = ['Up, down and up again, in one transaction that is rolled back.', locks.length === 0 ? 'It takes no locks that others would wait for.' : `Until then it holds these locks:\n${listed}`, patience].join('\n\n');
  if ((await vscode.window.showWarningMessage(`Run the draft on ${name} and roll it back?`, { modal: true, detail }, go)) !== go) throw new vscode.CancellationError();
}
