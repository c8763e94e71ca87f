import type { Operation } from '../operations/operation';
import { message } from '../text/problem';
import type { Fix, Pass, Rule } from './rule';
import { describe } from './support/describe';
import { at } from './support/places';

/** The draft changes a schema that Supabase, or an extension, keeps for itself. */
export const managedSchema: Rule = {
  meta: { title: 'The draft changes a schema that belongs to Supabase or an extension.', severity: 'error' },
  *check(pass) {
    const managed = pass.before.managedNamespaces ?? [];
    if (managed.length === 0) return;
    for (const direction of ['upgrade', 'downgrade'] as const) {
      for (const { operation } of pass[direction]) {
        const name = namespaceOf(operation);
        if (name === null || !managed.includes(name)) continue;
        // What the downgrade makes again of it goes with the step that dropped it.
        if (direction === 'downgrade' && pass.upgrade.some((step) => namespaceOf(step.operation) === name)) continue;
        yield {
          message: pass.form === 'sql' ? message('The schema {schema} is not yours: Supabase or an extension keeps it, and this would {change} in it. Its owner refuses that (42501), or its service breaks. Leave it out.', { schema: name, change: describe(operation) }) : message('The schema {schema} is not yours: Supabase or an extension keeps it, and this would {change} in it. Its owner refuses that (42501), or its service breaks. Leave it out, and let `include_name` in env.py pass over {schema}.', { schema: name, change: describe(operation) }),
          at: at(operation, 'schema', 'source_schema', 'table_name'),
          fixes: fix(pass, name),
          data: { schema: name, direction },
        };
      }
    }
  },
};

/** The namespace of what an operation makes, changes or drops; rows may be written there. */
function namespaceOf(operation: Operation): string | null {
  switch (operation.kind) {
    case 'execute':
    case 'unknown':
      return null;
    case 'create_schema':
    case 'drop_schema':
      return operation.name;
    case 'create_table':
      return operation.table.schema;
    case 'create_enum':
      return operation.enum.schema;
    case 'create_sequence':
      return operation.sequence.schema;
    case 'create_view':
      return operation.view.schema;
    case 'create_policy':
    case 'drop_policy':
    case 'create_trigger':
    case 'drop_trigger':
      // Supabase's own guides put policies on storage.objects and triggers on auth.users.
      return null;
    default:
      return 'schema' in operation ? operation.schema : null;
  }
}

function fix(pass: Pass, name: string): readonly Fix[] {
  const own = [...pass.upgrade, ...pass.downgrade].filter(({ operation }) => namespaceOf(operation) === name);
  const edits = pass.editing.combine(own.map(({ operation }) => pass.editing.replace(operation, [])));
  return edits === null ? [] : [{ title: `Remove what the draft does in "${name}"`, edits, safety: 'safe' }];
}
