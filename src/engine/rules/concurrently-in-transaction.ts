import type { Operation } from '../operations/operation';
import { message } from '../text/problem';
import type { Finding, Pass, Rule, Step } from './rule';
import { moveOutFix } from './support/move-out';
import { at } from './support/places';
import { apartWords } from './support/table-in-use';

/** PostgreSQL runs what is CONCURRENTLY outside of a transaction only. */
export const concurrentlyInTransaction: Rule = {
  meta: { title: 'A statement that PostgreSQL refuses inside a transaction stands in one.', severity: 'error', sqlstates: ['25001'], yieldsTo: ['unknown-object', 'duplicate-object'] },
  *check(pass) {
    const refused = [...pass.upgrade, ...pass.downgrade].filter(isRefused);
    for (const step of refused) yield finding(pass, refused, pass.upgrade.includes(step) ? 'upgrade' : 'downgrade', step);
  },
};

function isRefused({ hazard, placement, operation }: Step): boolean {
  return hazard.outsideTransaction && !placement.autocommit && operation.online !== true;
}

function finding(pass: Pass, refused: readonly Step[], direction: 'upgrade' | 'downgrade', { operation }: Step): Finding {
  const what = statementOf(operation);
  return {
    message:
      pass.form === 'sql'
        ? message('{what} cannot run inside a transaction. What sends the file as one fails here (25001), as Supabase’s CLI did before 2.109; later ones commit what stands before it, and a file that fails behind it cannot simply be run again. Make it the first statement of a file of its own.', { what })
        : message('{what} cannot run inside a transaction, and Alembic runs the {direction} in one: it fails there (25001). Put it into an autocommit_block().', { what, direction }),
    at: at(operation),
    ...(pass.form === 'sql' ? { severity: 'warning' as const } : {}),
    fixes: moveOutFix(pass, refused.length > 1 ? apartWords(pass, 'Put such statements into an autocommit_block()', 'Put each such statement into a file of its own') : apartWords(pass, 'Put it into an autocommit_block()', 'Put it into a file of its own'), refused.map((step) => ({ operation: step.operation }))),
    data: { direction, statement: what },
  };
}

function statementOf(operation: Operation): string {
  switch (operation.kind) {
    case 'create_index':
      return 'CREATE INDEX CONCURRENTLY';
    case 'drop_index':
      return 'DROP INDEX CONCURRENTLY';
    case 'detach_partition':
      return 'DETACH PARTITION CONCURRENTLY';
    default: {
      const words = operation.kind === 'execute' ? operation.sql.trim().split(/\s+/).slice(0, 2) : [];
      return words.length === 0 ? 'The statement' : words.join(' ').toUpperCase();
    }
  }
}
