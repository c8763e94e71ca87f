import { findTable } from '../schema/lookup';
import type { Operation } from '../operations/operation';
import { isSupabaseSchema } from '../schema/managed-schemas';
import { message } from '../text/problem';
import type { Finding, Pass, Rule } from './rule';
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
    yield* versionTableFinding(pass);
  },
};

/** Alembic makes its own table, so that no draft shows it: known from a database alone. */
function* versionTableFinding(pass: Pass): Iterable<Finding> {
  const { marks, settings, form } = pass;
  const { schema, name } = settings.versionTable;
  const place = marks.upgrade;
  const isEnabled = pass.upgrade.some(({ operation }) => operation.kind === 'set_row_level_security' && operation.enabled && operation.table === name && operation.schema === schema);
  if (form === 'sql' || place === null || schema !== null || isEnabled || pass.ask({ kind: 'row-level-security', table: { schema, name } })?.enabled !== false) return;
  const edits = pass.editing.append('upgrade', [{ kind: 'set_row_level_security', schema, table: name, enabled: true }]);
  yield {
    message: message('{table}, in which Alembic keeps what has been applied, stands in the schema public without row level security: Supabase’s API lets everybody with the public key read and change it. Enable row level security: Alembic, as its owner, is not held back.', { table: name }),
    at: place,
    fixes: edits === null ? [] : [{ title: `Enable row level security on "${name}"`, edits, safety: 'safe' }],
    data: { table: name },
  };
}
