/**
 * Whole histories of public projects: `alembic-review sql` held against what real Alembic prints for every revision, statement by
 * statement as PostgreSQL's own parser reads them.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { diffSchemas } from '../../src/engine/diff/diff';
import { draftSql } from '../../src/engine/draft-sql';
import type { RevisionGraph } from '../../src/engine/history/graph';
import { sortDown } from '../../src/engine/history/order';
import { readDraft } from '../../src/engine/operations/read-draft';
import { newPythonCache, Reading } from '../../src/engine/python/evaluate';
import { resolvedSteps } from '../../src/engine/operations/resolve-types';
import { stepsOf } from '../../src/engine/operations/steps';
import { describeOperation } from '../../src/engine/render/describe-operation';
import { operationSql } from '../../src/engine/render/operation-sql';
import { emptySchema, sameName, type Schema } from '../../src/engine/schema/schema';
import type { SqlParser } from '../../src/engine/sql/parser';
import type { NamingConvention } from '../../src/engine/sqlalchemy/naming';
import { disk } from '../../src/workspace/disk';
import { findProject } from '../../src/workspace/find-project';
import { loadHistory } from '../../src/workspace/load-history';
import { revisionRoots } from '../../src/workspace/load-models';
import { loadReplay } from '../../src/workspace/load-replay';
import { loadSqlParser } from '../../src/workspace/load-sql-parser';
import type { Workspace } from '../../src/workspace/workspace';
import { projectRoot } from '../harness/paths';
import { startPostgres, type PostgresServer } from '../harness/postgres';
import { pythonEnvironment, type PythonEnvironment } from '../harness/python';
import { need } from '../harness/tools';
import { readDatabase } from './drafts';
import { holdStatements } from './hold-statements';
import { namingConvention } from './naming-convention';
import { fetchPublicProjects, publicProjects, writePlainProject } from './public-projects';

type Direction = 'upgrade' | 'downgrade';
type Printed = Readonly<Record<string, { readonly [K in Direction | `${Direction}Error`]: string | null }>>;

describe('public projects', function () {
  const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'public-projects-')));
  let python: PythonEnvironment;
  let server: PostgresServer;
  let fetched: Awaited<ReturnType<typeof fetchPublicProjects>>;
  let sql: SqlParser;
  const replays: Replayed[] = [];
  const total: Counts = { equal: 0, notUnderstood: 0, wrong: 0, notOffline: 0, otherOrder: 0 };

  before(async function () {
    this.timeout(300_000);
    python = await need(this, pythonEnvironment());
    fetched = await need(this, fetchPublicProjects(python));
    server = await need(this, startPostgres());
    sql = await loadSqlParser();
  });
  after(async () => {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
    console.log(`    ${publicProjects.length} projects: ${words(total)}`);
    const sum = (of: (replayed: Replayed) => number): number => replays.reduce((so, replayed) => so + of(replayed), 0);
    console.log(`    replays: ${sum(({ revisions, left }) => revisions - left)} of ${sum(({ revisions }) => revisions)} revisions ran; ${sum(({ held }) => held)} tables held, ${sum(({ maybe }) => maybe)} maybe`);
  });

  for (const { name, ceiling, otherOrder = 0 } of publicProjects) {
    it(`${name}: the SQL of every revision is what alembic upgrade --sql and downgrade --sql print`, async function () {
      this.timeout(60_000);
      const source = fetched.projects.find((project) => project.name === name)!;
      const home = writePlainProject(path.join(folder, name), source);
      const printed = await ask<Printed>(python, 'offline_sql.py', { folder: home, paths: [source.root, fetched.libraries] });
      const counts: Counts = { equal: 0, notUnderstood: 0, wrong: 0, notOffline: 0, otherOrder: 0 };
      const shown: Shown[] = [];
      for (const { id, direction, parts, parents, asksSchema } of await ours(home, sql, namingConvention(source.convention ?? {}))) {
        const alembics = printed[id]?.[direction];
        // Offline there is no database to be asked: a script that asks all the same fails, or goes on without the answer.
        if (alembics === null || alembics === undefined || asksSchema) {
          counts.notOffline++;
          continue;
        }
        // Which of several parents a row goes back to hangs on the order of a set of Python's.
        const held = direction === 'downgrade' && parents > 1 ? holdStatements(parts.filter((part) => part.kind !== 'statement' || part.sql.search(bookkeeping) < 0), alembics.replaceAll(bookkeeping, ''), sql) : holdStatements(parts, alembics, sql);
        counts.equal += held.equal;
        counts.notUnderstood += held.notUnderstood.length;
        counts.wrong += held.wrong.length;
        if (held.inOtherOrder) counts.otherOrder++;
        if (held.wrong.length > 0 || held.notUnderstood.length > 0) shown.push({ id, direction, wrong: held.wrong, notUnderstood: held.notUnderstood, gaps: parts.filter((part) => part.kind === 'gap').map((part) => [part.reason, part.sql]) });
      }
      console.log(`      ${words(counts)}`);
      for (const key of Object.keys(total) as (keyof Counts)[]) total[key] += counts[key];
      if (process.env.SHOW !== undefined) writeFileSync(path.join(process.env.SHOW, `${name}.json`), JSON.stringify(shown, null, 1));
      assert.deepEqual(shown.flatMap(({ id, direction, wrong }) => wrong.map((one) => ({ id, direction, ...one }))).slice(0, 5), []);
      assert.ok(counts.equal > 0);
      assert.ok(counts.notUnderstood <= ceiling, `${counts.notUnderstood} statements are not understood; ${ceiling} were when this was written`);
      assert.equal(counts.otherOrder, otherOrder);
    });
  }

  for (const { name, tables, left = 0 } of publicProjects) {
    it(`${name}: the replay is what alembic upgrade leaves on a server`, async function () {
      this.timeout(240_000);
      const source = fetched.projects.find((project) => project.name === name)!;
      const home = writePlainProject(path.join(folder, `${name}-run`), source);
      const url = await server.createDatabase(name);
      const { failed } = await ask<{ readonly failed: Readonly<Record<string, string>> }>(python, 'upgrade_heads.py', { folder: home, paths: [source.root, fetched.libraries] }, { DATABASE_URL: url });
      const project = await findProject(disk, home);
      assert.ok('root' in project);
      const { value: graph } = await loadHistory(disk, project);
      const workspace = leavingOut(graph, Object.keys(failed));
      const convention = namingConvention(source.convention ?? {});
      const replayed = await loadReplay({ workspace, graph, heads: graph.effectiveHeads, roots: await revisionRoots(disk, project), sql, convention, mainOptions: project.mainOptions });
      const real = await readDatabase(url);
      let rebuilds = 0;
      const { differences, held, maybe } = await differencesOf(replayed, real, async (draft) => {
        const again = `${name}_again${++rebuilds}`;
        const rebuilt = await server.createDatabase(again);
        const { rows: extensions } = await server.query('SELECT extname::text AS name FROM pg_extension', name);
        for (const extension of extensions) await server.query(`CREATE EXTENSION IF NOT EXISTS "${String(extension.name)}"`, again);
        await server.query(draft, again);
        return readDatabase(rebuilt);
      });
      const count = Object.keys(failed).length;
      replays.push({ name, revisions: graph.nodes.size, left: count, held, maybe });
      console.log(`      ${graph.nodes.size - count} of ${graph.nodes.size} revisions ran; ${held} tables held, ${maybe} maybe, ${differences.length} differences, ${replayed.unknown.length} parts unknown`);
      if (process.env.SHOW !== undefined) writeFileSync(path.join(process.env.SHOW, `${name}.replay.json`), JSON.stringify({ failed, differences, unknown: replayed.unknown }, null, 1));
      assert.deepEqual(differences.slice(0, 5), []);
      assert.ok(count <= left, `${count} revisions did not run; ${left} did not when this was written: ${JSON.stringify(failed).slice(0, 500)}`);
      assert.ok(held > 0 && held >= tables, `${held} tables are held; ${tables} were when this was written`);
    });
  }
});

/** The files as they are, but for revisions that could not run: these do nothing. */
function leavingOut(graph: RevisionGraph, revisions: readonly string[]): Workspace {
  const paths = new Set(revisions.map((id) => graph.nodes.get(id)!.file.path));
  return {
    ...disk,
    read: async (file) => {
      const text = await disk.read(file);
      return text !== null && paths.has(file) ? `${text}\n\ndef upgrade(*args, **kwargs):\n    pass\n` : text;
    },
  };
}

/**
 * What is different between a replayed schema and a server's, where the replay does not say itself that it does not know. It is
 * made on a server first, so that both have PostgreSQL's own spelling.
 */
async function differencesOf(replayed: Schema, real: Schema, make: (sql: string) => Promise<Schema>): Promise<{ readonly differences: readonly string[]; readonly held: number; readonly maybe: number }> {
  const ofVersion = { schema: null, name: 'alembic_version' };
  const all = real.tables.filter((table) => !sameName(table, ofVersion));
  if (replayed.unknown.some((part) => part.tables === null)) return { differences: [], held: 0, maybe: all.length };
  const uncertain = [ofVersion, ...replayed.unknown.flatMap((part) => part.tables ?? [])];
  const known = (schema: Schema): Schema => ({ ...schema, tables: schema.tables.filter((table) => !uncertain.some((other) => sameName(other, table))), unknown: [] });
  const creating = diffSchemas(emptySchema, { ...replayed, unknown: [] }).operations;
  const sql = stepsOf(emptySchema, creating).flatMap((step) => operationSql(step.operation, step.before)).join(';\n');
  // What is not known for certain may not be made at all.
  const ours = await make(sql).catch((failure: unknown) => {
    if (replayed.unknown.length === 0) throw failure;
    return replayed;
  });
  const [a, b] = [known(ours), known(real)];
  const differences = [...diffSchemas(a, b).operations.map((operation) => `the server has: ${describeOperation(operation) ?? operation.kind}`), ...diffSchemas(b, a).operations.map((operation) => `the replay has: ${describeOperation(operation) ?? operation.kind}`)];
  return { differences, held: b.tables.length, maybe: all.length - b.tables.length };
}

interface Replayed {
  readonly name: string;
  readonly revisions: number;
  /** Revisions that cannot run here. */
  readonly left: number;
  readonly held: number;
  readonly maybe: number;
}

interface Counts {
  equal: number;
  notUnderstood: number;
  wrong: number;
  /** Scripts that Alembic itself can't run offline. */
  notOffline: number;
  otherOrder: number;
}

interface Shown {
  readonly id: string;
  readonly direction: Direction;
  readonly wrong: ReturnType<typeof holdStatements>['wrong'];
  readonly notUnderstood: readonly string[];
  readonly gaps: unknown;
}

function words({ equal, notUnderstood, wrong, notOffline, otherOrder }: Counts): string {
  return `${equal} equal, ${notUnderstood} not understood, ${wrong} wrong; ${notOffline} scripts that need a database, ${otherOrder} in the order of a set`;
}

async function ask<T>(python: PythonEnvironment, script: string, question: unknown, env: Readonly<Record<string, string>> = {}): Promise<T> {
  const { stdout } = await python.run(['-W', 'ignore', path.join(projectRoot, 'test', 'alembic', script)], { input: JSON.stringify(question), env: { PYTHONHASHSEED: '0', ...env } });
  return JSON.parse(stdout) as T;
}

/** A statement about the rows of the version table. */
const bookkeeping = /^(INSERT INTO|UPDATE|DELETE FROM) alembic_version .*;?$/gm;

/** The parts of every revision, both ways, each on the schema that the ones before it leave. */
async function ours(home: string, sql: SqlParser, convention: NamingConvention): Promise<readonly { readonly id: string; readonly direction: Direction; readonly parents: number; readonly asksSchema: boolean; readonly parts: ReturnType<typeof draftSql> }[]> {
  const project = await findProject(disk, home);
  assert.ok('root' in project);
  const { value: graph } = await loadHistory(disk, project);
  const roots = await revisionRoots(disk, project);
  const cache = newPythonCache();
  const files = new Map<string, string | null>();
  const after = new Map<string, Schema>();
  const found: { id: string; direction: Direction; parents: number; asksSchema: boolean; parts: ReturnType<typeof draftSql> }[] = [];
  for (const id of sortDown(graph, graph.nodes.keys(), graph.effectiveHeads).reverse()) {
    const file = graph.nodes.get(id)!.file;
    const before = beforeOf(graph, id, after);
    const read = async (offline: boolean) => {
      if (!files.has(file.path)) files.set(file.path, await disk.read(file.path));
      for (;;) {
        const reading = new Reading({ files, roots }, cache);
        const { value, problems } = readDraft(reading, file.path, { sql, convention, before, offline, mainOptions: project.mainOptions });
        const missing = [...reading.wanted].filter((wanted) => !files.has(wanted));
        if (missing.length === 0) return { draft: value!, problems };
        for (const wanted of missing) files.set(wanted, await disk.read(wanted));
      }
    };
    after.set(id, resolvedSteps(before, (await read(false)).draft.upgrade).at(-1)?.after ?? before);
    const { draft, problems } = await read(true);
    for (const direction of ['upgrade', 'downgrade'] as const) found.push({ id, direction, parents: graph.nodes.get(id)!.parents.length, asksSchema: draft.asksSchema, parts: draftSql({ draft, file, graph, before, problems, direction, versionTable: { name: 'alembic_version', schema: null }, offline: true, run: { form: 'alembic', postgresVersion: 18, sql } }) });
  }
  return found;
}

/** Of a merge: the larger one; what its parents differ in is not looked at offline. */
function beforeOf(graph: RevisionGraph, id: string, after: ReadonlyMap<string, Schema>): Schema {
  const schemas = (graph.nodes.get(id)?.parents ?? []).map((parent) => after.get(parent) ?? emptySchema);
  return schemas.reduce((a, b) => (b.tables.length > a.tables.length ? b : a), emptySchema);
}
