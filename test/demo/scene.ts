/** What the demo stands on: the sample project as a team would have it on the day of the change. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readSample } from '../alembic/sample';
import { projectRoot } from '../harness/paths';
import type { PostgresServer } from '../harness/postgres';
import { mustRun } from '../harness/processes';
import type { PythonEnvironment } from '../harness/python';
import { temporaryFolder } from '../harness/temporary';
import { copyOfProject } from '../harness/vscode';
import type { LaunchOptions } from '../harness/vscode';

export const sample = readSample('scraper');

export interface Scene {
  readonly project: string;
  readonly databaseUrl: string;
}

/** A copy of the project, and its database in the old state with the rows of a few months. */
export async function openOldState(server: PostgresServer, python: PythonEnvironment): Promise<Scene> {
  const project = copyOfProject('scraper');
  const database = 'scraper';
  const databaseUrl = await server.createDatabase(database);
  await python.alembic(project, ['upgrade', 'head'], { databaseUrl });
  await server.query(readFileSync(path.join(sample.folder, sample.rows), 'utf8'), database);
  return { project, databaseUrl };
}

/** How VS Code is opened on it: connected, by a setting as a team would share it, and the variable that the setting names; with the Python that has its Alembic. */
export function vscodeOn({ project, databaseUrl }: Scene, { interpreter }: PythonEnvironment): LaunchOptions {
  return {
    workspaceFolder: project,
    settings: { 'alembicReview.pythonPath': interpreter, 'alembicReview.connections': [{ name: 'development', environmentVariable: sample.databaseUrlVariable }] },
    env: { [sample.databaseUrlVariable]: databaseUrl },
  };
}

/** The project in git, as a team has it: the models are on main, and their migration is still to come. */
export async function commitAll(project: string): Promise<void> {
  writeFileSync(path.join(project, '.gitignore'), '.venv\n__pycache__/\n');
  for (const args of [['init', '-q', '-b', 'main'], ['config', 'user.name', 'Ada'], ['config', 'user.email', 'ada@example.org'], ['config', 'commit.gpgsign', 'false'], ['add', '-A'], ['commit', '-q', '-m', 'Layer 1 remediation']]) {
    await mustRun('git', args, { cwd: project });
  }
}

/** Packs the extension as it is handed out, into a folder of its own. */
export async function packageExtension(): Promise<string> {
  const vsix = path.join(temporaryFolder('vsix'), 'alembic-review.vsix');
  await mustRun('npm', ['run', 'package', '--', '--out', vsix], { cwd: projectRoot });
  return vsix;
}
