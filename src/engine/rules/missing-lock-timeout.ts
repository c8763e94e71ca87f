import { blockedBy } from '../operations/hazards/hazard';
import type { Operation } from '../operations/operation';
import { displayName, type QualifiedName } from '../schema/schema';
import { message } from '../text/problem';
import type { Pass, Rule, Step } from './rule';
import { at } from './support/places';
import { lockText, tableInUse, withSize, type TableInUse } from './support/table-in-use';

/** Who waits for a lock without end makes all those behind wait without end. */
export const missingLockTimeout: Rule = {
  meta: { title: 'A table in use is locked without a lock_timeout.', severity: 'info', offByDefault: true },
  *check(pass) {
    for (const step of pass.upgrade) {
      if (setsTimeout(step.operation)) return;
      const use = lockedFirst(pass, step);
      const lock = use === null ? null : lockText(step, use.table);
      if (use === null || lock === null) continue;
      const edits = pass.editing.combine([pass.editing.insertBefore(step.operation, [timeout])]);
      yield {
        message: withSize(message('This needs {lock}, on {table}, and waits for it as long as some query runs there, with all later ones waiting behind it. Set a lock_timeout before, so that it gives up and can be run again.', { lock, table: displayName(use.table) }), use),
        at: at(step.operation),
        severity: 'info',
        fixes: edits === null ? [] : [{ title: "SET LOCAL lock_timeout = '5s' before it", edits, safety: 'safe' }],
        data: { table: displayName(use.table) },
      };
      return;
    }
  },
};

const timeout: Operation = { kind: 'execute', effect: 'none', sql: "SET LOCAL lock_timeout = '5s'" };

function setsTimeout(operation: Operation): boolean {
  return operation.kind === 'execute' && /^\s*(?:set\s+(?:local\s+|session\s+)?|select\s+(?:pg_catalog\.)?set_config\s*\(\s*')lock_timeout\b/i.test(operation.sql);
}

/** A table that is not known to be small, and cannot be read meanwhile. */
function lockedFirst(pass: Pass, step: Step): TableInUse | null {
  const locked: readonly QualifiedName[] = step.hazard.locks.filter((lock) => lock.relation === 'table' && blockedBy(lock.mode).reads);
  const uses = locked.map((table) => tableInUse(pass, step, table)).filter((use) => use !== null);
  return uses.find((use) => use.severity === 'warning') ?? uses.find((use) => use.size === '') ?? null;
}
