/** What a real server says to the cases of the rules: the draft as it is written, and as the quick fixes leave it. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';
import { answerFacts } from '../../src/database/facts';
import { noFacts, type DataFacts } from '../../src/engine/facts';
import type { Review } from '../../src/engine/review';
import { rules } from '../../src/engine/rules/registry';
import { startPostgres, type PostgresServer } from '../harness/postgres';
import { projectRoot } from '../harness/paths';
import { pythonEnvironment } from '../harness/python';
import { locksOfPush, pushLikeLaterSupabase, pushLikeSupabase, type LocksSeen } from '../harness/push-like-supabase';
import { temporaryFolder } from '../harness/temporary';
import { need } from '../harness/tools';
import { compareFiles, fixedDraft, fixedFile, fixedFiles, reviewText, ruleCases, startOf, waysOfFixing, type FixedDraft, type RuleCase } from '../rules/cases';
import { historyFiles, reviewDraft, rulesOfLocks } from '../rules/support';
import { AlembicError, openAlembicSession, type AlembicSession } from './alembic-session';
import { stateOf, withConnections, type GoldenState } from './golden-folders';
import { rowDifferences, type RowSnapshot } from './rows';
import { textDifferences } from './schema-text';

describe('cases of rules on a real server', () => {
  let server: PostgresServer;
  let alembic: AlembicSession;
  const folder = temporaryFolder('rule-cases');
  before(async function () {
    const python = await need(this, pythonEnvironment());
    server = await need(this, startPostgres());
    alembic = openAlembicSession(python);
  });
  after(async () => {
    alembic?.close();
    await server?.stop();
  });

  for (const one of ruleCases()) {
    it(`${one.rule}: ${one.name}`, async () => {
      const start = await startOf(one);
      const database = `case_${one.rule}_${one.name}`.replaceAll('-', '_').slice(0, 57);
      const connected = await connectedReview(server, database, one);
      compare(path.join(one.folder, 'connected.txt'), connected.review);
      const asWritten = await travel(one, { text: one.draft, files: [] }, `${database}_1`);
      const parts: (readonly [string, Journey])[] = [['as written', asWritten]];
      for (const way of waysOfFixing) {
        const title = way === 0 ? '' : `, another fix`;
        const alone = await fixedDraft(one, start, way);
        const byRows = JSON.stringify(connected.fixed[way]) === JSON.stringify(alone) ? null : (connected.fixed[way] ?? null);
        compare(path.join(one.folder, fixedFile(one, way, true)), byRows?.text ?? null);
        compareFiles(path.join(one.folder, fixedFiles(one, way, true)), byRows?.files ?? []);
        const asFixed = alone === null ? null : await travel(one, alone, `${database}_2`);
        const asFixedByRows = byRows === null ? null : await travel(one, byRows, `${database}_3`);
        if (asFixed !== null) parts.push([`fixed${title}`, asFixed]);
        if (asFixedByRows !== null) parts.push([`fixed, connected${title}`, asFixedByRows]);
        // What rows have in store for a fix is known with the rows alone.
        const mended = asFixedByRows ?? asFixed;
        if (mended !== null) assert.equal(mended.failed, false, mended.lines.join('\n'));
        if (mended !== null && !one.isFine) assert.deepEqual(mended.lost, [], 'rows are lost');
      }
      compare(path.join(one.folder, 'outcome.txt'), parts.map(([title, { lines }]) => `${title}\n${lines.map((line) => `  ${line}\n`).join('')}`).join(''));

      // What the rule says of the draft must be true of it.
      const { sqlstates } = rules[one.rule].meta as { readonly sqlstates?: readonly string[] };
      if (!one.isFine && sqlstates !== undefined) assert.ok(sqlstates.includes(asWritten.sqlstate ?? ''), `the rule names ${sqlstates.join(', ')}; the server answers ${asWritten.sqlstate ?? 'nothing'}: ${asWritten.lines.join('; ')}`);
      // A way back that is not written is closed, and that is all.
      const isOneWay = !/^def downgrade\(/m.test(one.draft) && asWritten.lines.at(-1) === 'downgrade: fails, AttributeError';
      if (one.isFine) assert.equal(asWritten.failed && !isOneWay, false, asWritten.lines.join('\n'));
    });
  }

  /** Up, down and up again, as far as it goes; a file of SQL goes up alone. */
  async function travel(one: RuleCase, draft: FixedDraft, database: string): Promise<Journey> {
    return one.isSql ? push(one, draft, database) : upgrade(one, draft.text, database);
  }

  /** Old and later versions of the CLI must agree on what a fix leaves; of a draft as it is written, what the old ones do is told. */
  async function push(one: RuleCase, { text, files }: FixedDraft, database: string): Promise<Journey> {
    const pushed = [text, ...files.map((file) => file.text)];
    await server.createDatabase(database);
    try {
      const journey = await withConnections(server, database, async (_, theirs): Promise<Journey> => {
        await theirs.query(one.before);
        const before = await stateOf(theirs);
        for (const file of pushed) {
          const sqlstate = await pushLikeSupabase(theirs, file);
          if (sqlstate !== null) return { lines: [`push: fails, ${sqlstate}`], sqlstate, failed: true, lost: [] };
        }
        const { rows } = withoutNotes(await stateOf(theirs));
        // Without a way back, what came in the place of what is gone tells whether it was kept.
        const come = rowDifferences(rows, before.rows).flatMap((difference) => (/ is gone, with [1-9]/.test(difference) ? [`${difference.replace(' is gone', ' is new')}${whoseValues(difference, before.rows, rows)}`] : []));
        return { lines: [`push: ${words([...rowDifferences(before.rows, rows), ...come], 'runs, every row as before')}`], sqlstate: null, failed: false, lost: [] };
      });
      if (journey.failed || (pushed.length === 1 && !rulesOfLocks.includes(one.rule))) return journey;
      const first = await inFresh(database, one, async (client) => stateOf(client), pushed, pushLikeSupabase);
      const later = await inFresh(database, one, async (client) => stateOf(client), pushed, pushLikeLaterSupabase);
      assert.deepEqual(later, first, 'a later version of the CLI leads elsewhere');
      if (!rulesOfLocks.includes(one.rule)) return journey;
      const locks: LocksSeen[] = [];
      await inFresh(database, one, () => Promise.resolve(null), pushed, async (client, file) => {
        const other = new Client({ connectionString: server.url(database) });
        await other.connect();
        locks.push(...(await locksOfPush(client, other, file)));
        await other.end();
        return null;
      });
      return { ...journey, lines: [...journey.lines, ...toldLocks(locks).map((seen) => `locks: ${seen}`)] };
    } finally {
      await server.dropDatabase(database);
    }
  }

  /** The files on a database as it was before, one after the other. */
  async function inFresh<T>(database: string, one: RuleCase, after: (client: Client) => Promise<T>, files: readonly string[], how: typeof pushLikeSupabase): Promise<T> {
    await server.dropDatabase(database);
    await server.createDatabase(database);
    const client = new Client({ connectionString: server.url(database) });
    await client.connect();
    try {
      await client.query(one.before);
      for (const file of files) assert.equal(await how(client, file), null, file);
      return await after(client);
    } finally {
      await client.end();
    }
  }

  async function upgrade(one: RuleCase, draft: string, database: string): Promise<Journey> {
    const project = path.join(folder, database);
    writeProject(project, draft, one);
    const url = await server.createDatabase(database);
    try {
      return await withConnections(server, database, async (_, theirs) => {
        await theirs.query(one.before);
        const before = await stateOf(theirs);
        const lines: string[] = [];
        const run = async (stage: string, command: string, revision: string): Promise<AlembicError | null> => {
          try {
            await alembic.run(project, url, command, revision);
            return null;
          } catch (error) {
            if (!(error instanceof AlembicError)) throw error;
            lines.push(`${stage}: fails, ${error.sqlstate ?? error.words.split(/[:\n]/)[0]}`);
            return error;
          }
        };
        const failure = await run('upgrade', 'upgrade', 'head');
        if (failure !== null) return { lines, sqlstate: failure.sqlstate, failed: true, lost: [] };
        const upgraded = await stateOf(theirs);
        lines.push(`upgrade: ${words(rowDifferences(before.rows, upgraded.rows), 'runs, every row as before')}`);
        if (rulesOfLocks.includes(one.rule)) lines.push(...locksSeen(project).map((seen) => `locks: ${seen}`));
        const failureBack = await run('downgrade', 'downgrade', 'base');
        if (failureBack !== null) return { lines, sqlstate: failureBack.sqlstate, failed: true, lost: [] };
        const back = await stateOf(theirs);
        lines.push(`downgrade: ${words(rowDifferences(before.rows, back.rows), 'runs, schema and rows as before', schemaDifferences(before, back))}`);
        const failureAgain = await run('upgrade again', 'upgrade', 'head');
        if (failureAgain !== null) return { lines, sqlstate: failureAgain.sqlstate, failed: true, lost: [] };
        lines.push(`upgrade again: ${words(schemaDifferences(upgraded, await stateOf(theirs)), 'runs')}`);
        // A table that the draft drops is meant to go, with its rows.
        const isFewer = ({ rows: { tables } }: GoldenState, table: string, count: number): boolean => (tables[table]?.length ?? count) < count;
        // What a new table holds meanwhile comes back by the downgrade.
        const isAside = (count: number): boolean => Object.entries(upgraded.rows.tables).some(([table, rows]) => before.rows.tables[table] === undefined && rows.length === count);
        const lost = Object.entries(before.rows.tables).flatMap(([table, { length }]) => (upgraded.rows.tables[table] !== undefined && (isFewer(back, table, length) || (isFewer(upgraded, table, length) && !isAside(length))) ? [table] : []));
        return { lines, sqlstate: null, failed: false, lost };
      });
    } finally {
      await server.dropDatabase(database);
      rmSync(project, { recursive: true });
    }
  }
});

/** `, those of town`: what is new holds the very values of what is gone. */
function whoseValues(difference: string, before: RowSnapshot, after: RowSnapshot): string {
  const [, kind, name = ''] = /^(table|column) (\S+) is gone/.exec(difference) ?? [];
  if (kind === 'table') {
    const same = Object.keys(before.tables).find((table) => after.tables[table] === undefined && JSON.stringify(before.tables[table]) === JSON.stringify(after.tables[name]));
    return same === undefined ? '' : `, those of ${same}`;
  }
  const [table, column] = [name.slice(0, name.lastIndexOf('.')), name.slice(name.lastIndexOf('.') + 1)];
  const values = ({ tables }: RowSnapshot, of: string): string => JSON.stringify((tables[table] ?? []).map((row) => row[of] ?? null).sort());
  const gone = Object.keys(before.tables[table]?.[0] ?? {}).filter((old) => !Object.hasOwn(after.tables[table]?.[0] ?? {}, old));
  const same = gone.find((old) => values(before, old) === values(after, column));
  return same === undefined ? '' : `, those of ${same}`;
}

interface Journey {
  readonly lines: readonly string[];
  readonly sqlstate: string | null;
  readonly failed: boolean;
  /** Tables that have fewer rows than before, though they are there. */
  readonly lost: readonly string[];
}

/** The same in every run: sorted, what rows lost first, and without the moment at which it ran. */
function words(differences: readonly string[], none: string, others: readonly string[] = []): string {
  const sorted = (list: readonly string[]): readonly string[] => list.map((difference) => difference.replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?(\+\d\d)?/g, '(a moment)')).sort();
  const told = [...sorted(differences), ...sorted(others)];
  return told.length === 0 ? none : `runs, and: ${told.slice(0, 4).join('; ')}${told.length > 4 ? '; …' : ''}`;
}

function schemaDifferences(a: GoldenState, b: GoldenState): readonly string[] {
  return textDifferences(a.schema, b.schema);
}

/** What is said with the database connected, null where that is what is said anyhow; and the draft as the fixes leave it then. */
async function connectedReview(server: PostgresServer, name: string, one: RuleCase): Promise<{ readonly review: string | null; readonly fixed: readonly (FixedDraft | null)[] }> {
  await server.createDatabase(name);
  try {
    return await withConnections(server, name, async (ours, theirs) => {
      await theirs.query(one.before);
      const { before, more } = await startOf(one);
      let facts: DataFacts = noFacts;
      const look = async (text: string, siblings: readonly string[] = []): Promise<Review> => {
        for (let round = 0; round < 5; round++) {
          const review = await reviewDraft(text, before, { ...more, ...(one.isSql ? { siblings } : {}), rows: { facts, unsettled: [] } });
          if (review.wantedFacts.length === 0) return review;
          facts = new Map([...facts, ...(await answerFacts(ours, review.wantedFacts)).facts]);
        }
        throw new Error('questions without end');
      };
      const review = await look(one.draft);
      if (one.needsRows) assert.ok(review.diagnostics.some(({ rule }) => rule === one.rule), 'nothing is said with the rows at hand');
      const connected = reviewText(one, one.draft, review, one.models);
      const alone = reviewText(one, one.draft, await reviewDraft(one.draft, before, more), one.models);
      const fixed: (FixedDraft | null)[] = [];
      for (const way of waysOfFixing) fixed.push(await fixedDraft(one, { before, more }, way, look));
      return { review: connected === alone ? null : connected, fixed };
    });
  } finally {
    await server.dropDatabase(name);
  }
}

function writeProject(project: string, draft: string, { rule, history }: RuleCase): void {
  mkdirSync(path.join(project, 'alembic', 'versions'), { recursive: true });
  writeFileSync(path.join(project, 'alembic.ini'), '[alembic]\nscript_location = %(here)s/alembic\nlocks = %(here)s/locks.jsonl\n');
  writeFileSync(path.join(project, 'alembic', 'env.py'), rulesOfLocks.includes(rule) ? locksEnvironment : environment);
  writeFileSync(path.join(project, 'alembic', 'versions', 'draft.py'), draft);
  for (const file of historyFiles(history ?? '')) writeFileSync(path.join(project, 'alembic', 'versions', path.basename(file.path)), file.text);
}

// Read committed, no models: what a draft does hangs on nothing but itself.
const environment = `import os

from alembic import context
from sqlalchemy import create_engine

engine = create_engine(os.environ["DATABASE_URL"])
with engine.connect() as connection:
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
engine.dispose()
`;

const locksEnvironment = readFileSync(path.join(projectRoot, 'test', 'alembic', 'locks_env.py'), 'utf8');

/** What `locks_env.py` wrote: a sentence for each transaction, and for each statement outside of one, that others had to wait for. */
function locksSeen(project: string): readonly string[] {
  const lines = readFileSync(path.join(project, 'locks.jsonl'), 'utf8').split('\n').filter((line) => line !== '');
  return toldLocks(lines.map((line) => JSON.parse(line) as LocksSeen));
}

function toldLocks(seen: readonly LocksSeen[]): readonly string[] {
  const told = seen.map(({ outside, locks, read, rewritten }) => {
    const held = Object.entries(locks).map(([table, mode]) => `${mode} on ${table}`).sort().join(', ');
    const work = [...(read === 0 ? [] : ['rows are read']), ...(rewritten.length === 0 ? [] : [`${rewritten.join(', ')} ${rewritten.length === 1 ? 'is' : 'are'} written anew`])].join(' and ');
    return `${held}${outside ? ', by a statement that commits by itself' : work === '' ? ', no rows are read' : ` while ${work}`}`;
  });
  return told.length === 0 ? ['none that others had to wait for'] : told;
}

/** Without what the CLI notes down. */
function withoutNotes(state: GoldenState): GoldenState {
  return { ...state, rows: { ...state.rows, tables: Object.fromEntries(Object.entries(state.rows.tables).filter(([table]) => !table.startsWith('supabase_migrations.'))) } };
}

/** Null: there must be no such file. */
function compare(file: string, actual: string | null): void {
  if (process.env.UPDATE_GOLDEN === '1') {
    if (actual === null) rmSync(file, { force: true });
    else writeFileSync(file, actual);
  }
  assert.equal(actual, existsSync(file) ? readFileSync(file, 'utf8') : null);
}
