import path from 'node:path';
import { projectRoot } from '../harness/paths';
import type { PostgresServer } from '../harness/postgres';
import type { PythonEnvironment } from '../harness/python';
import type { FetchedProject } from '../alembic/public-projects';
import type { ReviewedRevision } from './review-history';

/** What a server made of one revision, on empty tables. */
interface Walked {
  readonly upgrade: string | null;
  readonly downgrade: string | null;
  /** What the way back leaves or lacks; null: it was not gone. */
  readonly left: readonly string[] | null;
}

/** How far the server agrees with what was said of the revisions that it could run. */
export interface Agreement {
  readonly ran: number;
  /** Errors that rows have no part in, and those of them on revisions that ran up and down all the same. */
  readonly errors: number;
  readonly refuted: readonly string[];
  /** The same of downgrades that do not lead back. */
  readonly irreversible: number;
  readonly refutedIrreversible: readonly string[];
}

/** Errors about what is lost, or hangs on rows: they run. */
const runs = new Set(['destructive-rename', 'destructive-table-rename', 'not-null-without-default', 'narrowing-type', 'enum-value-removal', 'duplicate-rows', 'rows-outside-enum']);

/** Runs a history with real Alembic as far as it goes, each revision's way back on a copy, and holds the findings against it. */
export async function holdAgainstServer(python: PythonEnvironment, server: PostgresServer, home: string, { name, root }: FetchedProject, libraries: string, reviewed: readonly ReviewedRevision[]): Promise<Agreement> {
  const url = await server.createDatabase(name);
  const { stdout } = await python.run(['-W', 'ignore', path.join(projectRoot, 'test', 'false-alarms', 'walk_history.py')], {
    input: JSON.stringify({ folder: home, paths: [root, libraries], order: reviewed.map(({ id }) => id) }),
    env: { PYTHONHASHSEED: '0', PYTHONPATH: path.join(projectRoot, 'test', 'alembic'), DATABASE_URL: url.replace(/^postgresql:/, 'postgresql+psycopg:') },
  });
  const walked = (JSON.parse(stdout) as { readonly revisions: Readonly<Record<string, Walked>> }).revisions;
  const found = { ran: Object.keys(walked).length, errors: 0, refuted: [] as string[], irreversible: 0, refutedIrreversible: [] as string[] };
  for (const { id, findings } of reviewed) {
    const outcome = walked[id];
    if (outcome === undefined || isAbsent(outcome.upgrade)) continue;
    const errors = findings.filter(({ rule, severity }) => severity === 'error' && !runs.has(rule));
    found.errors += errors.length;
    if (outcome.upgrade === null && outcome.downgrade === null) found.refuted.push(...errors.map(({ rule }) => `${id} ${rule}`));
    if (!findings.some(({ rule, severity }) => severity === 'warning' && (rule === 'irreversible-downgrade' || rule === 'enum-not-dropped'))) continue;
    found.irreversible++;
    if (outcome.left?.length === 0) found.refutedIrreversible.push(id);
  }
  return found;
}

/** It stopped at something that the project brings along, not at the database. */
function isAbsent(error: string | null): boolean {
  return error !== null && /^(Absent|ModuleNotFoundError):/.test(error);
}
