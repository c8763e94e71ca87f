/** A case of a rule: a schema with rows, a draft on it, and what is said of it. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { emptySchema, type Schema } from '../../src/engine/schema/schema';
import type { NewFile } from '../../src/engine/operations/draft-editing';
import type { Review, ReviewInput } from '../../src/engine/review';
import { ruleNames, rules, type RuleName } from '../../src/engine/rules/registry';
import type { RuleMeta } from '../../src/engine/rules/rule';
import { applyEdits } from '../../src/engine/text/text';
import { formatMessage } from '../../src/engine/text/problem';
import { projectRoot } from '../harness/paths';
import { readSql } from '../../src/engine/operations/read-sql';
import { resolvedSteps } from '../../src/engine/operations/resolve-types';
import { loadSqlParser } from '../../src/workspace/load-sql-parser';
import { historyOf, isPassingLock, isSaidBesides, modelsOf, reviewDraft, rulesOfLocks, schemaOf, shown, sqlDraftPath } from './support';

/**
 * `test/rules/<rule>/<case>`: `before.sql` (the old schema and its rows) and `draft.py`, which stands on nothing
 * (`down_revision = None`), or `draft.sql`, a migration of Supabase's CLI; a line `-- large: 3 rows` says from which size on a table is large; `models.py` where the models matter, `history.txt` (as `alembic history` lists it) where other revisions do, `published.py` where others have the draft already. Tests write the rest: `review.txt`, what is said of the draft by
 * its text and history alone; `fixed.py` (`fixed.sql`), the draft with the rule's first fixes (`fixed_2.py`: the second ones of findings that offer several), and the files that these make besides (`fixed.files/`); `connected.txt`, what is said with the database
 * connected, where that is more, and `fixed_connected.py`, its fixes, where they are others; `outcome.txt`, what a real server says to all of
 * these. A case called `fine-…` is none of the rule's business; of one called `rows-…` nothing is known until a database is connected.
 */
export interface RuleCase {
  readonly rule: RuleName;
  readonly name: string;
  readonly folder: string;
  readonly before: string;
  readonly draft: string;
  /** The draft is a file of SQL. */
  readonly isSql: boolean;
  readonly models: string | null;
  readonly history: string | null;
  /** The draft as others have it, who may have run it. */
  readonly published: string | null;
  readonly isFine: boolean;
  readonly needsRows: boolean;
}

export function ruleCases(): readonly RuleCase[] {
  return ruleNames.flatMap((rule) => {
    const folder = path.join(projectRoot, 'test', 'rules', rule);
    const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name);
    return names.sort().map((name): RuleCase => {
      const read = (file: string): string | null => (existsSync(path.join(folder, name, file)) ? readFileSync(path.join(folder, name, file), 'utf8') : null);
      return { rule, name, folder: path.join(folder, name), before: read('before.sql') ?? '', draft: read('draft.sql') ?? read('draft.py') ?? '', isSql: read('draft.sql') !== null, models: read('models.py'), history: read('history.txt'), published: read('published.py'), isFine: name.startsWith('fine-'), needsRows: name.startsWith('rows-') };
    });
  });
}

/** What the review of a case starts from. */
export interface CaseStart {
  readonly before: Schema;
  readonly more: Partial<ReviewInput>;
}

export async function startOf({ rule, before, models, history, published, isSql }: RuleCase): Promise<CaseStart> {
  const large = /^-- large: (\d+) rows$/m.exec(before)?.[1];
  return { before: before === '' ? emptySchema : await schemaOf(before), more: { ...(isSql ? { path: sqlDraftPath, siblings: [] } : {}), ...((rules[rule].meta as RuleMeta).offByDefault === true ? { severities: { [rule]: rules[rule].meta.severity } } : {}), ...(large === undefined ? {} : { settings: { largeTableRows: Number(large) } }), desired: models === null ? null : await modelsOf(models), history: history === null ? null : historyOf(history), published: published === null ? null : { where: 'origin/main', text: published } } };
}

/** Where the golden files are that a fix makes besides. */
export function fixedFiles(one: RuleCase, way: number, connected = false): string {
  return fixedFile(one, way, connected).replace(/\.\w+$/, '.files');
}

/** What is said of the files that a fix makes, each on the schema that the ones before it lead to. */
export async function reviewFiles({ text, files }: FixedDraft, { before, more }: CaseStart): Promise<readonly { readonly file: NewFile; readonly review: Review; readonly before: Schema }[]> {
  const parser = await loadSqlParser();
  const behind = (schema: Schema, sql: string): Schema => resolvedSteps(schema, readSql(sql, parser).value.flatMap(({ operations }) => operations)).at(-1)?.after ?? schema;
  let schema = behind(before, text);
  const reviews: { readonly file: NewFile; readonly review: Review; readonly before: Schema }[] = [];
  for (const file of files) {
    reviews.push({ file, review: await reviewDraft(file.text, schema, { ...more, path: file.path }), before: schema });
    schema = behind(schema, file.text);
  }
  return reviews;
}

/** What a person is told, rule by rule in the order of the text. */
export function reviewText({ rule: own }: RuleCase, text: string, review: Review, models: string | null = null): string {
  const findings = shown(text, review, models ?? '').filter((one) => one.rule === own || (rulesOfLocks.includes(own) && isPassingLock(one)) || !isSaidBesides(one)).map(
    ({ rule, severity, message, marked, fixes }) => `${severity} [${rule}] at ${marked.replaceAll(/\s+/g, ' ')}\n  ${message}\n${fixes.map((fix) => `  fix: ${fix}\n`).join('')}`,
  );
  const notReviewed = review.notReviewed.map((problem) => `not reviewed: ${formatMessage(problem.message)}\n`);
  return [...findings, ...notReviewed].join('') || 'nothing\n';
}

/** `fixed.py`, `fixed_2.py`, …: the draft as the first, the second, … of the fixes that a finding offers leave it. */
export const waysOfFixing = [0, 1, 2, 3] as const;

export function fixedFile({ isSql }: RuleCase, way: number, connected = false): string {
  return `fixed${connected ? '_connected' : ''}${way === 0 ? '' : `_${way + 1}`}.${isSql ? 'sql' : 'py'}`;
}

/** A draft that is mended, and the files that it takes besides, in the order in which they run. */
export interface FixedDraft {
  readonly text: string;
  readonly files: readonly NewFile[];
}

/** The draft with the rule's fixes applied until it has nothing more to mend: of several on a finding the one at `way`, else the last. Null: no finding offers that many. */
export async function fixedDraft({ rule, draft }: RuleCase, { before, more }: CaseStart, way = 0, look = (text: string, siblings: readonly string[]): Promise<Review> => reviewDraft(text, before, { ...more, siblings })): Promise<FixedDraft | null> {
  let text = draft;
  let files: readonly NewFile[] = [];
  let isOther = false;
  for (let round = 0; round < 12; round++) {
    const found: Review = await look(text, namesOf(files));
    const { fixes } = found.diagnostics.find((diagnostic) => diagnostic.rule === rule && diagnostic.fixes.length > 0) ?? { fixes: [] };
    const fix = fixes[Math.min(way, fixes.length - 1)];
    if (fix === undefined) return isOther ? { text, files: await fixedBeside(rule, { text, files }, { before, more }) } : null;
    isOther ||= way < fixes.length;
    text = applyEdits(text, fix.edits);
    files = [...(fix.files ?? []), ...files];
    isInOrder([sqlDraftPath, ...files.map((file) => file.path)]);
  }
  throw new Error(`Fixes without end:\n${text}`);
}

/** The files that fixes made, each as the rule's first fixes leave it, with those that these make. */
async function fixedBeside(rule: RuleName, draft: FixedDraft, { before, more }: CaseStart): Promise<readonly NewFile[]> {
  let { files } = draft;
  for (let round = 0; round < 12; round++) {
    const reviews = await reviewFiles({ text: draft.text, files }, { before, more: { ...more, siblings: namesOf(files) } });
    const found = reviews.find(({ review }) => review.diagnostics.some((diagnostic) => diagnostic.rule === rule && diagnostic.fixes.length > 0));
    const fix = found?.review.diagnostics.find((diagnostic) => diagnostic.rule === rule && diagnostic.fixes.length > 0)?.fixes[0];
    if (found === undefined || fix === undefined) return files;
    const at = files.indexOf(found.file);
    files = [...files.slice(0, at), { ...found.file, text: applyEdits(found.file.text, fix.edits) }, ...(fix.files ?? []), ...files.slice(at + 1)];
    isInOrder(files.map((file) => file.path));
  }
  throw new Error(`Fixes without end:\n${files.map((file) => file.text).join('\n')}`);
}

function namesOf(files: readonly NewFile[]): readonly string[] {
  return [path.basename(sqlDraftPath), ...files.map((file) => path.basename(file.path))];
}

/** New files stand right behind the one that they come of. */
function isInOrder(paths: readonly string[]): void {
  assert.deepEqual(paths, [...new Set(paths)].sort());
}

/** Holds the files that a fix makes against those in the folder; `UPDATE_GOLDEN=1` writes them. */
export function compareFiles(folder: string, files: readonly NewFile[]): void {
  if (process.env.UPDATE_GOLDEN === '1') {
    rmSync(folder, { recursive: true, force: true });
    if (files.length > 0) mkdirSync(folder);
    for (const file of files) writeFileSync(path.join(folder, path.basename(file.path)), file.text);
  }
  const there = existsSync(folder) ? readdirSync(folder).sort() : [];
  assert.deepEqual(files.map((file) => [path.basename(file.path), file.text]), there.map((name) => [name, readFileSync(path.join(folder, name), 'utf8')]));
}
