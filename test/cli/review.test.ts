import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { projectRoot } from '../harness/paths';
import { runCli } from './run-cli';

const script = (id: string, parent: string | null, upgrade: string, downgrade = 'pass'): string => `"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "${id}"
down_revision = ${parent === null ? 'None' : `"${parent}"`}


def upgrade():
    ${upgrade}


def downgrade():
    ${downgrade}
`;

const enumColumn = 'op.add_column("author", sa.Column("mood", sa.Enum("SAD", name="mood")))';
const dropMood = 'op.drop_column("author", "mood")';

describe('alembic-review review', () => {
  let cwd: string;
  const git = (...args: readonly string[]): string => execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.org', ...args], { cwd, encoding: 'utf8' });
  const write = (name: string, text: string): void => writeFileSync(path.join(cwd, 'migrations', 'versions', name), text);
  beforeEach(() => {
    cwd = mkdtempSync(path.join(os.tmpdir(), 'alembic-review-'));
    mkdirSync(path.join(cwd, 'migrations', 'versions'), { recursive: true });
    writeFileSync(path.join(cwd, 'alembic.ini'), '[alembic]\nscript_location = migrations\n');
    writeFileSync(path.join(cwd, 'migrations', 'env.py'), '');
    write('0001_first.py', script('a1', null, 'op.create_table("author", sa.Column("id", sa.Integer, primary_key=True))', 'op.drop_table("author")'));
    git('init', '-q', '-b', 'main');
    git('add', '-A');
    git('commit', '-q', '-m', 'First');
  });
  afterEach(() => rmSync(cwd, { recursive: true, force: true }));

  it('takes the revisions that changed since a branch began, committed, staged, or new', async () => {
    assert.match((await runCli(['review', '--changed-since', 'main'], { cwd })).err, /^0 findings in 0 drafts\.$/m);
    git('checkout', '-q', '-b', 'work');
    write('0002_committed.py', script('a2', 'a1', enumColumn, dropMood));
    git('add', '-A');
    git('commit', '-q', '-m', 'Second');
    write('0003_new.py', script('a3', 'a2', 'op.execute("SELECT 1")'));
    // What others did meanwhile is not ours.
    git('checkout', '-q', 'main');
    write('0009_theirs.py', script('b1', 'a1', enumColumn, dropMood));
    git('add', 'migrations/versions/0009_theirs.py');
    git('commit', '-q', '-m', 'Theirs');
    git('checkout', '-q', 'work');
    const { code, out, err } = await runCli(['review', '--changed-since', 'main'], { cwd });
    assert.equal(code, 1, err);
    assert.match(out, /^migrations\/versions\/0002_committed\.py:\d+:\d+: error: .* \[enum-not-created\]$/m);
    assert.match(err, /^1 finding in 2 drafts\.$/m);

    const link = `${cwd}-link`;
    symlinkSync(cwd, link);
    try {
      assert.match((await runCli(['review', '--changed-since', 'main'], { cwd: link })).err, /in 2 drafts\.$/m);
    } finally {
      rmSync(link);
    }
    const unknown = await runCli(['review', '--changed-since', 'nowhere'], { cwd });
    assert.equal(unknown.code, 4);
    assert.match(unknown.err, /git can’t tell what changed since nowhere/);
    assert.equal((await runCli(['review', '--changed-since', '--output=/tmp/x'], { cwd })).code, 2);
  });

  it('reviews every revision, with severities of one’s own', async () => {
    write('0002.py', script('a2', 'a1', enumColumn, dropMood));
    const all = await runCli(['review', '--all'], { cwd });
    assert.equal(all.code, 1);
    assert.match(all.err, /^1 finding in 2 drafts\.$/m);
    const off = await runCli(['review', '--all', '--rule', 'enum-not-created=off'], { cwd });
    assert.deepEqual([off.code, off.out], [0, '']);
    const soft = await runCli(['review', '--all', '--rule', 'enum-not-created=warning'], { cwd });
    assert.deepEqual([soft.code, /: warning: /.test(soft.out)], [0, true]);
    assert.equal((await runCli(['review', '--all', '--rule', 'enum-not-created=warning', '--fail-on', 'warning'], { cwd })).code, 1);
  });

  it('leaves out what a baseline knows, wherever its line went', async () => {
    write('0002.py', script('a2', 'a1', enumColumn, dropMood));
    const written = await runCli(['review', '--all', '--write-baseline', 'known.json'], { cwd });
    assert.deepEqual([written.code, written.err], [0, '1 finding written to known.json.\n']);
    write('0002.py', script('a2', 'a1', `op.execute("SELECT 1")\n    ${enumColumn}\n    op.add_column("author", sa.Column("size", sa.Enum("BIG", name="size")))`, `op.drop_column("author", "size")\n    ${dropMood}`));
    const { code, out, err } = await runCli(['review', '--all', '--baseline', 'known.json'], { cwd });
    assert.equal(code, 1);
    assert.match(out, /enum type size does not exist/);
    assert.ok(!out.includes('enum type mood'), out);
    assert.match(err, /^1 finding in 2 drafts; 1 known from the baseline\.$/m);
    writeFileSync(path.join(cwd, 'broken.json'), '{"format": 2}');
    assert.match((await runCli(['review', '--all', '--baseline', 'broken.json'], { cwd })).err, /broken\.json is no baseline/);
    assert.match((await runCli(['review', '--all', '--baseline', 'none.json'], { cwd })).err, /Write one with --write-baseline/);
  });

  it('says what the change document has of a key', async () => {
    write('0002.py', script('a2', 'a1', 'op.create_check_constraint("author_id_check", "author", "id > 0")', 'op.drop_constraint("author_id_check", "author", type_="check")'));
    mkdirSync(path.join(cwd, 'docs'));
    writeFileSync(path.join(cwd, 'docs', 'CHANGES.md'), '# Changes\n\n- author_id_check is new\n');
    const said = async (...options: readonly string[]): Promise<string> => {
      const { findings } = JSON.parse((await runCli(['review', 'migrations/versions/0002.py', '--json', ...options], { cwd })).out) as { findings: readonly { rule: string; severity: string; message: string }[] };
      const found = findings.filter(({ rule }) => rule === 'key-change');
      assert.deepEqual(found.map(({ severity }) => severity), ['hint']);
      return JSON.stringify(found[0]?.message);
    };
    assert.match(await said('--change-document', 'docs/CHANGES.md'), /author gets a check constraint\. Before: none\. After: CONSTRAINT author_id_check CHECK \(id > 0\)\. docs\/CHANGES\.md mentions it in line 3: /);
    assert.match(await said('--change-document', 'none.md'), /none\.md, which should say whether it is meant, cannot be read\./);
    assert.match(await said(), /Check that it is meant\./);
  });

  it('looks for what still uses an old name', async () => {
    write('0002.py', script('a2', 'a1', 'op.rename_table("author", "writer")'));
    writeFileSync(path.join(cwd, 'report.py'), 'QUERY = "SELECT * FROM author"\n');
    const { findings } = JSON.parse((await runCli(['review', 'migrations/versions/0002.py', '--json'], { cwd })).out) as { findings: readonly { rule: string; message: string; related: readonly { path: string; line: number }[] }[] };
    const rename = findings.find(({ rule }) => rule === 'rename-breaks-running-code');
    assert.match(JSON.stringify(rename?.message), /In this workspace, .* still seem to use it/);
    assert.equal(rename?.related.length, 1);
    assert.match(JSON.stringify(rename?.related), /report\.py/);
  });

  it('says that a revision was edited after others may have run it', async () => {
    write('0002.py', script('a2', 'a1', 'op.add_column("author", sa.Column("note", sa.Text()))', 'op.drop_column("author", "note")'));
    git('add', '-A');
    git('commit', '-q', '-m', 'Second');
    git('checkout', '-q', '-b', 'work');
    write('0001_first.py', script('a1', null, '# as it was\n    op.create_table("author", sa.Column("id", sa.Integer, primary_key=True))', 'op.drop_table("author")'));
    assert.doesNotMatch((await runCli(['review', '--all'], { cwd })).out, /edited-after-apply/);
    write('0001_first.py', script('a1', null, 'op.create_table("author", sa.Column("id", sa.BigInteger, primary_key=True))', 'op.drop_table("author")'));
    const { out } = await runCli(['review', '--all'], { cwd });
    assert.match(out, /^migrations\/versions\/0001_first\.py:\d+:\d+: warning: Others have this revision already, and it does not do what main has of it \(otherwise: create the table author\)\. .* \[edited-after-apply\]$/m);
  });

  it('says of the models what Alembic does not compare', async () => {
    const models = (check: string): string => `from sqlalchemy import CheckConstraint, Integer\nfrom sqlalchemy.orm import DeclarativeBase, mapped_column\n\n\nclass Base(DeclarativeBase):\n    pass\n\n\nclass Author(Base):\n    __tablename__ = "author"\n    __table_args__ = (CheckConstraint("${check}", name="author_check"),)\n    id = mapped_column(Integer, primary_key=True)\n`;
    writeFileSync(path.join(cwd, 'models.py'), models('id > 0'));
    const { code, out } = await runCli(['review', 'models.py'], { cwd });
    assert.equal(code, 0);
    assert.match(out, /^models\.py:11:23: info: The check constraint of author is not there: .* \[autogenerate-blind-spot\]$/m);
    assert.match((await runCli(['review', '--all'], { cwd })).out, /\[autogenerate-blind-spot\]/);
    assert.match((await runCli(['review', '--all', '--format', 'markdown'], { cwd })).out, /^## In the models\n\n.*\n.*\n\| info \| models\.py:11:23 \| .* \| `autogenerate-blind-spot` \|$/m);
    // A revision that brings it may still be a draft.
    write('0002.py', script('a2', 'a1', 'op.create_check_constraint("author_check", "author", "id > 0")', 'op.drop_constraint("author_check", "author", type_="check")'));
    assert.doesNotMatch((await runCli(['review', 'models.py', 'migrations/versions/0002.py'], { cwd })).out, /autogenerate-blind-spot/);
    assert.equal((await runCli(['review', 'migrations/env.py'], { cwd })).code, 4);
  });

  it('counts hints, and lists them where a program reads', async () => {
    write('0002.py', script('a2', 'a1', 'op.add_column("author", sa.Column("name", sa.Text()))\n    op.create_index("ix_a", "author", ["name"])\n    op.create_index("ix_b", "author", ["name", "id"])', 'op.drop_column("author", "name")'));
    const { out, err } = await runCli(['review', 'migrations/versions/0002.py'], { cwd });
    assert.match(out, /^migrations\/versions\/0002\.py:\d+:\d+: info: .*ix_a.* One more finding about locks on this table is a hint\. \[index-not-concurrent\]$/m);
    assert.doesNotMatch(out, /ix_b/);
    assert.match(err, /^1 finding in 1 draft; 1 hint not shown\.$/m);
    const { findings } = JSON.parse((await runCli(['review', 'migrations/versions/0002.py', '--json'], { cwd })).out) as { findings: readonly { severity: string }[] };
    assert.deepEqual(findings.map(({ severity }) => severity), ['info', 'hint']);
  });

  it('annotates a pull request', async () => {
    write('0002.py', script('a2', 'a1', `${enumColumn}\n    op.execute("SELEC 1")`, dropMood));
    const { code, out } = await runCli(['review', 'migrations/versions/0002.py', '--format', 'github'], { cwd });
    assert.equal(code, 1);
    const lines = out.trimEnd().split('\n');
    assert.match(lines[0] ?? '', /^::error file=migrations\/versions\/0002\.py,line=10,col=\d+,endLine=10,endColumn=\d+,title=enum-not-created::The enum type mood .*%0AQuick fix in the editor: Create the type/);
    assert.match(out, /^::\w+ file=migrations\/versions\/0002\.py,line=11,.*title=syntax-error::.*"SELEC"/m);
  });

  it('writes a page for the pull request', async () => {
    write('0002.py', script('a2', 'a1', enumColumn, dropMood));
    write('0003.py', script('a3', 'a2', 'op.add_column("author", sa.Column("size", sa.Enum("BIG", name="size")))', 'op.drop_column("author", "size")'));
    const { code, out, err } = await runCli(['review', 'migrations/versions/0002.py', 'migrations/versions/0003.py', '--format', 'markdown'], { cwd });
    assert.deepEqual([code, err], [1, '2 findings in 2 drafts.\n']);
    assert.match(out, /^# Review of 2 migrations\n\n\*\*2 errors; all of it was reviewed\.\*\*\n/);
    assert.match(out, /^\| \*\*error\*\* \| line 10 \| The enum type mood does not exist .* \| `enum-not-created` \|$/m);
    assert.match(out, /^`migrations\/versions\/0003\.py`, on `a2`$/m);
    assert.match(out, /^\+ {5}size size$/m);
    writeFileSync(path.join(cwd, '1_place.sql'), 'CREATE TABLE place (id integer PRIMARY KEY, name text);\n\nDROP TABLE town;\n');
    const sql = await runCli(['review', '1_place.sql', '--format', 'markdown'], { cwd });
    assert.match(sql.out, /^# Review of `1_place\.sql`\n/);
    assert.match(sql.out, /^\| line 1 \| create_table place \| nobody waits \|$/m);
    assert.ok(!sql.out.includes('downgrade'), sql.out);
    await runCli(['review', 'migrations/versions/0002.py', '--write-baseline', 'known.json'], { cwd });
    const left = await runCli(['review', 'migrations/versions/0002.py', 'migrations/versions/0003.py', '--format', 'markdown', '--baseline', 'known.json'], { cwd });
    assert.match(left.out, /\*\*1 error; all of it was reviewed\.\*\* 1 finding known from the baseline is left out\./);
    assert.ok(!left.out.includes('The enum type mood'), left.out);
  });

  it('writes SARIF that names places, rules and fixes', async () => {
    write('0002.py', script('a2', 'a1', enumColumn, dropMood));
    const { out } = await runCli(['review', '--all', '--format', 'sarif'], { cwd });
    const { version, runs } = JSON.parse(out);
    assert.equal(version, '2.1.0');
    const [run] = runs;
    const [result] = run.results;
    assert.equal(run.tool.driver.rules[result.ruleIndex].id, result.ruleId);
    assert.equal(result.locations[0].physicalLocation.artifactLocation.uri, 'migrations/versions/0002.py');
    assert.equal(result.locations[0].physicalLocation.region.startLine, 10);
    assert.match(result.partialFingerprints['alembicReview/v1'], /^[0-9a-f]{16}$/);
    // A fix as SARIF says it, applied by its lines and columns, gives what the editor would make of it.
    const text = readFileSync(path.join(cwd, 'migrations', 'versions', '0002.py'), 'utf8');
    const starts = text.split('\n').reduce<number[]>((found, line) => [...found, (found.at(-1) ?? 0) + line.length + 1], [0]);
    const fixed = [...result.fixes[0].artifactChanges[0].replacements]
      .sort((a, b) => b.deletedRegion.startLine - a.deletedRegion.startLine)
      .reduce((now: string, { deletedRegion: at, insertedContent }) => now.slice(0, (starts[at.startLine - 1] ?? 0) + at.startColumn - 1) + insertedContent.text + now.slice((starts[at.endLine - 1] ?? 0) + at.endColumn - 1), text);
    write('0002.py', fixed);
    assert.equal((await runCli(['review', '--all', '--format', 'sarif'], { cwd })).code, 0, fixed);
  });

  it('reviews files of SQL, on what those before them lead to, beside revisions and alone', async () => {
    const folder = path.join(cwd, 'supabase', 'migrations');
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, '20240101000000_places.sql'), 'create table place (id bigint primary key, name text not null, town text);\nalter table place enable row level security;\n');
    writeFileSync(path.join(folder, '20240102000000_cities.sql'), 'alter table place add column town_name text;\nalter table place drop column town;\ncreate table visit (id bigint primary key);\n');
    const one = await runCli(['review', 'supabase/migrations/20240102000000_cities.sql'], { cwd });
    assert.equal(one.code, 1, one.err);
    assert.match(one.out, /^supabase\/migrations\/20240102000000_cities\.sql:2:31: error: .* \[destructive-rename\]$/m);
    assert.match(one.out, /:3:14: warning: .* \[row-level-security\]$/m);
    assert.match((await runCli(['review', '--all'], { cwd })).err, /in 3 drafts\.$/m);
    assert.match((await runCli(['review', '--changed-since', 'main'], { cwd })).err, /in 2 drafts\.$/m);
    rmSync(path.join(cwd, 'alembic.ini'));
    assert.match((await runCli(['review', '--all'], { cwd })).err, /in 2 drafts\.$/m);
    // What is no migration by its name has nothing before it.
    writeFileSync(path.join(cwd, 'seed.sql'), 'alter table place drop column name;\nalter table place ad;\n');
    const seed = await runCli(['review', 'seed.sql'], { cwd });
    assert.match(seed.out, /^seed\.sql:2:19: error: .* \[syntax-error\]$/m);
  });

  it('names the files that a fix of SQL makes, in every format that has fixes', async () => {
    const folder = path.join(cwd, 'supabase', 'migrations');
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, '20240101000000_places.sql'), 'create table place (id bigint primary key, town text);\nalter table place enable row level security;\n');
    const draft = 'alter table place add column region text;\ncreate index ix_place_town on place (town);\n';
    writeFileSync(path.join(folder, '20240102000000_towns.sql'), draft);
    const review = async (...format: readonly string[]): Promise<string> => (await runCli(['review', 'supabase/migrations/20240102000000_towns.sql', ...format], { cwd })).out;
    assert.match(await review(), /^ {2}fix: Build "ix_place_town" CONCURRENTLY, with supabase\/migrations\/20240102000001_build_ix_place_town\.sql$/m);

    const { findings } = JSON.parse(await review('--json')) as { findings: readonly { rule: string; fixes: readonly { files?: readonly { path: string; text: string }[] }[] }[] };
    const [file] = findings.find(({ rule }) => rule === 'index-not-concurrent')?.fixes[0]?.files ?? [];
    assert.equal(file?.path, path.join(folder, '20240102000001_build_ix_place_town.sql'));
    assert.match(file.text, /^-- [^]*\ncreate index concurrently ix_place_town on place \(town\);\n$/);

    const { results } = (JSON.parse(await review('--format', 'sarif')) as { runs: readonly [{ results: readonly { ruleId: string; fixes: readonly { artifactChanges: readonly { artifactLocation: { uri: string }; replacements: readonly { deletedRegion: unknown; insertedContent: { text: string } }[] }[] }[] }[] }] }).runs[0];
    const [changed, made] = results.find(({ ruleId }) => ruleId === 'index-not-concurrent')?.fixes[0]?.artifactChanges ?? [];
    assert.equal(changed?.artifactLocation.uri, 'supabase/migrations/20240102000000_towns.sql');
    assert.equal(made?.artifactLocation.uri, 'supabase/migrations/20240102000001_build_ix_place_town.sql');
    assert.deepEqual(made.replacements, [{ deletedRegion: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 }, insertedContent: { text: file.text } }]);

    // A file that is there already is in nobody's way.
    writeFileSync(path.join(folder, '20240102000001_later.sql'), 'create table visit (id bigint primary key);\n');
    assert.doesNotMatch(await review(), /fix: Build/);
    rmSync(path.join(folder, '20240102000001_later.sql'));
    writeFileSync(path.join(folder, '20240102000003_later.sql'), 'create table visit (id bigint primary key);\n');
    assert.match(await review(), /with supabase\/migrations\/20240102000001_build/);
  });

  it('is a hook of pre-commit that takes revisions alone', () => {
    const hook = readFileSync(path.join(projectRoot, '.pre-commit-hooks.yaml'), 'utf8');
    const files = new RegExp(/^ {2}files: (.*)$/m.exec(hook)?.[1] ?? '$^');
    assert.ok(files.test('supabase/migrations/20240101000000_a.sql') && !files.test('supabase/seed.sql'));
    assert.ok(files.test('alembic/versions/0001_a.py') && files.test('versions/a.py') && !files.test('app/models.py') && !files.test('my_versions/a.py'));
    assert.match(hook, /^ {2}entry: alembic-review review$/m);
  });
});
