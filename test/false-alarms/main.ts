/**
 * npm run false-alarms
 *
 * Reviews every revision of the public projects as if it were the draft, holds what is said against a server as far as the histories
 * run there, and writes docs/false-alarms.md. What a person thought of the findings stands in errors.txt and looked-at.txt.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { ruleNames } from '../../src/engine/rules/registry';
import type { Severity } from '../../src/engine/rules/rule';
import { namingConvention } from '../alembic/naming-convention';
import { fetchPublicProjects, writePlainProject } from '../alembic/public-projects';
import { projectRoot } from '../harness/paths';
import { startPostgres } from '../harness/postgres';
import { pythonEnvironment } from '../harness/python';
import { temporaryFolder } from '../harness/temporary';
import { reviewHistory, type ReviewedRevision } from './review-history';
import { judgedErrors, lookedAt, type Verdict } from './verdicts';
import { holdAgainstServer, type Agreement } from './walk-history';

interface Looked {
  readonly project: string;
  readonly reviewed: readonly ReviewedRevision[];
  readonly agreement: Agreement;
}

main().then(
  () => process.exit(0),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);

async function main(): Promise<void> {
  const python = await pythonEnvironment();
  const { projects, libraries } = await fetchPublicProjects(python);
  const server = await startPostgres();
  const folder = temporaryFolder('false-alarms');
  const looked: Looked[] = [];
  try {
    for (const source of projects) {
      const home = writePlainProject(path.join(folder, source.name), source);
      const reviewed = await reviewHistory(home, namingConvention(source.convention ?? {}));
      const agreement = await holdAgainstServer(python, server, home, source, libraries, reviewed);
      looked.push({ project: source.name, reviewed, agreement });
      const slow = [...reviewed].sort((a, b) => b.milliseconds - a.milliseconds).slice(0, 2);
      console.log(`${source.name}: ${reviewed.length} revisions, ${reviewed.flatMap(({ findings }) => findings).length} findings; ${agreement.ran} ran, refuted: ${[...agreement.refuted, ...agreement.refutedIrreversible].join(', ') || 'nothing'}; slowest ${slow.map(({ id, milliseconds }) => `${id} ${milliseconds.toFixed(0)} ms`).join(', ')}`);
    }
  } finally {
    await server.stop();
  }
  writeFileSync(path.join(projectRoot, 'docs', 'false-alarms.md'), page(looked));
}

function page(looked: readonly Looked[]): string {
  const revisions = looked.reduce((sum, { reviewed }) => sum + reviewed.length, 0);
  const all = looked.flatMap(({ reviewed }) => reviewed);
  const quiet = all.filter(({ findings }) => findings.every(({ severity }) => severity === 'info' || severity === 'hint')).length;
  const sum = (of: (agreement: Agreement) => number): number => looked.reduce((total, { agreement }) => total + of(agreement), 0);
  return `# False alarms

Every revision of ${looked.length} public projects (${revisions.toLocaleString('en-US')} of them), reviewed as if it were the draft, on the schema that those before it leave, without a
database and without models. They were released and ran: an error on one is a false alarm until somebody has looked at it. ${quiet.toLocaleString('en-US')} have
neither errors nor warnings. Written by \`npm run false-alarms\`; \`test/alembic/false-alarms.test.ts\` holds that no error comes in that nobody has looked at.

## How often each rule speaks

Errors and warnings, and behind a slash infos; hints are left out. Rules that never do are not in the table: ${silent(looked).join(', ')}.

${ruleTable(looked)}

## What was thought of the errors

${verdictTable()}

${judgedErrors().map(({ project, revision, rule, count, verdict, why }) => `- ${project} \`${revision}\`, ${rule}${count > 1 ? ` (${count})` : ''}: ${words[verdict]}. ${why[0]?.toUpperCase()}${why.slice(1)}.`).join('\n')}

## What was thought of a sample of the rest

| rule | looked at | true | worth little | false | what came of it |
|---|---|---|---|---|---|
${lookedAt().map((one) => `| ${one.rule} | ${one.count} | ${one.true} | ${one.little} | ${one.false} | ${one.note} |`).join('\n')}

## What a server says

${sum(({ ran }) => ran)} revisions could be run by real Alembic on PostgreSQL without the projects' other packages, each with its way back on a copy. Of the ${sum(({ errors }) => errors)} errors there that rows have
no part in, ${sum(({ refuted }) => refuted.length)} ran all the same; of the ${sum(({ irreversible }) => irreversible)} downgrades that are said not to lead back, ${sum(({ refutedIrreversible }) => refutedIrreversible.length)} did.
`;
}

const words: Readonly<Record<Verdict, string>> = { true: 'true', rows: 'true where there are rows', mysql: 'true on PostgreSQL, where the project does not run', else: 'harmless by something outside', false: 'false' };

function counted(reviewed: readonly ReviewedRevision[], rule: string, ...severities: readonly Severity[]): number {
  return reviewed.flatMap(({ findings }) => findings).filter((finding) => finding.rule === rule && severities.includes(finding.severity)).length;
}

function silent(looked: readonly Looked[]): readonly string[] {
  return ruleNames.filter((rule) => looked.every(({ reviewed }) => counted(reviewed, rule, 'error', 'warning', 'info') === 0));
}

function ruleTable(looked: readonly Looked[]): string {
  const quiet = silent(looked);
  const all = looked.flatMap(({ reviewed }) => reviewed);
  const cell = (reviewed: readonly ReviewedRevision[], rule: string): string => {
    const [loud, soft] = [counted(reviewed, rule, 'error', 'warning'), counted(reviewed, rule, 'info')];
    return loud + soft === 0 ? '' : soft === 0 ? `${loud}` : `${loud === 0 ? '' : loud}/${soft}`;
  };
  const rows = ruleNames.filter((rule) => !quiet.includes(rule)).map((rule) => [rule, ...looked.map(({ reviewed }) => cell(reviewed, rule)), `${cell(all, rule)}`, per100(all, rule)]);
  const head = ['rule', ...looked.map(({ project }) => project), 'all', 'in 100 revisions'];
  return [head, head.map(() => '---'), ['revisions', ...looked.map(({ reviewed }) => `${reviewed.length}`), `${all.length}`, ''], ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

function per100(all: readonly ReviewedRevision[], rule: string): string {
  return ((100 * counted(all, rule, 'error', 'warning', 'info')) / all.length).toFixed(1);
}

function verdictTable(): string {
  const total = (verdict: Verdict): number => judgedErrors().filter((one) => one.verdict === verdict).reduce((sum, { count }) => sum + count, 0);
  return `| verdict | errors |\n|---|---|\n${(Object.keys(words) as Verdict[]).map((verdict) => `| ${words[verdict]} | ${total(verdict)} |`).join('\n')}`;
}
