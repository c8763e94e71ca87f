import type { OperationBody } from '../operation';

/** The name of what an operation makes, changes or drops, which a guard of it must ask for; none where it has none. */
export function objectNames(operation: OperationBody): readonly string[] {
  switch (operation.kind) {
    case 'create_table':
      return [operation.table.name];
    case 'create_enum':
      return [operation.enum.name];
    case 'create_view':
      return [operation.view.name];
    case 'create_sequence':
      return [operation.sequence.name];
    case 'add_column':
      return [operation.column.name];
    case 'drop_column':
    case 'alter_column':
      return [operation.column];
    case 'create_primary_key':
    case 'create_unique_constraint':
    case 'create_foreign_key':
    case 'create_check_constraint':
    case 'create_exclude_constraint':
      return operation.constraint.name === null ? [] : [operation.constraint.name];
    case 'create_index':
      return operation.index.name === null ? [] : [operation.index.name];
    case 'create_policy':
      return [operation.policy.name];
    case 'create_trigger':
      return [operation.trigger.name];
    case 'add_enum_value':
    case 'rename_enum_value':
      return [operation.label];
    case 'drop_constraint':
    case 'drop_index':
      return operation.name === null ? [] : [operation.name];
    case 'create_schema':
    case 'drop_table':
    case 'rename_table':
    case 'rename_index':
    case 'rename_constraint':
    case 'rename_enum':
    case 'rename_sequence':
    case 'drop_enum':
    case 'drop_view':
    case 'drop_policy':
    case 'drop_trigger':
    case 'drop_sequence':
      return [operation.name];
    default:
      return [];
  }
}
