import type { Operation } from '../operations/operation';
import { displayName, type Column } from '../schema/schema';
import { message } from '../text/problem';
import type { Finding, Pass, Rule, Step } from './rule';
import { at } from './support/places';
import { lockText, withSize, workInUse } from './support/table-in-use';

/** Every row is written anew, and every index built anew, while nobody can read the table. */
export const tableRewrite: Rule = {
  meta: {
    title: 'A table in use is written anew while all others wait.',
    severity: 'warning',
    yieldsTo: ['unknown-object', 'duplicate-object', 'not-null-without-default', 'type-change-needs-using', 'type-change-breaks-default', 'type-change-blocked', 'rows-outside-enum', 'managed-schema', 'concurrently-in-transaction'],
  },
  *check(pass) {
    for (const step of pass.upgrade) {
      const found = finding(pass, step);
      if (found !== null) yield found;
    }
  },
};

function finding(pass: Pass, step: Step): Finding | null {
  const rewrites = workInUse(pass, step, 'rewrite');
  const sure = rewrites.find(({ work }) => work.maybe === undefined);
  // A new column of a type that is not known, without a value: it would have to be a domain with a constraint.
  const rewrite = sure ?? (step.operation.kind === 'add_column' && isWithoutValue(step.operation.column) ? undefined : rewrites[0]);
  const lock = rewrite === undefined ? null : lockText(step, rewrite.use.table);
  if (rewrite === undefined || lock === null) return null;
  const { use, work } = rewrite;
  const args = { what: whatOf(step.operation), table: displayName(use.table), lock };
  const end = 'until the transaction ends. On a large table, add a new column, fill it in portions, and change over.';
  return {
    message: withSize(
      work.maybe === undefined
        ? message(`{what} writes every row of {table} anew, and builds its indexes anew, under {lock}, ${end}`, args)
        : message(`{what} may write every row of {table} anew, under {lock}, ${end} (${work.maybe.text})`, { ...work.maybe.args, ...args }),
      use,
    ),
    at: at(step.operation, 'type_', 'column.server_default', 'column.type', 'server_default', 'column'),
    severity: work.maybe === undefined ? use.severity : 'info',
    fixes: [],
    data: { table: args.table },
  };
}

function isWithoutValue({ default: value, identity, generated, serial }: Column): boolean {
  return value === null && identity === null && generated === null && !serial;
}

function whatOf(operation: Operation): string {
  switch (operation.kind) {
    case 'alter_column':
      return `The new type of ${operation.column}`;
    case 'add_column':
      return operation.column.generated !== null ? `${operation.column.name}, a generated column,` : operation.column.identity !== null || operation.column.serial ? `${operation.column.name}, a numbered column,` : `The default of ${operation.column.name}, another value for each row,`;
    case 'execute':
      return operation.sql.trim().split(/\s+/, 2).join(' ').toUpperCase();
    default:
      return 'This';
  }
}
