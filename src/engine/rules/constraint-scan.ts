import { displayName } from '../schema/schema';
import { message } from '../text/problem';
import type { Rule } from './rule';
import { withName } from './support/added-constraint';
import { moveOutFix } from './support/move-out';
import { at } from './support/places';
import { apartWords, lockText, withSize, workInUse } from './support/table-in-use';

/** A foreign key or CHECK looks at every row under the lock that adds it. */
export const constraintScan: Rule = {
  meta: { title: 'A foreign key or CHECK on a table in use looks at every row while others wait.', severity: 'warning', yieldsTo: ['unknown-object', 'duplicate-object', 'foreign-key-mismatch', 'managed-schema'] },
  *check(pass) {
    for (const step of pass.upgrade) {
      const { operation } = step;
      if ((operation.kind !== 'create_foreign_key' && operation.kind !== 'create_check_constraint') || operation.online === true) continue;
      const [scan] = workInUse(pass, step, 'scan');
      const lock = scan === undefined ? null : lockText(step, scan.use.table);
      if (scan === undefined || lock === null) continue;
      const { use } = scan;
      const named = withName(step);
      const name = named !== null && 'constraint' in named ? named.constraint.name : null;
      const args = { name: name ?? 'the constraint', table: displayName(use.table), lock, step: apartWords(pass, 'step', 'file') };
      const target = operation.kind === 'create_foreign_key' && displayName(operation.constraint.references) !== args.table ? displayName(operation.constraint.references) : null;
      yield {
        message: withSize(
          target === null
            ? message('To add {name}, every row of {table} is looked at under {lock}, until the transaction ends. On a table in use, add it NOT VALID, and validate it in a {step} of its own.', args)
            : message('To add {name}, every row of {table} is looked at while it and {target} are under {lock}, until the transaction ends. On a table in use, add it NOT VALID, and validate it in a {step} of its own.', { ...args, target }),
          use,
        ),
        at: at(operation, 'constraint_name', 'inline'),
        severity: use.severity,
        fixes: use.isPlain && named !== null && name !== null ? moveOutFix(pass, `Add "${name}" NOT VALID, then validate it`, [{ operation, online: true, named }]) : [],
        data: { table: args.table, constraint: args.name },
      };
    }
  },
};
