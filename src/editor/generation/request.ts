import * as vscode from 'vscode';
import { noAnswers, type Answers } from '../../engine/questions';
import type { SqlParser } from '../../engine/sql/parser';
import type { GenerationRequest } from '../../workspace/generate';
import { git } from '../../workspace/git';
import { revisionRoots } from '../../workspace/load-models';
import { loadPending, loadReplay } from '../../workspace/load-replay';
import type { Workspace } from '../../workspace/workspace';
import { toUri } from '../convert';
import type { ModelFiles } from '../model-files';
import { readSettings } from '../settings';
import type { RestingDatabase } from './current-database';
import type { Home } from './home';

export interface RequestParts {
  readonly workspace: Workspace;
  readonly modelFiles: ModelFiles;
  readonly sqlParser: () => Promise<SqlParser>;
}

/** What a generation reads: unsaved text counts, and what earlier readings left is used where it still holds. */
export function generationRequest(parts: RequestParts, home: Home, modelFiles: readonly string[] | null, database: RestingDatabase | null, head: string | null): GenerationRequest {
  const { workspace } = parts;
  const { alembic } = home;
  const reading = async () => ({ workspace, roots: alembic === null ? [] : await revisionRoots(workspace, alembic.project), mainOptions: alembic?.project.mainOptions, sql: await parts.sqlParser() });
  return {
    workspace,
    project: home.project,
    form: home.form,
    modelFiles,
    database,
    head,
    cache: parts.modelFiles.cache(home),
    ...(alembic === null ? {} : { historyCache: alembic.historyCache }),
    largeTableRows: readSettings(home.settings).largeTableRows,
    // A repository may name programs to run: not before the workspace is trusted, and not where the files are elsewhere.
    versionControl: vscode.workspace.isTrusted && toUri(home.project.root).scheme === 'file' ? git : null,
    replay: async (graph, heads, convention) => loadReplay({ ...(await reading()), graph, heads, convention, ...(alembic === null ? {} : { kept: alembic.kept }) }),
    pending: async (graph, heads, convention, from) => loadPending({ ...(await reading()), graph, heads, convention, ...from }),
  };
}

/** What is answered before anybody is asked: tables that the project's settings keep. */
export function firstAnswers(settings: vscode.Uri): Answers {
  const tables = readSettings(settings).keepTables.map((name) => {
    const dot = name.lastIndexOf('.');
    return dot === -1 ? { schema: null, name } : { schema: name.slice(0, dot), name: name.slice(dot + 1) };
  });
  return { ...noAnswers, tableDrops: tables.map((table) => ({ table, drop: false })) };
}
