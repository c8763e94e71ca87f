import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';

export function versionsOf(project: string): string {
  return path.join(project, 'migrations', 'versions');
}

/** Takes away the drafts that were written since, so that each turn starts from the same history. Fails when there is not exactly one. */
export function draftRemover(project: string): () => void {
  const versions = versionsOf(project);
  const scripts = (): readonly string[] => readdirSync(versions).filter((name) => name.endsWith('.py'));
  const initial = scripts();
  return () => {
    const drafts = scripts().filter((name) => !initial.includes(name));
    if (drafts.length !== 1) throw new Error(`${drafts.length} drafts were written`);
    for (const name of drafts) rmSync(path.join(versions, name));
  };
}

/** Alembic keeps the bytecode of a project's models, as it does for everybody; the tests' own environment forbids that. */
export const asInTerminal = { PYTHONDONTWRITEBYTECODE: '' };
