import { newSupabaseVersion } from '../engine/history/supabase';
import { resolvePath } from '../engine/project/paths';
import { slugOf } from '../engine/render/file-name';
import { renderSupabaseMigration } from '../engine/render/supabase-migration';
import type { DraftFile } from './draft-files';
import type { Generation, Plan } from './generate';

/**
 * Writes nothing: the new migration's path and text. Its version is later than every other one; its name is the message,
 * as `supabase migration new` would be given it.
 */
export function supabaseDraftFile(generation: Generation, plan: Plan, migration: { readonly message: string; readonly moment: Date }): DraftFile {
  const { supabase, current } = generation;
  if (supabase === null) throw new Error('The generation is not one of a Supabase migration.');
  const { moment } = migration;
  const version = newSupabaseVersion(
    { year: moment.getUTCFullYear(), month: moment.getUTCMonth() + 1, day: moment.getUTCDate(), hour: moment.getUTCHours(), minute: moment.getUTCMinutes(), second: moment.getUTCSeconds() },
    supabase.versions,
  );
  const name = slugOf(migration.message, longestName).replace(/_$/, '');
  return {
    path: resolvePath(supabase.project.migrationsFolder, `${version}_${name === '' ? 'migration' : name}.sql`),
    text: renderSupabaseMigration({ message: migration.message, operations: plan.result.upgrade, before: current }),
    problems: [],
  };
}

/** What a person should hear once, when the file is written. */
export const noWayBack = 'A SQL migration has no downgrade: to undo it, write another one.';

const longestName = 60;
