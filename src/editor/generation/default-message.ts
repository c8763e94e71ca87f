import type { Operation } from '../../engine/operations/operation';

/**
 * A message to start from: what the migration does where that is one thing, else the tables it is about.
 * `rename place.state to status`, `add invoice`, `change place, domain and job`.
 */
export function defaultMessage(operations: readonly Operation[]): string {
  const telling = operations.filter(({ kind }) => kind !== 'execute' && kind !== 'create_enum' && kind !== 'drop_enum');
  const [first, ...others] = telling;
  if (first === undefined) return operations.length === 0 ? '' : 'change types';
  if (others.length === 0) {
    const sentence = single(first);
    if (sentence !== null) return sentence;
  }
  const tables = [...new Set(telling.flatMap(tableOf))];
  if (tables.length === 0) return 'change schema';
  const created = telling.flatMap((operation) => (operation.kind === 'create_table' ? [operation.table.name] : []));
  const verb = tables.every((table) => created.includes(table)) ? 'add' : 'change';
  return tables.length <= 3 ? `${verb} ${andList(tables)}` : `align ${tables.length} tables with the models`;
}

function single(operation: Operation): string | null {
  switch (operation.kind) {
    case 'create_table':
      return `add ${operation.table.name}`;
    case 'drop_table':
      return `drop ${operation.name}`;
    case 'rename_table':
      return `rename ${operation.name} to ${operation.newName}`;
    case 'add_column':
      return `add ${operation.table}.${operation.column.name}`;
    case 'drop_column':
      return `drop ${operation.table}.${operation.column}`;
    case 'alter_column':
      return operation.newName === undefined ? `change ${operation.table}.${operation.column}` : `rename ${operation.table}.${operation.column} to ${operation.newName}`;
    case 'create_index':
      return operation.index.name === null ? null : `add index ${operation.index.name}`;
    case 'add_enum_value':
      return `add ${operation.label} to ${operation.name}`;
    default:
      return null;
  }
}

function tableOf(operation: Operation): readonly string[] {
  if (operation.kind === 'create_table') return [operation.table.name];
  if (operation.kind === 'drop_table' || operation.kind === 'rename_table') return [operation.name];
  return 'table' in operation && typeof operation.table === 'string' ? [operation.table] : [];
}

function andList(names: readonly string[]): string {
  const last = names[names.length - 1] ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}
