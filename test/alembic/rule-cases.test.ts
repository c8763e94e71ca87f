/** What a real server says to the cases of the rules: the draft as it is written, and as the quick fixes leave it. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { answerFacts } from '../../src/database/facts';
import { noFacts, type DataFacts } from '../../src/engine/facts';
import type { Review } from '../../src/engine/review';
import { rules } from '../../src/engine/rules/registry';
import { startPostgres, type PostgresServer } from '../harness/postgres';
import { pythonEnvironment } from '../harness/python';
import { pushLikeSupabase } from '../harness/push-like-supabase';
import { temporaryFolder } from '../harness/temporary';
import { need } from '../harness/tools';
import { fixedDraft, reviewText, ruleCases, startOf, type RuleCase } from '../rules/cases';
import { historyFiles, reviewDraft } from '../rules/support';
import { AlembicError, openAlembicSession, type AlembicSession } from './alembic-session';
import { stateOf, withConnections, type GoldenState } from './golden-folders';
import { rowDifferences } from './rows';
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
      const fixed = await fixedDraft(one, await startOf(one));
      const database = `case_${one.rule}_${one.name}`.replaceAll('-', '_').slice(0, 60);
      const connected = await connectedReview(server, database, one);
      compare(path.join(one.folder, 'connected.txt'), connected.review);
      const fixedByRows = connected.fixed === fixed ? null : connected.fixed;
      compare(path.join(one.folder, one.isSql ? 'fixed_connected.sql' : 'fixed_connected.py'), fixedByRows);
      const asWritten = await travel(one, one.draft, `${database}_1`);
      const asFixed = fixed === null ? null : await travel(one, fixed, `${database}_2`);
      const asFixedByRows = fixedByRows === null ? null : await travel(one, fixedByRows, `${database}_3`);
      compare(path.join(one.folder, 'outcome.txt'), outcomeText(asWritten, asFixed, asFixedByRows));

      // What the rule says of the draft must be true of it.
      const { sqlstates } = rules[one.rule].meta as { readonly sqlstates?: readonly string[] };
      if (!one.isFine && sqlstates !== undefined) assert.ok(sqlstates.includes(asWritten.sqlstate ?? ''), `the rule names ${sqlstates.join(', ')}; the server answers ${asWritten.sqlstate ?? 'nothing'}: ${asWritten.lines.join('; ')}`);
      // A way back that is not written is closed, and that is all.
      const isOneWay = !/^def downgrade\(/m.test(one.draft) && asWritten.lines.at(-1) === 'downgrade: fails, AttributeError';
      if (one.isFine) assert.equal(asWritten.failed && !isOneWay, false, asWritten.lines.join('\n'));
      // What rows have in store for a fix is known with the rows alone.
      const mended = asFixedByRows ?? asFixed;
      if (mended !== null) assert.equal(mended.failed, false, mended.lines.join('\n'));
    });
  }

  /** Up, down and up again, as far as it goes; a file of SQL goes up alone. */
  async function travel(one: RuleCase, draft: string, database: string): Promise<Journey> {
    return one.isSql ? push(one, draft, database) : upgrade(one, draft, database);
  }

  async function push(one: RuleCase, draft: string, database: string): Promise<Journey> {
    await server.createDatabase(database);
    try {
      return await withConnections(server, database, async (_, theirs) => {
        await theirs.query(one.before);
        const before = await stateOf(theirs);
        const sqlstate = await pushLikeSupabase(theirs, draft);
        if (sqlstate !== null) return { lines: [`push: fails, ${sqlstate}`], sqlstate, failed: true, lost: [] };
        const { rows } = await stateOf(theirs);
        // Without a way back, what came in the place of what is gone tells whether it was kept.
        const come = rowDifferences(rows, before.rows).flatMap((difference) => (/ is gone, with [1-9]/.test(difference) ? [difference.replace(' is gone', ' is new')] : []));
        return { lines: [`push: ${words([...rowDifferences(before.rows, rows), ...come], 'runs, every row as before')}`], sqlstate: null, failed: false, lost: [] };
      });
    } finally {
      await server.dropDatabase(database);
    }
  }

  async function upgrade(one: RuleCase, draft: string, database: string): Promise<Journey> {
    const project = path.join(folder, database);
    writeProject(project, draft, one.history);
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
        if (failure !== null) return { lines, sqlstate: failure.sqlstate, failed: true };
        const upgraded = await stateOf(theirs);
        lines.push(`upgrade: ${words(rowDifferences(before.rows, upgraded.rows), 'runs, every row as before')}`);
        const failureBack = await run('downgrade', 'downgrade', 'base');
        if (failureBack !== null) return { lines, sqlstate: failureBack.sqlstate, failed: true };
        const back = await stateOf(theirs);
        lines.push(`downgrade: ${words([...schemaDifferences(before, back), ...rowDifferences(before.rows, back.rows)], 'runs, schema and rows as before')}`);
        const failureAgain = await run('upgrade again', 'upgrade', 'head');
        if (failureAgain !== null) return { lines, sqlstate: failureAgain.sqlstate, failed: true };
        lines.push(`upgrade again: ${words(schemaDifferences(upgraded, await stateOf(theirs)), 'runs')}`);
        return { lines, sqlstate: null, failed: false };
      });
    } finally {
      await server.dropDatabase(database);
      rmSync(project, { recursive: true });
    }
  }
});

interface Journey {
  readonly lines: readonly string[];
  readonly sqlstate: string | null;
  readonly failed: boolean;
}

/** The same in every run: sorted, and without the moment at which it ran. */
function words(differences: readonly string[], none: string): string {
  const told = differences.map((difference) => difference.replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?(\+\d\d)?/g, '(a moment)')).sort();
  return told.length === 0 ? none : `runs, and: ${told.slice(0, 4).join('; ')}${told.length > 4 ? '; …' : ''}`;
}

function schemaDifferences(a: GoldenState, b: GoldenState): readonly string[] {
  return textDifferences(a.schema, b.schema);
}

function outcomeText(asWritten: Journey, asFixed: Journey | null, asFixedByRows: Journey | null): string {
  const part = (title: string, journey: Journey | null): string => (journey === null ? '' : `${title}\n${journey.lines.map((line) => `  ${line}\n`).join('')}`);
  return part('as written', asWritten) + part('fixed', asFixed) + part('fixed, connected', asFixedByRows);
}

/** What is said with the database connected, null where that is what is said anyhow; and the draft as the fixes leave it then. */
async function connectedReview(server: PostgresServer, name: string, one: RuleCase): Promise<{ readonly review: string | null; readonly fixed: string | null }> {
  await server.createDatabase(name);
  try {
    return await withConnections(server, name, async (ours, theirs) => {
      await theirs.query(one.before);
      const { before, more } = await startOf(one);
      let facts: DataFacts = noFacts;
      const look = async (text: string): Promise<Review> => {
        for (let round = 0; round < 5; round++) {
          const review = await reviewDraft(text, before, { ...more, rows: { facts, unsettled: [] } });
          if (review.wantedFacts.length === 0) return review;
          facts = new Map([...facts, ...(await answerFacts(ours, review.wantedFacts)).facts]);
        }
        throw new Error('questions without end');
      };
      const review = await look(one.draft);
      if (one.needsRows) assert.ok(review.diagnostics.some(({ rule }) => rule === one.rule), 'nothing is said with the rows at hand');
      const connected = reviewText(one, one.draft, review, one.models);
      const alone = reviewText(one, one.draft, await reviewDraft(one.draft, before, more), one.models);
      return { review: connected === alone ? null : connected, fixed: await fixedDraft(one, { before, more }, look) };
    });
  } finally {
    await server.dropDatabase(name);
  }
}

function writeProject(project: string, draft: string, history: string | null): void {
  mkdirSync(path.join(project, 'alembic', 'versions'), { recursive: true });
  writeFileSync(path.join(project, 'alembic.ini'), '[alembic]\nscript_location = %(here)s/alembic\n');
  writeFileSync(path.join(project, 'alembic', 'env.py'), environment);
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

/** Null: there must be no such file. */
function compare(file: string, actual: string | null): void {
  if (process.env.UPDATE_GOLDEN === '1') {
    if (actual === null) rmSync(file, { force: true });
    else writeFileSync(file, actual);
  }
  assert.equal(actual, existsSync(file) ? readFileSync(file, 'utf8') : null);
}
