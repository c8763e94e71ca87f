import { parse } from 'smol-toml';

/** The files of `supabase/` that say where its databases are; null: there is no such file. */
export interface SupabaseFiles {
  readonly config: string | null;
  /** `.temp/project-ref` and `.temp/pooler-url`, which `supabase link` writes; the latter has no password in it. */
  readonly projectRef: string | null;
  readonly poolerUrl: string | null;
}

/**
 * The URL of the database that `supabase start` runs on this machine: its password is the same for everybody (Supabase CLI, "Local
 * development"; `[db] port`, 54322 when nothing is said). Null: there is no config.toml, or it can't be read.
 */
export function localSupabaseUrl({ config }: SupabaseFiles): string | null {
  if (config === null) return null;
  try {
    const { db } = parse(config) as { readonly db?: { readonly port?: unknown } };
    const port = db?.port ?? 54322;
    return typeof port === 'number' && Number.isInteger(port) && port > 0 && port < 65536 ? `postgresql://postgres:postgres@127.0.0.1:${port}/postgres` : null;
  } catch {
    return null;
  }
}

/**
 * The URL of the linked project, without its password: through the pooler in session mode where the CLI noted it down (reachable with
 * IPv4; its transaction mode, port 6543, keeps no session), else the direct host. Null: the project is not linked.
 */
export function linkedSupabaseUrl({ projectRef, poolerUrl }: SupabaseFiles): string | null {
  const ref = projectRef?.trim() ?? '';
  if (!/^[a-z]{20}$/.test(ref)) return null;
  const pooler = /^postgres(?:ql)?:\/\/([^:@/]+)(?::[^@]*)?@([\w.-]+\.pooler\.supabase\.(?:com|co))(?::\d+)?\/(\w+)/.exec(poolerUrl?.trim() ?? '');
  const [, user = '', host = '', database = ''] = pooler ?? [];
  if (pooler !== null && user.endsWith(`.${ref}`)) return `postgresql://${user}@${host}:5432/${database}?sslmode=require`;
  return `postgresql://postgres@db.${ref}.supabase.co:5432/postgres?sslmode=require`;
}
