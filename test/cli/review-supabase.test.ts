import assert from 'node:assert/strict';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startPostgres } from '../harness/postgres';
import type { PostgresServer } from '../harness/postgres';
import { prepareSupabase, pushMigrations } from '../harness/supabase';
import { temporaryFolder } from '../harness/temporary';
import { need } from '../harness/tools';
import { runCli, sampleFolder } from './run-cli';

describe('alembic-review review of a Supabase project that is connected', function () {
  this.timeout(120_000);
  let server: PostgresServer;
  before(async function () {
    server = await need(this, startPostgres());
  });
  after(() => server?.stop());

  it('says that a migration is not what the database ran', async () => {
    const project = path.join(temporaryFolder('review-supabase'), 'app');
    cpSync(sampleFolder('supabase'), project, { recursive: true });
    const folder = path.join(project, 'supabase', 'migrations');
    const url = await server.createDatabase('edited');
    await prepareSupabase(server, 'edited');
    await pushMigrations(server, 'edited', folder);
    const file = path.join(folder, readdirSync(folder).filter((name) => name.endsWith('.sql')).sort()[0] ?? '');
    const text = readFileSync(file, 'utf8');
    const review = () => runCli(['review', file, '--database', url, '--rule', 'row-level-security=off'], { cwd: project });

    assert.doesNotMatch((await review()).out, /edited-after-apply/);
    writeFileSync(file, `-- A word more.\n${text}`);
    assert.doesNotMatch((await review()).out, /edited-after-apply/);
    writeFileSync(file, `${text}\nCREATE TABLE late (id integer PRIMARY KEY);\n`);
    assert.match((await review()).out, /warning: Others have this migration already, and it does not do what the database has of it \(new: create the table late\)/);
  });

  it('says what still uses the old name, and what the change document has of a key', async () => {
    const project = path.join(temporaryFolder('review-supabase'), 'uses');
    cpSync(sampleFolder('supabase'), project, { recursive: true });
    const file = path.join(project, 'supabase', 'migrations', '20990101000000_late.sql');
    writeFileSync(path.join(project, 'supabase', 'migrations', '20980101000000_made.sql'), 'CREATE TABLE kettle (id integer PRIMARY KEY, size integer);\n');
    writeFileSync(file, 'ALTER TABLE kettle ADD CONSTRAINT kettle_size_check CHECK (size > 0);\nALTER TABLE kettle RENAME TO pot;\n');
    writeFileSync(path.join(project, 'report.py'), 'QUERY = "SELECT * FROM kettle"\n');
    writeFileSync(path.join(project, 'CHANGES.md'), '# Changes\n\n- kettle_size_check is new\n');
    const { findings } = JSON.parse((await runCli(['review', file, '--no-database', '--json', '--change-document', 'CHANGES.md'], { cwd: project })).out) as { findings: readonly { rule: string; message: unknown; related: readonly unknown[] }[] };
    const said = (rule: string): string => JSON.stringify(findings.find((finding) => finding.rule === rule));
    assert.match(said('rename-breaks-running-code'), /report\.py/);
    assert.match(said('key-change'), /CHANGES\.md mentions it in line 3/);
  });
});
