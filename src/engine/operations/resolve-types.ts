import type { Schema } from '../schema/schema';
import { applyOperation } from './apply';
import type { Operation } from './operation';
import { resolveOperation } from './resolve';
import { stepsOf, type SchemaStep } from './steps';

/**
 * Each operation with the state it meets and leaves. SQL names types, tables and columns without saying what they are: what
 * a schema tells of them is filled in at that point.
 */
export function resolvedSteps(start: Schema, operations: readonly Operation[]): readonly SchemaStep[] {
  const steps: SchemaStep[] = [];
  let before = start;
  for (const operation of operations) {
    steps.push(...stepsOf(before, resolveOperation(before, operation)));
    before = steps.at(-1)?.after ?? before;
  }
  return steps;
}

/** The schema behind these steps, for those who need none of them. */
export function applyResolved(start: Schema, operations: readonly Operation[]): Schema {
  return operations.reduce((schema, operation) => resolveOperation(schema, operation).reduce(applyOperation, schema), start);
}
