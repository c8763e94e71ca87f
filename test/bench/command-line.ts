/** The command line from its start to the draft on standard output, beside Alembic's own. */
import path from 'node:path';
import { projectRoot } from '../harness/paths';
import { startPostgres } from '../harness/postgres';
import { mustRun } from '../harness/processes';
import { pythonEnvironment } from '../harness/python';
import { temporaryFolder } from '../harness/temporary';
import { asInTerminal, draftRemover } from './drafts';
import type { Benchmark, Contest } from './measure';
import { writeModels, writeProject } from './synthetic-project';

export function commandLine(tables: number): Benchmark {
  return { name: `command line, ${tables} tables`, rounds: 5, prepare: () => prepare(tables) };
}

async function prepare(tables: number): Promise<Contest> {
  const python = await pythonEnvironment();
  const server = await startPostgres();
  await mustRun(process.execPath, ['esbuild.js', '--production'], { cwd: projectRoot });
  const project = path.join(temporaryFolder('bench'), 'bench');
  writeProject(project, tables);
  const databaseUrl = await server.createDatabase('bench');
  await python.alembic(project, ['revision', '--autogenerate', '-m', 'initial'], { databaseUrl });
  await python.alembic(project, ['upgrade', 'head'], { databaseUrl });
  writeModels(project, tables, 'after');
  const removeDrafts = draftRemover(project);
  const timed = async (run: () => Promise<unknown>): Promise<number> => {
    const started = performance.now();
    await run();
    return performance.now() - started;
  };
  return {
    contestants: [
      {
        name: 'alembic-review generate --stdout',
        run: () =>
          timed(async () => {
            const { stdout } = await mustRun(process.execPath, [path.join(projectRoot, 'dist', 'cli.js'), 'generate', '--stdout', '-m', 'bench', '--database', databaseUrl], { cwd: project });
            if (!stdout.includes('op.add_column')) throw new Error('no draft was printed');
          }),
      },
      {
        name: 'alembic revision --autogenerate',
        run: async () => {
          const time = await timed(() => python.alembic(project, ['revision', '--autogenerate', '-m', 'bench'], { databaseUrl, env: asInTerminal }));
          removeDrafts();
          return time;
        },
      },
    ],
    close: () => server.stop(),
  };
}
