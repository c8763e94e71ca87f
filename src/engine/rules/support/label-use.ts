import { findTable } from '../../schema/lookup';
import { findColumn, sameName, type Column, type QualifiedName, type Schema } from '../../schema/schema';
import { mentionsIdentifier, tokenize } from '../../sql/identifiers';
import type { Step } from '../rule';

/** Whether a step needs a label of a type to be there: PostgreSQL looks it up when it plans a query, and when it stores an expression with it. */
export function usesLabel({ operation, before, after }: Step, type: QualifiedName, label: string): boolean {
  const has = (sql: string): boolean => tokenize(sql).some((token) => token.kind === 'string' && token.text === `'${label.replaceAll("'", "''")}'`);
  const isOfType = (column: Column | undefined): boolean => column?.type.kind === 'enum' && column.type.dimensions === 0 && sameName(column.type, type);
  const defaults = (column: Column): boolean => isOfType(column) && column.default !== null && has(column.default.sql);
  const expression = (schema: Schema, table: QualifiedName, sql: string): boolean =>
    has(sql) && (mentionsIdentifier(sql, type.name) || findTable(schema, table)?.columns.some((column) => isOfType(column) && mentionsIdentifier(sql, column.name)) === true);
  switch (operation.kind) {
    case 'add_column':
      return defaults(operation.column);
    case 'create_table':
      return operation.table.columns.some(defaults) || operation.table.checks.some((check) => expression(after, operation.table, check.expression.sql));
    case 'alter_column': {
      const name = { schema: operation.schema, name: operation.table };
      const table = findTable(before, name);
      const column = table === undefined ? undefined : findColumn(table, operation.column);
      const becomes = operation.type === undefined ? isOfType(column) : operation.type.kind === 'enum' && sameName(operation.type, type);
      return becomes && ((operation.default != null && has(operation.default.sql)) || (operation.using !== undefined && has(operation.using)));
    }
    case 'create_check_constraint':
      return expression(before, { schema: operation.schema, name: operation.table }, operation.constraint.expression.sql);
    case 'create_index':
      return operation.index.where !== null && expression(before, { schema: operation.schema, name: operation.table }, operation.index.where.sql);
    case 'execute':
      if (operation.effect !== 'data' || !has(operation.sql)) return false;
      return mentionsIdentifier(operation.sql, type.name) || before.tables.some((table) => mentionsIdentifier(operation.sql, table.name) && table.columns.some((column) => isOfType(column) && mentionsIdentifier(operation.sql, column.name)));
    default:
      return false;
  }
}
