import { splitStatements } from '../../src/engine/sql/split';

/** Whatever runs SQL: the driver's client. */
interface Queries {
  query(sql: string): Promise<unknown>;
}

/**
 * Runs a file as Supabase's CLI does (`MigrationFile.ExecBatch` before 2.109): one pipeline, so one implicit transaction, whose first
 * statement may yet be one that refuses to stand in any. Several statements in one simple query are such a transaction, too. Answers
 * with the SQLSTATE at which it stops; null: it runs.
 */
export async function pushLikeSupabase(client: Queries, file: string): Promise<string | null> {
  const [first, ...others] = splitStatements(file).map(({ start, end }) => file.slice(start, end));
  const refuses = first !== undefined && /^(?:(?:create|drop|reindex)\b[^;]*\bconcurrently\b|vacuum\b)/i.test(first);
  try {
    if (refuses) await client.query(first);
    await client.query(refuses ? others.join(';\n') : file);
    return null;
  } catch (error) {
    const { code } = error as { readonly code?: string };
    if (code === undefined) throw error;
    await client.query('ROLLBACK');
    return code;
  }
}
