import type { Operation } from '../../operations/operation';
import { displayName } from '../../schema/schema';

/** What an operation does, in a few words for a list: `add the column note of place`. */
export function describe(operation: Operation): string {
  const on = 'table' in operation && typeof operation.table === 'string' && 'schema' in operation ? displayName({ schema: operation.schema, name: operation.table }) : '';
  switch (operation.kind) {
    case 'create_table':
      return `create the table ${displayName(operation.table)}`;
    case 'drop_table':
      return `drop the table ${displayName(operation)}`;
    case 'add_column':
      return `add the column ${operation.column.name} of ${on}`;
    case 'drop_column':
      return `drop the column ${operation.column} of ${on}`;
    case 'alter_column': {
      const parts = [
        ...(operation.newName === undefined ? [] : ['name']),
        ...(operation.type === undefined ? [] : ['type']),
        ...(operation.nullable === undefined ? [] : ['nullability']),
        ...(operation.default === undefined ? [] : ['default']),
        ...(operation.comment === undefined ? [] : ['comment']),
      ];
      return `change the ${parts.join(' and ')} of the column ${operation.column} of ${on}`;
    }
    case 'create_index':
      return operation.index.name === null ? `create an index on ${on}` : `create the index ${operation.index.name} on ${on}`;
    case 'drop_index':
      return `drop the index ${operation.name ?? ''}`;
    case 'create_primary_key':
      return `create the primary key of ${on}`;
    case 'create_foreign_key':
    case 'create_unique_constraint':
    case 'create_check_constraint':
    case 'create_exclude_constraint':
      return operation.constraint.name === null ? `create a constraint of ${on}` : `create the constraint ${operation.constraint.name} of ${on}`;
    case 'drop_constraint':
      return `drop the constraint ${operation.name ?? ''} of ${on}`;
    case 'create_enum':
      return `create the enum type ${displayName(operation.enum)}`;
    case 'drop_enum':
      return `drop the enum type ${displayName(operation)}`;
    case 'add_enum_value':
      return `add the label ${operation.label} to ${displayName(operation)}`;
    case 'rename_index':
    case 'rename_constraint':
    case 'rename_enum':
    case 'rename_sequence':
    case 'rename_table':
      return `rename ${operation.name} to ${operation.newName}`;
    default:
      return `${operation.kind.replaceAll('_', ' ')}${on === '' ? ('name' in operation && typeof operation.name === 'string' ? ` ${operation.name}` : '') : ` of ${on}`}`;
  }
}

/** The first few, and how many more. */
export function describeAll(operations: readonly Operation[], most = 4): string {
  const lines = [...new Set(operations.map(describe))];
  return `${lines.slice(0, most).join('; ')}${lines.length > most ? `; and ${lines.length - most} more` : ''}`;
}
