import { diffSchemas } from '../../diff/diff';
import { withinScope } from '../../diff/scope';
import type { Operation } from '../../operations/operation';
import { noAnswers } from '../../questions';
import type { Schema } from '../../schema/schema';
import type { Pass } from '../rule';

/** How the schema after the draft and the models differ. */
export interface AgainstModels {
  /** Needed before the draft, and still after it. */
  readonly missing: readonly Operation[];
  /** Needed only because the draft did something that the models do not ask for. */
  readonly excess: readonly Operation[];
}

/**
 * Only where the models are known, the draft is the last of its chain (`Pass.desired`), and what stands before it is known. Tables that no
 * model declares are left alone; of types that the database knows better than the models (`notCompared`) nothing is said.
 */
export function againstModels(pass: Pass): AgainstModels | null {
  const { desired, before, after } = pass;
  if (desired === null || after.unknown.length > 0 || desired.unknown.length > 0 || desired.tables.length === 0) return null;
  const known = kept.get(after);
  if (known?.before === before && known.desired === desired) return known.found;
  const found = compare(before, after, desired);
  kept.set(after, { before, desired, found });
  return found;
}

/** Two rules ask, and schemas are values. */
const kept = new WeakMap<Schema, { readonly before: Schema; readonly desired: Schema; readonly found: AgainstModels }>();

function compare(before: Schema, after: Schema, desired: Schema): AgainstModels {
  const last = remaining(after, desired);
  if (last.length === 0) return { missing: [], excess: [] };
  const first = remaining(before, desired).map(keyOf);
  return { missing: last.filter((operation) => first.includes(keyOf(operation))), excess: last.filter((operation) => !first.includes(keyOf(operation))) };
}

function remaining(current: Schema, desired: Schema): readonly Operation[] {
  const scoped = withinScope(current, desired, null, noAnswers, null);
  return diffSchemas(current, scoped.desired).operations;
}

function keyOf({ note: _note, suggestion: _suggestion, downgradeNote: _downgradeNote, ...operation }: Operation): string {
  return JSON.stringify(operation);
}
