import path from 'node:path';
import { projectRoot } from './paths';
import { mustRun } from './processes';

let built: Promise<string> | undefined;

/** The embedded PostgreSQL's files as the package has them. */
export function shadowFolder(): Promise<string> {
  built ??= mustRun(process.execPath, ['esbuild.js'], { cwd: projectRoot }).then(() => path.join(projectRoot, 'dist', 'shadow'));
  return built;
}
