import { findEnum, type Column, type ColumnType, type Schema } from '../schema/schema';
import { stepsOf, type SchemaStep } from './steps';
import type { Operation } from './operation';

/**
 * Each operation with the state it meets and leaves. SQL names types without saying what they are: a name that is an enum
 * type at that point becomes one.
 */
export function resolvedSteps(start: Schema, operations: readonly Operation[]): readonly SchemaStep[] {
  const steps: SchemaStep[] = [];
  let before = start;
  for (const operation of operations) {
    steps.push(...stepsOf(before, [resolveTypes(before, operation)]));
    before = steps.at(-1)?.after ?? before;
  }
  return steps;
}

function resolveTypes(schema: Schema, operation: Operation): Operation {
  switch (operation.kind) {
    case 'add_column': {
      const column = resolveColumn(schema, operation.column);
      return column === operation.column ? operation : { ...operation, column };
    }
    case 'alter_column': {
      const type = operation.type === undefined ? undefined : resolveType(schema, operation.type);
      return type === operation.type || type === undefined ? operation : { ...operation, type };
    }
    case 'create_table': {
      const columns = operation.table.columns.map((column) => resolveColumn(schema, column));
      return columns.every((column, index) => column === operation.table.columns[index]) ? operation : { ...operation, table: { ...operation.table, columns } };
    }
    default:
      return operation;
  }
}

function resolveColumn(schema: Schema, column: Column): Column {
  const type = resolveType(schema, column.type);
  return type === column.type ? column : { ...column, type };
}

function resolveType(schema: Schema, type: ColumnType): ColumnType {
  if (type.kind !== 'named' || findEnum(schema, type) === undefined) return type;
  return { kind: 'enum', schema: type.schema, name: type.name, dimensions: type.dimensions };
}
