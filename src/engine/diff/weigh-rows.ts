import { answerTo, type DataFacts, type FactQuestion, type NarrowerType } from '../facts';
import type { Evidence } from '../questions';
import { findTable } from '../schema/lookup';
import { displayName, findColumn, findEnum, type Column, type ColumnType, type QualifiedName, type Schema, type Table } from '../schema/schema';
import { isText, sameTypeFamily, typeKey } from '../schema/types';
import { tokenize } from '../sql/identifiers';
import { message, type Message } from '../text/problem';
import { conceivableScore } from './renames';
import { reweighed } from './weigh-history';

/** Two columns, and what is known of the rows of the old one. */
export interface RowsOf {
  readonly before: Table;
  readonly from: Column;
  /** The old column's table, as the database names it. */
  readonly original: QualifiedName;
  readonly after: Table;
  readonly to: Column;
  /** The database's schema with its tables under their new names, and the name that each has there now. */
  readonly current: Schema;
  readonly originalOf: (table: QualifiedName) => QualifiedName;
  readonly desired: Schema;
  /** Rows of the table, and how many of them have a value in the old column. */
  readonly rows: number;
  readonly values: number;
}

/**
 * A candidate with what the rows say: whether the old column's values are such as the new one is to have. Contradiction
 * lowers the score, but never so far that nobody is asked. What is not known yet goes to `wanted`; it is asked apart from the
 * counts of the table, so that a look that takes too long costs those nothing.
 */
export function withRows<C extends Evidence>(candidate: C, pair: RowsOf, facts: DataFacts, wanted: FactQuestion[]): C {
  if (pair.values === 0) return candidate;
  const ask: Ask = (question) => {
    const answer = answerTo(facts, question);
    if (answer === undefined) wanted.push(question);
    return answer;
  };
  const findings = [...nulls(pair), ...targets(pair, ask), ...labels(pair, ask), ...room(pair, ask), ...duplicates(pair, ask)];
  const said = (speaks: (weight: number) => boolean): readonly Message[] => findings.filter(({ weight }) => speaks(weight)).map(({ sentence }) => sentence);
  const score = findings.reduce((sum, { weight }) => sum + weight, candidate.score);
  return reweighed({ ...candidate, evidence: [...candidate.evidence, ...said((weight) => weight > 0)], against: [...candidate.against, ...said((weight) => weight <= 0)] }, Math.max(conceivableScore, score));
}

type Ask = <Q extends FactQuestion>(question: Q) => ReturnType<typeof answerTo<Q>>;

interface Finding {
  readonly weight: number;
  readonly sentence: Message;
}

function nulls({ from, to, rows, values }: RowsOf): readonly Finding[] {
  if (to.nullable || !from.nullable || values === rows) return [];
  return [{ weight: -0.08, sentence: message('{count} of {rows} rows have no value, and {to} must have one.', { count: rows - values, rows, to: to.name }) }];
}

/** A new foreign key: do the old values exist where it points? Small numbers exist in every table, so they prove little. */
function targets({ before, from, original, after, to, current, originalOf, values }: RowsOf, ask: Ask): readonly Finding[] {
  const key = after.foreignKeys.find((candidate) => candidate.columns.length === 1 && candidate.columns[0] === to.name);
  const column = key?.references.columns[0];
  if (key === undefined || column === undefined || before.foreignKeys.some((candidate) => candidate.columns.includes(from.name))) return [];
  const there = findTable(current, key.references);
  const target = there === undefined ? undefined : findColumn(there, column);
  if (target === undefined || !sameTypeFamily(target.type, from.type)) return [];
  const answer = ask({ kind: 'orphan-count', table: original, columns: [from.name], references: { ...originalOf(key.references), columns: [column] } });
  if (answer?.kind !== 'orphan-count') return [];
  const args = { values, count: answer.count, target: `${displayName(key.references)}.${column}` };
  if (answer.count === 0) return [{ weight: isInteger(from.type) ? 0.12 : 0.25, sentence: message('All of its {values} values exist in {target}.', args) }];
  const examples = answer.examples.slice(0, 3).map((example) => `'${example.values[0] ?? ''}'`).join(', ');
  return [{ weight: answer.count === values ? -0.25 : -0.1, sentence: message('{count} of its {values} values do not exist in {target}: {examples}.', { ...args, examples }) }];
}

/** A new enum, or a CHECK that lists what is allowed: are the old values among its labels? */
function labels({ from, original, after, to, desired, values }: RowsOf, ask: Ask): readonly Finding[] {
  const [allowed, of] = allowedValues(after, to, desired);
  const isSameEnum = to.type.kind === 'enum' && typeKey(from.type) === typeKey(to.type);
  if (allowed.length === 0 || isSameEnum || !(isText(from.type) || (from.type.kind === 'enum' && from.type.dimensions === 0))) return [];
  const answer = ask({ kind: 'values-outside-labels', table: original, column: from.name, labels: allowed });
  if (answer?.kind !== 'values-outside-labels') return [];
  const args = { values, count: answer.count, of };
  if (answer.count === 0) return [{ weight: 0.2, sentence: message('All of its {values} values are among those of {of}.', args) }];
  const folded = new Set(allowed.map((label) => label.toLowerCase()));
  if (!answer.more && answer.values.every(({ value }) => folded.has(value.trim().toLowerCase()))) return [{ weight: 0.15, sentence: message('All of its {values} values are among those of {of}, but for upper and lower case.', args) }];
  const examples = answer.values.slice(0, 3).map(({ value }) => `'${value}'`).join(', ');
  return [{ weight: answer.count === values ? -0.25 : -0.05, sentence: message('{count} of its {values} values are not among those of {of}: {examples}.', { ...args, examples }) }];
}

function allowedValues(table: Table, column: Column, desired: Schema): readonly [readonly string[], string] {
  const { type } = column;
  if (type.kind === 'enum') return [type.dimensions > 0 ? [] : (findEnum(desired, type)?.labels ?? []), typeKey(type)];
  for (const check of table.checks) {
    const listed = valuesInList(check.expression.sql, column.name);
    if (listed !== null) return [listed, column.name];
  }
  return [[], ''];
}

/** The texts of `column IN ('a', 'b')`, when the condition is that and nothing else. */
function valuesInList(sql: string, column: string): readonly string[] | null {
  const tokens = tokenize(sql).filter(({ kind }) => kind !== 'space' && kind !== 'comment');
  while (tokens[0]?.text === '(' && tokens.at(-1)?.text === ')') tokens.splice(0, tokens.length, ...tokens.slice(1, -1));
  const [name, word, open, ...list] = tokens;
  const isColumn = (name?.kind === 'word' && name.text.toLowerCase() === column) || (name?.kind === 'quoted' && name.text === `"${column}"`);
  if (!isColumn || word?.text.toLowerCase() !== 'in' || open?.text !== '(' || list.pop()?.text !== ')') return null;
  if (!list.every((token, index) => (index % 2 === 0 ? token.kind === 'string' && token.text.startsWith("'") : token.text === ','))) return null;
  return list.filter((_token, index) => index % 2 === 0).map(({ text }) => text.slice(1, -1).replaceAll("''", "'"));
}

/** A narrower text or whole number: do the old values fit? */
function room({ from, original, to, values }: RowsOf, ask: Ask): readonly Finding[] {
  const type = narrower(from.type, to.type);
  if (type === null) return [];
  const answer = ask({ kind: 'values-outside-type', table: original, column: from.name, type });
  if (answer?.kind !== 'values-outside-type') return [];
  const args = { values, count: answer.count, type: typeKey(to.type) };
  if (answer.count === 0) return [{ weight: 0.04, sentence: message('All of its {values} values fit {type}.', args) }];
  return [{ weight: -0.15, sentence: message('{count} of its {values} values do not fit {type}.', args) }];
}

const ranges: Readonly<Record<string, readonly [string, string]>> = { smallint: ['-32768', '32767'], integer: ['-2147483648', '2147483647'], bigint: ['-9223372036854775808', '9223372036854775807'] };

function narrower(from: ColumnType, to: ColumnType): NarrowerType | null {
  if (from.kind !== 'builtin' || to.kind !== 'builtin' || from.dimensions > 0 || to.dimensions > 0) return null;
  if (isText(from) && isText(to) && to.name !== 'text') {
    const [had, has] = [from.args[0], to.args[0]].map((length) => (length === undefined ? Infinity : Number(length)));
    return has !== undefined && had !== undefined && has < had ? { kind: 'length', most: has } : null;
  }
  const order = Object.keys(ranges);
  const range = ranges[to.name];
  return range !== undefined && order.indexOf(from.name) > order.indexOf(to.name) ? { kind: 'range', least: range[0], most: range[1] } : null;
}

/** A new unique key: is each of the old values there once? */
function duplicates({ before, from, original, after, to }: RowsOf, ask: Ask): readonly Finding[] {
  if (!isUnique(after, to.name) || isUnique(before, from.name)) return [];
  const answer = ask({ kind: 'duplicate-count', table: original, columns: [from.name] });
  if (answer?.kind !== 'duplicate-count') return [];
  if (answer.count === 0) return [{ weight: 0.08, sentence: message('No value is there twice, as {to} wants it.', { to: to.name }) }];
  return [{ weight: -0.15, sentence: message('{to} is unique, and {count} rows repeat a value that another row has.', { to: to.name, count: answer.count }) }];
}

function isUnique(table: Table, column: string): boolean {
  const alone = (columns: readonly (string | null)[]): boolean => columns.length === 1 && columns[0] === column;
  return (
    (table.primaryKey !== null && alone(table.primaryKey.columns)) ||
    table.uniques.some((unique) => alone(unique.columns)) ||
    table.indexes.some((index) => index.unique && index.where === null && alone(index.elements.map((element) => element.column)))
  );
}

function isInteger(type: ColumnType): boolean {
  return type.kind === 'builtin' && Object.hasOwn(ranges, type.name);
}
