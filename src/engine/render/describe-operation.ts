import type { Operation } from '../operations/operation';
import { displayName } from '../schema/schema';

/** What an operation is, in its own words: `add_column orders.status`, `create_index ix_orders_status on orders`. Null: nothing that a schema holds. */
export function describeOperation(operation: Operation): string | null {
  switch (operation.kind) {
    case 'execute':
      return operation.effect === 'data' ? 'reads or writes rows' : null;
    case 'unknown':
      return null;
    case 'create_table':
      return `create_table ${displayName(operation.table)}`;
    case 'add_column':
      return `add_column ${onTable(operation)}.${operation.column.name}`;
    case 'drop_column':
    case 'drop_expression':
    case 'alter_column':
    case 'set_numbering':
      return `${operation.kind} ${onTable(operation)}.${operation.column}`;
    case 'create_index':
      return `create_index ${operation.index.name ?? ''} on ${onTable(operation)}`.replace('  ', ' ');
    case 'drop_index':
      return `drop_index ${operation.name ?? ''}`.trimEnd();
    case 'create_enum':
      return `create_enum ${displayName(operation.enum)}`;
    case 'create_sequence':
      return `create_sequence ${displayName(operation.sequence)}`;
    case 'create_view':
      return `create_view ${displayName(operation.view)}`;
    case 'create_schema':
    case 'drop_schema':
      return `${operation.kind} ${operation.name}`;
    default:
      return plainly(operation);
  }
}

/** `kind constraint on table`, `kind name`: what the other operations have. */
function plainly(operation: Operation): string {
  const part = 'constraint' in operation ? operation.constraint.name : 'policy' in operation ? operation.policy.name : 'trigger' in operation ? operation.trigger.name : 'name' in operation ? operation.name : null;
  if ('table' in operation && typeof operation.table === 'string' && 'schema' in operation) {
    const table = displayName({ schema: operation.schema, name: operation.table });
    return part === null ? `${operation.kind} ${table}` : `${operation.kind} ${part} on ${table}`;
  }
  const schema = 'schema' in operation ? operation.schema : null;
  return part === null ? operation.kind : `${operation.kind} ${displayName({ schema, name: part })}`;
}

function onTable({ schema, table }: { readonly schema: string | null; readonly table: string }): string {
  return displayName({ schema, name: table });
}
