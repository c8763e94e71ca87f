import { compareChecks, compareExcludes, compareForeignKeys, compareIndexes, comparePrimaryKeys, compareUniques } from '../diff/compare';
import { matchObjects } from '../diff/match';
import { createIndexSql } from '../render/sql';
import { checkSql, excludeSql, foreignKeySql, primaryKeySql, uniqueSql } from '../render/table-sql';
import { displayName, type Comparison, type Index, type Schema, type Table } from '../schema/schema';
import { quoteLiteral, quoteName } from '../sql/identifiers';
import { message, type Message } from '../text/problem';
import { verifyColumns } from './columns';
import type { PartKind, VerifiedObject, VerifiedPart, VerifiedSide, VerifiedStatus } from './verification';

/** Why a difference may be none. `vague`: of anything at all; then what is found to be the same is, for two sources agree on it. */
export interface Doubt {
  readonly reason: Message;
  readonly vague: boolean;
}

export interface TableToVerify {
  readonly database: Schema;
  readonly expected: Schema;
  /** Null: the database lacks it. */
  readonly old: Table | null;
  /** Null: only the database has it. */
  readonly wanted: Table | null;
  readonly doubt: Doubt | null;
  readonly against: VerifiedSide['against'];
}

/** One table, part by part: columns in the order of the side that is held against, then keys, constraints and indexes. */
export function verifyTable({ database, expected, old, wanted, doubt, against }: TableToVerify): VerifiedObject {
  const named = { kind: 'table', name: displayName((wanted ?? old) as Table) } as const;
  if (old === null || wanted === null) {
    const status = doubt === null ? (old === null ? 'missing' : 'extra') : 'unknown';
    return { ...named, status, parts: [], expected: wanted === null ? null : outline(wanted), actual: old === null ? null : outline(old), reason: doubt?.reason ?? null };
  }
  const parts = [
    ...verifyColumns(database, expected, old, wanted),
    ...objects('primary key', optional(old.primaryKey), optional(wanted.primaryKey), comparePrimaryKeys, primaryKeySql),
    ...objects('unique constraint', old.uniques, wanted.uniques, compareUniques, uniqueSql),
    ...objects('foreign key', old.foreignKeys, wanted.foreignKeys, compareForeignKeys, foreignKeySql),
    ...objects('check', old.checks, wanted.checks, compareChecks, checkSql),
    ...objects('exclusion', old.excludes, wanted.excludes, compareExcludes, excludeSql),
    ...objects('index', old.indexes, wanted.indexes, compareIndexes, (index) => indexText(wanted, index)),
    ...invalidIndexes(old),
    ...partitioning(old, wanted),
    ...trait('comment', old.comment, wanted.comment, (text) => quoteLiteral(text)),
    ...(against === 'history' ? hangingOn(old, wanted) : []),
  ].map((part): VerifiedPart => (doubt === null || part.status === 'same' || part.status === 'unknown' ? part : { ...part, status: 'unknown', reason: doubt.reason }));
  const status = doubt === null || doubt.vague ? statusOf(parts) : 'unknown';
  return { ...named, status, parts, expected: null, actual: null, reason: status === 'same' ? null : (doubt?.reason ?? null) };
}

function statusOf(parts: readonly VerifiedPart[]): VerifiedStatus {
  if (parts.some(({ status }) => status === 'different' || status === 'missing' || status === 'extra')) return 'different';
  return parts.some(({ status }) => status === 'unknown') ? 'unknown' : 'same';
}

/** Pairs by name, then by what they are: an object that is only called otherwise differs by its name. */
function objects<T extends { readonly name: string | null; readonly comment: string | null }>(kind: PartKind, old: readonly T[], wanted: readonly T[], compare: (a: T, b: T) => Comparison, spell: (object: T) => string): readonly VerifiedPart[] {
  const { same, changed, gone, come, unknown } = matchObjects(old, wanted, compare);
  return [
    ...same.map(({ current, desired, renamed }): VerifiedPart => {
      const doubt = unknown.find((one) => one.current === current);
      const isOtherComment = kind !== 'index' && desired.comment !== null && desired.comment !== current.comment;
      const [expected, actual] = isOtherComment ? [`${spell(desired)}, comment ${quoteLiteral(desired.comment ?? '')}`, current.comment === null ? `${spell(current)}, no comment` : `${spell(current)}, comment ${quoteLiteral(current.comment)}`] : [spell({ ...desired, name: desired.name ?? current.name }), spell(current)];
      return { kind, name: current.name ?? '', status: doubt !== undefined ? 'unknown' : renamed || isOtherComment ? 'different' : 'same', expected, actual, reason: doubt?.reason ?? null };
    }),
    ...changed.map(({ current, desired }): VerifiedPart => ({ kind, name: current.name ?? '', status: 'different', expected: spell(desired), actual: spell(current), reason: null })),
    ...come.map((object): VerifiedPart => ({ kind, name: object.name ?? '', status: 'missing', expected: spell(object), actual: null, reason: null })),
    ...gone.map((object): VerifiedPart => ({ kind, name: object.name ?? '', status: 'extra', expected: null, actual: spell(object), reason: null })),
  ];
}

/** What a CREATE INDEX CONCURRENTLY that failed left behind is there by name, and serves no query. */
function invalidIndexes(old: Table): readonly VerifiedPart[] {
  return old.indexes.filter(({ valid }) => !valid).map((index): VerifiedPart => ({ kind: 'index', name: index.name ?? '', status: 'different', expected: 'valid', actual: 'INVALID', reason: message('A CREATE INDEX CONCURRENTLY that failed left it behind: no query uses it. Drop it and build it again.') }));
}

/** A migration cannot change how a table is partitioned, so the texts alone are held against each other. */
function partitioning(old: Table, wanted: Table): readonly VerifiedPart[] {
  if (old.partitionBy === null && wanted.partitionBy === null) return [];
  const plain = (text: string | null): string => (text ?? '').replaceAll(/[\s"]/g, '').toLowerCase();
  const status = plain(old.partitionBy) === plain(wanted.partitionBy) ? 'same' : old.partitionBy === null || wanted.partitionBy === null ? 'different' : 'unknown';
  const reason = status === 'unknown' ? message('Only the texts were compared, and they differ.') : null;
  return [{ kind: 'partitioning', name: '', status, expected: wanted.partitionBy, actual: old.partitionBy, reason }];
}

function hangingOn(old: Table, wanted: Table): readonly VerifiedPart[] {
  const names = (kind: PartKind, mine: readonly { readonly name: string }[], theirs: readonly { readonly name: string }[]): readonly VerifiedPart[] => [
    ...theirs.map(({ name }): VerifiedPart => ({ kind, name, status: mine.some((one) => one.name === name) ? 'same' : 'missing', expected: name, actual: mine.some((one) => one.name === name) ? name : null, reason: null })),
    ...mine.filter(({ name }) => !theirs.some((one) => one.name === name)).map(({ name }): VerifiedPart => ({ kind, name, status: 'extra', expected: null, actual: name, reason: null })),
  ];
  const word = ({ rowLevelSecurity }: Table): string => (rowLevelSecurity ? 'on' : 'off');
  return [
    ...names('policy', old.policies, wanted.policies),
    ...names('trigger', old.triggers ?? [], wanted.triggers ?? []),
    ...(old.rowLevelSecurity || wanted.rowLevelSecurity ? [{ kind: 'row level security', name: '', status: old.rowLevelSecurity === wanted.rowLevelSecurity ? 'same' : 'different', expected: word(wanted), actual: word(old), reason: null } as const] : []),
  ];
}

function trait(kind: PartKind, old: string | null, wanted: string | null, spell: (text: string) => string): readonly VerifiedPart[] {
  if (old === null && wanted === null) return [];
  const text = (value: string | null): string => (value === null ? 'none' : spell(value));
  return [{ kind, name: '', status: old === wanted ? 'same' : 'different', expected: text(wanted), actual: text(old), reason: null }];
}

/** Without the table, under which it stands. */
function indexText(table: Table, index: Index): string {
  return createIndexSql(quoteName(table), index).replace(/^CREATE /, '').replace(` ON ${quoteName(table)} `, ' ');
}

/** `3 columns, 2 indexes` */
function outline(table: Table): string {
  const constraints = table.uniques.length + table.foreignKeys.length + table.checks.length + table.excludes.length + (table.primaryKey === null ? 0 : 1);
  const count = (number: number, one: string, many = `${one}s`): readonly string[] => (number === 0 ? [] : [`${number} ${number === 1 ? one : many}`]);
  return [...count(table.columns.length, 'column'), ...count(constraints, 'constraint'), ...count(table.indexes.length, 'index', 'indexes')].join(', ');
}

function optional<T>(value: T | null): readonly T[] {
  return value === null ? [] : [value];
}
