/**
 * What every Supabase project's database has and migrations refer to, as far as that takes: roles, the tables of its services with
 * the columns that others point at, and the functions that policies call. Source: supabase/postgres (`migrations/db/init-scripts`),
 * supabase/auth and supabase/storage (their migrations).
 */
export const supabaseStubs: readonly string[] = [
  ...['anon', 'authenticated', 'authenticator', 'supabase_auth_admin', 'supabase_storage_admin', 'dashboard_user'].map((role) => `CREATE ROLE ${role} NOLOGIN`),
  'CREATE ROLE service_role NOLOGIN BYPASSRLS',
  // Its mark: what it owns is not the project's.
  'CREATE ROLE supabase_admin NOLOGIN SUPERUSER',
  ...['auth', 'storage', 'extensions', 'realtime', 'vault', 'graphql', 'graphql_public'].map((schema) => `CREATE SCHEMA ${schema} AUTHORIZATION supabase_admin`),
  `CREATE TABLE auth.users (instance_id uuid, id uuid PRIMARY KEY, aud varchar(255), role varchar(255), email varchar(255), encrypted_password varchar(255), email_confirmed_at timestamptz, invited_at timestamptz,
    confirmation_token varchar(255), confirmation_sent_at timestamptz, recovery_token varchar(255), recovery_sent_at timestamptz, email_change varchar(255), email_change_sent_at timestamptz, last_sign_in_at timestamptz,
    raw_app_meta_data jsonb, raw_user_meta_data jsonb, is_super_admin boolean, created_at timestamptz, updated_at timestamptz, phone text UNIQUE, phone_confirmed_at timestamptz, confirmed_at timestamptz,
    banned_until timestamptz, is_sso_user boolean NOT NULL DEFAULT false, deleted_at timestamptz, is_anonymous boolean NOT NULL DEFAULT false)`,
  "CREATE FUNCTION auth.uid() RETURNS uuid LANGUAGE sql STABLE AS $$ SELECT nullif(current_setting('request.jwt.claim.sub', true), '')::uuid $$",
  "CREATE FUNCTION auth.role() RETURNS text LANGUAGE sql STABLE AS $$ SELECT nullif(current_setting('request.jwt.claim.role', true), '')::text $$",
  "CREATE FUNCTION auth.email() RETURNS text LANGUAGE sql STABLE AS $$ SELECT nullif(current_setting('request.jwt.claim.email', true), '')::text $$",
  "CREATE FUNCTION auth.jwt() RETURNS jsonb LANGUAGE sql STABLE AS $$ SELECT nullif(current_setting('request.jwt.claims', true), '')::jsonb $$",
  `CREATE TABLE storage.buckets (id text PRIMARY KEY, name text NOT NULL UNIQUE, owner uuid, created_at timestamptz DEFAULT now(), updated_at timestamptz DEFAULT now(), public boolean DEFAULT false,
    avif_autodetection boolean DEFAULT false, file_size_limit bigint, allowed_mime_types text[], owner_id text)`,
  `CREATE TABLE storage.objects (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), bucket_id text REFERENCES storage.buckets (id), name text, owner uuid, created_at timestamptz DEFAULT now(), updated_at timestamptz DEFAULT now(),
    last_accessed_at timestamptz DEFAULT now(), metadata jsonb, path_tokens text[] GENERATED ALWAYS AS (string_to_array(name, '/')) STORED, version text, owner_id text, user_metadata jsonb)`,
  'ALTER TABLE storage.objects ENABLE ROW LEVEL SECURITY',
  "CREATE FUNCTION storage.foldername(name text) RETURNS text[] LANGUAGE sql IMMUTABLE AS $$ SELECT (string_to_array(name, '/'))[1:array_length(string_to_array(name, '/'), 1) - 1] $$",
  "CREATE FUNCTION storage.filename(name text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT (string_to_array(name, '/'))[array_length(string_to_array(name, '/'), 1)] $$",
  "CREATE FUNCTION storage.extension(name text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT reverse(split_part(reverse(storage.filename(name)), '.', 1)) $$",
  ...['auth.users', 'storage.buckets', 'storage.objects'].map((table) => `ALTER TABLE ${table} OWNER TO supabase_admin`),
  'CREATE EXTENSION IF NOT EXISTS pgcrypto WITH SCHEMA extensions',
  'CREATE EXTENSION IF NOT EXISTS "uuid-ossp" WITH SCHEMA extensions',
  'CREATE PUBLICATION supabase_realtime',
  ...['public', 'auth', 'storage', 'extensions'].map((schema) => `GRANT USAGE ON SCHEMA ${schema} TO anon, authenticated, service_role`),
];

/** Their roles, which exist with them. */
export const supabaseRoles: readonly string[] = ['anon', 'authenticated', 'authenticator', 'supabase_auth_admin', 'supabase_storage_admin', 'dashboard_user', 'service_role', 'supabase_admin'];

/** Whether a script counts on a Supabase database. */
export function countsOnSupabase(sql: string): boolean {
  return /\b(?:auth|storage)\s*\.\s*(?:users|uid|role|jwt|email|buckets|objects|foldername|filename)\b|\b(?:anon|authenticated|service_role|supabase_\w+)\b|\bschema\s+"?extensions\b/i.test(sql);
}
