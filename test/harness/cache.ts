/** Folders under .cache that are made once and shared by all test processes, now and later. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cacheFolder } from './paths';

/**
 * Gives the folder `name` of the cache, made by `make` if it is not there whole. Processes that ask at the same time wait for the first;
 * what failed or was interrupted half-way is thrown away and made anew. The name must change with the content (hold a version or a hash).
 */
export async function cached(name: string, make: (folder: string) => Promise<void>): Promise<string> {
  const folder = path.join(cacheFolder, name);
  const complete = path.join(folder, '.complete');
  if (existsSync(complete)) return folder;
  await locked(`${folder}.lock`, async () => {
    if (existsSync(complete)) return;
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    await make(folder);
    writeFileSync(complete, '');
  });
  return folder;
}

async function locked(lock: string, work: () => Promise<void>): Promise<void> {
  mkdirSync(path.dirname(lock), { recursive: true });
  while (!takeLock(lock)) await new Promise((resolve) => setTimeout(resolve, 200));
  try {
    await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function takeLock(lock: string): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    if (!ownerIsAlive(lock)) rmSync(lock, { force: true });
    return false;
  }
}

function ownerIsAlive(lock: string): boolean {
  try {
    const owner = Number(readFileSync(lock, 'utf8'));
    // empty: its owner is just writing its number
    if (owner > 0) process.kill(owner, 0);
    return true;
  } catch {
    return false;
  }
}
