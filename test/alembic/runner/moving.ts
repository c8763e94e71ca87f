/** A project with a few revisions, for what moves databases. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseConnectionUrl } from '../../../src/database/connection-url';
import type { ConnectionTarget } from '../../../src/database/connection-target';
import { isProject } from '../../../src/engine/project/read-project';
import type { Project } from '../../../src/engine/project/project';
import { migrateByAlembic, type MigrateOutcome, type MigrateProgress } from '../../../src/runner/migrate';
import { planByAlembic, type MigrationVerb } from '../../../src/runner/plan';
import { disk } from '../../../src/workspace/disk';
import { findProject } from '../../../src/workspace/find-project';
import type { PostgresServer } from '../../harness/postgres';
import type { PythonEnvironment } from '../../harness/python';
import { newProject } from './projects';

export interface RevisionText {
  readonly id: string;
  readonly down: string | readonly string[] | null;
  readonly message: string;
  readonly upgrade: string;
  readonly downgrade?: string;
  readonly labels?: readonly string[];
}

export const threeRevisions: readonly RevisionText[] = [
  { id: 'aaa111', down: null, message: 'create place', upgrade: 'op.create_table("place", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("name", sa.Text()))', downgrade: 'op.drop_table("place")' },
  { id: 'bbb222', down: 'aaa111', message: 'add status', upgrade: 'op.add_column("place", sa.Column("status", sa.Text()))', downgrade: 'op.drop_column("place", "status")' },
  { id: 'ccc333', down: 'bbb222', message: 'index names', upgrade: 'op.create_index("place_name_idx", "place", ["name"])', downgrade: 'op.drop_index("place_name_idx", "place")' },
];

export function writeRevision(folder: string, { id, down, message, upgrade, downgrade = 'pass', labels = [] }: RevisionText): string {
  const versions = path.join(folder, 'migrations', 'versions');
  mkdirSync(versions, { recursive: true });
  const file = path.join(versions, `${id}_${message.replaceAll(' ', '_')}.py`);
  const parents = down === null ? 'None' : typeof down === 'string' ? `"${down}"` : `(${down.map((one) => `"${one}"`).join(', ')})`;
  const body = (text: string): string => text.split('\n').map((line) => `    ${line}`).join('\n');
  writeFileSync(file, `"""${message}"""\nfrom alembic import op\nimport sqlalchemy as sa\n\nrevision = "${id}"\ndown_revision = ${parents}\nbranch_labels = ${labels.length === 0 ? 'None' : `(${labels.map((label) => `"${label}"`).join(', ')},)`}\ndepends_on = None\n\n\ndef upgrade():\n${body(upgrade)}\n\n\ndef downgrade():\n${body(downgrade)}\n`);
  return file;
}

export async function movingProject(python: PythonEnvironment, template: 'generic' | 'async' | 'pyproject' = 'generic', revisions: readonly RevisionText[] = threeRevisions, edit?: (env: string) => string): Promise<string> {
  const folder = await newProject(python, template, edit);
  for (const revision of revisions) writeRevision(folder, revision);
  return folder;
}

/** A person's own database, empty, with a password that URLs and ini files stumble over. */
export async function emptyDatabase(server: PostgresServer, name: string): Promise<(driver?: string, port?: number) => string> {
  const password = `p%40:/ü "#?&=${name}`;
  await server.createDatabase(name);
  await server.query(`DROP ROLE IF EXISTS ${name}; CREATE ROLE ${name} LOGIN PASSWORD '${password}'; ALTER DATABASE ${name} OWNER TO ${name}`);
  await server.query(`ALTER SCHEMA public OWNER TO ${name}`, name);
  return (driver, port = server.port) => `postgresql${driver === undefined ? '' : `+${driver}`}://${name}:${encodeURIComponent(password)}@${server.host}:${port}/${name}`;
}

export interface Move {
  readonly folder: string;
  readonly python: PythonEnvironment;
  readonly url: string;
  readonly verb?: MigrationVerb;
  readonly revisions?: readonly string[];
  /** What the version table holds. */
  readonly heads?: readonly string[];
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: MigrateProgress) => void;
  readonly lockTimeout?: number;
}

export interface Moved {
  readonly outcome: MigrateOutcome;
  readonly plan: Awaited<ReturnType<typeof planByAlembic>>;
  readonly progress: readonly MigrateProgress[];
  readonly log: string;
}

/** Plans and runs, as the doors do it. */
export async function move({ folder, python, url, verb = 'upgrade', revisions = ['head'], heads = [], signal, onProgress, lockTimeout }: Move): Promise<Moved> {
  const project = await projectIn(folder);
  const { target, password } = targetOf(url);
  const plan = await planByAlembic({ project, python: python.interpreter, verb, revisions, heads });
  const progress: MigrateProgress[] = [];
  let log = '';
  const outcome = await migrateByAlembic({
    project, python: python.interpreter, target, password, versionTable: { schema: null, name: 'alembic_version' }, plan, signal, ...(lockTimeout !== undefined && { timeouts: { lock: lockTimeout, statement: null } }),
    onProgress: (one) => (progress.push(one), onProgress?.(one)),
    log: (line) => (log += `${line}\n`),
  });
  return { outcome, plan, progress, log };
}

export async function projectIn(folder: string): Promise<Project> {
  const found = await findProject(disk, folder);
  assert.ok(isProject(found));
  return found;
}

export function targetOf(url: string): { readonly target: ConnectionTarget; readonly password: string | null } {
  const parsed = parseConnectionUrl(url);
  assert.equal(parsed.kind, 'target');
  return parsed;
}

/** What the version table really holds, and what there is. */
export async function truthOf(server: PostgresServer, database: string): Promise<{ readonly versions: readonly string[]; readonly relations: readonly string[] }> {
  const relations = await server.query(`SELECT c.relname || CASE WHEN i.indisvalid IS FALSE THEN ' (invalid)' ELSE '' END AS name FROM pg_class c LEFT JOIN pg_index i ON i.indexrelid = c.oid WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'i') ORDER BY 1`, database);
  const names = relations.rows.map(({ name }: { name: string }) => name);
  const versions = names.includes('alembic_version') ? (await server.query('SELECT version_num FROM alembic_version ORDER BY 1', database)).rows.map(({ version_num: id }: { version_num: string }) => id) : [];
  return { versions, relations: names.filter((name) => !name.startsWith('alembic_version')) };
}
