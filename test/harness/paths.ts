import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The project's folder: bundled tests run from out/, from an extension host, from anywhere below it. */
export const projectRoot = findRoot(__dirname);

/** Downloads that outlive a run: Python packages, other PostgreSQL versions, VS Code. */
export const cacheFolder = process.env['ALEMBIC_REVIEW_CACHE'] ?? path.join(projectRoot, '.cache');

/** Screenshots and logs that a person may want to look at after a run. */
export const artifactsFolder = path.join(projectRoot, 'test', 'artifacts');

function findRoot(folder: string): string {
  const manifest = path.join(folder, 'package.json');
  if (existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).name === 'alembic-review') return folder;
  const parent = path.dirname(folder);
  if (parent === folder) throw new Error('not inside the project');
  return findRoot(parent);
}
