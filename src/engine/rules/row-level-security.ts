import { findTable } from '../schema/schema';
import type { Operation } from '../operations/operation';
import { isSupabaseSchema } from '../schema/managed-schemas';
import { message } from '../text/problem';
import type { Rule } from './rule';
import { isMaybe } from './support/known';
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
      if (table === undefined || table.rowLevelSecurity || isMaybe(after, table)) continue;
      const enable: Operation = { kind: 'set_row_level_security', schema: table.schema, table: table.name, enabled: true };
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
