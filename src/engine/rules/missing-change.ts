import { reverseSteps, stepsOf } from '../operations/steps';
import type { Operation } from '../operations/operation';
import type { ColumnType } from '../schema/schema';
import { message } from '../text/problem';
import type { Fix, Pass, Rule } from './rule';
import { againstModels } from './support/against-models';
import { describeAll } from './support/describe';

/** The models need more than the last draft does. */
export const missingChange: Rule = {
  meta: { title: 'The models need a change that the draft does not make.', severity: 'warning' },
  *check(pass) {
    const missing = (againstModels(pass)?.missing ?? []).filter((operation) => !isSaidElsewhere(pass, operation));
    if (missing.length === 0) return;
    yield {
      message: message('The models need more than this draft does, and no {kind} follows it: {steps}. Add it, or generate a {kind} for it.', { steps: describeAll(missing), kind: pass.form === 'sql' ? 'migration' : 'revision' }),
      at: pass.marks.upgrade ?? { path: '', range: { start: 0, end: 0 } },
      // Models that are far ahead, or not what the history is about, are no fault of this draft.
      ...(missing.length > 12 ? { severity: 'info' as const, fixes: [] } : { fixes: fix(pass, missing) }),
      data: { direction: 'upgrade' },
    };
  },
};

/** A type that the draft uses and nobody creates is `enum-not-created`'s. */
function isSaidElsewhere(pass: Pass, operation: Operation): boolean {
  if (operation.kind !== 'create_enum') return false;
  // SQL says no more of a type than its name.
  const isIt = (type: ColumnType | undefined): boolean => (type?.kind === 'enum' || type?.kind === 'named') && type.name === operation.enum.name;
  return pass.upgrade.some(({ operation: other }) => (other.kind === 'add_column' && isIt(other.column.type)) || (other.kind === 'alter_column' && isIt(other.type)));
}

function fix(pass: Pass, missing: readonly Operation[]): readonly Fix[] {
  const back = pass.downgradeRaises ? [] : reverseSteps(stepsOf(pass.after, missing));
  // The downgrade undoes last what was done last: its first step is the place.
  const [first] = pass.downgrade;
  const undo = back.length === 0 ? [] : first === undefined ? pass.editing.append('downgrade', back) : pass.editing.insertBefore(first.operation, back);
  const edits = pass.editing.combine([pass.editing.append('upgrade', missing), undo]);
  return edits === null ? [] : [{ title: missing.length === 1 ? 'Add the missing change' : `Add the ${missing.length} missing changes`, edits, safety: 'review' }];
}
