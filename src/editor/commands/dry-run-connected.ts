import * as vscode from 'vscode';
import { LeftBehind } from '../../database/connected-trial';
import { readSchema } from '../../database/read-schema';
import { readApplied } from '../../database/versions';
import { baseName } from '../../engine/project/paths';
import { formatMessage } from '../../engine/text/problem';
import { LineIndex, type Place } from '../../engine/text/text';
import { planRolledBack } from '../../workspace/dry-run/rolled-back';
import { toPath } from '../convert';
import { reach } from '../connection-source';
import { explain, projectOf, supabaseOf, versionTableOf } from '../databases';
import type { Parts } from '../parts';
import { UserProblem, withProgress } from './command';
import { tell } from './dry-run';
import { connectionToRead, readDatabase } from './read-database';
import { revisionDocument } from './review-draft';

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
  const connection = await connectionToRead(parts, undefined, 'Dry Run on Connected Database');
  if (connection.environment === 'production') throw new UserProblem(`${connection.name} is a production database: no dry run is made there, since it would hold locks or take the server’s time. Use Dry Run on Embedded PostgreSQL.`);
  const project = projectOf(parts.projects, connection);
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
  const refused = 'refused' in plan ? plan.refused.map(({ reason, at }) => `${at === null ? '' : `${lineOf(at)}: `}${formatMessage(reason)}`) : [];
  const way = await chooseWay(connection.name, refused);
  if (way === 'transaction' && !('refused' in plan)) await confirmLocks(connection.name, plan.locks);
  const { target, password } = reached;
  const at = { connection, target, password };
  const run = await withProgress(`Dry run of ${name} on ${connection.name}`, (signal, report) => (way === 'transaction' && !('refused' in plan) ? parts.dryRuns.runRolledBack(document, { ...request, signal, report }, plan, at) : parts.dryRuns.runTemporary(document, { ...request, signal, report }, at))).catch((error: unknown) => {
    if (error instanceof UserProblem || error instanceof vscode.CancellationError) throw error;
    if (error instanceof LeftBehind) throw new UserProblem(error.message);
    if ((error as { readonly code?: unknown }).code === '42501') throw new UserProblem(`${connection.name}: the user may not create databases on that server (42501). Try it in a transaction, or on the embedded PostgreSQL.`);
    throw new UserProblem(`${connection.name}: ${explain(error, target).advice}`);
  });
  if (run !== null) await tell(parts, run, { name, text, path });
}

async function chooseWay(name: string, refused: readonly string[]): Promise<'transaction' | 'temporary'> {
  const [first] = refused;
  const choices = [
    ...(first === undefined ? [{ label: '$(discard) In a transaction that is rolled back', detail: 'On the tables as they are, with their rows. Their locks are held while it runs.', way: 'transaction' as const }] : []),
    { label: '$(database) In a temporary database on the same server', detail: `Made from the schema of ${name}, without rows; dropped afterwards. Nobody waits for it.${first === undefined ? '' : ` A transaction can’t be rolled back here: ${first}`}`, way: 'temporary' as const },
  ];
  const picked = await vscode.window.showQuickPick(choices, { title: `Dry Run on ${name}`, placeHolder: 'Where? Nothing of it stays.' });
  if (picked === undefined) throw new vscode.CancellationError();
  return picked.way;
}

async function confirmLocks(name: string, locks: readonly string[]): Promise<void> {
  const go = 'Run and Roll Back';
  const detail = [
    'Up, down and up again, in one transaction that is rolled back.',
    locks.length === 0 ? 'It takes no locks that others would wait for.' : `Until then it holds these locks, a statement at most 30 seconds long; it waits 2 seconds for a lock and gives up then:\n${locks.slice(0, 12).map((lock) => `• ${lock}`).join('\n')}${locks.length > 12 ? `\n• and ${locks.length - 12} more` : ''}`,
  ].join('\n\n');
  if ((await vscode.window.showWarningMessage(`Run the draft on ${name} and roll it back?`, { modal: true, detail }, go)) !== go) throw new vscode.CancellationError();
}
