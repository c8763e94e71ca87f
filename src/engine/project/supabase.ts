/**
 * A folder of Supabase's CLI, whose SQL files are run in the order of their names. Paths are absolute, with forward
 * slashes. Source: Supabase CLI reference, `supabase init` and `supabase migration new`.
 */
export interface SupabaseProject {
  readonly kind: 'supabase';
  /** The folder that holds `supabase/`, from which the CLI is run. */
  readonly root: string;
  /** `supabase/config.toml`; null: there is none. */
  readonly configPath: string | null;
  /** `supabase/migrations`; it need not exist yet. */
  readonly migrationsFolder: string;
}

/** In which form a migration is written: a revision of Alembic's, or a SQL file for Supabase's CLI. */
export const migrationForms = ['alembic', 'supabase'] as const;
export type MigrationForm = (typeof migrationForms)[number];
