/**
 * What Supabase's CLI and platform do to a database, as far as migrations see it, on a PostgreSQL of our own.
 *
 *     await prepareSupabase(server, 'app');                       // auth.users, auth.uid(), the roles
 *     await pushMigrations(server, 'app', 'supabase/migrations'); // supabase db push
 */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { PostgresServer } from './postgres';

export async function prepareSupabase(server: PostgresServer, database: string): Promise<void> {
  await server.query(
    `DO $$ BEGIN CREATE ROLE supabase_admin; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
     CREATE SCHEMA auth AUTHORIZATION supabase_admin;
     CREATE TABLE auth.users (id uuid PRIMARY KEY, email text);
     CREATE FUNCTION auth.uid() RETURNS uuid LANGUAGE sql STABLE AS 'SELECT NULL::uuid';
     ALTER TABLE auth.users OWNER TO supabase_admin`,
    database,
  );
}

/**
 * Runs the files that the database lacks, in the order of their names: each one in an implicit transaction with the row
 * that notes it down, and the table of these rows made by the first push. Source: Supabase CLI, `pkg/migration/apply.go`,
 * `file.go` and `history.go`.
 */
export async function pushMigrations(server: PostgresServer, database: string, folder: string): Promise<readonly string[]> {
  await server.query(
    `CREATE SCHEMA IF NOT EXISTS supabase_migrations;
     CREATE TABLE IF NOT EXISTS supabase_migrations.schema_migrations (version text NOT NULL PRIMARY KEY);
     ALTER TABLE supabase_migrations.schema_migrations ADD COLUMN IF NOT EXISTS statements text[];
     ALTER TABLE supabase_migrations.schema_migrations ADD COLUMN IF NOT EXISTS name text`,
    database,
  );
  const applied = (await server.query('SELECT version FROM supabase_migrations.schema_migrations', database)).rows as { version: string }[];
  const pushed: string[] = [];
  for (const file of readdirSync(folder).sort()) {
    const [, version, name] = /^([0-9]+)_(.*)\.sql$/.exec(file) ?? [];
    if (version === undefined || name === undefined || applied.some((row) => row.version === version)) continue;
    const text = readFileSync(path.join(folder, file), 'utf8');
    await server.query(`${text}\n;INSERT INTO supabase_migrations.schema_migrations (version, name, statements) VALUES (${quote(version)}, ${quote(name)}, ARRAY[${quote(text)}])`, database);
    pushed.push(file);
  }
  return pushed;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
