/** The cases' `outcome.txt`, which real Alembic on a real server wrote (test/alembic/rule-cases.test.ts), summed up for each rule. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ruleNames, type RuleName } from '../../src/engine/rules/registry';
import { ruleCases, type RuleCase } from './cases';

/** A row of the table in docs/rules/README.md for each rule, in the order of the rules. */
export function outcomeTable(): string {
  const cases = ruleCases();
  const rows = ruleNames.map((rule) => row(rule, cases.filter((one) => one.rule === rule)));
  return ['| rule | the draft as it is written | with the fix | cases |', '|---|---|---|---|', ...rows].join('\n');
}

function row(rule: RuleName, cases: readonly RuleCase[]): string {
  const bad = cases.filter(({ isFine }) => !isFine);
  const parts = bad.map(({ folder }) => partsOf(folder));
  const written = parts.map(([first]) => (first === undefined ? null : whatHappened(first.lines)));
  const fixed = parts.flatMap((all) => all.slice(1));
  const harmless = cases.length - bad.length;
  return `| ${rule} | ${writtenCell(written)} | ${fixedCell(fixed)} | [${bad.length}](../../test/rules/${rule})${harmless === 0 ? '' : `, ${harmless} harmless`} |`;
}

interface Part {
  readonly lines: readonly string[];
}

/** The draft as written, and as each way of fixing leaves it. */
function partsOf(folder: string): readonly Part[] {
  const file = path.join(folder, 'outcome.txt');
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  return text.split(/^(?! )/m).filter((part) => part !== '').map((part) => ({ lines: part.split('\n').slice(1).map((line) => line.trim()).filter((line) => line !== '') }));
}

/** The first thing that goes wrong; null: nothing that a server or its rows would tell. */
function whatHappened(lines: readonly string[]): string | null {
  for (const [stage, words] of [['upgrade', 'fails'], ['push', 'fails'], ['downgrade', 'downgrade fails'], ['upgrade again', 'second upgrade fails']] as const) {
    const error = lines.map((line) => new RegExp(`^${stage}: fails, (.*)$`).exec(line)?.[1]).find((found) => found !== undefined);
    if (error !== undefined) return `${words}: ${error.slice(error.lastIndexOf('.') + 1)}`;
  }
  // A file of SQL has no way back.
  const back = lines.find((line) => line.startsWith('downgrade: ') || line.startsWith('push: ')) ?? '';
  if (isAnother(back)) return 'loses values';
  const locks = lines.filter((line) => line.startsWith('locks: '));
  const worked = locks.find((line) => line.includes(' while ')) ?? locks[0];
  const lock = worked === undefined ? null : /^locks: (\w+Lock) on /.exec(worked)?.[1];
  if (worked !== undefined && lock != null) return `${lock}${worked.includes('written anew') ? ' while the table is written anew' : worked.includes('rows are read') && worked.includes(' while ') ? ' while rows are read' : ''}`;
  return /^downgrade: runs, and: /.test(back) ? 'downgrade leads to another schema' : null;
}

/** Rows or values are not as before. What is gone and is there under another name (`…, those of town`) is kept. */
function isAnother(line: string): boolean {
  const gone = [...line.matchAll(/(?:column \S*\.|table )(\S+) is gone, with [1-9]/g)].map((match) => match[1] ?? '');
  return /: (?:missing|not expected) \{/.test(line) || gone.some((name) => !new RegExp(`, those of ${name}(?:;|$)`).test(line));
}

function writtenCell(outcomes: readonly (string | null)[]): string {
  const found = outcomes.filter((outcome) => outcome !== null);
  const runs = outcomes.length - found.length;
  if (found.length === 0) return '-';
  return [...counted(found), ...(runs === 0 ? [] : [`runs (${runs})`])].join('; ');
}

/** `fails: 42704 (3)`, the most frequent first. */
function counted(outcomes: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const outcome of outcomes) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  return [...counts].sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1)).map(([outcome, count]) => `${outcome} (${count})`);
}

function fixedCell(fixed: readonly Part[]): string {
  if (fixed.length === 0) return '-';
  const runs = fixed.filter(({ lines }) => lines.some((line) => line.startsWith('upgrade again: runs') || line.startsWith('push: runs'))).length;
  const whole = fixed.filter(({ lines }) => lines.some((line) => /^(?:downgrade|push): runs/.test(line) && !isAnother(line))).length;
  const locked = fixed.filter(({ lines }) => lines.some((line) => line.startsWith('locks: '))).length;
  const quiet = fixed.filter(({ lines }) => lines.some((line) => line.startsWith('locks: ')) && !lines.some((line) => /^locks: .* while /.test(line))).length;
  return [`${runs} of ${fixed.length} run`, `rows as before in ${whole}${whole === fixed.length ? '' : `, changed as the draft says in ${fixed.length - whole}`}`, ...(locked === 0 ? [] : [`no rows are read under a lock in ${quiet}`])].join('; ');
}
