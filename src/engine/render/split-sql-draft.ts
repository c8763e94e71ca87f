import { versionsBehind } from '../history/supabase';
import type { Apart, MovedStatement, NewFile } from '../operations/draft-editing';
import { mustFollow } from '../operations/must-follow';
import { onlineFiles } from '../operations/online';
import type { Operation } from '../operations/operation';
import type { SqlDraft, SqlDraftStatement } from '../operations/read-sql-draft';
import { refusesTransaction } from '../operations/transactions';
import { baseName, parentFolder, resolvePath } from '../project/paths';
import type { TextRange } from '../text/text';
import { wrapComment } from './comments';
import { behindLineEnd, lineEnd, lineStart } from './draft-blocks';
import { slugOf } from './file-name';
import { isEndOfLine, lineBreakOf, placeAmongLines, renderChanges, sqlLines, type Change } from './sql-draft-changes';

/**
 * A migration of Supabase's CLI in several files, since each is one transaction. What has to be apart goes into files directly behind the
 * draft; of what stands behind it in the draft, all that may have to come later goes along, in its order. What would leave the draft empty
 * stays there. `siblings`: the names in the draft's folder; null: nothing is known of it, or no CLI runs it in the order of names. Null:
 * it cannot be taken apart (a transaction of its own, settings that what moves would miss), or there is no free version.
 */
export function splitSqlDraft(draft: SqlDraft, siblings: readonly string[] | null, moved: readonly MovedStatement[]): Apart | null {
  const entries = entriesOf(draft);
  if (entries === null || entries.some(isBound)) return null;
  const groups = grouped(entries, moved);
  if (groups === null) return null;
  // A file that nothing but settings were left in need not be.
  const isHoisted = groups[0]?.parts.every((part) => part.kind === 'entry' && isSetting(part.entry)) === true;
  const kept = isHoisted ? groups[1] : groups[0];
  const others = groups.slice(isHoisted ? 2 : 1);
  if (kept === undefined) return null;
  const settings = others.length === 0 ? [] : entries.slice(0, entries.findIndex((entry) => moved.some(({ operation }) => entry.operations.includes(operation)))).filter(isSetting);
  const edits = renderChanges(draft, changesOf(draft, entries, kept, isHoisted && kept.isSealed));
  const spare = kept === groups[0] ? kept.parts.reduce((most, part) => most + (part.kind === 'entry' ? part.entry.operations.reduce((sum, operation) => sum + filesOf(operation), 0) : 0), 0) : 0;
  const files = others.length === 0 ? [] : newFiles(draft, siblings, others, spare, settings);
  return edits === null || files === null || (edits.length === 0 && files.length === 0) ? null : { edits, files };
}

/** What can be taken out by itself. */
interface Entry {
  readonly statement: SqlDraftStatement;
  readonly item: number;
  readonly text: string;
  readonly operations: readonly Operation[];
}

type Part = { readonly kind: 'entry'; readonly entry: Entry } | { readonly kind: 'instead'; readonly entry: Entry; readonly operations: readonly Operation[]; /** Its comments come along. */ readonly isMoved?: boolean; /** What stays of it, as it is written. */ readonly rest?: string };

/** A file. `isSealed`: nothing else may stand in it. */
interface Group {
  readonly parts: Part[];
  readonly isSealed: boolean;
}

/** Null: something of the draft is no statement. */
function entriesOf({ text, statements, upgrade }: SqlDraft): readonly Entry[] | null {
  const entries = statements.flatMap((statement) =>
    statement.items.map((range, item): Entry => {
      const operations = upgrade.filter(({ source }) => source?.statement.range.start === statement.range.start && (statement.items.length === 1 || source.range.start === range.start));
      return { statement, item, text: text.slice(range.start, range.end), operations };
    }),
  );
  return entries.reduce((count, { operations }) => count + operations.length, 0) === upgrade.length ? entries : null;
}

/** It makes one with what stands around it: a transaction, what a session keeps, what nobody understands. */
function isBound(entry: Entry): boolean {
  if (isSetting(entry)) return false;
  const isOfSession = /^(?:set|reset|discard|prepare|execute|declare|listen|lock)\b|\bset_config\b/i.test(entry.text) && entry.statement.items.length === 1;
  return isOfSession || /^create\b[^('"$]*\btemp(?:orary)?\b/i.test(entry.text) || entry.operations.some((operation) => (operation.kind === 'execute' && operation.control !== undefined) || operation.kind === 'unknown');
}

/** What may be set again in the next file. */
function isSetting({ text }: Entry): boolean {
  return /^set\s+(?:session\s+|local\s+)?(?:lock_timeout|statement_timeout|idle_in_transaction_session_timeout|check_function_bodies|client_min_messages)\b/i.test(text);
}

/** How many files may come of an operation some day. */
function filesOf(operation: Operation): number {
  if (operation.kind === 'execute') return operation.effect === 'data' ? 1 : 0;
  return operation.kind === 'validate_constraint' ? 1 : (onlineFiles(operation)?.behind.length ?? 0);
}

/** The files in order, the draft first. */
function grouped(entries: readonly Entry[], moved: readonly MovedStatement[]): readonly Group[] | null {
  const groups: Group[] = [{ parts: [], isSealed: false }];
  /** The file that takes what need not wait. */
  let base = 0;
  /** What is done in a later file, and the first one in which something may stand that has to come behind it. */
  const waiting: { readonly operation: Operation; readonly from: number }[] = [];
  const add = (parts: readonly Part[], isSealed: boolean): void => void groups.push({ parts: [...parts], isSealed });
  const place = (part: Part): void => {
    const from = Math.max(0, ...waiting.filter(({ operation }) => part.entry.operations.some((one) => mustFollow(one, operation))).map((one) => one.from));
    if (from > base) {
      if (from === groups.length || groups.at(-1)?.isSealed === true) add([], false);
      base = groups.length - 1;
    }
    groups[base]?.parts.push(part);
  };
  for (const entry of entries) {
    const [one, ...more] = moved.filter(({ operation }) => entry.operations.includes(operation));
    if (one === undefined) {
      place({ kind: 'entry', entry });
      continue;
    }
    const { operation } = one;
    const rest = entry.operations.length > 1 && one.online === true ? withoutClause(entry, operation) : undefined;
    if (more.length > 0 || rest === null || (rest === undefined && (entry.operations.length > 1 || operation.source?.editable !== true))) return null;
    if (one.online === true) {
      const form = onlineFiles(one.named ?? operation);
      if (form === null) return null;
      const isLeft = form.here.length > 0 || rest !== undefined;
      if (isLeft) place({ kind: 'instead', entry, operations: form.here, ...(rest === undefined ? {} : { rest }) });
      form.behind.forEach((operations, index) => add([{ kind: 'instead', entry, operations, isMoved: !isLeft && index === 0 }], operations.some(refusesTransaction)));
    } else if (one.replacements === undefined) {
      add([{ kind: 'entry', entry }], refusesTransaction(operation));
    } else {
      // It has to be committed before what follows.
      place({ kind: 'instead', entry, operations: one.replacements });
    }
    const last = groups.length - 1;
    waiting.push({ operation, from: one.online !== true && one.replacements !== undefined ? base + 1 : groups[last]?.isSealed === true ? last + 1 : last });
  }
  return moved.every(({ operation }) => entries.some(({ operations }) => operations.includes(operation))) ? groups : null;
}

/** `ADD COLUMN c int` of `ADD COLUMN c int REFERENCES t`; of a primary key NOT NULL is left. Null: where the clause stands is not known. */
function withoutClause({ operations, statement, item, text }: Entry, operation: Operation): string | null {
  const clause = operations[0]?.kind === 'add_column' ? operation.source?.arguments.inline : undefined;
  const start = statement.items[item]?.start;
  if (clause === undefined || start === undefined) return null;
  const [before, behind] = [text.slice(0, clause.range.start - start).trimEnd(), text.slice(clause.range.end - start)];
  return `${before}${operation.kind === 'create_primary_key' ? ' NOT NULL' : ''}${behind}`;
}

/** What the draft is from then on. */
function changesOf(draft: SqlDraft, entries: readonly Entry[], kept: Group, isAlone: boolean): readonly Change[] {
  const gone = entries.filter((entry) => !kept.parts.some((part) => part.entry === entry) && !(isSetting(entry) && !isAlone));
  const whole = draft.statements.filter((statement) => statement.items.every((_, item) => gone.some((entry) => entry.statement === statement && entry.item === item)));
  const changes: Change[] = [];
  const removed = whole.flatMap((statement) => linesOf(draft, statement) ?? []).reduce<TextRange[]>((ranges, next) => {
    const last = ranges.at(-1);
    return last !== undefined && draft.text.slice(last.end, next.start).trim() === '' ? [...ranges.slice(0, -1), { start: last.start, end: next.end }] : [...ranges, next];
  }, []);
  for (const range of removed) changes.push({ kind: 'text', edit: { range: withBlankLine(draft.text, range), newText: '' } });
  for (const entry of gone) if (!whole.includes(entry.statement) || linesOf(draft, entry.statement) === null) changes.push({ kind: 'item', statement: entry.statement, item: entry.item, where: 'instead', of: entry.operations[0] ?? nothing, operations: [] });
  for (const part of kept.parts) {
    const [of] = part.entry.operations;
    if (part.kind === 'instead' && of !== undefined) changes.push({ kind: 'item', statement: part.entry.statement, item: part.entry.item, where: 'instead', of, operations: part.operations, ...(part.rest === undefined ? {} : { rest: part.rest }) });
  }
  return changes;
}

const nothing: Operation = { kind: 'execute', sql: '', effect: 'none' };

/** The lines of a statement with the comment right above them, but for the one that the file begins with. Null: something else stands there. */
function linesOf({ text }: SqlDraft, { range, closed }: SqlDraftStatement): TextRange | null {
  const end = closed ?? range.end;
  const lines = placeAmongLines(text, { start: range.start, end });
  if (text.slice(lines.start, range.start).trim() !== '' || !isEndOfLine(text.slice(end, lineEnd(text, end)))) return null;
  let { start } = lines;
  while (start > 0) {
    const above = lineStart(text, start - 1);
    if (!text.slice(above, start).trimStart().startsWith('--')) break;
    start = above;
  }
  return { start: text.slice(0, start).trim() === '' ? lines.start : start, end: lines.end };
}

/** What stands above a statement that is alone on its lines, and behind it. */
function commentsOf(draft: SqlDraft, statement: SqlDraftStatement): readonly string[] {
  const lines = statement.items.length === 1 ? linesOf(draft, statement) : null;
  if (lines === null) return [];
  const comments = `${draft.text.slice(lines.start, statement.range.start)}\n${draft.text.slice(statement.closed ?? statement.range.end, lines.end)}`;
  return comments.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== '');
}

/** What goes takes the blank line before it along, where there is one behind it too. */
function withBlankLine(text: string, { start, end }: TextRange): TextRange {
  const isBlankBehind = end === text.length || text.slice(end, lineEnd(text, end)).trim() === '';
  const above = start === 0 ? 0 : lineStart(text, start - 1);
  return isBlankBehind && isBehindBlankLine(text, start) ? { start: above, end } : isBlankBehind && start === 0 && end < text.length ? { start, end: behindLineEnd(text, lineEnd(text, end)) } : { start, end };
}

function isBehindBlankLine(text: string, start: number): boolean {
  return start > 0 && text.slice(lineStart(text, start - 1), start).trim() === '';
}

function newFiles(draft: SqlDraft, siblings: readonly string[] | null, groups: readonly Group[], spare: number, settings: readonly Entry[]): readonly NewFile[] | null {
  const file = baseName(draft.path);
  const versions = siblings === null ? null : versionsBehind(file, siblings.filter((name) => name !== file), groups.length, spare);
  if (versions === null) return null;
  const name = /^[0-9]+_(.*)\.sql$/.exec(file)?.[1] ?? '';
  return groups.map((group, index): NewFile => {
    const lines = linesOfGroup(draft, group, group.isSealed ? [] : settings);
    return { path: resolvePath(parentFolder(draft.path), `${versions[index] ?? ''}_${nameOf(group) ?? `${name}_${index + 2}`}.sql`), text: lines.map((line) => `${line}\n`).join('').replaceAll(/\r?\n/g, lineBreakOf(draft)) };
  });
}

function linesOfGroup(draft: SqlDraft, { parts, isSealed }: Group, settings: readonly Entry[]): readonly string[] {
  const heading = parts[0]?.kind !== 'entry' ? [] : wrapComment(isSealed ? 'Refuses a transaction, so it stands alone in its file.' : `Behind ${baseName(draft.path)}, which is committed before.`, 88, '--');
  const lines = [...heading, ...settings.map(({ text }) => `${text};`)];
  parts.forEach((part, index) => {
    const previous = parts[index - 1];
    if (part.kind === 'instead') return void lines.push(...(part.isMoved === true ? commentsOf(draft, part.entry.statement) : []), ...(part.rest === undefined ? [] : [`${headOf(draft, part.entry.statement)}${part.rest};`]), ...part.operations.flatMap((operation) => sqlLines(draft, operation)));
    // Neighbours in one statement stay in one.
    if (previous?.kind === 'entry' && previous.entry.statement === part.entry.statement) return;
    const together = parts.slice(index).filter((other): other is Part & { readonly kind: 'entry' } => other.kind === 'entry' && other.entry.statement === part.entry.statement);
    const place = linesOf(draft, part.entry.statement);
    if (index > 0 && place !== null && isBehindBlankLine(draft.text, place.start)) lines.push('');
    lines.push(...asWritten(draft, part.entry.statement, together.map(({ entry }) => entry.item)).split(/\r?\n/));
  });
  return lines;
}

/** What stands before the first of its parts. */
function headOf({ text }: SqlDraft, { range, items }: SqlDraftStatement): string {
  return text.slice(range.start, items[0]?.start ?? range.start);
}

/** The statement with these of its parts; all of it has its comments, too. */
function asWritten(draft: SqlDraft, statement: SqlDraftStatement, items: readonly number[]): string {
  const { text } = draft;
  const { range } = statement;
  if (items.length === statement.items.length) {
    const lines = linesOf(draft, statement);
    const written = lines === null ? text.slice(range.start, range.end) : text.slice(lines.start, lines.end).trimEnd();
    return statement.closed !== null && lines !== null ? written : `${written};`;
  }
  const [start, end] = [statement.items[0]?.start ?? range.start, statement.items.at(-1)?.end ?? range.end];
  return `${text.slice(range.start, start)}${items.map((item) => text.slice(statement.items[item]?.start, statement.items[item]?.end)).join(', ')}${text.slice(end, range.end)};`;
}

/** By what it does; null: by the draft's own name. */
function nameOf({ parts }: Group): string | null {
  const [part] = parts;
  if (part === undefined) return null;
  const [operation] = part.kind === 'instead' ? part.operations : part.entry.operations;
  const words = operation === undefined ? null : wordsOf(operation);
  return words === null ? null : slugOf(words, 60).replace(/_$/, '') || null;
}

function wordsOf(operation: Operation): string | null {
  switch (operation.kind) {
    case 'create_index':
      return `build ${operation.index.name ?? 'index'}`;
    case 'drop_index':
      return `drop ${operation.name ?? 'index'}`;
    case 'validate_constraint':
      return `validate ${operation.name}`;
    case 'create_unique_constraint':
    case 'create_primary_key':
      return operation.constraint.name === null || operation.usingIndex === undefined ? null : `add ${operation.constraint.name}`;
    default:
      return null;
  }
}
