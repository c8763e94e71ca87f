import type { Node } from 'libpg-query';
import { findTable } from '../../schema/lookup';
import { sameName, type QualifiedName, type Schema } from '../../schema/schema';
import type { SqlParser } from '../../sql/parser';
import { message, type Message } from '../../text/problem';
import type { OperationOf } from '../operation';
import { rangeName } from '../sql/tree';
import { changing, type Change } from './changed-rows';
import { lockModes, noHazard, strongestLocks, sumOf, type Hazard, type LockMode, type Work } from './hazard';
import { familyOf, locksOn, plainName, readsOf, referringTo, withRows } from './relations';
import { alterTableLocks } from './table-commands';

/** What a statement that is no operation of its own means. Source: PostgreSQL documentation, 13.3.1, and the statements' pages. */
export function statementHazard(operation: OperationOf<'execute'>, before: Schema, sql: SqlParser | null): Hazard {
  const statements = operation.sql.trim() === '' || sql === null ? [] : sql.parse(operation.sql).value;
  if (statements.length === 0) return fromReader(operation, before);
  return sumOf(statements.map(({ tree }) => (tree === null ? notKnown() : treeHazard(tree, before))));
}

/** Of statements without text (SQLAlchemy's own), or without a parser, what their reader found. */
function fromReader({ effect, writes = [], empties = [] }: OperationOf<'execute'>, before: Schema): Hazard {
  if (effect === 'none') return notKnown();
  const tables = [...writes, ...empties].map(plainName).filter((table, index, all) => all.findIndex((other) => sameName(other, table)) === index);
  const unread = { ...noHazard, unknown: message('Which tables this statement reads is not known.') };
  return sumOf([...tables.map((table) => changing(before, { table, how: 'any', columns: null })), unread]);
}

function notKnown(): Hazard {
  return { ...noHazard, unknown: message('What this statement locks is not known.') };
}

function treeHazard(tree: Node, before: Schema): Hazard {
  if ('UpdateStmt' in tree || 'InsertStmt' in tree || 'DeleteStmt' in tree || 'MergeStmt' in tree || 'SelectStmt' in tree) return rowsHazard(tree, before);
  if ('CopyStmt' in tree) {
    const { relation, is_from, query } = tree.CopyStmt;
    if (relation === undefined) return query === undefined ? noHazard : rowsHazard(query, before);
    return is_from === true ? changing(before, { table: rangeName(relation), how: 'insert', columns: null }) : reading(before, [rangeName(relation)]);
  }
  if ('TruncateStmt' in tree) return truncate(before, relations(tree.TruncateStmt.relations), tree.TruncateStmt.behavior === 'DROP_CASCADE');
  if ('LockStmt' in tree) {
    const mode = lockModes[(tree.LockStmt.mode ?? 8) - 1] ?? 'AccessExclusiveLock';
    const names = (tree.LockStmt.relations ?? []).flatMap((node) => ('RangeVar' in node ? (node.RangeVar.inh === true ? readsOf(before, rangeName(node.RangeVar)) : [rangeName(node.RangeVar)]) : []));
    return { ...noHazard, locks: strongestLocks(locksOn(before, mode, names)) };
  }
  if ('RefreshMatViewStmt' in tree) {
    const { relation, concurrent, skipData } = tree.RefreshMatViewStmt;
    const view = rangeName(relation);
    const read = skipData === true ? noHazard : reading(before, before.views.find((candidate) => sameName(candidate, view))?.dependsOn.map(plainName) ?? []);
    const locks = locksOn(before, concurrent === true ? 'ExclusiveLock' : 'AccessExclusiveLock', [view]);
    return sumOf([{ ...noHazard, locks, work: [concurrent === true ? { kind: 'change_rows', table: view, maybe: message('Only where rows differ.') } : { kind: 'rewrite', table: view }] }, read]);
  }
  if ('AlterTableStmt' in tree) return alterTableLocks(tree.AlterTableStmt, before);
  if ('CreateTrigStmt' in tree) return taking(before, 'ShareRowExclusiveLock', tree.CreateTrigStmt.row === true ? familyOf(before, rangeName(tree.CreateTrigStmt.relation)) : [rangeName(tree.CreateTrigStmt.relation)]);
  if ('RuleStmt' in tree) return taking(before, 'AccessExclusiveLock', [rangeName(tree.RuleStmt.relation)], message('What the rule reads is locked against being dropped.'));
  if ('CreateStatsStmt' in tree) return taking(before, 'ShareUpdateExclusiveLock', relations(tree.CreateStatsStmt.relations));
  if ('ClusterStmt' in tree && tree.ClusterStmt.relation !== undefined) return withWork(taking(before, 'AccessExclusiveLock', [rangeName(tree.ClusterStmt.relation)]), before, { kind: 'rewrite' });
  if ('VacuumStmt' in tree) return vacuum(before, tree.VacuumStmt);
  if ('ReindexStmt' in tree) return reindex(before, tree.ReindexStmt);
  if ('CreateFunctionStmt' in tree && !(tree.CreateFunctionStmt.options ?? []).some(isSqlLanguage)) return noHazard;
  return Object.keys(tree).some((kind) => withoutTables.has(kind)) ? noHazard : notKnown();
}

/** Its body is looked at when it is made, and what it reads is locked against being dropped. */
function isSqlLanguage(option: Node): boolean {
  return 'DefElem' in option && option.DefElem.defname === 'language' && option.DefElem.arg !== undefined && 'String' in option.DefElem.arg && option.DefElem.arg.String.sval?.toLowerCase() === 'sql';
}

function taking(before: Schema, mode: LockMode, names: readonly QualifiedName[], unknown: Message | null = null): Hazard {
  return { ...noHazard, locks: strongestLocks(locksOn(before, mode, names)), unknown };
}

function withWork(hazard: Hazard, before: Schema, work: Omit<Work, 'table'>): Hazard {
  return { ...hazard, work: hazard.locks.flatMap((lock) => withRows(before, lock)).map((table): Work => ({ ...work, table })) };
}

/** The rows of these, and of what lies below them. */
function reading(before: Schema, names: readonly QualifiedName[], mode: LockMode = 'AccessShareLock'): Hazard {
  const all = names.flatMap((name) => readsOf(before, name));
  const rows = all.filter((name) => findTable(before, name)?.partitionBy === null);
  return { ...taking(before, mode, all), work: rows.map((table): Work => ({ kind: 'scan', table, maybe: message('An index may spare it.') })) };
}

/** DML and SELECT: what is written, what is read, and what foreign keys make of it. */
function rowsHazard(tree: Node, before: Schema): Hazard {
  const found = rowsIn(tree);
  return sumOf([...found.changes.map((change) => changing(before, change)), ...found.locked.map((name) => reading(before, [name], 'RowShareLock')), reading(before, found.read)]);
}

interface Found {
  readonly changes: Change[];
  readonly read: QualifiedName[];
  readonly locked: QualifiedName[];
}

/** Everything that a statement reads and writes, in WITH and subqueries, too; names that WITH gives are none of tables. */
function rowsIn(tree: Node): Found {
  const found: Found = { changes: [], read: [], locked: [] };
  visit(tree, new Set(), found);
  return found;
}

type Part = { readonly [key: string]: unknown };

function visit(part: unknown, hidden: ReadonlySet<string>, found: Found): void {
  if (Array.isArray(part)) {
    for (const item of part) visit(item, hidden, found);
    return;
  }
  if (typeof part !== 'object' || part === null) return;
  const node = part as Part;
  if ('RangeVar' in node) {
    note(node['RangeVar'], hidden, found.read);
    return;
  }
  const inside = hiddenBy(node, hidden, found);
  const target = node['relation'];
  const change = changeOf(node);
  if (change !== null) found.changes.push(change);
  if (Array.isArray(node['lockingClause']) && Array.isArray(node['fromClause'])) found.locked.push(...lockedBy(node['lockingClause'], node['fromClause'], inside));
  for (const [key, value] of Object.entries(node)) {
    if (key === 'withClause' || (key === 'relation' && value === target && change !== null) || key === 'lockingClause') continue;
    visit(value, inside, found);
  }
}

/** WITH: each query sees the names before it, RECURSIVE all of them. */
function hiddenBy(node: Part, hidden: ReadonlySet<string>, found: Found): ReadonlySet<string> {
  const clause = node['withClause'] as { readonly ctes?: readonly Node[]; readonly recursive?: boolean } | undefined;
  if (clause === undefined) return hidden;
  const queries = (clause.ctes ?? []).flatMap((cte) => ('CommonTableExpr' in cte ? [cte.CommonTableExpr] : []));
  const names = new Set([...hidden, ...(clause.recursive === true ? queries.map(({ ctename = '' }) => ctename) : [])]);
  for (const { ctename = '', ctequery } of queries) {
    visit(ctequery, new Set(names), found);
    names.add(ctename);
  }
  return names;
}

function note(range: unknown, hidden: ReadonlySet<string>, into: QualifiedName[]): void {
  const relation = range as Parameters<typeof rangeName>[0];
  if (relation?.schemaname === undefined && hidden.has(relation?.relname ?? '')) return;
  into.push(rangeName(relation));
}

/** The fields of a data statement, without its name around them as `visit` meets them. */
function changeOf(node: Part): Change | null {
  for (const [kind, how] of [['UpdateStmt', 'update'], ['InsertStmt', 'insert'], ['DeleteStmt', 'delete'], ['MergeStmt', 'any']] as const) {
    const inner = node[kind] as { readonly relation?: Parameters<typeof rangeName>[0]; readonly targetList?: readonly Node[]; readonly onConflictClause?: { readonly action?: string } } | undefined;
    if (inner === undefined) continue;
    const columns = how === 'update' ? (inner.targetList ?? []).flatMap((item) => ('ResTarget' in item && item.ResTarget.name !== undefined ? [item.ResTarget.name] : [])) : null;
    return { table: rangeName(inner.relation), how: inner.onConflictClause?.action === 'ONCONFLICT_UPDATE' ? 'any' : how, columns };
  }
  return null;
}

/** FOR UPDATE OF names, or of everything that FROM names. */
function lockedBy(clauses: readonly unknown[], from: readonly unknown[], hidden: ReadonlySet<string>): readonly QualifiedName[] {
  const wanted = clauses.flatMap((clause) => (clause as { LockingClause?: { lockedRels?: readonly Node[] } }).LockingClause?.lockedRels ?? []).flatMap((node) => ('RangeVar' in node ? [node.RangeVar.relname ?? ''] : []));
  const tables: QualifiedName[] = [];
  const look = (part: unknown): void => {
    if (Array.isArray(part)) part.forEach(look);
    else if (typeof part === 'object' && part !== null) {
      const range = (part as { RangeVar?: { relname?: string; alias?: { aliasname?: string } } }).RangeVar;
      if (range !== undefined && (wanted.length === 0 || wanted.includes(range.alias?.aliasname ?? range.relname ?? ''))) note(range, hidden, tables);
      else if (range === undefined) Object.values(part).forEach(look);
    }
  };
  look(from);
  return tables;
}

function relations(nodes: readonly Node[] | undefined): readonly QualifiedName[] {
  return (nodes ?? []).flatMap((node) => ('RangeVar' in node ? [rangeName(node.RangeVar)] : []));
}

/** With CASCADE, the tables that refer to these are emptied, too. */
function truncate(before: Schema, tables: readonly QualifiedName[], cascade: boolean): Hazard {
  let all = tables.flatMap((table) => familyOf(before, table));
  for (let size = -1; cascade && size !== all.length; ) {
    size = all.length;
    all = [...all, ...all.flatMap((table) => referringTo(before, table).flatMap((reference) => familyOf(before, reference.table)))].filter((table, index, list) => list.findIndex((other) => sameName(other, table)) === index);
  }
  return { ...taking(before, 'AccessExclusiveLock', all), losses: all.map((table) => ({ table, column: null })) };
}

function vacuum(before: Schema, { rels = [], options = [], is_vacuumcmd }: Extract<Node, { VacuumStmt: unknown }>['VacuumStmt']): Hazard {
  const tables = rels.flatMap((node) => ('VacuumRelation' in node ? [rangeName(node.VacuumRelation.relation)] : []));
  const full = options.some((option) => 'DefElem' in option && option.DefElem.defname === 'full');
  if (tables.length === 0) return { ...notKnown(), outsideTransaction: is_vacuumcmd === true };
  const locked = taking(before, full ? 'AccessExclusiveLock' : 'ShareUpdateExclusiveLock', tables);
  // ANALYZE looks at a sample.
  return { ...(is_vacuumcmd === true ? withWork(locked, before, { kind: full ? 'rewrite' : 'scan' }) : locked), outsideTransaction: is_vacuumcmd === true };
}

/** The indexes themselves are locked against readers, which plan with every index of a table. */
function reindex(before: Schema, { relation, kind, params = [] }: Extract<Node, { ReindexStmt: unknown }>['ReindexStmt']): Hazard {
  const concurrently = params.some((option) => 'DefElem' in option && option.DefElem.defname === 'concurrently');
  const name = rangeName(relation);
  const table = kind === 'REINDEX_OBJECT_TABLE' ? findTable(before, name) : kind === 'REINDEX_OBJECT_INDEX' ? before.tables.find((candidate) => candidate.schema === name.schema && indexNames(candidate).includes(name.name)) : undefined;
  if (table === undefined || table.partitionBy !== null) return { ...notKnown(), outsideTransaction: concurrently };
  const indexes = kind === 'REINDEX_OBJECT_INDEX' ? [name.name] : indexNames(table);
  const locks = concurrently ? locksOn(before, 'ShareUpdateExclusiveLock', [table]) : [...locksOn(before, 'ShareLock', [table]), ...indexes.map((index) => ({ schema: table.schema, name: index, mode: 'AccessExclusiveLock' as const, relation: 'index' as const }))];
  return { ...noHazard, locks, work: indexes.map((index): Work => ({ kind: 'build_index', table: plainName(table), index })), outsideTransaction: concurrently };
}

function indexNames({ primaryKey, uniques, excludes, indexes }: Schema['tables'][number]): readonly string[] {
  return [...(primaryKey === null ? [] : [primaryKey]), ...uniques, ...excludes, ...indexes].flatMap(({ name }) => name ?? []);
}

/** They lock no table, view or sequence. */
const withoutTables = new Set('TransactionStmt VariableSetStmt VariableShowStmt CreateRoleStmt AlterRoleStmt AlterRoleSetStmt DropRoleStmt GrantRoleStmt AlterFunctionStmt CreateSchemaStmt AlterDefaultPrivilegesStmt ConstraintsSetStmt NotifyStmt ListenStmt DiscardStmt CheckPointStmt CreateCastStmt CreateEventTrigStmt AlterEventTrigStmt AlterDatabaseSetStmt AlterSystemStmt'.split(' '));
