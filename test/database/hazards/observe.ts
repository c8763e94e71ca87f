/** What an operation does on a real server: the locks in `pg_locks`, new files of tables and indexes, sequential scans, what is gone. */
import type { Client } from 'pg';
import { strongestLocks, type Lock, type LockMode } from '../../../src/engine/operations/hazards/hazard';
import type { QualifiedName } from '../../../src/engine/schema/schema';

export interface Observed {
  /** The strongest on each table, view and sequence that was there before; indexes apart. */
  readonly locks: readonly Lock[];
  /** Sequences that belong to a column. */
  readonly owned: readonly string[];
  readonly indexLocks: readonly { readonly table: string; readonly mode: LockMode; readonly index: string }[];
  readonly rewritten: readonly string[];
  /** Sequential scans of each table beyond those that write it or its indexes anew. */
  readonly scanned: readonly string[];
  /** Tables that were read by an index of theirs. */
  readonly readByIndex: readonly string[];
  /** New or rebuilt indexes by their tables, those of rewritten tables left out. */
  readonly built: readonly string[];
  readonly changed: readonly string[];
  /** `table` and `table.column`. */
  readonly lost: readonly string[];
}

interface Relation {
  readonly oid: string;
  readonly schema: string;
  readonly name: string;
  readonly kind: string;
  readonly file: string | null;
  /** Of an index. */
  readonly table: string | null;
  readonly scans: string;
  readonly writes: string;
  readonly columns: readonly string[];
  readonly sequenceOf: string | null;
}

/** Runs statements in a transaction that is rolled back. Null: PostgreSQL refuses them. */
export async function observe(client: Client, statements: readonly string[]): Promise<Observed | string> {
  await client.query('BEGIN');
  try {
    const before = await relations(client);
    for (const statement of statements) await client.query(statement);
    const after = await relations(client);
    const locks = await client.query<{ oid: string; mode: LockMode }>("SELECT relation::text AS oid, mode FROM pg_locks WHERE pid = pg_backend_pid() AND locktype = 'relation' AND granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())");
    return compare(before, after, locks.rows);
  } catch (error) {
    return `${(error as { code?: string }).code ?? ''} ${(error as Error).message}`;
  } finally {
    await client.query('ROLLBACK');
  }
}

async function relations(client: Client): Promise<ReadonlyMap<string, Relation>> {
  const { rows } = await client.query<Relation>(`
    SELECT c.oid::text AS oid, n.nspname::text AS schema, c.relname::text AS name, c.relkind::text AS kind, pg_relation_filenode(c.oid)::text AS file, i.indrelid::text AS table,
      pg_stat_get_xact_numscans(c.oid)::text AS scans, (pg_stat_get_xact_tuples_inserted(c.oid) + pg_stat_get_xact_tuples_updated(c.oid) + pg_stat_get_xact_tuples_deleted(c.oid))::text AS writes,
      ARRAY(SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum) AS columns,
      (SELECT d.refobjid::text FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype IN ('a', 'i') AND c.relkind = 'S' AND d.refobjsubid > 0 LIMIT 1) AS "sequenceOf"
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_index i ON i.indexrelid = c.oid
    WHERE n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'`);
  return new Map(rows.map((row) => [row.oid, row]));
}

function compare(before: ReadonlyMap<string, Relation>, after: ReadonlyMap<string, Relation>, held: readonly { readonly oid: string; readonly mode: LockMode }[]): Observed {
  const isIndex = ({ kind }: Relation): boolean => kind === 'i' || kind === 'I';
  const known = held.flatMap(({ oid, mode }) => (before.has(oid) ? [{ relation: before.get(oid)!, mode }] : []));
  const nameOf = (oid: string | null): string => (oid === null || !before.has(oid) ? '' : displayed(before.get(oid)!));
  const tables = [...before.values()].filter(({ kind }) => 'rm'.includes(kind));
  const rewritten = tables.filter(({ oid, file }) => after.has(oid) && after.get(oid)!.file !== file);
  const built = [...after.values()].filter((index) => isIndex(index) && index.file !== null && before.get(index.oid)?.file !== index.file && before.has(index.table ?? ''));
  // An index that is made again over the old file is kept.
  const files = new Set([...before.values()].flatMap(({ file }) => file ?? []));
  const fresh = built.filter(({ file }) => !files.has(file!));
  const isRewritten = (oid: string | null): boolean => rewritten.some((table) => table.oid === oid);
  const scanned = tables.filter(({ oid, scans }) => {
    const now = after.get(oid);
    const counted = now === undefined ? 0 : Number(now.scans) - Number(scans);
    return counted > fresh.filter(({ table }) => table === oid).length + (isRewritten(oid) ? 1 : 0);
  });
  return {
    locks: strongestLocks(known.filter(({ relation }) => !isIndex(relation)).map(({ relation, mode }): Lock => ({ ...qualified(relation), mode, relation: relationKinds[relation.kind] ?? 'table' }))),
    owned: [...before.values()].filter(({ sequenceOf }) => sequenceOf !== null).map(displayed),
    indexLocks: known.filter(({ relation }) => isIndex(relation)).map(({ relation, mode }) => ({ table: nameOf(relation.table), mode, index: displayed(relation) })),
    rewritten: rewritten.map(displayed),
    scanned: scanned.map(displayed),
    readByIndex: [...before.values()].filter((index) => isIndex(index) && Number(after.get(index.oid)?.scans ?? 0) > Number(index.scans)).map(({ table }) => nameOf(table)),
    built: fresh.filter(({ table }) => !isRewritten(table)).map(({ table }) => nameOf(table)),
    changed: tables.filter(({ oid, writes }) => after.has(oid) && Number(after.get(oid)!.writes) > Number(writes)).map(displayed),
    lost: [...before.values()].filter(({ kind }) => 'rp'.includes(kind)).flatMap((table) => {
      const now = after.get(table.oid);
      if (now === undefined) return [displayed(table)];
      return now.columns.length < table.columns.length ? table.columns.filter((column) => !now.columns.includes(column)).map((column) => `${displayed(table)}.${column}`) : [];
    }),
  };
}

const relationKinds: Readonly<Record<string, Lock['relation']>> = { v: 'view', m: 'materialized view', S: 'sequence' };

function qualified({ schema, name }: Relation): QualifiedName {
  return { schema: schema === 'public' ? null : schema, name };
}

function displayed(relation: Relation): string {
  return relation.schema === 'public' ? relation.name : `${relation.schema}.${relation.name}`;
}
