import assert from 'node:assert/strict';
import { buildGraph, type RevisionGraph } from '../../src/engine/history/graph';
import { readRevisionFile } from '../../src/engine/history/read-revision-file';
import { factKey } from '../../src/engine/facts';
import { readSql } from '../../src/engine/operations/read-sql';
import { resolvedSteps } from '../../src/engine/operations/resolve-types';
import { review, type Review, type ReviewInput } from '../../src/engine/review';
import type { RowsKnown } from '../../src/engine/rules/diagnose';
import type { RuleName } from '../../src/engine/rules/registry';
import type { Diagnostic, Fix } from '../../src/engine/rules/rule';
import { isSupabaseSchema } from '../../src/engine/schema/managed-schemas';
import { emptySchema, type Schema } from '../../src/engine/schema/schema';
import { formatMessage } from '../../src/engine/text/problem';
import { applyEdits } from '../../src/engine/text/text';
import { loadModels } from '../../src/workspace/load-models';
import { loadSqlParser } from '../../src/workspace/load-sql-parser';
import { memoryWorkspace } from '../workspace/memory';

export const draftPath = '/project/versions/draft.py';
export const sqlDraftPath = '/project/supabase/migrations/20240102000000_draft.sql';

/** Reviews a draft that starts from the schema that SQL makes. */
export async function reviewDraft(text: string, before: string | Schema = emptySchema, more: Partial<ReviewInput> = {}): Promise<Review> {
  const sql = await loadSqlParser();
  return review({ path: draftPath, text, before: typeof before === 'string' ? await schemaOf(before) : before, desired: null, sql, ...more });
}

/** What one rule says; others may have found something else there. */
export async function reviewBy(rule: RuleName, text: string, before: string | Schema = emptySchema, more: Partial<ReviewInput> = {}): Promise<Review> {
  const review = await reviewDraft(text, before, more);
  return { ...review, diagnostics: review.diagnostics.filter((diagnostic) => diagnostic.rule === rule) };
}

export async function schemaOf(sql: string): Promise<Schema> {
  const parser = await loadSqlParser();
  const operations = readSql(sql, parser).value.flatMap((statement) => statement.operations);
  assert.deepEqual(operations.filter((operation) => operation.kind === 'unknown'), []);
  return { ...(resolvedSteps(emptySchema, operations).at(-1)?.after ?? emptySchema), ...(sql.startsWith('-- supabase') ? supabase(sql) : {}) };
}

/** What a connected database says of the size of tables, from lines `-- place: 2,000,000 rows` above the DDL; null: there are none. */
export function sizesOf(sql: string): RowsKnown | null {
  const sizes = [...sql.matchAll(/^-- (\w+): ([\d,]+) rows$/gm)].map(([, name = '', rows = '']) => ({ name, rows: Number(rows.replaceAll(',', '')) }));
  if (sizes.length === 0) return null;
  return { unsettled: [], facts: new Map(sizes.map(({ name, rows }) => [factKey({ kind: 'row-count', table: { schema: null, name } }), { kind: 'row-count', rows, exact: false, bytes: rows * 200 }])) };
}

/** Rules that say of most drafts how long a table is locked; where others are looked at, only what they say of large tables is shown. */
export const rulesOfLocks: readonly string[] = ['index-not-concurrent', 'constraint-scan', 'not-null-scan', 'unique-lock', 'table-rewrite', 'lock-held-through-work', 'missing-lock-timeout'];

/** Rules that accompany most drafts of their kind, whatever else is wrong with these: where others are looked at, they are left out. */
export const rulesBesides: readonly string[] = ['key-change', 'rename-breaks-running-code'];

/** What is said of a draft besides the rule that is looked at. */
export function isSaidBesides(one: { readonly rule: string; readonly severity: string }): boolean {
  return isPassingLock(one) || rulesBesides.includes(one.rule);
}

/** A table is locked for a moment, or nobody knows how long. */
export function isPassingLock({ rule, severity }: { readonly rule: string; readonly severity: string }): boolean {
  return (severity === 'info' || severity === 'hint') && rulesOfLocks.includes(rule);
}

/** What a connected Supabase database says of its namespaces. */
function supabase(sql: string): Pick<Schema, 'namespaces' | 'managedNamespaces'> {
  const made = [...sql.matchAll(/CREATE SCHEMA (\w+)/g)].map((match) => match[1] ?? '');
  return { namespaces: ['public', ...made], managedNamespaces: made.filter(isSupabaseSchema) };
}

export const modelsPath = '/project/models.py';

export async function modelsOf(text: string): Promise<Schema> {
  const { value } = await loadModels(memoryWorkspace({ [modelsPath]: text }), { entries: [modelsPath], roots: ['/project'] });
  return value;
}

/** Revisions as `alembic history` lists them, a line each: `1b7e6d0c2f90 -> 9c41d7e0ab52, Give places a status.` */
export function historyFiles(lines: string): readonly { readonly path: string; readonly text: string }[] {
  return [...lines.matchAll(/^(\S+(?:, \S+)*) -> (\w+)(?: \([^)]*\))*, (.*)$/gm)].map(([, parents = '', id = '', title = ''], index) => {
    const ids = parents === '<base>' ? [] : parents.split(', ').map((parent) => `"${parent}"`);
    const down = ids.length === 0 ? 'None' : ids.length === 1 ? ids.join('') : `(${ids.join(', ')})`;
    return { path: `/project/versions/${id}_${index}.py`, text: `"""${title}"""\n\nrevision = "${id}"\ndown_revision = ${down}\n\n\ndef upgrade():\n    pass\n\n\ndef downgrade():\n    pass\n` };
  });
}

export function historyOf(lines: string): RevisionGraph {
  return buildGraph(historyFiles(lines).flatMap(({ path, text }) => readRevisionFile(path, text).value ?? [])).value;
}

/** An Alembic script with these statements. */
export function script(upgrade: string, downgrade = 'pass', head = ''): string {
  const body = (statements: string): string => statements.split('\n').map((line) => (line === '' ? '' : `    ${line}`)).join('\n');
  return `"""A draft."""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = "draft"
down_revision = None
${head}

def upgrade():
${body(upgrade)}


def downgrade():
${body(downgrade)}
`;
}

export interface Shown {
  readonly rule: string;
  readonly severity: string;
  readonly message: string;
  /** The text that is marked. */
  readonly marked: string;
  readonly fixes: readonly string[];
  readonly data: Diagnostic['data'];
}

/** Diagnostics as a person sees them; what stands in the models is marked there. */
export function shown(text: string, { diagnostics }: Review, models = ''): readonly Shown[] {
  return diagnostics.map((diagnostic) => ({
    rule: diagnostic.rule,
    severity: diagnostic.severity,
    message: formatMessage(diagnostic.message),
    marked: (diagnostic.at.path === modelsPath ? models : text).slice(diagnostic.at.range.start, diagnostic.at.range.end),
    fixes: diagnostic.fixes.map((fix) => fix.title),
    data: diagnostic.data,
  }));
}

/**
 * Applies a fix and reviews the result: the diagnostic must be gone, and no new one come. Answers with the new text.
 */
export async function applyFix(text: string, before: string | Schema, diagnostic: Diagnostic, fix: Fix | undefined = diagnostic.fixes[0], more: Partial<ReviewInput> = {}): Promise<string> {
  assert.ok(fix !== undefined, 'no fix is offered');
  const fixed = applyEdits(text, fix.edits);
  const [old, now] = [await reviewDraft(text, before, more), await reviewDraft(fixed, before, more)];
  const key = (one: Diagnostic): string => `${one.rule} ${JSON.stringify(one.data ?? {})}`;
  assert.ok(!now.diagnostics.some((other) => key(other) === key(diagnostic)), `still there:\n${fixed}`);
  // What is worth knowing of the better draft (names that a rename leaves) may be said of it.
  assert.deepEqual(now.diagnostics.filter(({ severity }) => severity === 'error' || severity === 'warning').map(key).filter((other) => !old.diagnostics.some((one) => key(one) === other)), [], `new ones:\n${fixed}`);
  assert.deepEqual(now.notReviewed.map((problem) => formatMessage(problem.message)), old.notReviewed.map((problem) => formatMessage(problem.message)));
  return fixed;
}

/** The bodies of `upgrade()` and `downgrade()`, without indentation. */
export function bodiesOf(text: string): { readonly upgrade: string; readonly downgrade: string } {
  const body = (name: string): string => {
    const match = new RegExp(`def ${name}\\(\\)[^\\n]*:\\n((?:(?: {4}.*)?\\n)*)`).exec(text);
    return (match?.[1] ?? '').replace(/^ {4}/gm, '').trimEnd();
  };
  return { upgrade: body('upgrade'), downgrade: body('downgrade') };
}
