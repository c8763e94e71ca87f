import type { Operation } from '../../operations/operation';
import { findTable, sameName, type QualifiedName, type Schema } from '../../schema/schema';

/** Something that was not understood may have changed the table before this point. */
export function isMaybe(schema: Schema, table: QualifiedName): boolean {
  return schema.unknown.some((part) => part.tables === null || part.tables.some((name) => sameName(name, table)));
}

/** Something that was not understood may have made or dropped anything. */
export function isAnythingMaybe(schema: Schema): boolean {
  return schema.unknown.some((part) => part.tables === null);
}

/** A catalog was read: what is not in the schema is not in the database. A history may begin on tables that were made without it. */
export function isFromDatabase(schema: Schema): boolean {
  return schema.namespaces !== undefined;
}

/**
 * Whether nothing tells of the table: it is not there, no view has its name, and it would be known if it were. A namespace of which
 * nothing is known, and one that is Supabase's or an extension's, may hold it.
 */
export function isTableMissing(schema: Schema, name: QualifiedName): boolean {
  if (findTable(schema, name) !== undefined || schema.views.some((view) => sameName(view, name)) || isMaybe(schema, name)) return false;
  if (name.schema === 'pg_catalog' || name.schema === 'information_schema') return false;
  if (isFromDatabase(schema)) return name.schema === null || !(schema.managedNamespaces ?? []).includes(name.schema);
  return schema.tables.some((table) => table.schema === name.schema);
}

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

/** CASCADE: what hangs on the dropped object goes with it. */
export function cascades(operation: Operation): boolean {
  return 'cascade' in operation && operation.cascade === true;
}
