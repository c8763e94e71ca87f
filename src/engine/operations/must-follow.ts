import { sameName, type ForeignKey, type QualifiedName } from '../schema/schema';
import type { Operation } from './operation';

/**
 * Whether `later` may have to come behind `earlier`, as it was written, when `earlier` (an index, a key, a constraint, a NOT NULL) is put off.
 * False only where it is known that both orders lead to the same.
 */
export function mustFollow(later: Operation, earlier: Operation): boolean {
  const put = putOff(earlier);
  if (put === null) return true;
  const { table, isKey, name, columns } = put;
  const isHere = (at: { readonly schema: string | null; readonly table: string }): boolean => table === null || sameName({ schema: at.schema, name: at.table }, table);
  const refers = ({ references }: ForeignKey): boolean => isKey && (table === null || sameName(references, table));
  switch (later.kind) {
    case 'create_schema':
    case 'create_enum':
    case 'add_enum_value':
    case 'create_sequence':
    case 'create_table_comment':
    case 'set_row_level_security':
    case 'create_policy':
    case 'drop_policy':
    case 'create_trigger':
    case 'drop_trigger':
      return false;
    // A primary key lets GROUP BY name less.
    case 'create_view':
      return earlier.kind === 'create_primary_key';
    case 'validate_constraint':
      return later.name === name;
    case 'create_table':
      return later.table.foreignKeys.some(refers) || (later.like ?? []).length > 0 || (later.parents ?? []).length > 0 || later.query !== undefined;
    case 'add_column':
      return later.inline?.foreignKey !== undefined && refers(later.inline.foreignKey);
    case 'create_index':
      return later.index.name === name;
    case 'drop_index':
      return later.name === name || isKey;
    case 'create_foreign_key':
      return later.constraint.name === name || refers(later.constraint);
    case 'create_unique_constraint':
    case 'create_check_constraint':
    case 'create_exclude_constraint':
      return later.constraint.name === name;
    case 'create_primary_key':
      return later.constraint.name === name || (isHere(later) && later.constraint.columns.some((column) => columns.includes(column)));
    case 'alter_column':
      return isHere(later) && (later.newName !== undefined || later.type !== undefined || columns.includes(later.column));
    default:
      return true;
  }
}

interface PutOff {
  /** Null: not known. */
  readonly table: QualifiedName | null;
  /** Foreign keys may stand on it. */
  readonly isKey: boolean;
  readonly name: string | null;
  readonly columns: readonly string[];
}

/** Null: what it brings about is not looked at here. */
function putOff(operation: Operation): PutOff | null {
  switch (operation.kind) {
    case 'create_index':
      return { table: tableOf(operation), isKey: operation.index.unique, name: operation.index.name, columns: [] };
    case 'drop_index':
      return { table: operation.table === null ? null : { schema: operation.schema, name: operation.table }, isKey: false, name: operation.name, columns: [] };
    case 'create_unique_constraint':
    case 'create_primary_key':
      return { table: tableOf(operation), isKey: true, name: operation.constraint.name, columns: operation.constraint.columns };
    case 'create_foreign_key':
    case 'create_check_constraint':
      return { table: tableOf(operation), isKey: false, name: operation.constraint.name, columns: [] };
    case 'alter_column':
      return { table: tableOf(operation), isKey: false, name: null, columns: [operation.column] };
    default:
      return null;
  }
}

function tableOf({ schema, table }: { readonly schema: string | null; readonly table: string }): QualifiedName {
  return { schema, name: table };
}
