/** What a sample project's `sample.json` tells about the migration that it waits for. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../harness/paths';
import type { RowChanges } from './rows';

export interface Sample extends Required<Omit<RowChanges, 'dropped'>> {
  /** The project's folder. */
  readonly folder: string;
  /** The new revision's message. */
  readonly message: string;
  /** The revision that the history leads to. */
  readonly head: string;
  /** The environment variable that its env.py takes the URL from. */
  readonly databaseUrlVariable: string;
  /** Model files, relative to the folder. */
  readonly models: readonly string[];
  /** SQL with rows for the schema at the head, relative to the folder. */
  readonly rows: string;
  readonly changeDocument: string;
}

export function readSample(name: string): Sample {
  const folder = projectFolder(name);
  return { folder, ...(JSON.parse(readFileSync(path.join(folder, 'sample.json'), 'utf8')) as Omit<Sample, 'folder'>) };
}

export function projectFolder(name: string): string {
  return path.join(projectRoot, 'test', 'projects', name);
}
