import * as vscode from 'vscode';
import type { RevisionFile } from '../../engine/history/revision';
import type { Place } from '../../engine/text/text';
import { commands, walkthrough, type CommandId } from '../contributions';
import { toUri } from '../convert';
import type { Parts } from '../parts';
import { lineOf } from '../views/kept-tree';
import type { Node } from '../views/tree-node';
import { chooseDatabase } from './choose-database';
import { registerCommand, showAt } from './command';
import { compareWithAutogenerate } from './compare-with-autogenerate';
import { connectDatabase, editConnection } from './connect-database';
import { copyAlembicCommand } from './copy-alembic-command';
import { copyRevisionId } from './copy-revision-id';
import { createMigrationBranch } from './create-migration-branch';
import { describeTable } from './describe-table';
import { disconnect } from './disconnect';
import { dryRunDraft } from './dry-run';
import { dryRunConnected } from './dry-run-connected';
import { exportReport } from './export-report';
import { fixAllSafe } from './fix-all-safe';
import { generateMigration, type GenerateRequest } from './generate-migration';
import { mergeHeads, type MergeRequest } from './merge-heads';
import { moveDatabase, type MoveRequest } from './move-database';
import { newEmptyRevision, type NewRevisionRequest } from './new-empty-revision';
import { listTypes } from './list-types';
import { openComparison } from './open-comparison';
import { openRevision } from './open-revision';
import { openRulePage } from './open-rule-page';
import { previewSql } from './preview-sql';
import { proposeDeployStep } from './propose-deploy-step';
import { refresh } from './refresh';
import { restoreRevision } from './restore-revision';
import { reviewDraft } from './review-draft';
import { acceptCommit, stageAndCommit } from './stage-and-commit';
import { verifyDatabase } from './verify-database';

type Run = (parts: Parts, ...args: readonly unknown[]) => Promise<unknown>;

/** Every command with the words that "… failed" is said with; the compiler sees to it that none is missing. */
const all: Readonly<Record<CommandId, { readonly title: string; readonly run: Run }>> = {
  [commands.generateMigration]: { title: 'Generating the migration', run: (parts, first, selected) => generateMigration(parts, requestOf(first, selected)) },
  [commands.reviewDraft]: { title: 'Reviewing the draft', run: (parts, uri) => reviewDraft(parts, uriOf(uri)) },
  [commands.fixAllSafe]: { title: 'Fixing safe problems', run: (parts, uri) => fixAllSafe(parts, uriOf(uri)) },
  [commands.exportReport]: { title: 'Writing the review report', run: (parts, first, selected) => exportReport(parts, urisOf(first, selected)) },
  [commands.compareWithAutogenerate]: { title: 'Comparing with Alembic’s autogenerate', run: (parts, uri) => compareWithAutogenerate(parts, uriOf(uri)) },
  [commands.previewSql]: { title: 'Previewing the SQL', run: (parts, uri) => previewSql(parts, 'upgrade', uriOf(uri)) },
  [commands.previewDowngradeSql]: { title: 'Previewing the SQL', run: (parts, uri) => previewSql(parts, 'downgrade', uriOf(uri)) },
  [commands.dryRun]: { title: 'The dry run', run: (parts, uri) => dryRunDraft(parts, uriOf(uri)) },
  [commands.dryRunConnected]: { title: 'The dry run', run: (parts, uri) => dryRunConnected(parts, uriOf(uri)) },
  [commands.connectDatabase]: { title: 'Connecting the database', run: (parts, id) => connectDatabase(parts, connectionOf(id)) },
  [commands.editConnection]: { title: 'Editing the connection', run: (parts, id) => editConnection(parts, connectionOf(id)) },
  [commands.disconnect]: { title: 'Disconnecting', run: (parts, id) => disconnect(parts, connectionOf(id)) },
  [commands.chooseDatabase]: { title: 'Choosing the database', run: (parts) => chooseDatabase(parts) },
  [commands.verifyDatabase]: { title: 'Verifying the database', run: (parts, id) => verifyDatabase(parts, connectionOf(id)) },
  [commands.upgradeDatabase]: { title: 'Upgrading the database', run: (parts, of) => moveDatabase(parts, 'upgrade', moveOf(of)) },
  [commands.downgradeDatabase]: { title: 'Downgrading the database', run: (parts, of) => moveDatabase(parts, 'downgrade', moveOf(of)) },
  [commands.stampDatabase]: { title: 'Stamping the database', run: (parts, of) => moveDatabase(parts, 'stamp', moveOf(of)) },
  [commands.describeTable]: { title: 'Describing the table', run: (parts, id) => describeTable(parts, connectionOf(id)) },
  [commands.listTypes]: { title: 'Listing the types', run: (parts, id) => listTypes(parts, connectionOf(id)) },
  [commands.refresh]: { title: 'Refreshing', run: (parts, id) => refresh(parts, connectionOf(id)) },
  [commands.showLog]: { title: 'Showing the log', run: async ({ log }) => log.show() },
  [commands.openWalkthrough]: { title: 'Opening the walkthrough', run: ({ extensionId }) => Promise.resolve(vscode.commands.executeCommand('workbench.action.openWalkthrough', `${extensionId}#${walkthrough}`, false)) },
  [commands.openRevision]: { title: 'Opening the revision', run: (parts, revision) => openRevision(parts, revision as RevisionFile) },
  [commands.openComparison]: { title: 'Opening the comparison', run: (parts, uri, text, where) => openComparison(parts, uriOf(uri), String(text), String(where)) },
  [commands.mergeHeads]: { title: 'Merging the heads', run: (parts, of) => mergeHeads(parts, projectRequestOf<MergeRequest>(of)) },
  [commands.newEmptyRevision]: { title: 'Making the revision', run: (parts, of) => newEmptyRevision(parts, projectRequestOf<NewRevisionRequest>(of)) },
  [commands.showRevisionGraph]: { title: 'Showing the revision graph', run: (parts, of) => parts.revisionGraphs.show(projectRequestOf(of).project) },
  [commands.saveRevisionGraph]: { title: 'Saving the revision graph', run: (parts, of) => parts.revisionGraphs.save(projectRequestOf(of).project) },
  [commands.copyRevisionId]: { title: 'Copying the revision’s id', run: (_parts, node) => copyRevisionId(revisionOf(node)?.id ?? unknownOf(node)?.id ?? null) },
  [commands.restoreRevision]: { title: 'Restoring the revision', run: (parts, node) => restoreRevision(parts, connectionOf(node), unknownOf(node)) },
  [commands.createMigrationBranch]: { title: 'Creating the branch', run: (parts, of) => createMigrationBranch(parts, typeof of === 'object' && of !== null ? of : {}) },
  [commands.stageAndCommit]: { title: 'Committing the migration', run: (parts) => stageAndCommit(parts) },
  [commands.acceptCommit]: { title: 'Committing the migration', run: (parts) => acceptCommit(parts) },
  [commands.proposeDeployStep]: { title: 'Proposing a deploy step', run: (parts) => proposeDeployStep(parts) },
  [commands.copyAlembicCommand]: { title: 'Copying the command', run: (parts, command) => copyAlembicCommand(parts, typeof command === 'string' ? { command } : { revision: revisionOf(command) }) },
  [commands.showPlace]: { title: 'Showing the place', run: (_parts, place) => showAt(place as Place) },
  [commands.openRulePage]: { title: 'Opening the rule’s page', run: (parts, rule) => openRulePage(parts, String(rule)) },
};

export function registerCommands(parts: Parts): vscode.Disposable {
  const ids = Object.keys(all) as CommandId[];
  return vscode.Disposable.from(...ids.map((id) => registerCommand(id, all[id].title, parts.log, (...args) => all[id].run(parts, ...args.map(lineOf)))));
}

/** Menus of files pass their URI, those of trees the node, which may be a revision's. */
function uriOf(argument: unknown): vscode.Uri | undefined {
  if (argument instanceof vscode.Uri) return argument;
  const revision = revisionOf(argument);
  return revision === null ? undefined : toUri(revision.path);
}

function revisionOf(argument: unknown): RevisionFile | null {
  return (argument as { readonly revision?: RevisionFile | null } | null | undefined)?.revision ?? null;
}

/** A revision that no file here has. */
function unknownOf(argument: unknown): Node['unknown'] {
  return (argument as Partial<Node> | null | undefined)?.unknown ?? null;
}

/** The Revisions view passes a node or a project's id, keybindings an object; the palette nothing. */
function projectRequestOf<T extends { readonly project?: string }>(argument: unknown): T | { readonly project?: string } {
  if (typeof argument === 'string') return { project: argument };
  return typeof argument === 'object' && argument !== null ? (argument as T) : {};
}

/** Menus of the tree pass the node, keybindings and links a connection's id. */
function connectionOf(argument: unknown): string | undefined {
  if (typeof argument === 'string') return argument;
  const id = (argument as Partial<Node> | null | undefined)?.connectionId;
  return typeof id === 'string' ? id : undefined;
}

/** Menus of trees pass the node, of a connection or a revision; keybindings and links a connection's id. */
function moveOf(argument: unknown): MoveRequest {
  const unknown = unknownOf(argument);
  return { connection: connectionOf(argument) ?? null, revision: revisionOf(argument)?.id ?? null, unknown: unknown?.form === 'supabase' ? unknown.id : null };
}

/** Menus of files pass the clicked file and all selected ones. */
function urisOf(first: unknown, selected: unknown): readonly vscode.Uri[] {
  if (!(first instanceof vscode.Uri)) return [];
  const uris = Array.isArray(selected) ? selected.filter((uri) => uri instanceof vscode.Uri) : [];
  return uris.length > 0 ? uris : [first];
}

/** Files, the tree its node, keybindings an object. */
function requestOf(first: unknown, selected: unknown): GenerateRequest {
  const files = urisOf(first, selected);
  if (files.length > 0) return { files };
  const connection = connectionOf(first);
  if (connection !== undefined) return { connection };
  return typeof first === 'object' && first !== null ? first : {};
}
