import type { CreateStmt, DropStmt } from 'libpg-query';
import { plainTable } from '../../schema/plain';
import type { Column, Table } from '../../schema/schema';
import { message } from '../../text/problem';
import type { OperationBody, TableLike } from '../operation';
import { readColumn } from './columns';
import { readConstraint, type ReadConstraint } from './constraints';
import { cascade, ifExists, nodeName, parenthesised, rangeName, strings, textOf, tokenAt, type Source } from './tree';

export function createTable(source: Source, statement: CreateStmt): readonly OperationBody[] {
  const name = rangeName(statement.relation);
  if (statement.relation?.relpersistence === 't') return [{ kind: 'execute', sql: source.statement.text, effect: 'none' }];
  const columns: Column[] = [];
  const constraints: ReadConstraint[] = [];
  const like: TableLike[] = [];
  for (const node of statement.tableElts ?? []) {
    if ('ColumnDef' in node) {
      const read = readColumn(source, node.ColumnDef);
      columns.push(read.column);
      constraints.push(...read.constraints);
    } else if ('Constraint' in node) {
      const constraint = readConstraint(source, node.Constraint);
      if (constraint !== null) constraints.push(constraint);
    } else if ('TableLikeClause' in node) {
      like.push({ table: rangeName(node.TableLikeClause.relation), at: columns.length, including: likeOptions.flatMap(([bit, what]) => ((node.TableLikeClause.options ?? 0) & bit ? [what] : [])) });
    }
  }
  const parents = (statement.inhRelations ?? []).flatMap((node) => ('RangeVar' in node ? [rangeName(node.RangeVar)] : []));
  const isPartition = statement.partbound !== undefined;
  if (statement.ofTypename !== undefined) return [{ kind: 'unknown', reason: message('The columns of {table} come from a type.', { table: name.name }), tables: [name] }];
  const bare: Table = { ...plainTable, ...name, columns, partitionBy: partitionBy(source, statement), partitionOf: isPartition ? (parents[0] ?? null) : null };
  // NOT NULL as a constraint of the table, which it can be since PostgreSQL 18.
  const filled = new Map((statement.tableElts ?? []).flatMap((node) => ('Constraint' in node && node.Constraint.contype === 'CONSTR_NOTNULL' ? strings(node.Constraint.keys).map((column) => [column, node.Constraint.conname] as const) : [])));
  const notNull = (column: Column): Column => {
    const named = filled.get(column.name);
    return filled.has(column.name) ? { ...column, nullable: false, ...(named === undefined ? {} : { notNullName: named }) } : column;
  };
  const table = withConstraints({ ...bare, columns: columns.map(notNull) }, constraints);
  return [{ kind: 'create_table', table, ...(statement.if_not_exists === true ? { ifNotExists: true } : {}), ...(like.length === 0 ? {} : { like }), ...(isPartition || parents.length === 0 ? {} : { parents }) }];
}

/** Source: TableLikeOption in PostgreSQL's parsenodes.h. */
const likeOptions = [[1, 'comments'], [4, 'constraints'], [8, 'defaults'], [16, 'generated'], [32, 'identity'], [64, 'indexes']] as const;

export function dropTables(statement: DropStmt): readonly OperationBody[] {
  return (statement.objects ?? []).map((node) => ({ kind: 'drop_table', ...nodeName(node), ...ifExists(statement.missing_ok), ...cascade(statement.behavior) }));
}

/** The table with constraints put in their places; the columns of its primary key are NOT NULL. */
export function withConstraints(table: Table, constraints: readonly ReadConstraint[]): Table {
  const primary = constraints.find((constraint) => constraint.kind === 'primary');
  return {
    ...table,
    columns: table.columns.map((column) => (primary?.value.columns.includes(column.name) === true ? { ...column, nullable: false } : column)),
    primaryKey: primary?.value ?? table.primaryKey,
    foreignKeys: [...table.foreignKeys, ...constraints.flatMap((constraint) => (constraint.kind === 'foreignkey' ? [constraint.value] : []))],
    uniques: [...table.uniques, ...constraints.flatMap((constraint) => (constraint.kind === 'unique' ? [constraint.value] : []))],
    checks: [...table.checks, ...constraints.flatMap((constraint) => (constraint.kind === 'check' ? [constraint.value] : []))],
    excludes: [...table.excludes, ...constraints.flatMap((constraint) => (constraint.kind === 'exclude' ? [constraint.value] : []))],
  };
}

function partitionBy(source: Source, statement: CreateStmt): string | null {
  if (statement.partspec === undefined) return null;
  const start = tokenAt(source, statement.partspec.location);
  const list = parenthesised(source, start);
  // PARTITION BY RANGE (…): the words PARTITION and BY are not part of it.
  return list === null ? null : textOf(source, source.tokens.slice(start + 2, list.close + 1));
}
