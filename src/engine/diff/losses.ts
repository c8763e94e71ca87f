import type { AnswerOf, CastValues, FactQuestion, UnknownAnswer } from '../facts';
import { applyOperation } from '../operations/apply';
import type { AlterColumn, Operation } from '../operations/operation';
import { valueRisks, type ValueRisk } from '../operations/value-risks';
import { findTable } from '../schema/lookup';
import { findColumn, findEnum, type Column, type ColumnType, type Schema } from '../schema/schema';
import { typeKey } from '../schema/types';
import { quoteIdentifier, quoteLiteral } from '../sql/identifiers';
import { formatMessage, message, type Message } from '../text/problem';

/** What stands above a change that may lose or refuse values. */
export interface LossNote {
  readonly note: string;
  readonly downgradeNote?: string;
}

/** The answer to a question; undefined: it is not known (yet). */
export type AskOfColumn = <K extends 'values-not-kept' | 'non-null-count'>(question: Omit<Extract<FactQuestion, { readonly kind: K }>, 'table' | 'column'> & { readonly kind: K }) => AnswerOf<K> | UnknownAnswer | undefined;

/**
 * What a person should know before a column changes its type: what of the values is rounded, cut, read by a time zone, or
 * refused. With `ask`, of the rows that are there: those that are refused or changed are counted and shown, and REVIEW stands
 * there while there are any. Without (null), of what may be. Null: nothing happens to values, or nothing that others do not
 * look after (labels of enums).
 */
export function lossNote(operation: AlterColumn, column: Column, ask: AskOfColumn | null, { before, desired = before }: { readonly before: Schema; readonly desired?: Schema }): LossNote | null {
  if (operation.type === undefined) return null;
  const [from, to] = [withLabels(column.type, before), withLabels(operation.type, desired)];
  const risks = valueRisks(from, to);
  if (risks === null || risks.length === 0 || to.kind === 'enum') return null;
  const asked = ask === null || !isAsked(from, to, risks) ? undefined : ask({ kind: 'values-not-kept', from, to });
  const found = asked?.kind === 'values-not-kept' ? asked : null;
  const refused = refusals(risks, from, to, found?.refused ?? null);
  const changed = changes(risks, from, to, found?.changed ?? null, found?.rows ?? 0);
  const zoned = zones(operation, risks, from, to);
  const sentences = [...(asked?.kind === 'unknown' ? [asked.reason] : []), ...refused, ...changed, ...zoned].map(formatMessage).map(capitalised);
  if (refused.length + changed.length + zoned.length === 0) return null;
  const filled = zoned.length > 0 && ask !== null ? ask({ kind: 'non-null-count' }) : undefined;
  const isHarmlessHere = refused.length === 0 && (found?.changed.count === 0 || changed.length === 0 || isOfJson(from, to)) && (zoned.length === 0 || (filled?.kind === 'non-null-count' && filled.count === 0));
  const loses = changed.length > 0 && zoned.length === 0 && found?.changed.count !== 0 && !isOfJson(from, to);
  const text = sentences.join(' ');
  return { note: isHarmlessHere ? text : `REVIEW: ${text.charAt(0).toLowerCase()}${text.slice(1)}`, ...(loses ? { downgradeNote: '; the downgrade cannot bring them back' } : {}) };
}

/** The operations with what their changes of types may do, as far as it is known without rows: those of a downgrade, whose rows come later. */
export function withLossNotes(operations: readonly Operation[], start: Schema): readonly Operation[] {
  if (!operations.some((operation) => operation.kind === 'alter_column' && operation.type !== undefined)) return operations;
  let before = start;
  return operations.map((operation) => {
    const [now, after] = [before, applyOperation(before, operation)];
    before = after;
    if (operation.kind !== 'alter_column' || operation.note !== undefined) return operation;
    const table = findTable(now, { schema: operation.schema, name: operation.table });
    const column = table === undefined ? undefined : findColumn(table, operation.column);
    const found = column === undefined ? null : lossNote(operation, column, null, { before: now, desired: after });
    return found === null ? operation : { ...operation, note: capitalised(found.note.replace(/^REVIEW: /, '')) };
  });
}

function withLabels(type: ColumnType, schema: Schema): ColumnType {
  const labels = type.kind === 'enum' ? findEnum(schema, type)?.labels : undefined;
  return type.kind !== 'enum' || labels === undefined ? type : { ...type, labels };
}

/** Rows can tell more than the types do. Spaces and the order of keys in JSON are nobody's loss, and counting them looks at every row. */
function isAsked(from: ColumnType, to: ColumnType, risks: readonly ValueRisk[]): boolean {
  if ((from.kind !== 'builtin' && !(from.kind === 'named' && from.name === 'citext')) || to.kind !== 'builtin' || from.name === 'json' || from.name === 'jsonb') return false;
  return risks.some(({ kind }) => kind !== 'session-time-zone');
}

/** Which values make the change fail. It is one statement, and nothing is lost by it. */
function refusals(risks: readonly ValueRisk[], from: ColumnType, to: ColumnType, refused: CastValues | null): readonly Message[] {
  if (refused?.count === 0 || isOfJson(from, to)) return [];
  const failing = risks.filter((risk) => 'sqlstates' in risk);
  const [first] = failing;
  if (first === undefined) return [];
  const args = { sqlstate: failing.map(({ sqlstates }) => sqlstates[0]).join(', '), type: typeKey(to), examples: refused === null ? '' : examplesOf(refused), rows: refused === null ? '' : countOf(refused.count) };
  const what = refused === null ? 'a row holds' : refused.count === 1 ? '{rows} holds' : '{rows} hold';
  const tail = refused === null ? '.' : ': {examples}.';
  const value = first.kind === 'may-not-parse' ? 'what is no {type}' : first.kind === 'too-long' ? 'more than {type} has room for' : 'a number that {type} has no room for';
  return [message(`this fails ({sqlstate}), and loses nothing, while ${what} ${value}${tail}`, args)];
}

/** json → jsonb; that jsonb refuses \\u0000 (22P05) is left to fail. */
function isOfJson(from: ColumnType, to: ColumnType): boolean {
  return from.kind === 'builtin' && to.kind === 'builtin' && from.name === 'json' && to.name === 'jsonb';
}

/** Which values become others. */
function changes(risks: readonly ValueRisk[], from: ColumnType, to: ColumnType, changed: CastValues | null, rows: number): readonly Message[] {
  const kind = (['rounds', 'cuts', 'trims', 'rewrites'] as const).find((candidate) => risks.some((risk) => risk.kind === candidate));
  if (kind === undefined) return [];
  const isRead = risks.some((risk) => risk.kind === 'may-not-parse');
  if (isOfJson(from, to)) return [message('a jsonb keeps no blanks, no order of keys, and of a key that is there twice the last value.')];
  if (changed === null || changed.count === 0) {
    // A text is read as its author meant it, unless rows show that it is not.
    if (isRead || kind === 'rewrites' || (kind === 'trims' && isNarrowerText(risks))) return [];
    if (to.kind === 'builtin' && to.name === 'boolean') return [message('every number but 0 becomes true, and nothing else of it is kept.')];
    const words = wordsOf(kind, from, to);
    const what = words['type'] === '' ? '{what} are rounded' : may[kind];
    return [message(changed === null ? `${what}.` : `${what}; no row here has any.`, words)];
  }
  // A text that means the same in another spelling is no loss: but for '007', where it may be.
  if (isRead && !(to.kind === 'builtin' && ['smallint', 'integer', 'bigint', 'numeric'].includes(to.name))) return [];
  return [message(`{count} of {rows} rows ${changed.count === 1 ? one[kind] : many[kind]}: {examples}.`, { count: changed.count, rows, examples: examplesOf(changed) })];
}

/** Blanks beyond the length go as the standard has it: worth a word only where there are any. */
function isNarrowerText(risks: readonly ValueRisk[]): boolean {
  return risks.some(({ kind }) => kind === 'too-long');
}

type Changing = 'rounds' | 'cuts' | 'trims' | 'rewrites';
const may: Readonly<Record<Changing, string>> = { rounds: '{what} beyond those that {type} keeps are rounded', cuts: '{what} go', trims: '{what} go', rewrites: '' };
const one: Readonly<Record<Changing, string>> = { rounds: 'is rounded', cuts: 'loses a part of its value', trims: 'loses blanks at its end', rewrites: 'is written in another way' };
const many: Readonly<Record<Changing, string>> = { rounds: 'are rounded', cuts: 'lose a part of their value', trims: 'lose blanks at their end', rewrites: 'are written in another way' };

function wordsOf(kind: Changing, from: ColumnType, to: ColumnType): Message['args'] {
  const name = (type: ColumnType): string => (type.kind === 'unknown' ? '' : type.name);
  const isTime = /^(?:date|time|interval)/.test(name(from));
  const type = typeKey(to);
  if (kind === 'rounds' && /^(?:smallint|integer|bigint)$/.test(name(to))) return { what: 'digits after the point', type: '' };
  if (kind === 'rounds') return { what: isTime ? 'fractions of seconds' : 'digits', type };
  if (kind === 'trims') return { what: 'blanks at the end', type };
  if (name(to) === 'date') return { what: 'the times of day', type };
  if (name(to) === 'time without time zone' && name(from) === 'time with time zone') return { what: 'the time zones', type };
  if (name(to).startsWith('time ')) return { what: name(from) === 'interval' ? 'whole days' : 'the days', type };
  if (name(to) === 'cidr') return { what: 'the hosts behind a network', type };
  return { what: 'parts that {type} does not have'.replace('{type}', type), type };
}

/** Who reads or writes a time without a zone does so in the session's. */
function zones({ column }: AlterColumn, risks: readonly ValueRisk[], from: ColumnType, to: ColumnType): readonly Message[] {
  if (!risks.some(({ kind }) => kind === 'session-time-zone') || from.kind !== 'builtin' || to.kind !== 'builtin') return [];
  const args = { from: typeKey(from), to: typeKey(to), utc: `${quoteIdentifier(column)} AT TIME ZONE 'UTC'` };
  const isMoment = (name: string): boolean => name.startsWith('timestamp');
  if (from.name === 'timestamp without time zone' && isMoment(to.name)) return [message("the values are taken for times in the TimeZone of the session that runs this. If they are UTC, say USING {utc}, here and in the downgrade.", args)];
  if (from.name === 'timestamp with time zone' && isMoment(to.name)) return [message("the values become times in the TimeZone of the session that runs this. For UTC whatever the session, say USING {utc}, and the same on the way back.", args)];
  return [message('which {to} a value becomes hangs on the TimeZone of the session that runs this.', args)];
}

function examplesOf({ values, count }: CastValues): string {
  const shown = values.slice(0, 3);
  const list = shown.map(({ value, becomes }) => (becomes === null ? shortened(value) : `${shortened(value)} becomes ${shortened(becomes)}`)).join(', ');
  return shown.reduce((sum, each) => sum + each.count, 0) < count ? `${list}, …` : list;
}

/** A number as it is, anything else as a string of so many characters as a line bears. */
function shortened(value: string): string {
  if (/^-?\d+(?:\.\d+)?$/.test(value)) return value;
  const line = value.replaceAll(/\s/g, ' ');
  return quoteLiteral(line.length > 40 ? `${[...line].slice(0, 39).join('')}…` : line);
}

function countOf(count: number): string {
  return `${count} row${count === 1 ? '' : 's'}`;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
