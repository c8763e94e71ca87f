import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runCli, sampleFolder } from './run-cli';

describe('alembic-review history', () => {
  it('lists the sample’s revisions, newest first', async () => {
    const cwd = sampleFolder('scraper');
    const { code, out, err } = await runCli(['history', '--json'], { cwd });
    assert.equal(err, '');
    assert.equal(code, 0);
    const answer = JSON.parse(out);
    assert.equal(answer.format, 1);
    assert.equal(answer.project.configPath, path.join(cwd, 'alembic.ini'));
    assert.deepEqual(answer.heads, ['e6b81c94507a']);
    assert.deepEqual(answer.bases, ['8c1f0b6e2a47']);
    assert.deepEqual(answer.revisions.map((revision: { id: string }) => revision.id), ['e6b81c94507a', '71d2fa4b38ce', 'c05e3a86f912', '4e9a7710d5b8', 'b27d4e91c0f3', '8c1f0b6e2a47']);
    assert.deepEqual(answer.revisions[0].isHead, true);
    assert.equal(answer.database, null);
    assert.deepEqual(answer.problems, []);
  });

  it('says the same to people, from a folder below', async () => {
    const { code, out } = await runCli(['history'], { cwd: path.join(sampleFolder('scraper'), 'app', 'models') });
    assert.equal(code, 0);
    assert.match(out, /^71d2fa4b38ce -> e6b81c94507a \(head\), /);
    assert.match(out, /\n<base> -> 8c1f0b6e2a47, /);
  });

  it('takes the section of an ini file with several', async () => {
    const cwd = sampleFolder('two-databases');
    const one = await runCli(['history', '--json', '-n', 'billing'], { cwd });
    assert.deepEqual(JSON.parse(one.out).heads, ['d00000000012']);
    const none = await runCli(['history', '--json'], { cwd });
    assert.equal(none.code, 4);
    assert.match(none.err, /several environments: orders, billing/);
  });

  it('shows two heads, which is no error', async () => {
    const { code, out } = await runCli(['history', '--json'], { cwd: sampleFolder('branched') });
    assert.equal(code, 0);
    const answer = JSON.parse(out);
    assert.equal(answer.heads.length, 2);
    assert.equal(answer.revisions.at(-1).isBranchPoint, true);
  });

  it('tells what is broken, with its place, and ends with 1', async () => {
    const cwd = sampleFolder('broken');
    const { code, out } = await runCli(['history', '--json'], { cwd });
    assert.equal(code, 1);
    const parent = JSON.parse(out).problems.find((problem: { code: string }) => problem.code === 'broken-parent');
    assert.equal(parent.at.path, path.join(cwd, 'alembic/versions/b00000000003_missing_parent.py'));
    assert.ok(parent.at.range.start.line > 1 && parent.at.range.start.column === 1);
    const text = await runCli(['history'], { cwd });
    assert.match(text.err, /^alembic\/versions\/b00000000003_missing_parent\.py:\d+:1: error: .* \[broken-parent\]$/m);
  });

  it('says where it looked when there is no project', async () => {
    const cwd = mkdtempSync(path.join(os.tmpdir(), 'alembic-review-'));
    try {
      const { code, out, err } = await runCli(['history', '--json'], { cwd });
      assert.deepEqual([code, out], [4, '']);
      assert.match(err, /Neither alembic\.ini nor a pyproject\.toml/);
    } finally {
      rmSync(cwd, { recursive: true });
    }
  });

  it('never prints a password', async () => {
    for (const url of ['postgresql://ada:s3cret@127.0.0.1:1/d', 'mysql://ada:s3cret@h/d', 'postgresql://ada:s3cret@[/d']) {
      for (const [args, env] of [[['history', '--database', url], {}], [['history'], { DATABASE_URL: url }]] as const) {
        const { code, out, err } = await runCli(args, { cwd: sampleFolder('scraper'), env });
        assert.ok(code === 2 || code === 4, `${code} ${err}`);
        assert.ok(!`${out}${err}`.includes('s3cret'), err);
        assert.notEqual(err, '');
      }
    }
  });

  it('leaves DATABASE_URL alone when told', async () => {
    const { code } = await runCli(['history', '--no-database'], { cwd: sampleFolder('scraper'), env: { DATABASE_URL: 'postgresql://127.0.0.1:1/d' } });
    assert.equal(code, 0);
  });
});
