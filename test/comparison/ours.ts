/** What we find in the same scripts: as SQL, and as revisions of Alembic. */
import { readSqlDraft } from '../../src/engine/operations/read-sql-draft';
import { readSql } from '../../src/engine/operations/read-sql';
import { resolvedSteps } from '../../src/engine/operations/resolve-types';
import { renderBody } from '../../src/engine/render/body';
import { review } from '../../src/engine/review';
import { rules, type RuleName } from '../../src/engine/rules/registry';
import type { RuleMeta } from '../../src/engine/rules/rule';
import { supabaseNamespaces } from '../../src/engine/schema/managed-schemas';
import { emptySchema, type Schema } from '../../src/engine/schema/schema';
import type { SqlParser } from '../../src/engine/sql/parser';
import { schemaBefore, type Danger } from './scripts';
import { statementAt, type Finding, type Tool } from './tools';

const draftPath = '/project/supabase/migrations/20240102000000_draft.sql';

/** As a migration of a Supabase project, behind the one that makes the schema. */
export function ours(sql: SqlParser, version: string): Tool {
  const before = startOf(sql);
  return {
    name: 'Alembic Review',
    version,
    find: (text) =>
      Promise.resolve(
        review({ path: draftPath, text, before, desired: null, sql }).diagnostics.map(({ rule, severity, at }): Finding => ({ rule, statement: statementAt(text, at.range.start), alarm: severity === 'error' || severity === 'warning', kinds: kindsOf(rule) })),
      ),
  };
}

/** The kinds of danger found in the script as a revision; null: it cannot be said as one. */
export function foundInRevision(sql: SqlParser, text: string): readonly Danger[] | null {
  const { value: draft, problems } = readSqlDraft(draftPath, text, sql);
  if (problems.length > 0) return null;
  const before = startOf(sql);
  const steps = resolvedSteps(before, draft.upgrade).map(({ operation: { source: _source, ...operation } }) => operation);
  const { lines, imports } = renderBody(steps);
  const script = ['from alembic import op', 'import sqlalchemy as sa', ...imports, '', 'revision = "draft"', 'down_revision = None', '', '', 'def upgrade():', ...lines.map((line) => (line === '' ? '' : `    ${line}`)), '', '', 'def downgrade():', '    raise NotImplementedError', ''].join('\n');
  return [...new Set(review({ path: '/project/versions/draft.py', text: script, before, desired: null, sql }).diagnostics.flatMap(({ rule }) => kindsOf(rule)))];
}

function startOf(sql: SqlParser): Schema {
  const operations = readSql(schemaBefore, sql).value.flatMap((statement) => statement.operations);
  return { ...(resolvedSteps(emptySchema, operations).at(-1)?.after ?? emptySchema), managedNamespaces: supabaseNamespaces };
}

const loss: readonly string[] = ['destructive-rename', 'destructive-table-rename', 'column-drop', 'table-drop', 'partition-drop'];
const lock: readonly string[] = ['index-not-concurrent', 'constraint-scan', 'not-null-scan', 'unique-lock', 'table-rewrite', 'lock-held-through-work'];
const fails: readonly string[] = ['drop-blocked', 'type-change-blocked', 'type-change-needs-using', 'narrowing-type', 'concurrently-in-transaction', 'identity-conversion', 'syntax-error'];

function kindsOf(rule: string): readonly Danger[] {
  if (loss.includes(rule)) return ['loss'];
  if (lock.includes(rule)) return ['lock'];
  if (rule === 'row-level-security') return ['open'];
  if (rule === 'rename-breaks-running-code') return ['code'];
  const meta = rules[rule as RuleName]?.meta as RuleMeta | undefined;
  return fails.includes(rule) || meta?.sqlstates !== undefined ? ['fails'] : [];
}
