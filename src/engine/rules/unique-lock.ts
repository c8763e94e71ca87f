import { displayName } from '../schema/schema';
import { message } from '../text/problem';
import type { Rule } from './rule';
import { withName } from './support/added-constraint';
import { moveOutFix } from './support/move-out';
import { at } from './support/places';
import { apartWords, lockText, withSize, workInUse } from './support/table-in-use';

/** The index of a key is built while nobody can read the table. */
export const uniqueLock: Rule = {
  meta: { title: 'A key of a table in use builds its index while all others wait.', severity: 'warning', yieldsTo: ['unknown-object', 'duplicate-object', 'duplicate-rows', 'second-primary-key', 'managed-schema'] },
  *check(pass) {
    for (const step of pass.upgrade) {
      const { operation } = step;
      if ((operation.kind !== 'create_unique_constraint' && operation.kind !== 'create_primary_key' && operation.kind !== 'create_exclude_constraint') || operation.online === true) continue;
      const [build] = workInUse(pass, step, 'build_index');
      const lock = build === undefined ? null : lockText(step, build.use.table);
      if (build === undefined || lock === null) continue;
      const { use } = build;
      const named = withName(step);
      const name = named !== null && 'constraint' in named ? named.constraint.name : null;
      const args = { name: name ?? 'the key', table: displayName(use.table), lock, where: apartWords(pass, '', ' as the first statement of a file of its own') };
      const isExclude = operation.kind === 'create_exclude_constraint';
      yield {
        message: withSize(
          isExclude
            ? message('While the index of {name} is built, and until the transaction ends, {table} is under {lock}. PostgreSQL has no other way to add it: choose a time when the table is idle.', args)
            : message('While the index of {name} is built, and until the transaction ends, {table} is under {lock}. On a table in use, build a unique index CONCURRENTLY{where}, and add the key USING INDEX.', args),
          use,
        ),
        at: at(operation, 'constraint_name', 'inline'),
        severity: use.severity,
        fixes: use.isPlain && !isExclude && named !== null && name !== null ? moveOutFix(pass, `Build the index of "${name}" CONCURRENTLY first`, [{ operation, online: true, named }]) : [],
        data: { table: args.table, constraint: args.name },
      };
    }
  },
};
