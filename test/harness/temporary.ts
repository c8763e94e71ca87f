import { accessSync, constants, mkdtempSync, realpathSync, rmSync, statfsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** A fresh folder that is thrown away when the process ends. */
export function temporaryFolder(purpose: string, where = realpathSync(os.tmpdir())): string {
  const folder = mkdtempSync(path.join(where, `alembic-review-${purpose}-`));
  if (folders.length === 0) process.once('exit', () => folders.forEach((one) => rmSync(one, { recursive: true, force: true, maxRetries: 5 })));
  folders.push(folder);
  return folder;
}

const folders: string[] = [];

/**
 * Where servers keep what they throw away again: in memory where the system has a file system there (Linux's /dev/shm) with room, else
 * among the temporary files. A database is some three hundred files: making and dropping one on a disk takes six times as long. Nothing
 * there may be run as a program: containers forbid it.
 */
export function memoryFolder(): string {
  try {
    const { bavail, bsize } = statfsSync(sharedMemory);
    accessSync(sharedMemory, constants.W_OK);
    if (bavail * bsize > roomInMemory) return sharedMemory;
  } catch {
    // no such thing on this system
  }
  return os.tmpdir();
}

const sharedMemory = '/dev/shm';
/** A container's 64 MB are filled by the first server; a whole run of the tests holds less than a gigabyte at any time. */
const roomInMemory = 4 * 2 ** 30;
