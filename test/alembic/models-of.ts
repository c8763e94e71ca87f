import assert from 'node:assert/strict';
import path from 'node:path';
import type { Schema } from '../../src/engine/schema/schema';
import { disk } from '../../src/workspace/disk';
import { loadModels } from '../../src/workspace/load-models';

/** The models of a file, which must hold no problem. */
export async function modelsOf(file: string): Promise<Schema> {
  const { value, problems } = await loadModels(disk, { entries: [file], roots: [path.dirname(file)] });
  assert.deepEqual(problems, [], file);
  return value;
}
