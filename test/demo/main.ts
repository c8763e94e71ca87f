/**
 * npm run demo             a real VS Code on the sample project, with its database running and connected; stays until Ctrl+C
 * npm run demo -- --check  the main job there without a person; exit code 0 only if all of it held
 */
import { startPostgres } from '../harness/postgres';
import { pythonEnvironment } from '../harness/python';
import { ToolMissing } from '../harness/tools';
import { launch, serve } from '../harness/vscode';
import { check } from './check';
import type { Stage } from './check';
import { commitAll, openOldState, packageExtension, vscodeOn } from './scene';

main(process.argv.slice(2)).then(
  (ok) => process.exit(ok ? 0 : 1),
  (error) => {
    console.error(error instanceof ToolMissing ? `The demo can't run here. ${error.message}` : error);
    process.exit(1);
  },
);

async function main(args: readonly string[]): Promise<boolean> {
  console.log('Preparing: Python with Alembic, PostgreSQL, the extension (the first time downloads them)…');
  const [python, vsix] = await Promise.all([pythonEnvironment(), packageExtension()]);
  const server = await startPostgres();
  try {
    return args.includes('--check') ? await check({ server, python, vsix }) : await show({ server, python, vsix });
  } finally {
    await server.stop();
  }
}

async function show({ server, python, vsix }: Stage): Promise<boolean> {
  const scene = await openOldState(server, python);
  // Without git the checklist says so, and all else works.
  await commitAll(scene.project).catch(() => undefined);
  const options = { ...vscodeOn(scene, python), extension: { vsix } };
  const vscode = await serve(options).catch((error: unknown) => {
    if (error instanceof ToolMissing) return launch(options);
    throw error;
  });
  console.log(`
VS Code on the lead scraper, its database connected (${scene.databaseUrl}):

    ${vscode.address ?? 'in the window that has just opened'}

Click the Alembic Review icon at the left and follow the Checklist: its buttons lead from the changed models to a commit.
Or open two files of app/models, press F1 and run "Alembic: Generate Migration from Models…".
The project is a copy in ${scene.project}. Ctrl+C ends everything.
`);
  await new Promise((resolve) => process.once('SIGINT', resolve).once('SIGTERM', resolve));
  await vscode.close();
  return true;
}
