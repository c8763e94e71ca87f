import { blockedText } from '../operations/hazards/describe';
import { blockedBy, type Lock, type Work } from '../operations/hazards/hazard';
import type { Operation } from '../operations/operation';
import { displayName, sameName } from '../schema/schema';
import { message } from '../text/problem';
import type { Finding, Pass, Rule, Step } from './rule';
import { moveOutFix } from './support/move-out';
import { at, placeOf } from './support/places';
import { apartWords, lockOn, tableInUse, withSize, workInUse, type TableInUse } from './support/table-in-use';

/** What was locked for a moment stays locked while the same transaction works through the rows of a table. */
export const lockHeldThroughWork: Rule = {
  meta: { title: 'A table stays locked against readers while the same transaction goes through rows.', severity: 'warning', yieldsTo: ['unknown-object', 'table-rewrite', 'concurrently-in-transaction', 'managed-schema'] },
  *check(pass) {
    // One word for each transaction: who moves the first such work out sees the next.
    let said = -1;
    for (const step of pass.upgrade) {
      if (step.placement.transaction === said) continue;
      const found = finding(pass, step);
      if (found === null) continue;
      said = step.placement.transaction;
      yield found;
    }
  },
};

function finding(pass: Pass, step: Step): Finding | null {
  const works = workInUse(pass, step, 'change_rows', 'scan', 'build_index', 'rewrite');
  const locked = works.length === 0 ? [] : step.held.filter((lock) => lock.relation === 'table' && blockedBy(lock.mode).reads && tableInUse(pass, step, lock) !== null);
  for (const { work, use } of works) {
    if (work.maybe !== undefined || isFewRows(step.operation)) continue;
    // Work on the locked table itself, but for changes of its rows, is told by the rule for that work. VALIDATE by itself holds nobody up, but for what was locked before it.
    const lock = locked.find((one) => work.kind === 'change_rows' || !sameName(one, work.table)) ?? (step.operation.kind === 'validate_constraint' ? step.held.find((one) => one.relation === 'table' && sameName(one, work.table) && blockedBy(one.mode).writes) : undefined);
    if (lock !== undefined) return told(pass, step, work, use, lock);
  }
  return null;
}

/** Rows that are written out one by one are soon there. */
function isFewRows(operation: Operation): boolean {
  return operation.kind === 'execute' && (operation.sql === '' || (/^\s*insert\b/i.test(operation.sql) && /\bvalues\b/i.test(operation.sql) && !/\bselect\b/i.test(operation.sql)));
}

function told(pass: Pass, step: Step, work: Work, use: TableInUse, lock: Lock): Finding {
  const { operation } = step;
  const since = pass.upgrade.slice(0, pass.upgrade.indexOf(step)).find((earlier) => earlier.placement.transaction === step.placement.transaction && lockOn(earlier.hazard.locks, lock)?.mode === lock.mode);
  const sinceAt = since === undefined ? null : placeOf(since.operation);
  const args = { table: displayName(use.table), locked: displayName(lock), mode: lock.mode, blocked: blockedText(lock.mode), work: doing[work.kind] };
  return {
    message: withSize(message('While this {work} of {table}, the transaction still holds the {mode} that it took on {locked} before, which {blocked}. {instead}', { ...args, instead: apartWords(pass, 'Do the work in a revision of its own, or commit before it with an autocommit_block().', 'Do the work in a file of its own.') }), use),
    at: at(operation),
    severity: use.severity,
    related: sinceAt === null ? [] : [{ at: sinceAt, message: message('{locked} is locked here.', { locked: args.locked }) }],
    fixes: operation.kind === 'execute' || operation.kind === 'validate_constraint' ? moveOutFix(pass, apartWords(pass, 'Commit before it, with an autocommit_block()', 'Do it in a file of its own'), [{ operation }]) : [],
    data: { table: args.table, locked: args.locked },
  };
}

const doing: Readonly<Record<Work['kind'], string>> = { change_rows: 'changes rows', scan: 'looks at every row', build_index: 'builds an index', rewrite: 'writes anew every row' };
