import type { Server } from '../connect';
import { isSupabaseSchema } from '../../engine/schema/managed-schemas';

/** A schema (namespace) of the database. */
export interface NamespaceRow {
  readonly oid: number;
  readonly name: string;
  readonly owner: string;
  readonly extension: string | null;
}

/** All schemas but the system's own, temporary ones included there (`pg_temp_3`, `pg_toast`). */
export const namespacesQuery = `
SELECT n.oid, n.nspname::text AS name, pg_catalog.pg_get_userbyid(n.nspowner)::text AS owner, e.extname::text AS extension
FROM pg_catalog.pg_namespace n
LEFT JOIN pg_catalog.pg_depend x ON x.classid = 'pg_catalog.pg_namespace'::regclass AND x.objid = n.oid
  AND x.refclassid = 'pg_catalog.pg_extension'::regclass AND x.deptype = 'e'
LEFT JOIN pg_catalog.pg_extension e ON e.oid = x.refobjid
WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'`;

export interface ExtensionRow {
  readonly name: string;
}

export const extensionsQuery = `SELECT e.extname::text AS name FROM pg_catalog.pg_extension e`;

/** An extension's schema belongs to it; what Supabase keeps for itself counts only in a Supabase database: others may have an `auth` of their own. */
export function isManagedNamespace(namespace: NamespaceRow, server: Server): boolean {
  return namespace.extension !== null || (server.supabase && (isSupabaseSchema(namespace.name) || isManagedOwner(namespace.owner, server)));
}

export function isManagedOwner(owner: string, server: Server): boolean {
  return server.supabase && owner === 'supabase_admin';
}

/** `'{16385,16390}'::oid[]`: numbers of the catalog itself, so they may stand in a statement's text. */
export function oidArray(rows: readonly { readonly oid: number }[]): string {
  return `'{${rows.map((row) => Number(row.oid)).join(',')}}'::oid[]`;
}
