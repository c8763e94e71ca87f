import type { QualifiedName } from '../schema/schema';
import type { Operation } from './operation';

/** The table that an operation changes; null: it is about none, or does not say which. */
export function tableOfOperation(operation: Operation): QualifiedName | null {
  switch (operation.kind) {
    case 'create_table':
      return { schema: operation.table.schema, name: operation.table.name };
    case 'drop_table':
    case 'rename_table':
    case 'set_table_schema':
      return { schema: operation.schema, name: operation.name };
    default:
      return 'table' in operation && typeof operation.table === 'string' && 'schema' in operation ? { schema: operation.schema, name: operation.table } : null;
  }
}
