/**
 * Whole histories of public projects: `alembic-review sql` held against what real Alembic prints for every revision, statement by
 * statement as PostgreSQL's own parser reads them.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { draftSql } from '../../src/engine/draft-sql';
import { sortDown } from '../../src/engine/history/order';
import type { RevisionGraph } from '../../src/engine/history/graph';
import { readDraft } from '../../src/engine/operations/read-draft';
import { newPythonCache, Reading } from '../../src/engine/python/evaluate';
import { resolvedSteps } from '../../src/engine/operations/resolve-types';
import { emptySchema, type Schema } from '../../src/engine/schema/schema';
import type { SqlParser } from '../../src/engine/sql/parser';
import { disk } from '../../src/workspace/disk';
import { findProject } from '../../src/workspace/find-project';
import { loadHistory } from '../../src/workspace/load-history';
import { revisionRoots } from '../../src/workspace/load-models';
import { loadSqlParser } from '../../src/workspace/load-sql-parser';
import { projectRoot } from '../harness/paths';
import { pythonEnvironment, type PythonEnvironment } from '../harness/python';
import { need } from '../harness/tools';
import { holdStatements } from './hold-statements';
import { fetchPublicProjects, publicProjects, writePlainProject } from './public-projects';

type Direction = 'upgrade' | 'downgrade';
type Printed = Readonly<Record<string, { readonly [K in Direction | `${Direction}Error`]: string | null }>>;

describe('public projects', function () {
  const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'public-projects-')));
  let python: PythonEnvironment;
  let fetched: Awaited<ReturnType<typeof fetchPublicProjects>>;
  let sql: SqlParser;

  before(async function () {
    this.timeout(300_000);
    python = await need(this, pythonEnvironment());
    fetched = await need(this, fetchPublicProjects(python));
    sql = await loadSqlParser();
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const { name } of publicProjects) {
    it(`${name}: the SQL of every revision`, async function () {
      this.timeout(60_000);
      const source = fetched.projects.find((project) => project.name === name)!;
      const home = writePlainProject(path.join(folder, name), source);
      const asked = { folder: home, paths: [source.root, fetched.libraries] };
      const { stdout } = await python.run(['-W', 'ignore', path.join(projectRoot, 'test', 'alembic', 'offline_sql.py')], { input: JSON.stringify(asked), env: { PYTHONHASHSEED: '0' } });
      const printed = JSON.parse(stdout) as Printed;
      const counts = { equal: 0, notUnderstood: 0, wrong: 0, notOffline: 0 };
      const shown: unknown[] = [];
      for (const { id, direction, parts } of await ours(home, sql)) {
        const alembics = printed[id]?.[direction];
        if (alembics === null || alembics === undefined) {
          counts.notOffline++;
          continue;
        }
        const held = holdStatements(parts, alembics, sql);
        counts.equal += held.equal;
        counts.notUnderstood += held.notUnderstood.length;
        counts.wrong += held.wrong.length;
        if (held.wrong.length > 0 || held.notUnderstood.length > 0) shown.push({ id, direction, wrong: held.wrong, notUnderstood: held.notUnderstood, gaps: parts.filter((part) => part.kind === 'gap').map((part) => [part.reason, part.sql]) });
      }
      console.log(`      ${name}: ${counts.equal} equal, ${counts.notUnderstood} not understood, ${counts.wrong} wrong; ${counts.notOffline} scripts that Alembic can’t run offline`);
      if (process.env.SHOW) writeFileSync(path.join(process.env.SHOW, `${name}.json`), JSON.stringify(shown, null, 1));
      assert.equal(counts.wrong, 0);
    });
  }
});

/** The parts of every revision, both ways, each on the schema that the ones before it leave. */
async function ours(home: string, sql: SqlParser): Promise<readonly { readonly id: string; readonly direction: Direction; readonly parts: ReturnType<typeof draftSql> }[]> {
  const project = await findProject(disk, home);
  assert.ok('root' in project);
  const { value: graph } = await loadHistory(disk, project);
  const roots = await revisionRoots(disk, project);
  const cache = newPythonCache();
  const files = new Map<string, string | null>();
  const after = new Map<string, Schema>();
  const found: { id: string; direction: Direction; parts: ReturnType<typeof draftSql> }[] = [];
  for (const id of sortDown(graph, graph.nodes.keys(), graph.effectiveHeads).reverse()) {
    const file = graph.nodes.get(id)!.file;
    const read = async (offline: boolean) => {
      if (!files.has(file.path)) files.set(file.path, await disk.read(file.path));
      for (;;) {
        const reading = new Reading({ files, roots }, cache);
        const { value, problems } = readDraft(reading, file.path, { sql, offline });
        const missing = [...reading.wanted].filter((wanted) => !files.has(wanted));
        if (missing.length === 0) return { draft: value!, problems };
        for (const wanted of missing) files.set(wanted, await disk.read(wanted));
      }
    };
    const before = beforeOf(graph, id, after);
    after.set(id, resolvedSteps(before, (await read(false)).draft.upgrade).at(-1)?.after ?? before);
    const { draft, problems } = await read(true);
    for (const direction of ['upgrade', 'downgrade'] as const) found.push({ id, direction, parts: draftSql({ draft, file, graph, before, problems, direction, versionTable: { name: 'alembic_version', schema: null }, offline: true, run: { form: 'alembic', postgresVersion: 18, sql } }) });
  }
  return found;
}

/** Of a merge: the larger one; what its parents differ in is not looked at offline. */
function beforeOf(graph: RevisionGraph, id: string, after: ReadonlyMap<string, Schema>): Schema {
  const schemas = (graph.nodes.get(id)?.parents ?? []).map((parent) => after.get(parent) ?? emptySchema);
  return schemas.reduce((a, b) => (b.tables.length > a.tables.length ? b : a), emptySchema);
}
