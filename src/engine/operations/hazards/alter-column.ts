import type { Node } from 'libpg-query';
import { findTable } from '../../schema/lookup';
import { findColumn, type Column, type ColumnType, type QualifiedName, type Schema, type Table } from '../../schema/schema';
import { mentionsIdentifier, quoteIdentifier } from '../../sql/identifiers';
import type { SqlParser } from '../../sql/parser';
import { typeSql } from '../../sql/types';
import { message, type Message } from '../../text/problem';
import { indexUsesColumn } from '../without';
import type { AlterColumn } from '../operation';
import { strings } from '../sql/tree';
import { readTypeName } from '../sql/types';
import { noHazard, strongestLocks, sumOf, type Hazard, type Work } from './hazard';
import { looksForNulls } from './not-null';
import { familyOf, locksOn, plainName, referringTo, unreferencedBy, withRows } from './relations';
import { rewritesFor, sameOperators } from './type-change';

interface Options {
  readonly postgresVersion: number;
  readonly sql?: SqlParser | null;
  readonly timeZone?: string | null;
}

/** Each change is a statement of its own, in Alembic's order; all but a comment take the strongest lock. */
export function alterColumnHazard(operation: AlterColumn, before: Schema, options: Options): Hazard {
  const name = { schema: operation.schema, name: operation.table };
  const table = findTable(before, name);
  const exclusive: Hazard = { ...noHazard, locks: locksOn(before, 'AccessExclusiveLock', familyOf(before, name)) };
  const parts: Hazard[] = [];
  if (operation.type !== undefined) parts.push(exclusive, typeHazard(before, name, table, operation, operation.type, options));
  if (operation.nullable !== undefined) parts.push(nullableHazard(before, name, table, operation.column, operation.nullable, options));
  if (operation.default !== undefined || operation.newName !== undefined) parts.push(exclusive);
  if (operation.comment !== undefined) parts.push({ ...noHazard, locks: locksOn(before, 'ShareUpdateExclusiveLock', [name]) });
  return sumOf(parts);
}

/** Where the column is so already, PostgreSQL goes no further than the table itself. */
function nullableHazard(before: Schema, name: QualifiedName, table: Table | undefined, columnName: string, nullable: boolean, { postgresVersion }: Options): Hazard {
  const column = table === undefined ? undefined : findColumn(table, columnName);
  const isSo = column?.nullable === nullable && (!nullable || postgresVersion >= 18);
  const scans = !nullable && (table === undefined || looksForNulls(table, columnName));
  return { ...noHazard, locks: locksOn(before, 'AccessExclusiveLock', isSo ? [name] : familyOf(before, name)), work: scans ? withRows(before, name).map((member) => ({ kind: 'scan', table: member })) : [] };
}

/** PostgreSQL makes all that hangs on the column again: indexes, keys, checks, and foreign keys from both sides. */
function typeHazard(before: Schema, name: QualifiedName, table: Table | undefined, operation: AlterColumn, to: ColumnType, options: Options): Hazard {
  const column = table === undefined ? undefined : findColumn(table, operation.column);
  if (table === undefined || column === undefined) {
    const reason = message('What {column} of {table} is now, is not known.', { column: operation.column, table: operation.table });
    return { ...noHazard, work: [{ kind: 'rewrite', table: plainName(name), maybe: reason }], unknown: reason };
  }
  const rewrites = rewritesWith(column, to, operation.using, options);
  const same = sameOperators(column.type, to);
  const outgoing = table.foreignKeys.filter((key) => key.columns.includes(column.name));
  const incoming = referringTo(before, name).filter(({ key }) => key.references.columns.includes(column.name));
  const others = [
    ...locksOn(before, 'AccessExclusiveLock', [...outgoing.flatMap((key) => unreferencedBy(before, key.references, options.postgresVersion)), ...incoming.flatMap((reference) => familyOf(before, reference.table))]),
    ...locksOn(before, 'ShareRowExclusiveLock', outgoing.flatMap((key) => familyOf(before, key.references))),
  ];
  const rows = withRows(before, name);
  const each = (work: Omit<Work, 'table'>): readonly Work[] => rows.map((member) => ({ ...work, table: member }));
  const work: Work[] = [];
  if (rewrites !== false) work.push(...each({ kind: 'rewrite', ...(rewrites === true ? {} : { maybe: rewrites }) }));
  if (rewrites === false) {
    if (table.checks.some((check) => !check.notValid && mentionsIdentifier(check.expression.sql, column.name))) work.push(...each({ kind: 'scan' }));
    work.push(...rebuiltIndexes(table, column, operation, same).flatMap((index) => each({ kind: 'build_index', index })), ...rebuiltExcludes(table, column, operation, same).flatMap((index) => [...each({ kind: 'build_index', index }), ...each({ kind: 'scan' })]));
  }
  // Foreign keys are taken on trust where neither rows nor operators changed.
  if (rewrites !== false || !same) {
    const maybe = rewrites === true || rewrites === false || !same ? {} : { maybe: rewrites };
    for (const reference of [...outgoing.map((key) => ({ table, key })), ...incoming]) if (!reference.key.notValid) work.push(...withRows(before, reference.table).map((member): Work => ({ kind: 'scan', table: member, ...maybe })));
  }
  return { ...noHazard, locks: strongestLocks(others), work };
}

/** With USING, every row is computed unless it says no more than a cast that changes nothing. */
function rewritesWith(column: Column, to: ColumnType, using: string | undefined, { sql = null, timeZone = null }: Pick<Options, 'sql' | 'timeZone'>): boolean | Message {
  if (using === undefined) return rewritesFor(column.type, to, timeZone);
  const casts = castsOf(using, column.name, to, sql);
  if (casts === null) return true;
  const steps = [...casts, to];
  const answers = steps.map((type, index) => rewritesFor(steps[index - 1] ?? column.type, type, timeZone));
  return answers.find((answer) => answer === true) ?? answers.find((answer) => answer !== false) ?? false;
}

/** The types that `column::a::b` goes through; null where USING says more than that. */
function castsOf(using: string, column: string, to: ColumnType, sql: SqlParser | null): readonly ColumnType[] | null {
  const bare = using.trim();
  if (bare === column || bare === quoteIdentifier(column)) return [];
  if (bare === `${quoteIdentifier(column)}::${typeSql(to)}` || sql === null) return bare === `${quoteIdentifier(column)}::${typeSql(to)}` ? [to] : null;
  const tree = sql.parse(`SELECT ${using}`).value[0]?.tree;
  if (tree == null || !('SelectStmt' in tree)) return null;
  const target = tree.SelectStmt.targetList?.[0];
  return target !== undefined && 'ResTarget' in target && target.ResTarget.val !== undefined ? castChain(target.ResTarget.val, column) : null;
}

function castChain(node: Node, column: string): readonly ColumnType[] | null {
  if ('ColumnRef' in node) return strings(node.ColumnRef.fields).at(-1) === column ? [] : null;
  if (!('TypeCast' in node) || node.TypeCast.arg === undefined) return null;
  const inner = castChain(node.TypeCast.arg, column);
  return inner === null ? null : [...inner, readTypeName(node.TypeCast.typeName).type];
}

/**
 * Indexes and keys over the column that are built again although no row changed. Source: `CheckIndexCompatible` in
 * indexcmds.c: without expressions and predicate, and with the same operators and collation, an index is kept; one of a
 * partitioned table never is.
 */
function rebuiltIndexes(table: Table, column: Column, operation: AlterColumn, same: boolean): readonly (string | null)[] {
  const isKept = (elements: Elements): boolean => table.partitionBy === null && elements.every((element) => element.column !== column.name || (same && (element.collation !== null || !isCollated(column, operation))));
  const keys = [...(table.primaryKey === null ? [] : [table.primaryKey]), ...table.uniques].filter((key) => [...key.columns, ...key.include].includes(column.name) && !isKept(key.columns.map((name) => ({ column: name, collation: null }))));
  const indexes = table.indexes.filter((index) => indexUsesColumn(index, column.name) && (hasExpressions(index) || !index.valid || !isKept(index.elements)));
  return [...keys, ...indexes].map((object) => object.name);
}

type Elements = readonly { readonly column: string | null; readonly collation: string | null }[];

function rebuiltExcludes(table: Table, column: Column, operation: AlterColumn, same: boolean): readonly (string | null)[] {
  const using = table.excludes.filter(({ elements, where }) => elements.some((element) => element.column === column.name || (element.expression !== null && mentionsIdentifier(element.expression.sql, column.name))) || (where !== null && mentionsIdentifier(where.sql, column.name)));
  return using.filter((exclude) => hasExpressions(exclude) || exclude.elements.some((element) => element.column === column.name && (!same || (element.collation === null && isCollated(column, operation))))).map(({ name }) => name);
}

function hasExpressions({ elements, where }: Pick<Table['excludes'][number], 'elements' | 'where'> | Pick<Table['indexes'][number], 'elements' | 'where'>): boolean {
  return where !== null || elements.some((element) => element.expression !== null);
}

/** Another collation than before; what the change does not say is the type's own. */
function isCollated(column: Column, operation: AlterColumn): boolean {
  return (column.collation ?? 'default') !== (operation.collation ?? 'default');
}
