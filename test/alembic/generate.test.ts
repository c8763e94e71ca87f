/** The main job, from the models to the database and back: what the command line generates passes the round trip. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { runCli } from '../cli/run-cli';
import type { CliResult } from '../cli/run-cli';
import { pgDumpMajor, startPostgres } from '../harness/postgres';
import type { PostgresServer } from '../harness/postgres';
import { pythonEnvironment } from '../harness/python';
import type { PythonEnvironment } from '../harness/python';
import { need } from '../harness/tools';
import { migrationRoundTrip } from './round-trip';
import type { Draft, Prepared } from './round-trip';
import { readSample } from './sample';

const sample = readSample('scraper');
const renames = sample.renames.flatMap((rename) => ['--rename', rename]);
const maps = sample.valueMappings.flatMap(({ table, column, mapping }) =>
  Object.entries(mapping).flatMap(([value, label]) => ['--map', `${table}.${column}:${value}=${label ?? ''}`]));

describe('the generated migration of the scraper', () => {
  let server: PostgresServer;
  let python: PythonEnvironment;

  before(async function () {
    python = await need(this, pythonEnvironment());
    server = await need(this, startPostgres({ major: pgDumpMajor }));
  });
  after(() => server?.stop());

  it('keeps every row, up, down and up again, and leaves nothing to do', async () => {
    let text = '';
    const { before, upgraded } = await migrationRoundTrip({
      server, python, project: sample.folder, rows: path.join(sample.folder, sample.rows), changes: sample,
      draft: async (prepared) => {
        const draft = await generated(prepared, [...renames, ...maps]);
        text = draft.text;
        return draft;
      },
      upgraded: async (prepared) => {
        const again = await cli(prepared, ['generate', '--models', ...sample.models, '--message', 'again', '--stdout']);
        assert.equal(again.code, 0, again.err);
        assert.match(again.out + again.err, /[Nn]othing to/);
      },
    });
    assert.equal(upgraded.schema.filter((line) => line.startsWith('enum ')).length, 7);
    assert.equal(before.schema.filter((line) => line.startsWith('enum ')).length, 0);
    assert.match(text, new RegExp(`down_revision = ['"]${sample.head}['"]`));
    assert.ok(text.startsWith(`"""${sample.message}\n`));
    assert.ok(!/op\.create_(foreign_key|unique_constraint|check_constraint)\(\s*None/.test(text));
  });

  it('is not written while a likely rename has no answer', async () => {
    await assert.rejects(migrationRoundTrip({
      server, python, project: sample.folder, rows: path.join(sample.folder, sample.rows), changes: sample,
      draft: async (prepared) => {
        const { code, out, err } = await cli(prepared, ['generate', '--models', ...sample.models, '--message', sample.message, '--stdout', ...renames.slice(2), ...maps]);
        assert.equal(code, 3, out + err);
        assert.match(out + err, /batch_job\.metadata/);
        throw new Error('as it should be');
      },
    }), /as it should be/);
  });
});

/** Writes the revision into the project, as the command does. */
async function generated(prepared: Prepared, answers: readonly string[]): Promise<Draft> {
  const { code, out, err } = await cli(prepared, ['generate', '--models', ...sample.models, '--message', sample.message, '--json', ...answers]);
  assert.equal(code, 0, out + err);
  const { path: file } = JSON.parse(out) as { path: string };
  return { path: file, text: readFileSync(path.resolve(prepared.project, file), 'utf8') };
}

function cli({ project, databaseUrl }: Prepared, args: readonly string[]): Promise<CliResult> {
  return runCli(args, { cwd: project, env: { DATABASE_URL: databaseUrl } });
}
