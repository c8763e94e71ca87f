import * as vscode from 'vscode';
import { registerCommands } from './editor/commands/all';
import { createConnections } from './editor/connections';
import { createDatabaseSchemas } from './editor/database-schemas';
import { watchDatabases } from './editor/databases';
import { registerCodeActions } from './editor/diagnostics/code-actions';
import { createReviewText } from './editor/diagnostics/review-text';
import { createReviews } from './editor/diagnostics/reviews';
import { createEditorWorkspace } from './editor/files';
import { readAhead } from './editor/generation/read-ahead';
import { createKeptDatabases } from './editor/kept-databases';
import { createLog } from './editor/log';
import { watchModelFiles } from './editor/model-files';
import type { LastGeneration } from './editor/parts';
import { openProjects } from './editor/project';
import { createDatabasesView } from './editor/views/databases';
import { createStatusBar } from './editor/views/status-bar';
import { loadSqlParser } from './workspace/load-sql-parser';

/** Wiring only: builds the parts, hands them to each other, and leaves their end to the editor. */
export function activate(context: vscode.ExtensionContext): void {
  const log = createLog();
  const workspace = createEditorWorkspace();
  const projects = openProjects(workspace, log);
  const modelFiles = watchModelFiles(workspace, projects, log);
  const workspaceKey = (vscode.workspace.workspaceFile ?? vscode.workspace.workspaceFolders?.[0]?.uri)?.toString() ?? '';
  const connections = createConnections(context.workspaceState, context.secrets, workspaceKey);
  const databases = watchDatabases(connections, projects, log);
  const keptDatabases = createKeptDatabases(connections);
  const schemas = createDatabaseSchemas(keptDatabases, projects, databases, log);
  const reviewText = createReviewText({ workspace, projects, connections, databases, modelFiles, schemas, sqlParser: loadSqlParser });
  const reviews = createReviews(reviewText, projects, databases, log);
  const parts = {
    extensionUri: context.extensionUri,
    extensionId: context.extension.id,
    log,
    workspace,
    projects,
    modelFiles,
    connections,
    databases,
    keptDatabases,
    lastGenerations: new Map<string, LastGeneration>(),
    reviews,
    reviewText,
    sqlParser: loadSqlParser,
  };
  context.subscriptions.push(
    log,
    workspace,
    projects,
    modelFiles,
    connections,
    databases,
    keptDatabases,
    schemas,
    reviews,
    readAhead(parts),
    createDatabasesView(databases, projects),
    createStatusBar(projects, connections, databases),
    registerCodeActions(reviews),
    registerCommands(parts),
  );
}
