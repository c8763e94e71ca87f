import { reverseSteps, stepsOf } from '../operations/steps';
import type { Operation } from '../operations/operation';
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
      message: message('The models need more than this draft does, and no revision follows it: {steps}. Add it, or generate a revision for it.', { steps: describeAll(missing) }),
      at: pass.marks.upgrade ?? { path: '', range: { start: 0, end: 0 } },
      fixes: fix(pass, missing),
      data: { direction: 'upgrade' },
    };
  },
};

/** A type that the draft uses and nobody creates is `enum-not-created`'s. */
function isSaidElsewhere(pass: Pass, operation: Operation): boolean {
  if (operation.kind !== 'create_enum') return false;
  return pass.upgrade.some(({ operation: other }) => (other.kind === 'add_column' && other.column.type.kind === 'enum' && other.column.type.name === operation.enum.name) || (other.kind === 'alter_column' && other.type?.kind === 'enum' && other.type.name === operation.enum.name));
}

function fix(pass: Pass, missing: readonly Operation[]): readonly Fix[] {
  const back = pass.downgradeRaises ? [] : reverseSteps(stepsOf(pass.after, missing));
  // The downgrade undoes last what was done last: its first step is the place.
  const [first] = pass.downgrade;
  const undo = back.length === 0 ? [] : first === undefined ? pass.editing.append('downgrade', back) : pass.editing.insertBefore(first.operation, back);
  const edits = pass.editing.combine([pass.editing.append('upgrade', missing), undo]);
  return edits === null ? [] : [{ title: missing.length === 1 ? 'Add the missing change' : `Add the ${missing.length} missing changes`, edits, safety: 'review' }];
}
