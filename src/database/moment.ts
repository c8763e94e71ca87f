import type { Database, ReadOptions } from './connect';

/**
 * A text that says at which moment a database stands. As long as it is the same, no transaction has ended anywhere on
 * the server, so whatever was read of the catalog and of the rows between two equal moments is what is there now.
 *
 * What changes a catalog or a row has a transaction id, and the snapshot names the next id and those at work
 * (PostgreSQL documentation, "Transaction ID and Snapshot Information Functions"; `txid_…` has the epoch in it, and is
 * known to every version). A server that was started anew, or another one behind the same address, has another start
 * time. The settings are those by which PostgreSQL prints expressions and finds names; a reload changes them without a
 * transaction.
 */
export async function readMoment(database: Database, options: ReadOptions = {}): Promise<string> {
  const [rows = []] = await database.readBatch([momentQuery], options);
  return JSON.stringify(rows[0] ?? null);
}

const settings = ['search_path', 'quote_all_identifiers', 'standard_conforming_strings', 'DateStyle', 'IntervalStyle', 'TimeZone', 'extra_float_digits', 'bytea_output', 'lc_monetary', 'xmlbinary'];

const momentQuery = `
SELECT pg_catalog.txid_current_snapshot()::text AS snapshot, pg_catalog.pg_postmaster_start_time()::text AS started,
  pg_catalog.inet_server_port() AS port, pg_catalog.current_database()::text AS database, current_user::text AS user,
  ARRAY[${settings.map((name) => `pg_catalog.current_setting('${name}')`).join(', ')}] AS settings`;
