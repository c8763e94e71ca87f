import type { DescribedColumn, DescribedIndex, DescribedPolicy, DescribedStatistics, DescribedTrigger, Fired, RelationDescription } from '../../engine/render/psql-relation';
import type { Database } from '../connect';

/** Describes one table or view by its oid, as `findRelations` gives it. Null: it is gone. Rejects when the connection breaks. */
export async function describeRelation(database: Database, oid: number): Promise<RelationDescription | null> {
  const id = Math.trunc(Number(oid));
  const { versionNumber } = database.server;
  const parts = [relationQuery(id), columnsQuery(id), indexesQuery(id, versionNumber), constraintsQuery(id), foreignKeysQuery(id), referencesQuery(id), policiesQuery(id), statisticsQuery(id), rulesQuery(id), publicationsQuery(id, versionNumber), triggersQuery(id, versionNumber), foreignQuery(id), parentsQuery(id)];
  const [relations, columns, indexes, checks, foreignKeys, referencedBy, policies, statistics, rules, publications, triggers, foreign, inherits] = await database.readBatch(parts);
  const [relation] = (relations ?? []) as readonly RelationRow[];
  if (relation === undefined) return null;
  const { kind, unlogged, row_security, forced_row_security, parent, bound, detaching, partition_key, children, of_type, tablespace } = relation;
  // What psql leaves out of a view: nothing of its own hangs there but triggers, and its rule is the view itself.
  const isView = kind === 'v';
  const names = (rows: readonly object[] | undefined): readonly string[] => ((rows ?? []) as readonly { readonly name: string }[]).map(({ name }) => name);
  return {
    kind: kinds[kind] ?? 'table',
    schema: relation.schema,
    name: relation.name,
    unlogged,
    columns: (columns ?? []) as readonly DescribedColumn[],
    partitionOf: parent === null ? null : { parent, bound: bound ?? '', detaching },
    partitionKey: partition_key,
    indexes: ((indexes ?? []) as readonly IndexRow[]).map(readIndex),
    checks: (checks ?? []) as RelationDescription['checks'],
    foreignKeys: (foreignKeys ?? []) as RelationDescription['foreignKeys'],
    referencedBy: (referencedBy ?? []) as RelationDescription['referencedBy'],
    rowSecurity: row_security,
    forcedRowSecurity: forced_row_security,
    policies: (policies ?? []) as readonly DescribedPolicy[],
    statistics: (statistics ?? []) as readonly DescribedStatistics[],
    rules: isView || kind === 'm' ? [] : ((rules ?? []) as readonly Fired[]),
    publications: (publications ?? []) as RelationDescription['publications'],
    triggers: (triggers ?? []) as readonly DescribedTrigger[],
    foreign: ((foreign ?? []) as readonly NonNullable<RelationDescription['foreign']>[])[0] ?? null,
    inherits: names(inherits),
    children: Number(children),
    ofType: of_type,
    tablespace,
  };
}

const kinds: Readonly<Record<string, RelationDescription['kind']>> = { r: 'table', p: 'partitioned table', v: 'view', m: 'materialized view', f: 'foreign table' };

interface RelationRow {
  readonly kind: string;
  readonly schema: string;
  readonly name: string;
  readonly unlogged: boolean;
  readonly row_security: boolean;
  readonly forced_row_security: boolean;
  readonly parent: string | null;
  readonly bound: string | null;
  readonly detaching: boolean;
  readonly partition_key: string | null;
  readonly children: string;
  readonly of_type: string | null;
  readonly tablespace: string | null;
}

const relationQuery = (oid: number): string => `
SELECT c.relkind::text AS kind, n.nspname::text AS schema, c.relname::text AS name, c.relpersistence = 'u' AS unlogged,
  c.relrowsecurity AS row_security, c.relforcerowsecurity AS forced_row_security,
  CASE WHEN c.relispartition THEN i.inhparent::pg_catalog.regclass::text END AS parent,
  pg_catalog.pg_get_expr(c.relpartbound, c.oid) AS bound, COALESCE(i.inhdetachpending, false) AS detaching,
  CASE WHEN c.relkind = 'p' THEN pg_catalog.pg_get_partkeydef(c.oid) END AS partition_key,
  (SELECT count(*) FROM pg_catalog.pg_inherits child WHERE child.inhparent = c.oid) AS children,
  CASE WHEN c.reloftype <> 0 THEN c.reloftype::pg_catalog.regtype::text END AS of_type,
  s.spcname::text AS tablespace
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_catalog.pg_inherits i ON i.inhrelid = c.oid AND c.relispartition
LEFT JOIN pg_catalog.pg_tablespace s ON s.oid = c.reltablespace
WHERE c.oid = ${oid}`;

const columnsQuery = (oid: number): string => `
SELECT a.attname::text AS name, pg_catalog.format_type(a.atttypid, a.atttypmod) AS type,
  CASE WHEN a.attcollation <> t.typcollation THEN co.collname::text END AS collation,
  a.attnotnull AS "notNull", pg_catalog.pg_get_expr(d.adbin, d.adrelid, true) AS expression,
  CASE a.attidentity WHEN 'a' THEN 'always' WHEN 'd' THEN 'by default' END AS identity,
  CASE a.attgenerated WHEN 's' THEN 'stored' WHEN 'v' THEN 'virtual' END AS generated,
  CASE WHEN a.attfdwoptions IS NULL THEN '' ELSE '(' || ${optionsText('a.attfdwoptions')} || ')' END AS options
FROM pg_catalog.pg_attribute a
JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum AND a.atthasdef
LEFT JOIN pg_catalog.pg_collation co ON co.oid = a.attcollation
WHERE a.attrelid = ${oid} AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY a.attnum`;

/** `name 'value', other 'value'` */
function optionsText(options: string): string {
  return `(SELECT pg_catalog.string_agg(pg_catalog.quote_ident(o.option_name) || ' ' || pg_catalog.quote_literal(o.option_value), ', ') FROM pg_catalog.pg_options_to_table(${options}) o)`;
}

interface IndexRow extends Omit<DescribedIndex, 'constraint'> {
  readonly constraint_type: string | null;
  readonly constraint_definition: string;
  readonly deferrable: boolean;
  readonly deferred: boolean;
  readonly period: boolean;
}

function readIndex({ constraint_type, constraint_definition, deferrable, deferred, period, ...index }: IndexRow): DescribedIndex {
  return { ...index, constraint: constraint_type === null ? null : { type: constraint_type, definition: constraint_definition, deferrable, deferred, whole: constraint_type === 'x' || period } };
}

const indexesQuery = (oid: number, version: number): string => `
SELECT c.relname::text AS name, pg_catalog.pg_get_indexdef(i.indexrelid, 0, true) AS definition,
  i.indisprimary AS "primary", i.indisunique AS "unique", i.indisclustered AS clustered, i.indisvalid AS valid,
  i.indisreplident AS "replicaIdentity", s.spcname::text AS tablespace,
  k.contype::text AS constraint_type, pg_catalog.pg_get_constraintdef(k.oid, true) AS constraint_definition,
  k.condeferrable AS deferrable, k.condeferred AS deferred, ${version >= 180000 ? 'COALESCE(k.conperiod, false)' : 'false'} AS period
FROM pg_catalog.pg_index i
JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
LEFT JOIN pg_catalog.pg_constraint k ON k.conrelid = i.indrelid AND k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x')
LEFT JOIN pg_catalog.pg_tablespace s ON s.oid = c.reltablespace
WHERE i.indrelid = ${oid}
ORDER BY i.indisprimary DESC, c.relname`;

const constraintsQuery = (oid: number): string => `
SELECT k.conname::text AS name, pg_catalog.pg_get_constraintdef(k.oid, true) AS definition
FROM pg_catalog.pg_constraint k WHERE k.conrelid = ${oid} AND k.contype = 'c' ORDER BY k.conname`;

/** A partition shows its parents' keys as theirs, and not those that were made from them. */
const foreignKeysQuery = (oid: number): string => `
SELECT k.conname::text AS name, pg_catalog.pg_get_constraintdef(k.oid, true) AS definition,
  CASE WHEN k.conrelid <> ${oid} THEN k.conrelid::pg_catalog.regclass::text END AS "table"
FROM pg_catalog.pg_constraint k
WHERE k.contype = 'f' AND k.conparentid = 0
  AND (k.conrelid = ${oid} OR k.conrelid IN (SELECT a.relid FROM pg_catalog.pg_partition_ancestors(${oid}) a))
ORDER BY k.conrelid = ${oid} DESC, k.conname`;

const referencesQuery = (oid: number): string => `
SELECT k.conname::text AS name, pg_catalog.pg_get_constraintdef(k.oid, true) AS definition, k.conrelid::pg_catalog.regclass::text AS "table"
FROM pg_catalog.pg_constraint k
WHERE k.contype = 'f' AND k.conparentid = 0
  AND (k.confrelid = ${oid} OR k.confrelid IN (SELECT a.relid FROM pg_catalog.pg_partition_ancestors(${oid}) a))
ORDER BY k.conname`;

const policiesQuery = (oid: number): string => `
SELECT p.polname::text AS name, p.polpermissive AS permissive,
  CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE' END AS command,
  CASE WHEN p.polroles <> '{0}' THEN (SELECT pg_catalog.string_agg(r.rolname, ',' ORDER BY r.rolname) FROM pg_catalog.pg_roles r WHERE r.oid = ANY (p.polroles)) END AS roles,
  pg_catalog.pg_get_expr(p.polqual, p.polrelid) AS "using", pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid) AS "check"
FROM pg_catalog.pg_policy p WHERE p.polrelid = ${oid} ORDER BY p.polname`;

const statisticsQuery = (oid: number): string => `
SELECT n.nspname::text AS schema, s.stxname::text AS name, s.stxrelid::pg_catalog.regclass::text AS "table",
  pg_catalog.pg_get_statisticsobjdef_columns(s.oid) AS columns,
  'd' = ANY (s.stxkind) AS ndistinct, 'f' = ANY (s.stxkind) AS dependencies, 'm' = ANY (s.stxkind) AS mcv, s.stxstattarget::int AS target
FROM pg_catalog.pg_statistic_ext s
JOIN pg_catalog.pg_namespace n ON n.oid = s.stxnamespace
WHERE s.stxrelid = ${oid} ORDER BY n.nspname::text, s.stxname`;

const rulesQuery = (oid: number): string => `
SELECT pg_catalog.substr(pg_catalog.rtrim(pg_catalog.pg_get_ruledef(r.oid, true), ';'), 13) AS definition, r.ev_enabled::text AS enabled
FROM pg_catalog.pg_rewrite r WHERE r.ev_class = ${oid} ORDER BY r.rulename`;

/** Column lists, row filters and schemas in a publication: PostgreSQL 15. */
const publicationsQuery = (oid: number, version: number): string => {
  const everything = `SELECT p.pubname::text AS name, NULL::text AS columns, NULL::text AS "where" FROM pg_catalog.pg_publication p WHERE p.puballtables AND pg_catalog.pg_relation_is_publishable(${oid})`;
  if (version < 150000) return `SELECT p.pubname::text AS name, NULL::text AS columns, NULL::text AS "where" FROM pg_catalog.pg_publication p JOIN pg_catalog.pg_publication_rel r ON r.prpubid = p.oid WHERE r.prrelid = ${oid} UNION ${everything} ORDER BY 1`;
  return `
SELECT p.pubname::text AS name,
  (SELECT pg_catalog.string_agg(a.attname, ', ' ORDER BY l.place) FROM pg_catalog.unnest(r.prattrs::int2[]) WITH ORDINALITY l (number, place) JOIN pg_catalog.pg_attribute a ON a.attrelid = r.prrelid AND a.attnum = l.number) AS columns,
  pg_catalog.pg_get_expr(r.prqual, r.prrelid) AS "where"
FROM pg_catalog.pg_publication p JOIN pg_catalog.pg_publication_rel r ON r.prpubid = p.oid WHERE r.prrelid = ${oid}
UNION SELECT p.pubname::text, NULL, NULL FROM pg_catalog.pg_publication p JOIN pg_catalog.pg_publication_namespace n ON n.pnpubid = p.oid
  JOIN pg_catalog.pg_class c ON c.relnamespace = n.pnnspid WHERE c.oid = ${oid} AND pg_catalog.pg_relation_is_publishable(${oid})
UNION ${everything} ORDER BY 1`;
};

/** Triggers of the system itself are shown where somebody disabled them; before PostgreSQL 15, those that a partition has of its parent are such. */
const triggersQuery = (oid: number, version: number): string => `
SELECT pg_catalog.pg_get_triggerdef(t.oid, true) AS definition, t.tgenabled::text AS enabled, t.tgisinternal AS internal,
  CASE WHEN t.tgparentid <> 0 THEN (
    SELECT u.tgrelid::pg_catalog.regclass::text FROM pg_catalog.pg_trigger u
    JOIN pg_catalog.pg_partition_ancestors(t.tgrelid) WITH ORDINALITY AS a (relid, depth) ON a.relid = u.tgrelid
    WHERE u.tgname = t.tgname AND u.tgparentid = 0 ORDER BY a.depth LIMIT 1) END AS parent
FROM pg_catalog.pg_trigger t
WHERE t.tgrelid = ${oid} AND (NOT t.tgisinternal OR t.tgenabled = 'D'${version < 150000 ? ` OR EXISTS (
  SELECT FROM pg_catalog.pg_depend d WHERE d.objid = t.oid AND d.classid = 'pg_catalog.pg_trigger'::pg_catalog.regclass AND d.refclassid = d.classid)` : ''})
ORDER BY t.tgname`;

const foreignQuery = (oid: number): string => `
SELECT s.srvname::text AS server, COALESCE(${optionsText('f.ftoptions')}, '') AS options
FROM pg_catalog.pg_foreign_table f JOIN pg_catalog.pg_foreign_server s ON s.oid = f.ftserver WHERE f.ftrelid = ${oid}`;

/** A partition's parent is said elsewhere. */
const parentsQuery = (oid: number): string => `
SELECT i.inhparent::pg_catalog.regclass::text AS name
FROM pg_catalog.pg_inherits i JOIN pg_catalog.pg_class c ON c.oid = i.inhparent
WHERE i.inhrelid = ${oid} AND c.relkind NOT IN ('p', 'I') ORDER BY i.inhseqno`;
