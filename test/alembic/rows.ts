/** Every row of a database as text, and what they should be after a migration. */
import type { QueryResult } from 'pg';

/** Values as PostgreSQL prints them, by column. Nothing passes through a JavaScript number or date. */
export type Row = Readonly<Record<string, string | null>>;

/** A connection, or a server of which `database` is meant. */
export interface Asked {
  query(sql: string, database?: string): Promise<QueryResult>;
}

export interface RowSnapshot {
  /** Sorted rows by table: `domain`, `billing.invoice`. Alembic's own table is left out. */
  readonly tables: Readonly<Record<string, readonly Row[]>>;
  /** Where each sequence that a column owns stands: `job.id` → `44 true`. */
  readonly sequences: Readonly<Record<string, string>>;
}

/** What a migration is meant to do to rows, as a project's `sample.json` tells it. Columns have the names they have in the database before. */
export interface RowChanges {
  /** `table.old=table.new` or `old_table=new_table` */
  readonly renames?: readonly string[];
  /** Old value → label; null: SQL NULL. */
  readonly valueMappings?: readonly { readonly table: string; readonly column: string; readonly mapping: Readonly<Record<string, string | null>> }[];
  /** What stands where a null was. */
  readonly backfills?: readonly { readonly table: string; readonly column: string; readonly value: string }[];
  /** Columns with the same known value in every row. Those that are new and not named here may hold anything. Tables have their new names. */
  readonly newColumns?: readonly { readonly table: string; readonly column: string; readonly value: string | null }[];
  /** `table.column` that no sequence of its own numbers any more. */
  readonly unnumbered?: readonly string[];
  /** `table.column`, `table`: lost on the way up, and empty or absent when it was gone down again. */
  readonly dropped?: readonly string[];
}

export async function snapshotRows(server: Asked, database?: string): Promise<RowSnapshot> {
  const { rows } = await server.query(
    `select n.nspname as schema, c.relname as name,
            (select array_agg(a.attname::text order by a.attname) from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and not c.relispartition and n.nspname !~ '^(pg_|information_schema$)' and c.relname not like '%alembic_version'
        and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')`,
    database,
  );
  const tables: Record<string, Row[]> = {};
  for (const { schema, name, columns } of rows as { schema: string; name: string; columns: string[] | null }[]) {
    const list = (columns ?? []).map((column) => `${quote(column)}::text as ${quote(column)}`).join(', ');
    const found = await server.query(`select ${list} from ${quote(schema)}.${quote(name)}`, database);
    tables[schema === 'public' ? name : `${schema}.${name}`] = sorted(found.rows as Row[]);
  }
  return { tables, sequences: await snapshotSequences(server, database) };
}

/** What the rows are after the way up. */
export function rowsAfterUpgrade(before: RowSnapshot, changes: RowChanges): RowSnapshot {
  const mapped = rowsAfterDowngrade(before, changes);
  const columnOf = new Map<string, string>();
  const tableOf = new Map<string, string>();
  for (const rename of changes.renames ?? []) {
    const [from = '', to = ''] = rename.split('=');
    if (from.includes('.')) columnOf.set(from, lastPart(to));
    else tableOf.set(from, to);
  }
  const newTable = (table: string) => tableOf.get(table) ?? table;
  const newColumn = (table: string, column: string) => columnOf.get(`${table}.${column}`) ?? column;
  const tables = Object.fromEntries(Object.entries(mapped.tables).map(([table, rows]) => {
    const fresh = (changes.newColumns ?? []).filter((column) => column.table === newTable(table)).map(({ column, value }) => [column, value]);
    return [newTable(table), sorted(rows.map((row) => ({ ...mapKeys(row, (column) => newColumn(table, column)), ...Object.fromEntries(fresh) })))];
  }));
  const numbered = Object.fromEntries(Object.entries(mapped.sequences).filter(([owner]) => changes.unnumbered?.includes(owner) !== true));
  const sequences = mapKeys(numbered, (owner) => {
    const table = owner.slice(0, owner.lastIndexOf('.'));
    return `${newTable(table)}.${newColumn(table, lastPart(owner))}`;
  });
  return { tables, sequences };
}

/** What the rows are after the way up and down again: the old names, but answers about values are not taken back. */
export function rowsAfterDowngrade(before: RowSnapshot, changes: RowChanges): RowSnapshot {
  const isDropped = (table: string, column: string) => (changes.dropped ?? []).includes(`${table}.${column}`);
  const value = (table: string, column: string, old: string | null): string | null => {
    const mapping = changes.valueMappings?.find((entry) => entry.table === table && entry.column === column)?.mapping;
    if (old !== null && mapping && Object.hasOwn(mapping, old)) return mapping[old]!;
    return old ?? changes.backfills?.find((entry) => entry.table === table && entry.column === column)?.value ?? null;
  };
  const tables = Object.fromEntries(Object.entries(before.tables).filter(([table]) => !changes.dropped?.includes(table)).map(([table, rows]) => [
    table,
    sorted(rows.map((row) => Object.fromEntries(
      Object.entries(row).filter(([column]) => !isDropped(table, column)).map(([column, old]) => [column, value(table, column, old)]),
    ))),
  ]));
  const sequences = Object.fromEntries(Object.entries(before.sequences).filter(([owner]) => Object.hasOwn(tables, owner.slice(0, owner.lastIndexOf('.')))));
  return { tables, sequences };
}

/** Each row that is not as expected, in words; empty when all are. Tables and columns that nothing is expected of may hold anything. */
export function rowDifferences(expected: RowSnapshot, actual: RowSnapshot): readonly string[] {
  const tables = Object.entries(expected.tables).flatMap(([table, rows]) => {
    const found = actual.tables[table];
    if (!found) return [`table ${table} is gone, with ${rows.length} rows`];
    const columns = Object.keys(rows[0] ?? {});
    const lost = columns.filter((column) => found.length > 0 && !Object.hasOwn(found[0]!, column));
    if (lost.length > 0) return lost.map((column) => `column ${table}.${column} is gone, with ${rows.filter((row) => row[column] !== null).length} values`);
    const seen = found.map((row) => JSON.stringify(pick(row, columns)));
    const wanted = rows.map((row) => JSON.stringify(pick(row, columns)));
    return [
      ...without(wanted, seen).map((row) => `${table}: missing ${row}`),
      ...without(seen, wanted).map((row) => `${table}: not expected ${row}`),
    ];
  });
  const sequences = Object.entries(expected.sequences).flatMap(([owner, at]) =>
    actual.sequences[owner] === at ? [] : [`the sequence of ${owner} stands at ${actual.sequences[owner] ?? 'nothing'}, not at ${at}`]);
  return [...tables, ...sequences];
}

async function snapshotSequences(server: Asked, database?: string): Promise<Record<string, string>> {
  const { rows } = await server.query(
    `select n.nspname as schema, s.relname as name, case tn.nspname when 'public' then '' else tn.nspname || '.' end || t.relname || '.' || a.attname as owner
       from pg_class s join pg_namespace n on n.oid = s.relnamespace
       join pg_depend d on d.classid = 'pg_class'::regclass and d.objid = s.oid and d.deptype in ('a', 'i') and d.refclassid = 'pg_class'::regclass
       join pg_class t on t.oid = d.refobjid join pg_namespace tn on tn.oid = t.relnamespace
       join pg_attribute a on a.attrelid = t.oid and a.attnum = d.refobjsubid
      where s.relkind = 'S' and n.nspname !~ '^(pg_|information_schema$)'`,
    database,
  );
  const result: Record<string, string> = {};
  for (const { schema, name, owner } of rows as { schema: string; name: string; owner: string }[]) {
    const at = await server.query(`select last_value::text as at, is_called::text as called from ${quote(schema)}.${quote(name)}`, database);
    result[owner] = `${at.rows[0].at} ${at.rows[0].called}`;
  }
  return result;
}

function sorted(rows: readonly Row[]): Row[] {
  const line = (row: Row) => JSON.stringify(pick(row, Object.keys(row).sort()));
  return rows.map((row) => [line(row), row] as const).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, row]) => row);
}

function pick(row: Row, columns: readonly string[]): Row {
  return Object.fromEntries([...columns].sort().map((column) => [column, row[column] ?? null]));
}

/** What is in `items` more often than in `others`. */
function without(items: readonly string[], others: readonly string[]): readonly string[] {
  const left = [...others];
  return items.filter((item) => {
    const at = left.indexOf(item);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

function mapKeys<V>(record: Readonly<Record<string, V>>, key: (old: string) => string): Record<string, V> {
  return Object.fromEntries(Object.entries(record).map(([old, value]) => [key(old), value]));
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
