/** Drift of databases that real Alembic made: nothing that revisions did, everything that somebody did by hand. On the oldest and the newest PostgreSQL. */
import assert from 'node:assert/strict';
import { connect } from '../../src/database/connect';
import { parseConnectionUrl } from '../../src/database/connection-url';
import { readSchema } from '../../src/database/read-schema';
import { readApplied } from '../../src/database/versions';
import type { Project } from '../../src/engine/project/project';
import type { Drift } from '../../src/engine/verify/drift';
import { partName } from '../../src/engine/verify/words';
import { disk } from '../../src/workspace/disk';
import { alembicDrift, supabaseDrift } from '../../src/workspace/drift';
import { findProject } from '../../src/workspace/find-project';
import { findSupabase } from '../../src/workspace/find-supabase';
import { loadHistory } from '../../src/workspace/load-history';
import { findModelFiles, loadModels } from '../../src/workspace/load-models';
import { loadSupabaseHistory } from '../../src/workspace/load-supabase';
import { startPostgres, type PostgresServer } from '../harness/postgres';
import { pythonEnvironment, type PythonEnvironment } from '../harness/python';
import { prepareSupabase, pushMigrations } from '../harness/supabase';
import { need } from '../harness/tools';
import { copyOfProject } from '../harness/vscode';

const lines = ({ objects }: Drift): readonly string[] => objects.flatMap(({ kind, name, status, parts, against }) => (parts.length === 0 ? [`${kind} ${name} ${status} (${against})`] : parts.map((part) => `${name}: ${partName(part)} ${part.status} (${against})`))).sort();

for (const major of [14, 18] as const) {
  describe(`drift on PostgreSQL ${major}`, function () {
    this.timeout(120_000);
    let server: PostgresServer;
    let python: PythonEnvironment;
    before(async function () {
      python = await need(this, pythonEnvironment());
      server = await need(this, startPostgres({ major }));
    });
    after(() => server?.stop());

    const upgraded = async (folder: string, name: string, to: string): Promise<void> => {
      const url = await server.createDatabase(name);
      await python.alembic(folder, ['upgrade', to], { databaseUrl: url.replace('postgresql:', 'postgresql+psycopg:') });
    };
    const read = async (name: string, form: 'alembic' | 'supabase', project?: Project) => {
      const parsed = parseConnectionUrl(server.url(name));
      assert.ok(parsed.kind === 'target');
      const database = await connect(parsed.target, parsed.password);
      try {
        const versionTable = project && { schema: project.env.versionTableSchema, name: project.env.versionTable };
        const { schema } = await readSchema(database, versionTable && { versionTable });
        return { workspace: disk, database: schema, applied: (await readApplied(database, form, versionTable)).applied };
      } finally {
        await database.close();
      }
    };
    const driftOn = async (folder: string, name: string): Promise<Drift> => {
      const project = await findProject(disk, folder);
      assert.ok(!('reason' in project));
      const { value: graph } = await loadHistory(disk, project);
      const { files, roots } = await findModelFiles(disk, project);
      const models = files.length === 0 ? null : await loadModels(disk, { entries: files, roots });
      return (await alembicDrift({ ...(await read(name, 'alembic', project)), models }, project, graph)).drift;
    };

    it('is none where all or some of the revisions have run, though the models want more', async () => {
      const folder = copyOfProject('scraper');
      await upgraded(folder, 'whole', 'head');
      const whole = await driftOn(folder, 'whole');
      assert.deepEqual([lines(whole), whole.against], [[], ['history', 'models']]);
      assert.ok(whole.ungenerated.length > 0);
      await upgraded(folder, 'behind', 'c05e3a86f912');
      assert.deepEqual(lines(await driftOn(folder, 'behind')), []);
    });

    it('is what was done by hand, also behind pending revisions', async () => {
      const folder = copyOfProject('scraper');
      await upgraded(folder, 'hand', 'c05e3a86f912');
      await server.query(`alter table place add column nick text; alter table domain alter column tenant_id drop not null; create type by_hand as enum ('a'); create index by_hand_ix on contact (email)`, 'hand');
      assert.deepEqual(lines(await driftOn(folder, 'hand')), ['contact: index by_hand_ix extra (history)', 'domain: nullability of column tenant_id different (history)', 'enum type by_hand extra (history)', 'place: column nick extra (history)']);
    });

    it('is what an unknown revision did, and nothing that the models want, where a row is in no file', async () => {
      const folder = copyOfProject('scraper');
      await upgraded(folder, 'unknown', 'head');
      await server.query(`alter table place add column stars int; update alembic_version set version_num = '0badc0ffee00'`, 'unknown');
      const drift = await driftOn(folder, 'unknown');
      assert.deepEqual([lines(drift), drift.against], [['place: column stars extra (models)'], ['models']]);
    });

    it('is none with several heads, at several of them', async () => {
      const folder = copyOfProject('branched');
      await upgraded(folder, 'branched', 'heads');
      assert.deepEqual(lines(await driftOn(folder, 'branched')), []);
    });

    it('is told of Supabase’s migrations, too', async () => {
      const folder = copyOfProject('supabase');
      const project = await findSupabase(disk, folder);
      assert.ok(project !== null);
      const { value: migrations } = await loadSupabaseHistory(disk, project);
      await server.createDatabase('supabase');
      await prepareSupabase(server, 'supabase');
      await pushMigrations(server, 'supabase', project.migrationsFolder);
      const found = async (): Promise<Drift> => (await supabaseDrift({ ...(await read('supabase', 'supabase')), models: null }, migrations)).drift;
      assert.deepEqual([lines(await found()), (await found()).against], [[], ['history']]);
      await server.query('create table by_hand (id int)', 'supabase');
      assert.deepEqual(lines(await found()), ['table by_hand extra (history)']);
    });
  });
}
