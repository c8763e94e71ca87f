import type { CreateStmt, DropStmt } from 'libpg-query';
import { plainTable, type Column, type Table } from '../../schema/schema';
import { message } from '../../text/problem';
import type { OperationBody } from '../operation';
import { readColumn } from './columns';
import { readConstraint, type ReadConstraint } from './constraints';
import { nodeName, parenthesised, rangeName, textOf, tokenAt, type Source } from './tree';

export function createTable(source: Source, statement: CreateStmt): readonly OperationBody[] {
  const name = rangeName(statement.relation);
  if (statement.relation?.relpersistence === 't') return [{ kind: 'execute', sql: source.statement.text, effect: 'none' }];
  const columns: Column[] = [];
  const constraints: ReadConstraint[] = [];
  for (const node of statement.tableElts ?? []) {
    if ('ColumnDef' in node) {
      const read = readColumn(source, node.ColumnDef);
      columns.push(read.column);
      constraints.push(...read.constraints);
    } else if ('Constraint' in node) {
      const constraint = readConstraint(source, node.Constraint);
      if (constraint !== null) constraints.push(constraint);
    } else {
      return [{ kind: 'unknown', reason: message('The columns of {table} come from another table (LIKE).', { table: name.name }), tables: [name] }];
    }
  }
  const parent = statement.inhRelations?.[0];
  const partitionOf = statement.partbound !== undefined && parent !== undefined && 'RangeVar' in parent ? rangeName(parent.RangeVar) : null;
  if (partitionOf === null && (parent !== undefined || statement.ofTypename !== undefined)) {
    return [{ kind: 'unknown', reason: message('The columns of {table} come from a parent table or a type.', { table: name.name }), tables: [name] }];
  }
  const table: Table = withConstraints({ ...plainTable, ...name, columns, partitionBy: partitionBy(source, statement), partitionOf }, constraints);
  return [{ kind: 'create_table', table, ...(statement.if_not_exists === true ? { ifNotExists: true } : {}) }];
}

export function dropTables(statement: DropStmt): readonly OperationBody[] {
  return (statement.objects ?? []).map((node) => ({ kind: 'drop_table', ...nodeName(node), ...(statement.missing_ok === true ? { ifExists: true } : {}) }));
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
