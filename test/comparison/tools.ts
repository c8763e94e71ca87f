/** The tools that are compared: each installed into the cache when it is asked for, and what its rules are about. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { splitStatements } from '../../src/engine/sql/split';
import { cached } from '../harness/cache';
import { npmInstall } from '../harness/npm';
import { mustRun, runCommand } from '../harness/processes';
import { ToolMissing } from '../harness/tools';
import type { Danger } from './scripts';

/** What a tool says of a statement. `alarm`: it wants it changed; else it is worth knowing. */
export interface Finding {
  readonly rule: string;
  /** Its place among the statements of the script; -1: it is said of all of it. */
  readonly statement: number;
  readonly alarm: boolean;
  /** What the rule is about; none: how SQL should be written. */
  readonly kinds: readonly Danger[];
}

export interface Tool {
  readonly name: string;
  readonly version: string;
  find(sql: string): Promise<readonly Finding[]>;
}

export const squawkVersion = '2.70.0';
export const pgfenceVersion = '0.1.5';

/** `squawk-cli` of PyPI; told that the file is run in one transaction. */
export async function squawk(python: string): Promise<Tool> {
  const folder = await cached(`squawk-${squawkVersion}`, async (venv) => {
    await mustRun(python, ['-m', 'venv', venv]);
    const { code, stderr } = await runCommand(path.join(venv, 'bin', 'python'), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', `squawk-cli==${squawkVersion}`]);
    if (code !== 0) throw new ToolMissing('squawk', stderr.trimEnd().split('\n').at(-1) ?? '');
  });
  return {
    name: 'squawk',
    version: squawkVersion,
    find: async (sql) => {
      const { stdout } = await runCommand(path.join(folder, 'bin', 'squawk'), ['--reporter=json', '--assume-in-transaction', '--pg-version=16', write(folder, sql)]);
      const found = JSON.parse(stdout) as readonly { readonly line: number; readonly column: number; readonly rule_name: string }[];
      const lines = sql.split('\n');
      const offset = (line: number, column: number): number => lines.slice(0, line).reduce((sum, text) => sum + text.length + 1, column);
      return found.map(({ line, column, rule_name: rule }) => ({ rule, statement: statementAt(sql, offset(line, column)), alarm: squawkKinds(rule).length > 0, kinds: squawkKinds(rule) }));
    },
  };
}

/** Source: squawk's documentation of its rules. Those that are not here are about how SQL should be written, and about timeouts. */
function squawkKinds(rule: string): readonly Danger[] {
  if (/^ban-(?:drop-(?:column|table|database)|truncate)/.test(rule)) return ['loss', 'code'];
  if (/^(?:renaming-|ban-drop-not-null)/.test(rule)) return ['code'];
  if (rule === 'changing-column-type') return ['lock', 'code'];
  if (/^(?:adding-required-field|adding-not-nullable-field)$/.test(rule)) return ['fails', 'lock'];
  if (/^(?:syntax-error|ban-concurrent-index-creation-in-transaction|ban-uncommitted-transaction|transaction-nesting|identifier-too-long)$/.test(rule) || rule.includes('enum-value')) return ['fails'];
  return /^(?:adding-|constraint-missing-not-valid|disallowed-unique-constraint|require-concurrent-)/.test(rule) ? ['lock'] : [];
}

/** `@flvmnt/pgfence` of npm. */
export async function pgfence(): Promise<Tool> {
  const folder = await cached(`pgfence-${pgfenceVersion}`, async (place) => {
    const problem = await npmInstall(place, [`@flvmnt/pgfence@${pgfenceVersion}`]);
    if (problem !== undefined) throw new ToolMissing('pgfence', problem);
  });
  return {
    name: 'pgfence',
    version: pgfenceVersion,
    find: async (sql) => {
      const { stdout, stderr } = await runCommand(path.join(folder, 'node_modules', '.bin', 'pgfence'), ['analyze', '--format', 'sql', '--output', 'json', '--min-pg-version', '16', write(folder, sql)]);
      if (!stdout.trim().startsWith('{')) return [{ rule: 'parse-error', statement: statementAt(sql, 0), alarm: /syntax error|parse/i.test(stderr + stdout), kinds: ['fails'] }];
      const { results } = JSON.parse(stdout) as { readonly results: readonly PgfenceResult[] };
      const statements = splitStatements(sql).map(({ start, end }) => sql.slice(start, end));
      return results.flatMap(({ checks, policyViolations = [] }) => [
        ...checks.map(({ statement, ruleId, risk }): Finding => ({ rule: ruleId, statement: statements.findIndex((text) => text.replaceAll(/\s+/g, ' ') === statement.trim().replace(/;$/, '').replaceAll(/\s+/g, ' ')), alarm: risk !== 'SAFE' && risk !== 'LOW' && pgfenceKinds(ruleId).length > 0, kinds: pgfenceKinds(ruleId) })),
        ...policyViolations.flatMap(({ ruleId }): readonly Finding[] => (pgfenceKinds(ruleId).length === 0 ? [] : [{ rule: ruleId, statement: -1, alarm: true, kinds: pgfenceKinds(ruleId) }])),
      ]);
    },
  };
}

interface PgfenceResult {
  readonly checks: readonly { readonly statement: string; readonly ruleId: string; readonly risk: string }[];
  readonly policyViolations?: readonly { readonly ruleId: string }[];
}

/** Source: the checks in pgfence's package. Those that are not here are about how SQL should be written, and about timeouts. */
function pgfenceKinds(rule: string): readonly Danger[] {
  if (/^(?:drop-(?:column|table)|truncate|delete-without-where)/.test(rule)) return ['loss', 'code'];
  if (/^rename-/.test(rule)) return ['code'];
  if (/^(?:add-column-not-null-no-default|concurrent-in-transaction)$/.test(rule)) return ['fails'];
  if (rule === 'alter-column-type') return ['lock', 'code'];
  return /^(?:create-index-not|drop-index-not|add-column-(?:non-constant|serial|stored)|add-constraint-|add-pk-without|alter-column-set|validate|not-valid-validate|statement-after|vacuum-full|update-in)/.test(rule) ? ['lock'] : [];
}

/** The statement at an offset, or the next one behind it. */
export function statementAt(sql: string, offset: number): number {
  const statements = splitStatements(sql);
  const at = statements.findIndex(({ end }) => offset < end);
  return at < 0 ? statements.length - 1 : at;
}

function write(folder: string, sql: string): string {
  mkdirSync(path.join(folder, 'scripts'), { recursive: true });
  const file = path.join(folder, 'scripts', `20240102000000_script_${process.pid}.sql`);
  writeFileSync(file, `${sql}\n`);
  return file;
}
