import type { Operation } from '../operations/operation';
import { message } from '../text/problem';
import type { Finding, Fix, Pass, Rule, Step } from './rule';
import { moveOut, sharesStatement } from './support/move-out';
import { at } from './support/places';

/** COMMIT and its kin in SQL: Alembic does not learn that its transaction is over. */
export const transactionControl: Rule = {
  meta: { title: 'A transaction is begun or ended in SQL, behind the back of Alembic.', severity: 'warning' },
  *check(pass) {
    for (const direction of ['upgrade', 'downgrade'] as const) {
      let isOver = false;
      for (const step of pass[direction]) {
        const control = controlOf(step);
        if (control === null || step.operation.source?.autocommitBlock !== undefined) continue;
        // What belongs to the COMMIT before it is told there.
        const isTold = pass.form === 'sql' ? control === 'rollback' || (control !== 'begin' && hasMore(pass, step)) : control !== 'begin' || !isOver;
        if (isTold) yield finding(pass, direction, step, control);
        isOver = control !== 'begin' && control !== 'chain';
      }
    }
  },
};

type Control = 'begin' | 'commit' | 'rollback' | 'chain';

function controlOf({ operation }: Step): Control | null {
  if (operation.kind !== 'execute' || operation.control === undefined || operation.control === 'savepoint') return null;
  return operation.control;
}

/** In a file of SQL, BEGIN before everything and COMMIT behind it change nothing. */
function hasMore({ upgrade }: Pass, step: Step): boolean {
  return upgrade.slice(upgrade.indexOf(step) + 1).some((later) => controlOf(later) === null);
}

function finding(pass: Pass, direction: 'upgrade' | 'downgrade', step: Step, control: Control): Finding {
  const { operation } = step;
  const what = operation.kind === 'execute' ? (/^\s*(\w+)/.exec(operation.sql)?.[1] ?? control).toUpperCase() : control;
  const args = { what, direction };
  return {
    message:
      pass.form === 'sql'
        ? control === 'rollback'
          ? message('{what} undoes what the file has done so far, and the file counts as run all the same. Leave it out.', args)
          : message('{what} ends the transaction of the file: when something behind it fails, what stands before it stays, and the file cannot simply be run again. Leave it out, or put what follows into a file of its own.', args)
        : control === 'begin'
        ? message('{what} in SQL does nothing here: the {direction} runs in a transaction of Alembic already, and PostgreSQL only warns of it. Leave it out.', args)
        : control === 'rollback'
          ? message('{what} in SQL undoes what the {direction} has done so far, and Alembic does not learn of it: whether what follows runs in a transaction depends on the driver. Leave it out.', args)
          : message('{what} in SQL ends the transaction of the {direction}, and Alembic does not learn of it: whether what follows runs in one depends on the driver. Put what has to run outside into an autocommit_block().', args),
    at: at(operation),
    fixes: pass.form === 'sql' ? inSql(pass, step, what) : control === 'begin' ? leaveOut(pass, operation, `Leave ${what} out`) : control === 'commit' ? intoBlock(pass, direction, step, what) : [],
    data: { direction, statement: what },
  };
}

function isAlone(pass: Pass, operation: Operation): boolean {
  return ![...pass.upgrade, ...pass.downgrade].some((step) => step.operation !== operation && sharesStatement(step.operation, operation));
}

function leaveOut(pass: Pass, operation: Operation, title: string): readonly Fix[] {
  const edits = isAlone(pass, operation) ? pass.editing.combine([pass.editing.replace(operation, [])]) : null;
  return edits === null ? [] : [{ title, edits, safety: 'review' }];
}

/** With the BEGIN that follows, if there is one: all of the file is one transaction again. */
function inSql(pass: Pass, step: Step, what: string): readonly Fix[] {
  const next = pass.upgrade[pass.upgrade.indexOf(step) + 1];
  const begin = next !== undefined && controlOf(next) === 'begin' ? [next] : [];
  const edits = pass.editing.combine([step, ...begin].map(({ operation }) => pass.editing.replace(operation, [])));
  return edits === null ? [] : [{ title: `Leave ${what} out`, edits, safety: 'review' }];
}

/** What stands between COMMIT and BEGIN goes into a block; without a BEGIN, what has to run outside of a transaction. */
function intoBlock(pass: Pass, direction: 'upgrade' | 'downgrade', step: Step, what: string): readonly Fix[] {
  const { editing } = pass;
  const following = pass[direction].slice(pass[direction].indexOf(step) + 1);
  const end = following.findIndex((other) => controlOf(other) !== null);
  const begin = following[end];
  const isPair = begin !== undefined && controlOf(begin) === 'begin';
  const between = end < 0 ? following : following.slice(0, end);
  const moved = isPair ? between : between.filter(({ operation, hazard }) => hazard.outsideTransaction || operation.kind === 'add_enum_value');
  if (![step, ...(isPair ? [begin] : [])].every(({ operation }) => isAlone(pass, operation))) return [];
  if (moved.length === 0) return between.length === 0 || isPair ? [...(isPair ? [] : leaveOut(pass, step.operation, `Leave ${what} out`))] : [];
  const edits = editing.combine([
    editing.replace(step.operation, []),
    moveOut(pass, moved.map(({ operation }) => (operation.kind === 'add_enum_value' && isAlone(pass, operation) ? { operation, replacements: [{ ...operation, ifNotExists: true }] } : { operation })))?.edits ?? null,
    ...(isPair ? [editing.replace(begin.operation, [])] : []),
  ]);
  return edits === null ? [] : [{ title: 'Put it into an autocommit_block() instead', edits, safety: 'review' }];
}
