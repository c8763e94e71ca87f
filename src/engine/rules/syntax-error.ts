import { message } from '../text/problem';
import type { Rule } from './rule';
import { at } from './support/places';

/** SQL that PostgreSQL itself would not parse. */
export const syntaxError: Rule = {
  meta: { title: 'SQL that PostgreSQL cannot parse.', severity: 'error', sqlstates: ['42601'] },
  *check(pass) {
    for (const direction of ['upgrade', 'downgrade'] as const) {
      for (const { operation } of pass[direction]) {
        if (operation.kind !== 'unknown' || operation.sqlError === undefined) continue;
        yield { message: message('PostgreSQL cannot parse this SQL, and the {direction} stops at it (42601): {error}.', { direction: pass.form === 'sql' ? 'migration' : direction, error: operation.sqlError.trim().replaceAll(/\s+/g, ' ') }), at: at(operation, 'error'), fixes: [], data: { direction } };
      }
    }
  },
};
