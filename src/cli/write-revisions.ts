import { randomBytes } from 'node:crypto';
import { mkdir, unlink, writeFile } from 'node:fs/promises';
import { parentFolder } from '../engine/project/paths';
import { CommandFailure, exitCodes } from './failure';

/** All or none: a revision whose parent could not be written would break the history. */
export async function writeAll(revisions: readonly { readonly path: string; readonly text: string }[]): Promise<void> {
  const written: string[] = [];
  try {
    for (const { path, text } of revisions) {
      await writeWhole(path, text);
      written.push(path);
    }
  } catch (error) {
    await Promise.all(written.map((path) => unlink(path)));
    throw error;
  }
}

/** Refuses to overwrite: a revision that stands may have been applied. */
async function writeWhole(path: string, text: string): Promise<void> {
  try {
    await mkdir(parentFolder(path), { recursive: true });
    await writeFile(path, text, { flag: 'wx' });
  } catch (error) {
    const exists = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    const reason = exists ? 'it exists already; remove it or choose another name' : error instanceof Error ? error.message : String(error);
    throw new CommandFailure(exitCodes.unavailable, `${path} can’t be written: ${reason}.`);
  }
}

/** `alembic.util.rev_id`: the last twelve hex digits of a random UUID. */
export function newRevisionId(): string {
  return randomBytes(6).toString('hex');
}
