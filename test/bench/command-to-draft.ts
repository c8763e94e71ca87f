/**
 * From the command to the draft on disk, and to the draft shown in the editor, in a warm extension host, connected, after a model was changed; beside
 * `alembic revision --autogenerate` as one runs it in a terminal, which shows nothing, and beside Alembic in a Python that has everything imported
 * already, which nobody has, but which shows the work without the start.
 */
import { spawn } from 'node:child_process';
import { statSync, watch } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { projectRoot } from '../harness/paths';
import { startPostgres } from '../harness/postgres';
import { pythonEnvironment } from '../harness/python';
import { temporaryFolder } from '../harness/temporary';
import { launch } from '../harness/vscode';
import type { VsCode } from '../harness/vscode';
import { asInTerminal, draftRemover, versionsOf } from './drafts';
import type { Benchmark, Contest } from './measure';
import { changeModel, writeModels, writeProject } from './synthetic-project';

export function commandToDraft(tables: number): Benchmark {
  return { name: `command to draft, ${tables} tables`, rounds: 5, prepare: () => prepare(tables) };
}

async function prepare(tables: number): Promise<Contest> {
  const python = await pythonEnvironment();
  const server = await startPostgres();
  const project = path.join(temporaryFolder('bench'), 'bench');
  writeProject(project, tables);
  const databaseUrl = await server.createDatabase('bench');
  await python.alembic(project, ['revision', '--autogenerate', '-m', 'initial'], { databaseUrl });
  await python.alembic(project, ['upgrade', 'head'], { databaseUrl });
  writeModels(project, tables, 'after');

  const removeDrafts = draftRemover(project);
  const vscode = await launch({
    workspaceFolder: project, env: { DATABASE_URL: databaseUrl },
    settings: { 'alembicReview.connections': [{ name: 'bench', environmentVariable: 'DATABASE_URL' }] },
  });
  const warm = warmAlembic(python.interpreter, project, databaseUrl);
  const inTurn = (run: () => Promise<number>) => async () => {
    const time = await run();
    removeDrafts();
    return time;
  };
  let changes = 0;
  const change = () => changeModel(project, ++changes);
  const timeOurs = async () => {
    const written = watchForDraft(versionsOf(project));
    const { started, shown, text } = await timeCommand(vscode);
    // what was read ahead must not be what is written
    if (!text.includes(`changed_${changes}`)) throw new Error('the draft does not have the last change of the models');
    return { written: (await written) - started, shown: shown - started };
  };
  const untilWritten = inTurn(async () => (await timeOurs()).written);
  const untilShown = inTurn(async () => (await timeOurs()).shown);
  const changeAndThink = async () => {
    change();
    await new Promise((resolve) => setTimeout(resolve, fromModelToCommand));
  };
  return {
    contestants: [
      { name: 'Alembic Review, until the draft is written', prepare: changeAndThink, run: untilWritten },
      { name: 'the same, until it is shown', prepare: changeAndThink, run: untilShown },
      { name: 'until it is shown, the moment a model was saved', prepare: async () => change(), run: untilShown },
      {
        name: 'alembic revision --autogenerate',
        run: inTurn(async () => {
          const started = performance.now();
          await python.alembic(project, ['revision', '--autogenerate', '-m', 'bench'], { databaseUrl, env: asInTerminal });
          return performance.now() - started;
        }),
      },
      { name: 'the same in a running Python', run: inTurn(warm.run) },
    ],
    close: async () => {
      warm.close();
      await vscode.close();
      await server.stop();
    },
  };
}

/** What a person needs at least between the last change of a model and having said what is to be generated. */
const fromModelToCommand = 3_000;

/** The moment (milliseconds since the epoch, as `timeCommand` has them) at which a new script has its text. */
function watchForDraft(versions: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const watcher = watch(versions, (_, name) => {
      if (name?.endsWith('.py') !== true || (statSync(path.join(versions, name), { throwIfNoEntry: false })?.size ?? 0) === 0) return;
      watcher.close();
      resolve(Date.now());
    });
    watcher.on('error', reject);
  });
}

/** The command with everything said beforehand that it would ask, until the draft is open. */
async function timeCommand(vscode: VsCode): Promise<{ readonly started: number; readonly shown: number; readonly text: string }> {
  const { started, shown, text } = await vscode.host.evaluate(async (api) => {
    const started = Date.now();
    const file = await api.commands.executeCommand('alembicReview.generateMigration', { scope: 'all', connection: 'bench', message: 'bench' });
    const shown = Date.now();
    const document = api.window.activeTextEditor?.document;
    const text = file !== undefined && document?.uri.fsPath === file ? document.getText() : null;
    await api.commands.executeCommand('workbench.action.closeAllEditors');
    return { started, shown, text };
  });
  if (text === null) throw new Error('the command gave no draft, or it is not shown');
  return { started, shown, text };
}

function warmAlembic(interpreter: string, project: string, databaseUrl: string): { run(): Promise<number>; close(): void } {
  const child = spawn(interpreter, [path.join(projectRoot, 'test', 'bench', 'warm_alembic.py')], {
    cwd: project, env: { ...process.env, ...asInTerminal, DATABASE_URL: databaseUrl }, stdio: ['pipe', 'pipe', 'inherit'],
  });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    run: async () => {
      child.stdin.write('\n');
      const { value, done } = await answers.next();
      if (done) throw new Error('Alembic ended');
      return Number.parseFloat(value);
    },
    close: () => child.kill(),
  };
}
