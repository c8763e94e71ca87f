/**
 * Schemas of a Supabase database that are not the user's: its services and the extensions it installs create and change
 * what is in them. Names with `*` are beginnings.
 */
const supabaseSchemas = [
  'auth',
  'storage',
  'realtime',
  '_realtime',
  'extensions',
  'graphql',
  'graphql_public',
  'vault',
  'pgsodium*',
  'supabase_*',
  '_analytics',
  '_supavisor',
  'pgbouncer',
  'net',
  'cron',
  'pgmq',
  'pgtle',
  'etl',
  'dbdev',
  'tiger*',
  'topology',
  'timescaledb_*',
  '_timescaledb_*',
] as const;

export function isSupabaseSchema(name: string): boolean {
  return supabaseSchemas.some((pattern) => (pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern));
}

/** Those of them that are called so in every project: what is known of one without its database. */
export const supabaseNamespaces: readonly string[] = supabaseSchemas.filter((name) => !name.endsWith('*'));
