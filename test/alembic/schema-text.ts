/**
 * A database's structure as text that owes nothing to our own reader: what pg_dump writes, and what the server says of itself.
 * Lines come in an order that does not depend on the order of columns or on when something was made.
 */
import { pgDump, pgDumpMajor } from '../harness/postgres';
import type { PostgresServer } from '../harness/postgres';
import type { Asked } from './rows';

/** pg_dump's and the catalog's words together; on servers that are newer than the pg_dump at hand, the catalog's alone. */
export async function schemaText(server: PostgresServer, database: string): Promise<readonly string[]> {
  const catalog = await catalogText(server, database);
  return server.major > pgDumpMajor ? catalog : [...catalog, ...(await dumpText(server, database))];
}

/** The statements of `pg_dump --schema-only`, a statement an item, the columns of a table sorted. */
export async function dumpText(server: PostgresServer, database: string): Promise<readonly string[]> {
  const dump = await pgDump(server.url(database), ['--schema-only', '--no-owner', '--no-privileges']);
  return dump
    .replaceAll(/^(--|SET |SELECT pg_catalog\.set_config|\\(un)?restrict ).*$/gm, '')
    .split(/;$/m)
    .map((statement) => statement.trim().replaceAll(/\n{2,}/g, '\n'))
    .filter((statement) => statement !== '' && !/\balembic_version\b/.test(statement))
    .map((statement) => (statement.startsWith('CREATE TABLE') ? sortColumns(statement) : statement))
    .sort();
}

/** What the server's own functions say of each thing: a line each. */
export async function catalogText(server: Asked, database?: string): Promise<readonly string[]> {
  const { rows } = await server.query(catalogQuery, database);
  return (rows as { line: string }[]).map(({ line }) => line).sort();
}

/** What is in one and not in the other, in words; empty when they are the same. */
export function textDifferences(expected: readonly string[], actual: readonly string[]): readonly string[] {
  return [
    ...expected.filter((line) => !actual.includes(line)).map((line) => `- ${line}`),
    ...actual.filter((line) => !expected.includes(line)).map((line) => `+ ${line}`),
  ];
}

function sortColumns(statement: string): string {
  const [first = '', ...lines] = statement.split('\n');
  return [first, ...lines.map((line) => line.replace(/,$/, '')).sort()].join('\n');
}

// NOT NULL is a mark of its column; as a constraint (PostgreSQL 18, contype 'n') it would also have a name that nobody chose.
const catalogQuery = `
with relation as (
  select c.*, quote_ident(n.nspname) || '.' || quote_ident(c.relname) as full_name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
   where n.nspname !~ '^(pg_|information_schema$)' and c.relname not like '%alembic_version%'
     and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
), type as (
  select t.*, quote_ident(n.nspname) || '.' || quote_ident(t.typname) as full_name
    from pg_type t join pg_namespace n on n.oid = t.typnamespace
   where n.nspname !~ '^(pg_|information_schema$)'
     and not exists (select from pg_depend d where d.classid = 'pg_type'::regclass and d.objid = t.oid and d.deptype = 'e')
)
select format('%s %s persistence=%s rls=%s%s options=%s comment=%s%s', case relkind when 'p' then 'partitioned table' else 'table' end, full_name, relpersistence,
       relrowsecurity, case when relforcerowsecurity then ' forced' end, reloptions, obj_description(oid, 'pg_class'), ' ' || pg_get_partkeydef(oid) || pg_get_expr(relpartbound, oid)) as line
  from relation where relkind in ('r', 'p')
union all
select format('column %s.%s %s%s default=%s identity=%s generated=%s collation=%s comment=%s', r.full_name, a.attname, format_type(a.atttypid, a.atttypmod),
       case when a.attnotnull then ' not null' end, pg_get_expr(d.adbin, d.adrelid), a.attidentity, a.attgenerated,
       nullif(a.attcollation, t.typcollation)::regcollation, col_description(a.attrelid, a.attnum))
  from relation r join pg_attribute a on a.attrelid = r.oid join pg_type t on t.oid = a.atttypid
       left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
 where r.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
union all
select format('constraint %s on %s: %s comment=%s', c.conname, r.full_name, pg_get_constraintdef(c.oid), obj_description(c.oid, 'pg_constraint'))
  from pg_constraint c join relation r on r.oid = c.conrelid where c.contype <> 'n'
union all
select format('index %s valid=%s comment=%s', pg_get_indexdef(i.indexrelid), i.indisvalid, obj_description(i.indexrelid, 'pg_class'))
  from pg_index i join relation r on r.oid = i.indrelid
union all
select format('sequence %s %s start=%s increment=%s min=%s max=%s cache=%s cycle=%s owned by %s', r.full_name, s.seqtypid::regtype, s.seqstart, s.seqincrement, s.seqmin,
       s.seqmax, s.seqcache, s.seqcycle, (select d.refobjid::regclass || '.' || a.attname from pg_depend d join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
       where d.classid = 'pg_class'::regclass and d.objid = r.oid and d.refobjsubid > 0))
  from relation r join pg_sequence s on s.seqrelid = r.oid
union all
select format('%s %s owner=%s options=%s rights=%s comment=%s: %s', case relkind when 'm' then 'materialized view' else 'view' end, full_name, pg_get_userbyid(relowner), reloptions,
       (select array_agg(item::text order by item::text) from unnest(relacl) item), obj_description(oid, 'pg_class'), pg_get_viewdef(oid)) from relation where relkind in ('v', 'm')
union all
select format('column %s.%s rights=%s default=%s comment=%s', r.full_name, a.attname, a.attacl, pg_get_expr(d.adbin, d.adrelid), col_description(a.attrelid, a.attnum))
  from relation r join pg_attribute a on a.attrelid = r.oid left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
 where r.relkind in ('v', 'm') and a.attnum > 0 and not a.attisdropped
union all
select 'rule ' || pg_get_ruledef(w.oid) from pg_rewrite w join relation r on r.oid = w.ev_class where w.rulename <> '_RETURN'
union all
select format('enum %s: %s comment=%s', full_name, (select array_agg(e.enumlabel order by e.enumsortorder) from pg_enum e where e.enumtypid = type.oid),
       obj_description(oid, 'pg_type')) from type where typtype = 'e'
union all
select format('type %s %s %s', typtype, full_name, format_type(nullif(typbasetype, 0), typtypmod)) from type where typtype in ('d', 'r')
union all
select format('trigger %s enabled=%s comment=%s', pg_get_triggerdef(t.oid), t.tgenabled, obj_description(t.oid, 'pg_trigger')) from pg_trigger t join relation r on r.oid = t.tgrelid where not t.tgisinternal
union all
select format('policy %s on %s %s permissive=%s to %s comment=%s using %s check %s', p.polname, r.full_name, p.polcmd, p.polpermissive,
       (select array_agg(o.rolname order by o.rolname) from pg_roles o where o.oid = any (p.polroles)), obj_description(p.oid, 'pg_policy'), pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))
  from pg_policy p join relation r on r.oid = p.polrelid
union all
select 'function ' || pg_get_functiondef(p.oid) from pg_proc p join pg_namespace n on n.oid = p.pronamespace
 where n.nspname !~ '^(pg_|information_schema$)' and p.prokind in ('f', 'p')
   and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
union all
select 'extension ' || extname from pg_extension
union all
select 'schema ' || nspname from pg_namespace where nspname !~ '^(pg_|information_schema$)'
`;
