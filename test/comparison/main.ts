/**
 * Alembic Review beside squawk and pgfence, on scripts whose truth is known and held against a real server; writes docs/comparison.md.
 *
 *     npm run compare
 */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';
import { loadSqlParser } from '../../src/workspace/load-sql-parser';
import { projectRoot } from '../harness/paths';
import { startPostgres } from '../harness/postgres';
import { pushLikeSupabase } from '../harness/push-like-supabase';
import { pythonEnvironment } from '../harness/python';
import { foundInRevision, ours } from './ours';
import { schemaBefore, scripts, type ComparedScript, type Danger } from './scripts';
import { pgfence, squawk, statementAt, type Finding, type Tool } from './tools';

async function main(): Promise<void> {
  const python = await pythonEnvironment();
  const sql = await loadSqlParser();
  const { version } = JSON.parse(readFileSync(path.join(projectRoot, 'package.json'), 'utf8')) as { readonly version: string };
  const tools = [ours(sql, version), await squawk(python.interpreter), await pgfence()];
  await holdAgainstServer();
  const looked: Looked[] = [];
  for (const script of scripts) {
    const by = await Promise.all(tools.map((tool) => tool.find(script.sql)));
    looked.push({ script, by, inRevision: foundInRevision(sql, script.sql) });
    console.log(`${script.name}: ${tools.map((tool, index) => `${tool.name} ${cell(script, by[index] ?? [])}`).join(' · ')}`);
  }
  writeFileSync(path.join(projectRoot, 'docs', 'comparison.md'), page(tools, looked));
}

interface Looked {
  readonly script: ComparedScript;
  /** In the order of the tools. */
  readonly by: readonly (readonly Finding[])[];
  readonly inRevision: readonly Danger[] | null;
}

/** What is said to fail fails, as it is said; the others run. */
async function holdAgainstServer(): Promise<void> {
  const server = await startPostgres({ major: 16 });
  try {
    for (const { name, sql, sqlstate } of scripts) {
      await server.createDatabase('compared');
      await server.query(schemaBefore, 'compared');
      const client = new Client({ connectionString: server.url('compared') });
      await client.connect();
      const outcome = await pushLikeSupabase(client, sql);
      await client.end();
      assert.equal(outcome ?? undefined, sqlstate, name);
      await server.dropDatabase('compared');
    }
  } finally {
    await server.stop();
  }
}

/** Of each danger of a script, whether the tool names one of its kind on its statement. */
function isFound(script: ComparedScript, found: readonly Finding[]): boolean {
  return script.dangers.every(({ kind, at }) => {
    const statement = statementAt(script.sql, script.sql.indexOf(at));
    return found.some((finding) => (finding.statement === statement || finding.statement === -1) && finding.kinds.includes(kind));
  });
}

function alarms(found: readonly Finding[]): readonly string[] {
  return [...new Set(found.filter(({ alarm }) => alarm).map(({ rule }) => rule))].sort();
}

function cell(script: ComparedScript, found: readonly Finding[]): string {
  if (script.dangers.length === 0) return alarms(found).length === 0 ? 'silent' : `**alarm**: ${alarms(found).join(', ')}`;
  return isFound(script, found) ? 'found' : '**missed**';
}

const kinds: readonly (readonly [Danger, string])[] = [['loss', 'Data lost'], ['fails', 'It fails'], ['lock', 'A table in use waits'], ['code', 'Running code breaks'], ['open', 'Open to the API']];

function page(tools: readonly Tool[], looked: readonly Looked[]): string {
  const dangerous = looked.filter(({ script }) => script.dangers.length > 0);
  const harmless = looked.filter(({ script }) => script.dangers.length === 0);
  const count = (rows: readonly Looked[], index: number): string => `${rows.filter(({ script, by }) => isFound(script, by[index] ?? [])).length} of ${rows.length}`;
  const of = (kind: Danger): readonly Looked[] => dangerous.filter(({ script }) => script.dangers[0]?.kind === kind);
  const header = `| | ${tools.map(({ name, version }) => `${name} ${version}`).join(' | ')} |\n|---|${tools.map(() => '---').join('|')}|\n`;
  const rows = (list: readonly Looked[]): string => list.map(({ script, by }) => `| ${script.name}${script.sqlstate === undefined ? '' : ` (${script.sqlstate})`} | ${tools.map((_, index) => cell(script, by[index] ?? [])).join(' | ')} |\n`).join('');
  const sayable = dangerous.filter(({ inRevision }) => inRevision !== null);
  const same = sayable.filter(({ script, inRevision }) => script.dangers.every(({ kind }) => inRevision?.includes(kind)));
  return `# Beside squawk and pgfence

Written by \`npm run compare\` (\`test/comparison\`): ${looked.length} scripts of SQL on one small schema with rows, ${dangerous.length} with a danger and ${harmless.length} without one. What
fails in them fails on a real PostgreSQL 16 with the SQLSTATE that is shown, run as one transaction; the others run there.

*Found*: something of the danger's kind is said of its statement, whatever the severity; ours says of locks as information until a
database tells how large the table is. *Alarm*: a warning or an error on a harmless script. How SQL should be written (\`IF NOT EXISTS\`, timeouts,
types to prefer) counts for neither. Alembic Review knows the migrations that come before, and so the schema; the others look at the file alone,
squawk as told that it is one transaction. Only Alembic Review reads revisions of Alembic: of ${sayable.length} dangerous scripts said as such, the danger is found in ${same.length}.

${header}${kinds.map(([kind, words]) => `| ${words} | ${tools.map((_, index) => count(of(kind), index)).join(' | ')} |\n`).join('')}| Harmless scripts with an alarm | ${tools.map((_, index) => `${harmless.filter(({ by }) => alarms(by[index] ?? []).length > 0).length} of ${harmless.length}`).join(' | ')} |

${kinds.map(([kind, words]) => `## ${words}\n\n${header}${rows(of(kind))}`).join('\n')}
## Harmless

${header}${rows(harmless)}`;
}

void main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
