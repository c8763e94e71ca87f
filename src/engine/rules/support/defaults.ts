import type { Operation } from '../../operations/operation';
import { findTable } from '../../schema/lookup';
import { findColumn, findEnum, type ColumnType, type Expression, type Schema } from '../../schema/schema';
import type { Pass, Step } from '../rule';

/** A server default that a draft gives a column. */
export interface WrittenDefault {
  readonly step: Step;
  readonly operation: Operation;
  /** The argument that says it, by the names of `OperationSource.arguments`. */
  readonly argument: string;
  readonly table: string;
  readonly column: string;
  readonly type: ColumnType;
  readonly default: Expression;
  /** Of an enum type, where they are known. */
  readonly labels: readonly string[] | undefined;
}

/** Every server default of one direction, with the type of its column then. */
export function writtenDefaults(pass: Pass, direction: 'upgrade' | 'downgrade'): readonly WrittenDefault[] {
  return pass[direction].flatMap((step): readonly WrittenDefault[] => {
    const { operation, before } = step;
    const found = (table: string, column: string, type: ColumnType | undefined, value: Expression | null | undefined, argument: string): readonly WrittenDefault[] =>
      type === undefined || value === null || value === undefined ? [] : [{ step, operation, argument, table, column, type, default: value, labels: labelsOf(step.after, before, type) }];
    switch (operation.kind) {
      case 'add_column':
        return found(operation.table, operation.column.name, operation.column.type, operation.column.default, 'column.server_default');
      case 'create_table':
        return operation.table.columns.flatMap((column) => found(operation.table.name, column.name, column.type, column.default, `${column.name}.server_default`));
      case 'alter_column': {
        const table = findTable(before, { schema: operation.schema, name: operation.table });
        const known = table === undefined ? undefined : findColumn(table, operation.column)?.type;
        return found(operation.table, operation.column, operation.type ?? known ?? operation.existing?.type, operation.default, 'server_default');
      }
      default:
        return [];
    }
  });
}

function labelsOf(after: Schema, before: Schema, type: ColumnType): readonly string[] | undefined {
  if (type.kind !== 'enum') return undefined;
  return (findEnum(before, type) ?? findEnum(after, type))?.labels ?? type.labels;
}
