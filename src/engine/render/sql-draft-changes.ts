import type { Operation } from '../operations/operation';
import type { SqlDraft, SqlDraftStatement } from '../operations/read-sql-draft';
import { emptySchema } from '../schema/schema';
import { quoteName, tokenize } from '../sql/identifiers';
import type { TextEdit, TextRange } from '../text/text';
import { behindLineEnd, lineEnd, lineStart } from './draft-blocks';
import { operationSql } from './operation-sql';
import { noteLines } from './supabase-migration';

/** What a fix asks of a SQL draft. */
export type Change = ItemChange | { readonly kind: 'append'; readonly operations: readonly Operation[] } | { readonly kind: 'text'; readonly edit: TextEdit };

export interface ItemChange {
  readonly kind: 'item';
  readonly statement: SqlDraftStatement;
  readonly item: number;
  readonly where: 'before' | 'instead' | 'after';
  /** The operation that stands there. */
  readonly of: Operation;
  readonly operations: readonly Operation[];
  /** What stays of it, as it is written. */
  readonly rest?: string;
}

type DraftText = Pick<SqlDraft, 'text' | 'statements'>;

/** The edits that do all of it. Null: two of them are at odds. */
export function renderChanges(draft: DraftText, changes: readonly Change[]): readonly TextEdit[] | null {
  const items = changes.filter((change) => change.kind === 'item');
  const touched = [...new Set(items.map(({ statement }) => statement))];
  const edits: TextEdit[] = [];
  for (const statement of touched) {
    const own = renderStatement(draft, statement, items.filter((change) => change.statement === statement));
    if (own === null) return null;
    edits.push(...own);
  }
  for (const change of changes) if (change.kind === 'text' && !edits.some((edit) => isSame(edit, change.edit))) edits.push(change.edit);
  const appended = changes.flatMap((change) => (change.kind === 'append' ? change.operations : []));
  if (appended.length > 0) edits.push(...atEnd(draft, appended, touched));
  const ordered = [...edits].sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
  return ordered.every((edit, index) => edit.range.start >= (ordered[index - 1]?.range.end ?? 0)) ? edits : null;
}

function isSame(a: TextEdit, b: TextEdit): boolean {
  return a.range.start === b.range.start && a.range.end === b.range.end && a.newText === b.newText;
}

/** A statement of its own, or what stands in the list of the one that is changed. */
type Piece = { readonly kind: 'statement'; readonly lines: readonly string[] } | { readonly kind: 'entry'; readonly text: string; readonly item: number; readonly kept: boolean };

function renderStatement(draft: DraftText, statement: SqlDraftStatement, changes: readonly ItemChange[]): readonly TextEdit[] | null {
  const pieces: Piece[] = [];
  for (const [item, range] of statement.items.entries()) {
    const on = (where: ItemChange['where']): readonly ItemChange[] => changes.filter((change) => change.item === item && change.where === where);
    const instead = on('instead');
    if (instead.some((change) => JSON.stringify(change.operations) !== JSON.stringify(instead[0]?.operations))) return null;
    pieces.push(...on('before').flatMap(({ operations }) => statementsOf(draft, operations)));
    if (instead[0] === undefined) pieces.push({ kind: 'entry', text: draft.text.slice(range.start, range.end), item, kept: true });
    else pieces.push(...replaced(draft, statement, item, instead[0]));
    pieces.push(...on('after').flatMap(({ operations }) => statementsOf(draft, operations)));
  }
  return written(draft, statement, pieces);
}

function statementsOf(draft: DraftText, operations: readonly Operation[]): readonly Piece[] {
  return operations.map((operation): Piece => ({ kind: 'statement', lines: sqlLines(draft, operation) })).filter((piece) => piece.kind === 'statement' && piece.lines.length > 0);
}

/** In the draft's own case: what is neither in quotes nor a string says the same in either. */
export function sqlLines(draft: DraftText, operation: Operation): readonly string[] {
  const isItsOwn = operation.kind === 'execute' || operation.kind === 'create_view' || operation.kind === 'create_policy' || operation.kind === 'create_trigger';
  const statements = operationSql(operation, emptySchema).map((sql) => (isItsOwn || !isInLowerCase(draft) ? sql : lowerCase(sql)));
  return [...noteLines(operation), ...statements.map((sql) => `${sql};`)];
}

function isInLowerCase({ text, statements }: DraftText): boolean {
  const words = statements.map(({ range }) => /^\w+/.exec(text.slice(range.start, range.start + 20))?.[0] ?? '');
  return words.filter((word) => word === word.toLowerCase()).length * 2 > words.length;
}

function lowerCase(sql: string): string {
  return tokenize(sql).map(({ kind, text }) => (kind === 'word' ? text.toLowerCase() : text)).join('');
}

/** One command of the same ALTER TABLE stays in its list; PostgreSQL lets RENAME and its kin stand alone only. */
function replaced(draft: DraftText, { items }: SqlDraftStatement, item: number, { of, operations, rest }: ItemChange): readonly Piece[] {
  const pieces = statementsOf(draft, operations);
  if (rest !== undefined) return [{ kind: 'entry', text: [rest, ...commandsOf(pieces, of)].join(', '), item, kept: false }];
  const [only] = pieces;
  if (items.length === 1 || pieces.length !== 1 || only?.kind !== 'statement' || only.lines.length !== 1 || !('table' in of) || typeof of.table !== 'string' || !('schema' in of)) return pieces;
  const [command] = commandsOf(pieces, of);
  return command === undefined || /^(?:RENAME|SET SCHEMA|ATTACH|DETACH)\b/i.test(command) ? pieces : [{ kind: 'entry', text: command, item, kept: false }];
}

/** What statements of one ALTER TABLE do, without its head. */
function commandsOf(pieces: readonly Piece[], of: Operation): readonly string[] {
  if (!('table' in of) || typeof of.table !== 'string' || !('schema' in of)) return [];
  const head = `ALTER TABLE ${quoteName({ schema: of.schema, name: of.table })} `;
  const lines = pieces.flatMap((piece) => (piece.kind === 'statement' ? piece.lines : []));
  return lines.flatMap((line) => (line.toLowerCase().startsWith(head.toLowerCase()) ? [line.slice(head.length, -1)] : []));
}

function written(draft: DraftText, statement: SqlDraftStatement, pieces: readonly Piece[]): readonly TextEdit[] {
  const { items } = statement;
  const entries = pieces.filter((piece) => piece.kind === 'entry');
  const isWhole = entries.length === items.length && entries.every(({ kept }) => kept);
  const first = pieces.findIndex(({ kind }) => kind === 'entry');
  const last = pieces.findLastIndex(({ kind }) => kind === 'entry');
  // What is new stands before or behind a statement that stays as it is.
  if (isWhole && pieces.slice(first, last + 1).every(({ kind }) => kind === 'entry')) return [...insertion(draft, statement, pieces.slice(0, first), 'before'), ...insertion(draft, statement, pieces.slice(last + 1), 'after')];
  if (pieces.length === 0) return [removal(draft, statement)];
  if (pieces.length === entries.length) return inList(draft, statement, entries);
  return [{ range: { start: statement.range.start, end: statement.closed ?? statement.range.end }, newText: indented(rebuilt(draft, statement, pieces), indentationOf(draft, statement), lineBreakOf(draft)) }];
}

type Entry = Extract<Piece, { readonly kind: 'entry' }>;

/** Commands are changed, or taken out with their commas. */
function inList({ text }: DraftText, { items }: SqlDraftStatement, entries: readonly Entry[]): readonly TextEdit[] {
  const edits = entries.flatMap(({ text: newText, item, kept }): readonly TextEdit[] => (kept ? [] : [{ range: items[item] ?? { start: text.length, end: text.length }, newText }]));
  const left = entries.map(({ item }) => item);
  const firstLeft = left[0] ?? 0;
  // Up to the first that is left everything goes; of the others each goes with the comma before it.
  const head: readonly TextEdit[] = firstLeft === 0 ? [] : [{ range: { start: items[0]?.start ?? 0, end: items[firstLeft]?.start ?? 0 }, newText: '' }];
  const gone = items.flatMap((range, item): readonly TextEdit[] => (item < firstLeft || left.includes(item) ? [] : [{ range: { start: items[item - 1]?.end ?? 0, end: range.end }, newText: '' }]));
  return [...head, ...edits, ...gone];
}

/** The statement in as many as it takes, with what is new between them. */
function rebuilt({ text }: DraftText, { range, items }: SqlDraftStatement, pieces: readonly Piece[]): readonly string[] {
  const [start, end] = [items[0]?.start ?? range.start, items.at(-1)?.end ?? range.end];
  const between = (item: number): string => text.slice(items[item]?.end ?? end, items[item + 1]?.start ?? end);
  const lines: string[] = [];
  let run: Entry[] = [];
  const close = (): void => {
    if (run.length === 0) return;
    const list = run.map((entry, index) => `${index === 0 ? '' : (run[index - 1]?.item ?? 0) + 1 === entry.item ? between(entry.item - 1) : between(0)}${entry.text}`).join('');
    lines.push(`${text.slice(range.start, start)}${list}${text.slice(end, range.end)};`);
    run = [];
  };
  for (const piece of pieces) {
    if (piece.kind === 'entry') {
      run.push(piece);
      continue;
    }
    close();
    lines.push(...piece.lines);
  }
  close();
  return lines;
}

function insertion(draft: DraftText, statement: SqlDraftStatement, pieces: readonly Piece[], where: 'before' | 'after'): readonly TextEdit[] {
  const lines = pieces.flatMap((piece) => (piece.kind === 'statement' ? piece.lines : []));
  if (lines.length === 0) return [];
  const { text } = draft;
  const [lineBreak, indentation] = [lineBreakOf(draft), indentationOf(draft, statement)];
  const end = statement.closed ?? statement.range.end;
  const around = placeAmongLines(text, { start: statement.range.start, end });
  const block = `${indentation}${indented(lines, indentation, lineBreak)}`;
  if (where === 'before') {
    const isFirst = text.slice(around.start, statement.range.start).trim() === '';
    return isFirst ? [{ range: { start: around.start, end: around.start }, newText: `${block}${lineBreak}` }] : [{ range: { start: statement.range.start, end: statement.range.start }, newText: `${lines.join(' ')} ` }];
  }
  const closing: readonly TextEdit[] = statement.closed === null ? [{ range: { start: end, end }, newText: ';' }] : [];
  if (!isEndOfLine(text.slice(end, lineEnd(text, end)))) return [...closing, { range: { start: end, end }, newText: ` ${lines.join(' ')}` }];
  const unfinished = !/[\r\n]$/.test(text.slice(0, around.end));
  return [...closing, { range: { start: around.end, end: around.end }, newText: unfinished ? `${lineBreak}${block}` : `${block}${lineBreak}` }];
}

/** The statement goes with its lines; a comment behind it stays. */
function removal({ text }: DraftText, statement: SqlDraftStatement): TextEdit {
  const range = { start: statement.range.start, end: statement.closed ?? statement.range.end };
  const lines = placeAmongLines(text, range);
  const behind = text.slice(range.end, lineEnd(text, range.end));
  const isAlone = text.slice(lines.start, range.start).trim() === '' && isEndOfLine(behind);
  if (isAlone && behind.trim() === '') return { range: lines, newText: '' };
  return { range: { start: range.start, end: range.end + (behind.length - behind.trimStart().length) }, newText: '' };
}

function atEnd(draft: DraftText, operations: readonly Operation[], touched: readonly SqlDraftStatement[]): readonly TextEdit[] {
  const { text, statements } = draft;
  const lineBreak = lineBreakOf(draft);
  const last = statements.at(-1);
  const closing: readonly TextEdit[] = last !== undefined && last.closed === null && !touched.includes(last) ? [{ range: { start: last.range.end, end: last.range.end }, newText: ';' }] : [];
  const opening = text === '' || /[\r\n]$/.test(text) ? '' : lineBreak;
  return [...closing, { range: { start: text.length, end: text.length }, newText: `${opening}${operations.flatMap((operation) => sqlLines(draft, operation)).join('\n').replaceAll('\n', lineBreak)}${lineBreak}` }];
}

/** The lines that a range touches, with the last one's end. */
export function placeAmongLines(text: string, { start, end }: TextRange): TextRange {
  return { start: lineStart(text, start), end: behindLineEnd(text, lineEnd(text, end)) };
}

export function isEndOfLine(rest: string): boolean {
  return /^\s*(--.*)?$/.test(rest);
}

function indentationOf({ text }: DraftText, { range }: SqlDraftStatement): string {
  return /^[ \t]*/.exec(text.slice(lineStart(text, range.start), range.start))?.[0] ?? '';
}

/** Lines of several statements, all but the first behind the indentation. */
function indented(lines: readonly string[], indentation: string, lineBreak: string): string {
  return lines.flatMap((line) => line.split(/\r?\n/)).join(`${lineBreak}${indentation}`);
}

export function lineBreakOf({ text }: DraftText): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}
