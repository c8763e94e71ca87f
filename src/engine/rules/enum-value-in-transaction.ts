import type { Operation, OperationOf } from '../operations/operation';
import { displayName, findEnum, sameName, type QualifiedName } from '../schema/schema';
import { message } from '../text/problem';
import type { Finding, Pass, Rule, Step } from './rule';
import { labelList } from './support/enum-types';
import { usesLabel } from './support/label-use';
import { fixOf, moveOut } from './support/move-out';
import { at, placeOf } from './support/places';
import { apartWords } from './support/table-in-use';

/** A label that a transaction adds to a type cannot be used before it ends, unless the type is of the same transaction. */
export const enumValueInTransaction: Rule = {
  meta: { title: 'A label is used in the same transaction that adds it to its enum type.', severity: 'error', sqlstates: ['55P04'] },
  *check(pass) {
    for (const direction of ['upgrade', 'downgrade'] as const) {
      if (!pass[direction].some(({ operation }) => operation.kind === 'add_enum_value')) continue;
      const reported = new Set<Operation>();
      for (const step of pass[direction]) {
        const added = addedBefore(pass[direction], step).filter((add) => !reported.has(add) && usesLabel(step, add, add.label));
        const [first] = added;
        if (first === undefined) continue;
        added.forEach((add) => reported.add(add));
        yield finding(pass, direction, step, first, added.filter((add) => sameName(add, first)));
      }
    }
  },
};

type AddValue = OperationOf<'add_enum_value'> & Operation;

function addedBefore(steps: readonly Step[], at: Step): readonly AddValue[] {
  if (at.placement.autocommit) return [];
  const earlier = steps.slice(0, steps.indexOf(at)).filter(({ placement }) => !placement.autocommit && placement.transaction === at.placement.transaction);
  // `checkfirst=True` makes no type where there is one.
  const isFresh = (type: QualifiedName): boolean => earlier.some(({ operation, before }) => operation.kind === 'create_enum' && sameName(operation.enum, type) && findEnum(before, type) === undefined);
  return earlier.flatMap(({ operation }) => (operation.kind === 'add_enum_value' && !isFresh(operation) ? [operation] : []));
}

function finding(pass: Pass, direction: 'upgrade' | 'downgrade', step: Step, type: QualifiedName, added: readonly AddValue[]): Finding {
  const args = { labels: labelList(added.map(({ label }) => label)), type: displayName(type) };
  const apart = moveOut(
    pass,
    // What the block commits stays when the downgrade goes, and the next upgrade meets it.
    addedBefore(pass[direction], step).filter((add) => sameName(add, type)).map((operation) => ({ operation, replacements: [{ ...operation, ifNotExists: true }] })),
  );
  return {
    message:
      pass.form === 'sql'
        ? message('{labels} is used in the transaction that adds it to {type}, and PostgreSQL lets a new label be used only once it is committed (55P04). Add it in a file of its own, before this one.', args)
        : added.length === 1
        ? message('{labels} is used in the transaction that adds it to {type}, and PostgreSQL lets a new label be used only once it is committed (55P04). Add it in an autocommit_block().', args)
        : message('{labels} are used in the transaction that adds them to {type}, and PostgreSQL lets new labels be used only once they are committed (55P04). Add them in an autocommit_block().', args),
    at: at(step.operation, 'server_default', 'column.server_default'),
    related: added.flatMap((operation) => {
      const place = placeOf(operation);
      return place === null ? [] : [{ at: place, message: message("'{label}' is added here.", { label: operation.label }) }];
    }),
    fixes: fixOf(apartWords(pass, `Add ${args.labels} in an autocommit_block()`, `Commit ${args.labels} before it is used, in a file of its own`), apart),
    data: { type: args.type, labels: added.map(({ label }) => label).join(', '), direction },
  };
}
