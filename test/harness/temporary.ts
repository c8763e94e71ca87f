import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** A fresh folder that is thrown away when the process ends. */
export function temporaryFolder(purpose: string): string {
  const folder = mkdtempSync(path.join(realpathSync(os.tmpdir()), `alembic-review-${purpose}-`));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}
