/**
 * docs/autogenerate.md: who gets which golden folder right. The table takes some ten minutes to make, so every day only
 * its being there for every folder is looked at:
 *
 *     UPDATE_AUTOGENERATE=all npm test -- test/alembic/autogenerate-table.test.ts     writes it anew
 *     UPDATE_AUTOGENERATE=enum npm test -- …                                          the folders whose names fit, and new ones
 */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { projectRoot } from '../harness/paths';
import { startPostgres } from '../harness/postgres';
import type { PostgresServer } from '../harness/postgres';
import { pythonEnvironment } from '../harness/python';
import { need } from '../harness/tools';
import { openAlembicSession, type AlembicSession } from './alembic-session';
import { goldenCases, goldenMajor } from './golden-case';
import { judge, type Contender, type Verdict } from './who-gets-it-right';

const page = path.join(projectRoot, 'docs', 'autogenerate.md');
// What Alembic can compare when it is asked to, it is asked to.
const configure = ', autogenerate_plugins=["alembic.autogenerate.*", "alembic.ext.checkconstraint_byname"]';

describe('the table of who gets which right', () => {
  it('names every golden folder once', () => {
    const text = existsSync(page) ? readFileSync(page, 'utf8') : '';
    const named = [...text.matchAll(/^\| \[([\w-]+)\]\(\.\.\/test\/golden\/\1\) \|/gm)].map((match) => match[1]);
    assert.deepEqual(named, goldenCases().map(({ name }) => name), 'write it anew: UPDATE_AUTOGENERATE=all npm test -- test/alembic/autogenerate-table.test.ts');
  });

  it('has our own column all right', () => {
    const wrong = readFileSync(page, 'utf8').split('\n').filter((line) => line.startsWith('| [') && !/^\| \[[^|]*\| ✓ \|/.test(line));
    assert.deepEqual(wrong, []);
  });
});

const asked = process.env['UPDATE_AUTOGENERATE'];
if (asked !== undefined) {
  describe('writing the table of who gets which right', () => {
    const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'alembic-review-table-')));
    let server: PostgresServer;
    const sessions: AlembicSession[] = [];
    after(async () => {
      for (const session of sessions) session.close();
      await server?.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    it('judges each folder three times', async function () {
      this.timeout(3_600_000);
      const python = await need(this, pythonEnvironment());
      server = await need(this, startPostgres({ major: goldenMajor }));
      const found = await python.run(['-c', 'import alembic, os; print(alembic.__version__, os.path.join(os.path.dirname(alembic.__file__), "templates", "generic", "script.py.mako"))']);
      const [version = '', template = ''] = found.stdout.trim().split(' ');
      // The extension changes Alembic in the whole process: one for each.
      const open = (): AlembicSession => {
        const session = openAlembicSession(python);
        sessions.push(session);
        return session;
      };
      const contenders: readonly Contender[] = [
        { name: 'Alembic Review', environment: null, session: open() },
        { name: 'Alembic', environment: { configure }, session: open() },
        { name: 'Alembic + alembic-postgresql-enum', environment: { configure, imports: 'import alembic_postgresql_enum\n' }, session: open() },
      ];
      const known = asked === 'all' ? new Map<string, readonly string[]>() : cellsOf(existsSync(page) ? readFileSync(page, 'utf8') : '');
      const rows: Row[] = [];
      for (const golden of goldenCases()) {
        const before = known.get(golden.name);
        if (before !== undefined && !new RegExp(asked).test(golden.name)) {
          rows.push({ name: golden.name, cells: before });
          continue;
        }
        const verdicts: Verdict[] = [];
        for (const contender of contenders) verdicts.push(await judge(golden, contender, { server, folder, template }, verdicts[0]?.upgraded ?? null));
        const cells = verdicts.map(cellOf);
        rows.push({ name: golden.name, cells });
        console.log(`      ${golden.name}: ${cells.join(' | ')}`);
      }
      writeFileSync(page, pageText(contenders.map(({ name }) => name), rows, version));
    });
  });
}

interface Row {
  readonly name: string;
  readonly cells: readonly string[];
}

function cellOf({ faults }: Verdict): string {
  return faults.length === 0 ? '✓' : faults.slice(0, 3).join('; ').replaceAll('|', '/');
}

function cellsOf(text: string): ReadonlyMap<string, readonly string[]> {
  return new Map([...text.matchAll(/^\| \[([\w-]+)\]\([^)]*\) \| (.*) \|$/gm)].map(([, name = '', cells = '']) => [name, cells.split(' | ')]));
}

function pageText(names: readonly string[], rows: readonly Row[], version: string): string {
  const right = (at: number): number => rows.filter(({ cells }) => cells[at] === '✓').length;
  return `# Who gets which right

Each line is a folder of \`test/golden\`: models before, models after, a database with rows. Each column's script went up,
down and up again on a PostgreSQL ${goldenMajor} by real Alembic ${version}. ✓: the script runs; the rows are there and as they are meant
to be; the database has what the models ask for and nothing is left behind; the downgrade runs and brings structure and rows
back; a second upgrade runs. Else the first three things that went wrong, with PostgreSQL's SQLSTATE where it refused.

What the judge cannot be neutral in: "leaves undone" is our own comparison of the database with the models, under the names
of the operations that would be missing. Alembic compares what it can when it is asked to: types, server defaults, all
schemas, and CHECK constraints by its opt-in plugin. Tables that are meant to be dropped it may drop. Where only a person knows
what is meant (a rename, what becomes of a value, what fills a column), Alembic Review asks, and the folder's \`answers.json\`
has the answer; Alembic has no place for one, which the table says as *asks nobody*. Names of constraints that are unnamed in
the models, and the order of columns, count for nobody.

|  | ${names.join(' | ')} |
|---|${names.map(() => '---').join('|')}|
| **right, of ${rows.length}** | ${names.map((_, at) => `**${right(at)}**`).join(' | ')} |
${rows.map(({ name, cells }) => `| [${name}](../test/golden/${name}) | ${cells.join(' | ')} |`).join('\n')}

Made by \`UPDATE_AUTOGENERATE=all npm test -- test/alembic/autogenerate-table.test.ts\`.
`;
}
