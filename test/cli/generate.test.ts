import assert from 'node:assert/strict';
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startPostgres } from '../harness/postgres';
import { mustRun } from '../harness/processes';
import type { PostgresServer } from '../harness/postgres';
import { pythonEnvironment } from '../harness/python';
import type { PythonEnvironment } from '../harness/python';
import { temporaryFolder } from '../harness/temporary';
import { need } from '../harness/tools';
import { runCli, sampleFolder } from './run-cli';
import type { CliResult } from './run-cli';

const renames = ['batch_job.metadata=batch_job.batch_metadata', 'contact.contact_curation_status=contact.curation_status', 'domain.local_business_ref=domain.local_business_id', 'local_business.phone=local_business.main_phone', 'sitemap.deep_scrape_curation_status=sitemap.curation_status'].flatMap((rename) => ['--rename', rename]);
const maps = ['batch_job.status:COMPLETE=COMPLETED', 'contact.email_type:='].flatMap((map) => ['--map', map]);

describe('alembic-review generate and review', function () {
  this.timeout(120_000);
  let server: PostgresServer;
  let python: PythonEnvironment;
  let url: string;
  before(async function () {
    python = await need(this, pythonEnvironment());
    server = await need(this, startPostgres());
    url = await server.createDatabase('scraper');
    const cwd = sampleFolder('scraper');
    await python.alembic(cwd, ['upgrade', 'head'], { databaseUrl: url.replace('postgresql:', 'postgresql+psycopg:') });
    await server.runFile(path.join(cwd, 'rows.sql'), 'scraper');
  });
  after(() => server?.stop());

  const versionsOf = (folder: string): readonly string[] => readdirSync(path.join(folder, 'alembic/versions')).filter((name) => name.endsWith('.py')).sort();

  it('asks about likely renames and unknown values, and writes nothing', async () => {
    const cwd = copyOf('scraper');
    const before = versionsOf(cwd);
    const { code, out, err } = await runCli(['generate', '--models', 'app/models', '--database', url, '-m', 'Align'], { cwd });
    assert.equal(code, 3);
    assert.equal(out, '');
    assert.match(err, /--rename domain\.local_business_ref=domain\.local_business_id/);
    assert.match(err, /--map batch_job\.status:COMPLETE=/);
    assert.ok(!err.includes('Corporate'), 'a value that differs in case alone is no question');
    assert.match(err, /Nothing was written/);
    assert.deepEqual(versionsOf(cwd), before);

    const json = await runCli(['generate', '--models', 'app/models', '--database', url, '-m', 'Align', '--json', ...renames], { cwd });
    assert.equal(json.code, 3);
    assert.equal(json.err, '');
    const answer = JSON.parse(json.out);
    assert.deepEqual([answer.format, answer.outcome, answer.path, answer.revision], [1, 'questions', null, null]);
    assert.deepEqual(answer.questions.filter((question: { required: boolean }) => question.required).map((question: { id: string }) => question.id), ['value-mapping:batch_job.status', 'value-mapping:contact.email_type']);
    assert.deepEqual(versionsOf(cwd), before);
  });

  it('writes the revision where Alembic would, once', async () => {
    const cwd = copyOf('scraper');
    const args = ['generate', '--models', ...models(cwd), '--database', url, '-m', 'Align DB schema', '--rev-id', 'abcdef123456', ...renames, ...maps];
    const { code, out, err } = await runCli(args, { cwd });
    assert.equal(code, 0, err);
    assert.match(out, /^alembic\/versions\/\d{4}_\d\d_\d\d_\d{4}-abcdef123456_align_db_schema\.py\n$/);
    const text = readFileSync(path.join(cwd, out.trim()), 'utf8');
    assert.match(text, /^"""Align DB schema\n\nRevision ID: abcdef123456\nRevises: e6b81c94507a\n/);
    const again = await runCli(['history', '--json'], { cwd });
    assert.deepEqual(JSON.parse(again.out).heads, ['abcdef123456']);

    // The database has not run it yet: what it leads to is where the next one starts.
    const behind = await runCli(['generate', '--models', ...models(cwd), '--database', url, '-m', 'More'], { cwd });
    assert.equal(behind.code, 0, behind.err);
    assert.match(behind.err, /behind the head by one revision/);
    assert.match(behind.err, /nothing to migrate/);
  });

  it('prints it, or writes it where it is told, never over a file', async () => {
    const cwd = copyOf('scraper');
    const args = ['generate', '--models', 'app/models', '--database', url, '-m', 'Align', ...renames, ...maps];
    const before = versionsOf(cwd);
    const printed = await runCli([...args, '--stdout'], { cwd });
    assert.equal(printed.code, 0, printed.err);
    assert.match(printed.out, /^"""Align\n[^]*def downgrade\(\) -> None:\n/);
    const written = await runCli([...args, '--output', 'new/draft.py'], { cwd });
    assert.deepEqual([written.code, written.out], [0, 'new/draft.py\n']);
    const text = readFileSync(path.join(cwd, 'new/draft.py'), 'utf8');
    const over = await runCli([...args, '--output', 'new/draft.py'], { cwd });
    assert.equal(over.code, 4);
    assert.match(over.err, /draft\.py can’t be written: it exists already/);
    assert.equal(readFileSync(path.join(cwd, 'new/draft.py'), 'utf8'), text);
    assert.deepEqual(versionsOf(cwd), before);
  });

  it('says when there is nothing to do, and what is in the way', async () => {
    const refused = async (name: string, args: readonly string[], expected: RegExp): Promise<CliResult> => {
      const cwd = copyOf(name);
      const result = await runCli(['generate', '-m', 'x', ...args], { cwd });
      assert.match(result.err, expected);
      return result;
    };
    assert.equal((await refused('branched', ['--models', 'models.py'], /2 heads/)).code, 1);
    assert.equal((await refused('broken', ['--models', 'app/models/syntax_error.py'], /syntax_error\.py:\d+:\d+: error/)).code, 1);
    assert.equal((await refused('scraper', ['--models', 'app/models', '--database', url, '--rename', 'job.nothing=job.x'], /the database has no job\.nothing/)).code, 2);
    assert.equal((await refused('scraper', ['--models', 'app/models', '--database', url, '--rename', 'job.job_type=job.nothing'], /the models still have job_type/)).code, 2);
    assert.equal((await refused('scraper', ['--models', 'app/nowhere.py'], /app\/nowhere\.py does not exist/)).code, 4);
    assert.equal((await refused('scraper', ['--models', 'app/services'], /holds no model files/)).code, 4);
    const nothing = await refused('healthy', ['--models', 'library/models.py'], /nothing to migrate/);
    assert.deepEqual([nothing.code, nothing.out], [0, '']);
  });

  it('works from the history alone', async () => {
    const { code, out, err } = await runCli(['generate', '--models', 'app/models', '-m', 'Align', ...renames, '--stdout'], { cwd: copyOf('scraper') });
    assert.equal(code, 0, err);
    assert.match(out, /op\.alter_column\("domain", "local_business_ref", new_column_name="local_business_id"\)/);
  });

  it('shows what git has of the model’s lines, and how the model settles it', async () => {
    const cwd = copyOf('scraper');
    const file = path.join(cwd, 'app/models/place.py');
    const text = readFileSync(file, 'utf8');
    const git = (...args: string[]): Promise<unknown> => mustRun('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', '-c', 'commit.gpgsign=false', ...args], { cwd });
    writeFileSync(file, text.replace('    formatted_address: ', '    vicinity: '));
    await git('init', '-q');
    await git('add', '-A');
    await git('commit', '-q', '-m', 'Models as the database has them');
    writeFileSync(file, text);
    const { code, err } = await runCli(['generate', '--models', 'app/models/place.py', '-m', 'Align'], { cwd });
    assert.equal(code, 3);
    assert.match(err, /--rename place\.vicinity=place\.formatted_address .*\n {6}In the model, formatted_address stands where it stood, and nothing but the name changed \(not committed yet\)\. /);
    assert.match(err, /\n {6}models\/place\.py, not committed yet:\n {6}- vicinity: Mapped\[str \| None\] = mapped_column\(Text\)\n {6}\+ formatted_address: /);
    assert.match(err, /\n {2}or, in the model, for good: the new column says info=\{"renamed_from": "vicinity"\}\n/);
  });

  it('finds in Alembic’s own draft what loses data and what fails', async () => {
    const cwd = copyOf('scraper');
    const before = versionsOf(cwd);
    await python.alembic(cwd, ['revision', '--autogenerate', '-m', 'auto'], { databaseUrl: url.replace('postgresql:', 'postgresql+psycopg:') });
    const [draft] = versionsOf(cwd).filter((name) => !before.includes(name));
    assert.ok(draft !== undefined && existsSync(path.join(cwd, 'alembic/versions', draft)));
    for (const database of [['--database', url], []]) {
      const { code, out, err } = await runCli(['review', `alembic/versions/${draft}`, '--format', 'json', ...database], { cwd });
      assert.equal(err, '');
      assert.equal(code, 1);
      const { findings } = JSON.parse(out);
      const rename = findings.find((finding: { rule: string; from: string }) => finding.rule === 'destructive-rename' && finding.from === 'local_business_ref');
      assert.deepEqual([rename.table, rename.from, rename.to, rename.severity], ['domain', 'local_business_ref', 'local_business_id', 'error']);
      assert.equal(rename.path, path.join(cwd, 'alembic/versions', draft));
      assert.ok(rename.range.start.line > 1 && rename.fixes.length > 0 && rename.fixes[0].edits[0].range.start.line > 1);
      assert.ok(findings.some((finding: { rule: string }) => finding.rule === 'enum-not-created'));
    }
    const text = await runCli(['review', `alembic/versions/${draft}`], { cwd });
    assert.match(text.out, /^alembic\/versions\/.*\.py:\d+:\d+: error: .* \[destructive-rename\]\n {2}fix: /m);
    assert.match(text.err, /\d+ findings/);
  });

  it('does not take a draft for fine that can’t be read', async () => {
    const { code, out } = await runCli(['review', 'alembic/versions/b00000000002_syntax_error.py', '--json'], { cwd: sampleFolder('broken') });
    assert.equal(code, 1, out);
    assert.equal(JSON.parse(out).notReviewed[0].code, 'syntax-error');
  });

  it('reviews nothing that is no draft', async () => {
    const cwd = sampleFolder('scraper');
    assert.match((await runCli(['review', 'app/main.py'], { cwd })).err, /app\/main\.py is no Alembic revision/);
    assert.equal((await runCli(['review', 'nowhere.py'], { cwd })).code, 4);
    const clean = await runCli(['review', 'alembic/versions/2024_03_11_0930-8c1f0b6e2a47_initial_tables.py', '--json'], { cwd });
    assert.deepEqual([clean.code, JSON.parse(clean.out).findings], [0, []]);
  });
});

describe('alembic-review models', () => {
  it('prints what the files declare, with places', async () => {
    const cwd = sampleFolder('scraper');
    const { code, out, err } = await runCli(['models', 'app/models/place.py', '--json'], { cwd });
    assert.deepEqual([code, err], [0, '']);
    const { format, schema, problems } = JSON.parse(out);
    assert.deepEqual([format, problems], [1, []]);
    const place = schema.tables.find((table: { name: string }) => table.name === 'place');
    assert.equal(place.at.path, path.join(cwd, 'app/models/place.py'));
    assert.ok(place.at.range.start.line > 1);
  });

  it('takes folders', async () => {
    const { out } = await runCli(['models', 'app/models'], { cwd: sampleFolder('scraper') });
    assert.match(out, /\n7 tables, 7 enum types\n$/);
  });

  it('ends with 1 where a file can’t be read', async () => {
    const { code, err } = await runCli(['models', 'app/models/syntax_error.py'], { cwd: sampleFolder('broken') });
    assert.equal(code, 1);
    assert.match(err, /^app\/models\/syntax_error\.py:\d+:\d+: error: /m);
  });

  it('needs no project', async () => {
    const cwd = temporaryFolder('models');
    writeFileSync(path.join(cwd, 'm.py'), 'from sqlalchemy import Column, Integer, MetaData, Table\nt = Table("t", MetaData(), Column("id", Integer, primary_key=True))\n');
    const { code, out } = await runCli(['models', 'm.py'], { cwd });
    assert.equal(code, 0);
    assert.match(out, /^t\n {2}id +integer +not null {2}primary key/);
  });
});

const copies = temporaryFolder('cli');
let made = 0;

function copyOf(name: string): string {
  const folder = path.join(copies, String(made++), name);
  cpSync(sampleFolder(name), folder, { recursive: true });
  return folder;
}

function models(folder: string): readonly string[] {
  return ['batch_job', 'contact', 'domain', 'job', 'local_business', 'place', 'sitemap'].map((name) => path.join(folder, `app/models/${name}.py`));
}
