import { buildGraph } from '../engine/history/graph';
import { supabaseStanding } from '../engine/history/supabase';
import { baseName } from '../engine/project/paths';
import type { SupabaseProject } from '../engine/project/supabase';
import { isSupabaseSchema } from '../engine/schema/managed-schemas';
import type { Schema } from '../engine/schema/schema';
import { message, type Problem } from '../engine/text/problem';
import type { Basis } from './basis';
import { loadSupabaseHistory, loadSupabasePending, loadSupabaseReplay } from './load-supabase';
import type { Workspace } from './workspace';

/** What a Supabase migration stands on: the files. The database may lack some of them, and has no others. */
export async function supabaseBasis(workspace: Workspace, project: SupabaseProject): Promise<Basis> {
  const { value: migrations, problems } = await loadSupabaseHistory(workspace, project);
  return {
    problems,
    head: null,
    graph: buildGraph([]).value,
    supabase: { project, versions: migrations.map(({ version }) => version) },
    standing: (applied) => {
      const { pending, unknown, outOfOrder } = supabaseStanding(migrations, applied);
      return { pending: pending.length, unknown, problems: outOfOrder.length === 0 ? [] : [isOutOfOrder(outOfOrder.map(({ path }) => path))] };
    },
    isUnknown,
    isBehind,
    replay: () => loadSupabaseReplay(workspace, migrations),
    pending: (_convention, { start, applied }) => loadSupabasePending(workspace, supabaseStanding(migrations, applied).pending, start),
  };
}

/** Files say nothing of what Supabase brings along: models that name its tables only refer to them. */
export function withSupabaseSchemas(schema: Schema, models: Schema): Schema {
  const managed = [...models.tables, ...schema.tables].flatMap((table) => (table.schema !== null && isSupabaseSchema(table.schema) ? [table.schema] : []));
  return { ...schema, managedNamespaces: [...new Set(managed)] };
}

function isUnknown(versions: readonly string[], name: string): Problem {
  const text = 'Database {name} has applied {versions}, which no file in supabase/migrations has. Fetch the branch that has it, or run "supabase migration repair --status reverted {versions}", then generate again.';
  return { code: 'unknown-migration', severity: 'error', message: message(text, { name, versions: versions.join(' ') }) };
}

function isOutOfOrder(paths: readonly string[]): Problem {
  const text = message('{files} are older than what the database has applied: "supabase db push" runs them only with --include-all.', { files: paths.map(baseName).join(', ') });
  return { code: 'out-of-order', severity: 'warning', message: text };
}

function isBehind(count: number, name: string): Problem {
  const files = count === 1 ? 'one file' : `${count} files`;
  const text = message('Database {name} lacks {files} of supabase/migrations: the migration starts from what they lead to. Rows of tables that they change were not looked at.', { name, files });
  return { code: 'database-behind', severity: 'info', message: text };
}
