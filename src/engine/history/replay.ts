import type { Operation } from '../operations/operation';
import { tableOfOperation } from '../operations/operation-table';
import { resolvedSteps } from '../operations/resolve-types';
import { findTable } from '../schema/lookup';
import { sameName, type Schema } from '../schema/schema';
import type { Revision } from './revision';

/**
 * The schema after these revisions, oldest first. What was not understood on the way is in its `unknown`. A revision that changes a
 * table which none before it made ran all the same: then the history begins on tables that were made without it.
 */
export function replay(revisions: readonly Pick<Revision, 'upgrade'>[], start: Schema): Schema {
  return revisions.reduce((schema, { upgrade }) => {
    const steps = resolvedSteps(schema, upgrade);
    const after = steps.at(-1)?.after ?? schema;
    return after.isPartial !== true && steps.some(({ before, operation }) => isOnAbsent(before, operation)) ? { ...after, isPartial: true } : after;
  }, start);
}

/** The operation needs a table that is not there, though nothing hides it. */
function isOnAbsent(schema: Schema, operation: Operation): boolean {
  if (schema.isPartial === true || schema.namespaces !== undefined || operation.source?.uncertain !== undefined) return false;
  if (operation.kind === 'create_table' || ('ifExists' in operation && operation.ifExists === true)) return false;
  const name = tableOfOperation(operation);
  return name !== null && !schema.unknown.some(({ tables }) => tables === null) && findTable(schema, name) === undefined && !schema.views.some((view) => sameName(view, name));
}
