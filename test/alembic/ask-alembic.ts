/** Questions to real Alembic: a Python script that reads JSON from its input and prints JSON. */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { PythonEnvironment } from '../harness/python';

export async function askAlembic<T>(python: PythonEnvironment, script: string, question: unknown, cwd?: string): Promise<T> {
  // The order of Python's sets would otherwise change from run to run.
  const env = { PYTHONHASHSEED: '0' };
  const { stdout } = await python.run(['-W', 'ignore', '-c', script], { input: JSON.stringify(question), env, ...(cwd === undefined ? {} : { cwd }) });
  return JSON.parse(stdout) as T;
}

/** A new folder below the system's temporary one, gone when the work is done. */
export async function inTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'alembic-review-')));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
