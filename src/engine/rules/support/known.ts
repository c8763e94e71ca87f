import type { Operation } from '../../operations/operation';
import type { Step } from '../rule';
import { findTable } from '../../schema/lookup';
import { sameName, type QualifiedName, type Schema } from '../../schema/schema';

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
  if (schema.isPartial === true) return false;
  if (isFromDatabase(schema)) return name.schema === null || !(schema.managedNamespaces ?? []).includes(name.schema);
  return schema.tables.some((table) => table.schema === name.schema);
}

/** CASCADE: what hangs on the dropped object goes with it. */
export function cascades(operation: Operation): boolean {
  return 'cascade' in operation && operation.cascade === true;
}

/** Whether it runs hangs on a condition that is not known, which may well ask for the very thing that seems to be wrong. */
export function mayNotRun(operation: Operation): boolean {
  return operation.source?.uncertain !== undefined && operation.source.afterReturn !== true;
}

/** A part of it was left out, because it could not be read (a default that only Python knows): what seems to be missing may be that. */
export function isReadInPart(steps: readonly Step[], step: Step): boolean {
  const next = steps[steps.indexOf(step) + 1]?.operation;
  return next?.kind === 'unknown' && next.source !== undefined && next.source.statement.range.start === step.operation.source?.statement.range.start;
}
