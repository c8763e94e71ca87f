import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** A fresh folder that is thrown away when the process ends. */
export function temporaryFolder(purpose: string): string {
  const folder = mkdtempSync(path.join(realpathSync(os.tmpdir()), `alembic-review-${purpose}-`));
  if (folders.length === 0) process.once('exit', () => folders.forEach((one) => rmSync(one, { recursive: true, force: true, maxRetries: 5 })));
  folders.push(folder);
  return folder;
}

const folders: string[] = [];
