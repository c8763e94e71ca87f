import type { AlterColumn } from '../operations/operation';
import { displayName } from '../schema/schema';
import { message } from '../text/problem';
import type { Rule } from './rule';
import { moveOutFix } from './support/move-out';
import { at } from './support/places';
import { apartWords, lockText, withSize, workInUse } from './support/table-in-use';

/** SET NOT NULL looks for nulls in every row while nobody can read the table. */
export const notNullScan: Rule = {
  meta: { title: 'SET NOT NULL on a table in use looks at every row while all others wait.', severity: 'warning', yieldsTo: ['unknown-object', 'not-null-without-default', 'managed-schema', 'table-rewrite'] },
  *check(pass) {
    for (const step of pass.upgrade) {
      const { operation } = step;
      if (operation.kind !== 'alter_column' || operation.nullable !== false || operation.online === true) continue;
      const [scan] = workInUse(pass, step, 'scan');
      const lock = scan === undefined ? null : lockText(step, scan.use.table);
      if (scan === undefined || lock === null) continue;
      const { use } = scan;
      const args = { column: operation.column, table: displayName(use.table), lock, where: apartWords(pass, '', ', in a file of its own') };
      yield {
        message: withSize(message('To make {column} NOT NULL, every row of {table} is looked at under {lock}, until the transaction ends. On a table in use, validate a CHECK ({column} IS NOT NULL) first{where}: SET NOT NULL looks no more then.', args), use),
        at: at(operation, 'nullable'),
        severity: use.severity,
        fixes: use.isPlain && isNotNullAlone(operation) ? moveOutFix(pass, `Validate a CHECK first, then set "${operation.column}" NOT NULL`, [{ operation, online: true }]) : [],
        data: { table: args.table, column: args.column },
      };
    }
  },
};

function isNotNullAlone({ newName, type, default: value, comment }: AlterColumn): boolean {
  return newName === undefined && type === undefined && value === undefined && comment === undefined;
}
