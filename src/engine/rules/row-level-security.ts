import { displayName, findTable } from '../schema/schema';
import type { Operation } from '../operations/operation';
import { quoteName } from '../sql/identifiers';
import { isSupabaseSchema } from '../schema/managed-schemas';
import { message } from '../text/problem';
import type { Rule } from './rule';
import { at } from './support/places';

/** Supabase serves every table of `public` to whoever has the project's public key, until row level security is on. */
export const rowLevelSecurity: Rule = {
  meta: { title: 'A new table in a Supabase database is open to its API.', severity: 'warning' },
  *check(pass) {
    const { before, after } = pass;
    if ((before.managedNamespaces ?? []).filter(isSupabaseSchema).length === 0) return;
    for (const { operation } of pass.upgrade) {
      if (operation.kind !== 'create_table' || operation.table.schema !== null || operation.table.partitionOf !== null) continue;
      const table = findTable(after, operation.table);
      if (table === undefined || table.rowLevelSecurity || isEnabled(pass.upgrade.map((step) => step.operation), displayName(table))) continue;
      const enable: Operation = { kind: 'execute', effect: 'none', sql: `ALTER TABLE ${quoteName({ schema: null, name: table.name })} ENABLE ROW LEVEL SECURITY` };
      const edits = pass.editing.insertAfter(operation, [enable]);
      yield {
        message: message('{table} is made in the schema public without row level security: Supabase’s API lets everybody with the public key read and write it. Enable row level security, and add policies for those who may.', { table: table.name }),
        at: at(operation, 'table_name'),
        fixes: edits === null ? [] : [{ title: `Enable row level security on "${table.name}"`, edits, safety: 'safe' }],
        data: { table: table.name },
      };
    }
  },
};

/** SQL of the draft turns it on. */
function isEnabled(operations: readonly Operation[], table: string): boolean {
  const name = table.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const pattern = new RegExp(`alter\\s+table\\s+(?:if\\s+exists\\s+)?(?:only\\s+)?(?:"?public"?\\.)?"?${name}"?\\s[^;]*enable\\s+row\\s+level\\s+security`, 'i');
  return operations.some((operation) => operation.kind === 'unknown' ? operation.tables === null : operation.kind === 'execute' && pattern.test(operation.sql));
}
