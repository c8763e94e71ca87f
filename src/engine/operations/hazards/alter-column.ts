import type { Node } from 'libpg-query';
import { findColumn, findTable, sameName, type Column, type ColumnType, type QualifiedName, type Schema, type Table } from '../../schema/schema';
import { mentionsIdentifier, quoteIdentifier } from '../../sql/identifiers';
import type { SqlParser } from '../../sql/parser';
import { typeSql } from '../../sql/types';
import { message, type Message } from '../../text/problem';
import { indexUsesColumn } from '../without';
import type { AlterColumn } from '../operation';
import { strings } from '../sql/tree';
import { readTypeName } from '../sql/types';
import { noHazard, sumOf, type Hazard, type Work } from './hazard';
import { looksForNulls } from './not-null';
import { familyOf, locksOn, plainName, referringTo, withRows } from './relations';
import { rewritesFor, sameOperators } from './type-change';

interface Options {
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
  if (operation.nullable === false) parts.push(exclusive, { ...noHazard, work: table === undefined || looksForNulls(table, operation.column) ? withRows(before, name).map((member) => ({ kind: 'scan', table: member })) : [] });
  if (operation.nullable === true || operation.default !== undefined || operation.newName !== undefined) parts.push(exclusive);
  if (operation.comment !== undefined) parts.push({ ...noHazard, locks: locksOn(before, 'ShareUpdateExclusiveLock', [name]) });
  return sumOf(parts);
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
  const others = [...outgoing.map((key) => key.references), ...incoming.map((reference) => reference.table)].filter((other) => !sameName(other, name));
  const compared = [...outgoing.map((key) => ({ table, key })), ...incoming].filter(({ key }) => !same && !key.notValid);
  const rows = withRows(before, name);
  const work: Work[] = [];
  if (rewrites !== false) work.push(...rows.map((member): Work => ({ kind: 'rewrite', table: member, ...(rewrites === true ? {} : { maybe: rewrites }) })));
  if (rewrites === false) {
    if (table.checks.some((check) => !check.notValid && mentionsIdentifier(check.expression.sql, column.name))) work.push(...rows.map((member): Work => ({ kind: 'scan', table: member })));
    work.push(...rebuiltIndexes(table, column, operation, same).flatMap((index) => rows.map((member): Work => ({ kind: 'build_index', table: member, index }))));
  }
  work.push(...compared.map((reference): Work => ({ kind: 'scan', table: plainName(reference.table) })));
  return { ...noHazard, locks: locksOn(before, 'AccessExclusiveLock', others.flatMap((other) => familyOf(before, other))), work };
}

/** With USING, every row is computed unless it says no more than a cast that changes nothing. */
function rewritesWith(column: Column, to: ColumnType, using: string | undefined, { sql = null, timeZone = null }: Options): boolean | Message {
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
 * Indexes, keys and exclusions over the column that are built again although no row changed. Source: `CheckIndexCompatible`
 * in indexcmds.c: without expressions and predicate, and with the same operators and collation, an index is kept.
 */
function rebuiltIndexes(table: Table, column: Column, operation: AlterColumn, same: boolean): readonly (string | null)[] {
  const collated = (column.collation ?? 'default') !== (operation.collation ?? 'default');
  const keyed = (columns: readonly string[]): boolean => columns.includes(column.name) && (!same || collated);
  const keys = [...(table.primaryKey === null ? [] : [table.primaryKey]), ...table.uniques].filter((key) => keyed(key.columns));
  const indexes = table.indexes.filter((index) => {
    if (!indexUsesColumn(index, column.name)) return false;
    if (index.where !== null || !index.valid || index.elements.some((element) => element.expression !== null)) return true;
    return index.elements.some((element) => element.column === column.name && (!same || (collated && element.collation === null)));
  });
  const excludes = table.excludes.filter((exclude) => exclude.elements.some((element) => element.column === column.name || element.expression !== null) || exclude.where !== null);
  return [...keys, ...indexes, ...excludes.filter((exclude) => excludeRebuilt(exclude, column, same, collated))].map((object) => object.name);
}

function excludeRebuilt({ elements, where }: Table['excludes'][number], column: Column, same: boolean, collated: boolean): boolean {
  const expressions = elements.flatMap(({ expression }) => (expression === null ? [] : [expression.sql]));
  const uses = elements.some((element) => element.column === column.name) || [...expressions, ...(where === null ? [] : [where.sql])].some((text) => mentionsIdentifier(text, column.name));
  if (!uses) return false;
  return where !== null || expressions.length > 0 || elements.some((element) => element.column === column.name && (!same || (collated && element.collation === null)));
}
