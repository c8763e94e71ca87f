import { findTable } from '../schema/lookup';
import { findEnum, sameName, type Schema, type Table } from '../schema/schema';
import { relationNames } from './apply-indexes';
import type { Operation } from './operation';

/** Whether what a guarded operation makes is not there yet, and what it changes or drops is. */
export function fits(schema: Schema, operation: Operation): boolean {
  const table = 'table' in operation && typeof operation.table === 'string' && 'schema' in operation ? findTable(schema, { schema: operation.schema, name: operation.table }) : undefined;
  const named = (list: readonly { readonly name: string | null }[] | undefined, name: string | null): boolean => list?.some((object) => object.name === name) === true;
  switch (operation.kind) {
    case 'create_schema':
      return !(schema.namespaces ?? []).includes(operation.name);
    case 'create_table':
      return !relationNames(schema, operation.table.schema).has(operation.table.name);
    case 'create_view':
      return !relationNames(schema, operation.view.schema).has(operation.view.name);
    case 'create_sequence':
      return !relationNames(schema, operation.sequence.schema).has(operation.sequence.name);
    case 'create_index':
      return operation.index.name === null || !relationNames(schema, operation.schema).has(operation.index.name);
    case 'create_enum':
      return findEnum(schema, operation.enum) === undefined;
    case 'add_column':
      return table !== undefined && !named(table.columns, operation.column.name);
    case 'drop_column':
      return named(table?.columns, operation.column);
    case 'alter_column':
      return named(table?.columns, operation.column) && (operation.newName === undefined || !named(table?.columns, operation.newName));
    case 'create_primary_key':
    case 'create_unique_constraint':
    case 'create_foreign_key':
    case 'create_check_constraint':
    case 'create_exclude_constraint':
      return table !== undefined && !named(constraintsOf(table), operation.constraint.name) && (operation.kind !== 'create_primary_key' || table.primaryKey === null);
    case 'drop_constraint':
      return table !== undefined && named(constraintsOf(table), operation.name);
    case 'rename_constraint':
      return table !== undefined && named(constraintsOf(table), operation.name) && !named(constraintsOf(table), operation.newName);
    case 'create_policy':
      return table !== undefined && !named(table.policies, operation.policy.name);
    case 'create_trigger':
      return table !== undefined && !named(table.triggers, operation.trigger.name);
    case 'drop_policy':
      return named(table?.policies, operation.name);
    case 'drop_trigger':
      return named(table?.triggers, operation.name);
    case 'add_enum_value':
      return findEnum(schema, operation)?.labels.includes(operation.label) === false;
    case 'rename_enum_value': {
      const labels = findEnum(schema, operation)?.labels ?? [];
      return labels.includes(operation.label) && !labels.includes(operation.newLabel);
    }
    case 'rename_enum':
    case 'drop_enum':
      return findEnum(schema, operation) !== undefined;
    case 'drop_table':
      return findTable(schema, operation) !== undefined;
    case 'rename_table':
      return findTable(schema, operation) !== undefined && !relationNames(schema, operation.schema).has(operation.newName);
    case 'drop_view':
      return schema.views.some((view) => sameName(view, operation));
    case 'drop_index':
    case 'rename_index':
    case 'drop_sequence':
    case 'rename_sequence':
      return operation.name !== null && relationNames(schema, operation.schema).has(operation.name);
    default:
      return true;
  }
}

function constraintsOf(table: Table): readonly { readonly name: string | null }[] {
  return [...(table.primaryKey === null ? [] : [table.primaryKey]), ...table.uniques, ...table.foreignKeys, ...table.checks, ...table.excludes];
}
