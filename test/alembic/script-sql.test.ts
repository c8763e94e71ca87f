import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { pythonEnvironment } from '../harness/python';
import { seed } from '../harness/seed';
import { need } from '../harness/tools';
import { openAlembicSession, type AlembicSession } from './alembic-session';
import { batches, callsOf, columnArb, eachColumn, eachTable, inBatch, onOp, tableArb } from './script-calls';
import { compareCalls, type ComparedCall } from './script-sql';

/**
 * Every operation of Alembic with every argument, as people write it, read by us and printed as SQL, held against what
 * `alembic upgrade --sql` prints for the same script. CASES=n and SEED=n set the size and repeat a run; REPORT=1 lists
 * what was not understood.
 */
describe('a script is read as Alembic runs it', function () {
  this.timeout(120_000);
  const cases = Number(process.env.CASES ?? 60);
  const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'script-sql-')));
  const counts = { equal: 0, 'not understood': 0, wrong: 0, refused: 0 };
  const reasons = new Map<string, number>();
  let alembic: AlembicSession;

  before(async function () {
    alembic = openAlembicSession(await need(this, pythonEnvironment()));
  });
  after(() => {
    alembic?.close();
    rmSync(folder, { recursive: true, force: true });
    console.log(`    calls: ${Object.entries(counts).map(([verdict, count]) => `${count} ${verdict}`).join(', ')} (Alembic refused the last)`);
    for (const [reason, count] of [...reasons].sort((a, b) => b[1] - a[1])) console.log(`      ${count} × ${reason}`);
  });

  async function compare(name: string, calls: readonly string[]): Promise<void> {
    const compared = await compareCalls(alembic, path.join(folder, name.replace(/\W+/g, '-')), calls);
    for (const { verdict, reasons: why } of compared) {
      counts[verdict]++;
      if (verdict === 'not understood') reasons.set(why[0] ?? '', (reasons.get(why[0] ?? '') ?? 0) + 1);
    }
    if (process.env.REPORT === '1') compared.filter(({ verdict }) => verdict === 'not understood' || verdict === 'refused').forEach(({ call, verdict, reasons: why }) => console.log(`      ${verdict}: ${call}: ${why.join(' ')}`));
    const wrong = compared.filter(({ verdict }) => verdict === 'wrong');
    assert.ok(wrong.length === 0, `${wrong.length} of ${compared.length} are wrong\n${wrong.slice(0, Number(process.env.SHOW ?? 5)).map(shown).join('\n')}`);
  }

  for (const kind of onOp) it(`${kind.name} (${cases}, seed ${seed})`, () => compare(kind.name, callsOf(kind, cases, seed)));
  for (const kind of inBatch) {
    it(`batch_op.${kind.name} (${cases}, seed ${seed})`, () =>
      compare(
        `batch ${kind.name}`,
        callsOf({ ...kind, name: `batch_op.${kind.name}` }, cases, seed).map((call, index) => `with ${batches[index % batches.length]!} as batch_op:\n    ${call}`),
      ));
  }
  it('op.create_table, each thing alone', () => compare('table each', eachTable));
  it(`op.create_table (${cases * 3}, seed ${seed})`, () => compare('table', fc.sample(tableArb(), { numRuns: cases * 3, seed })));
  it('op.add_column, each column', () => compare('column each', eachColumn.map((column) => `op.add_column("a", ${column})`)));
  it('op.add_column with keys inside', () => compare('column inline', eachColumn.filter((column) => /ForeignKey|primary_key/.test(column)).flatMap((column) => [`op.add_column("a", ${column}, inline_references=True)`, `op.add_column("a", ${column}, inline_primary_key=True, inline_references=True, schema="app")`])));
  it(`op.add_column (${cases * 3}, seed ${seed})`, () => compare('column', fc.sample(columnArb(fc.constantFrom('"x"', '"Y z"')), { numRuns: cases * 3, seed }).map((column) => `op.add_column("a", ${column})`)));
});

function shown({ call, ours, alembics }: ComparedCall): string {
  return `${call}\n    Alembic: ${alembics.join('; ')}\n    ours:    ${ours.join('; ')}`;
}
