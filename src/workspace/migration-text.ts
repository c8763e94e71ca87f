import type { RevisionGraph } from '../engine/history/graph';
import type { Direction } from '../engine/history/version-sql';
import type { Loss } from '../engine/operations/hazards/hazard';
import { baseName } from '../engine/project/paths';
import type { Project } from '../engine/project/project';
import { bare, locksOf, meaningOf, printScript, sqlComment, type ScriptPart } from '../engine/render/script-sql';
import { displayName } from '../engine/schema/schema';
import { quoteLiteral, quoteName } from '../engine/sql/identifiers';
import { LineIndex, type Place } from '../engine/text/text';
import { fileSql, type FileSqlRequest } from './file-sql';

/** What a person has to see before a database is moved. */
export interface MigrationText {
  /** A file of SQL whose first lines are comments that say where, what and in which order. */
  readonly text: string;
  /** `all rows of place`, `the values of place.name`: what is gone afterwards. */
  readonly losses: readonly string[];
  /** What is not understood may lose more. */
  readonly isWhole: boolean;
}

export interface MigrationTextRequest extends Pick<FileSqlRequest, 'workspace' | 'sql' | 'convention' | 'cache' | 'postgresVersion'> {
  readonly project: { readonly project: Project; readonly graph: RevisionGraph };
  readonly verb: 'upgrade' | 'downgrade' | 'stamp';
  readonly steps: readonly Step[];
  /** Lines for the head: the target, the environment, where it stands. */
  readonly head: readonly string[];
}

/** A step as the project's Alembic plans it. */
interface Step {
  readonly id: string | null;
  readonly message: string;
  readonly up: boolean;
  readonly rows: readonly ({ readonly kind: 'insert'; readonly to: string } | { readonly kind: 'delete'; readonly from: string } | { readonly kind: 'update'; readonly from: string; readonly to: string })[];
}

/** The steps of a plan as SQL, with locks; for `stamp` the rows of the version table alone. */
export async function migrationText(request: MigrationTextRequest): Promise<MigrationText> {
  const { project, steps, verb } = request;
  const { env } = project.project;
  const texts: string[] = [];
  const losses = new Set<string>();
  let isWhole = true;
  for (const step of steps) {
    if (step.id === null) {
      texts.push(`${rowsSql(step, quoteName({ schema: env.versionTableSchema, name: env.versionTable })).join('\n')}\n\n`);
      continue;
    }
    const node = project.graph.nodes.get(step.id);
    const script = node === undefined ? null : await scriptOf(request, node.file.path, step.up ? 'upgrade' : 'downgrade');
    if (script === null) {
      isWhole = false;
      texts.push(`${sqlComment(`Running ${step.id}: its file could not be read, so its SQL is not known.`).join('\n')}\n\n`);
      continue;
    }
    const { parts } = script;
    for (const loss of lossesOf(parts)) losses.add(loss);
    isWhole &&= parts.every((part) => part.kind !== 'gap' && (part.kind !== 'statement' || part.steps.every(({ operation }) => operation.kind !== 'unknown')));
    texts.push(printScript(env.transactionPerMigration ? parts : withoutFrame(parts), script.lineOf, locksOf));
  }
  const frame = (word: string): string => (env.transactionPerMigration || steps.length === 0 ? '' : printScript([bare(word)], () => ''));
  const lost = [...losses];
  const head = [...request.head, ...listOf(steps), ...transactionLines(verb, steps, env.transactionPerMigration), ...(lost.length === 0 ? [] : [`LOST: ${lost.join('; ')}. No downgrade or upgrade brings that back.`])];
  return { text: `${comment(head)}\n${frame('BEGIN')}${texts.join('')}${frame('COMMIT')}`.trimEnd().concat('\n'), losses: lost, isWhole };
}

export interface SqlMigrationTextRequest extends Pick<FileSqlRequest, 'workspace' | 'sql' | 'postgresVersion'> {
  readonly files: readonly { readonly version: string; readonly name: string; readonly path: string }[];
  readonly head: readonly string[];
}

/** The same of files for Supabase's CLI. */
export async function sqlMigrationText(request: SqlMigrationTextRequest): Promise<MigrationText> {
  const { workspace, sql, files, postgresVersion } = request;
  const texts: string[] = [];
  const losses = new Set<string>();
  let isWhole = true;
  for (const { path } of files) {
    const text = (await workspace.read(path)) ?? '';
    const result = await fileSql({ workspace, project: null, path, text, database: null, sql, direction: 'upgrade', offline: false, ...(postgresVersion === undefined ? {} : { postgresVersion }) });
    const parts = result?.value ?? [];
    for (const loss of lossesOf(parts)) losses.add(loss);
    isWhole &&= parts.every((part) => part.kind !== 'gap' && (part.kind !== 'statement' || part.steps.every(({ operation }) => operation.kind !== 'unknown')));
    texts.push(`-- ${baseName(path)}\n\n${printScript(parts, () => baseName(path), (part) => [...meaningOf(part), ...locksOf(part)])}`);
  }
  const lost = [...losses];
  const list = files.map(({ version, name }, index) => `${index + 1}. ${version} ${name.replaceAll('_', ' ')}`);
  const head = [...request.head, ...list, 'Each file runs in a transaction of its own, and is noted down in supabase_migrations.schema_migrations in it, as Supabase’s CLI does it.', ...(lost.length === 0 ? [] : [`LOST: ${lost.join('; ')}.`])];
  return { text: `${comment(head)}\n${texts.join('')}`.trimEnd().concat('\n'), losses: lost, isWhole };
}

function listOf(steps: readonly Step[]): readonly string[] {
  return steps.flatMap((step, index) => (step.id === null ? [] : [`${index + 1}. ${step.id} ${step.message}`.trimEnd()]));
}

function transactionLines(verb: MigrationTextRequest['verb'], steps: readonly Step[], each: boolean): readonly string[] {
  if (verb === 'stamp') return ['No migration runs: only the rows of the version table are changed, so it must be true already.'];
  if (each) return ['Each revision runs in a transaction of its own: those that ran stand when a later one fails.'];
  return [steps.length === 1 ? 'It runs in one transaction: it stands whole, or not at all.' : 'All of them run in one transaction: they stand together, or not at all. An autocommit block commits what came before it.'];
}

function comment(lines: readonly string[]): string {
  return lines.map((line) => `${sqlComment(line).join('\n')}\n`).join('');
}

/** Between BEGIN and COMMIT of a whole run. */
function withoutFrame(parts: readonly ScriptPart[]): readonly ScriptPart[] {
  const is = (part: ScriptPart | undefined, word: string): boolean => part?.kind === 'statement' && part.sql === word;
  return parts.slice(is(parts[0], 'BEGIN') ? 1 : 0, is(parts.at(-1), 'COMMIT') ? -1 : undefined);
}

interface Script {
  readonly parts: readonly ScriptPart[];
  readonly lineOf: (at: Place) => string;
}

async function scriptOf({ workspace, project, sql, convention = null, cache, postgresVersion }: MigrationTextRequest, path: string, direction: Direction): Promise<Script | null> {
  const text = await workspace.read(path);
  if (text === null) return null;
  const result = await fileSql({ workspace, project, path, text, database: null, sql, convention, direction, offline: false, ...(cache && { cache }), ...(postgresVersion === undefined ? {} : { postgresVersion }) });
  if (result === null) return null;
  const lines = new LineIndex(text);
  return { parts: result.value, lineOf: (at) => (at.path === path ? `line ${lines.at(at.range.start).line + 1}` : `in ${baseName(at.path)}`) };
}

/** What the statements take away for good, in their order. */
function lossesOf(parts: readonly ScriptPart[]): readonly string[] {
  return parts.flatMap((part) => (part.kind === 'statement' ? part.steps.flatMap(({ hazard }) => hazard.losses.map(describeLoss)) : []));
}

function describeLoss({ table, column }: Loss): string {
  return column === null ? `all rows of ${displayName(table)}` : `the values of ${displayName(table)}.${column}`;
}

function rowsSql({ rows }: Step, table: string): readonly string[] {
  return rows.map((row) => {
    switch (row.kind) {
      case 'insert':
        return `INSERT INTO ${table} (version_num) VALUES (${quoteLiteral(row.to)});`;
      case 'delete':
        return `DELETE FROM ${table} WHERE version_num = ${quoteLiteral(row.from)};`;
      case 'update':
        return `UPDATE ${table} SET version_num = ${quoteLiteral(row.to)} WHERE version_num = ${quoteLiteral(row.from)};`;
    }
  });
}
