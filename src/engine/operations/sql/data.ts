import type { DeleteStmt, InsertStmt, Node, SelectStmt, UpdateStmt } from 'libpg-query';
import type { QualifiedName } from '../../schema/schema';
import { message } from '../../text/problem';
import type { ColumnWrite, OperationBody } from '../operation';
import { otherNamespace, unlikeHere } from './namespaces';
import { readQuery } from './query';
import { rangeName, strings, type Source } from './tree';
import { constantText } from './types';
import { tableFrom } from './views';

/** UPDATE, INSERT, DELETE, TRUNCATE, MERGE and SELECT: they move rows. A SELECT that calls a function may do anything. */
export function data(source: Source, node: Node): readonly OperationBody[] {
  const unknownCall = 'SelectStmt' in node ? calledFunction(node.SelectStmt) : null;
  if (unknownCall !== null) return [{ kind: 'unknown', reason: message('What the function {name} does is not known.', { name: unknownCall }), tables: null }];
  if ('SelectStmt' in node && node.SelectStmt.intoClause !== undefined) {
    const { rel, colNames } = node.SelectStmt.intoClause;
    return rel?.relpersistence === 't' ? [{ kind: 'execute', sql: source.statement.text, effect: 'data' }] : [tableFrom(rangeName(rel), readQuery(source, node), strings(colNames))];
  }
  const path = 'SelectStmt' in node ? searchPath(node.SelectStmt) : null;
  if (path !== null) return [unlikeHere(path)];
  const writes = writesOf(node);
  const empties = emptied(node);
  return [{ kind: 'execute', sql: source.statement.text, effect: 'data', ...(writes.length === 0 ? {} : { writes }), ...(empties.length === 0 ? {} : { empties }), ...(isOfEveryRow(node) ? { everyRow: true } : {}) }];
}

function isOfEveryRow(node: Node): boolean {
  return 'UpdateStmt' in node && node.UpdateStmt.whereClause === undefined && node.UpdateStmt.fromClause === undefined && node.UpdateStmt.withClause === undefined;
}

function emptied(node: Node): readonly QualifiedName[] {
  if ('DeleteStmt' in node && node.DeleteStmt.whereClause === undefined && node.DeleteStmt.usingClause === undefined) return [rangeName(node.DeleteStmt.relation)];
  return 'TruncateStmt' in node ? (node.TruncateStmt.relations ?? []).flatMap((relation) => ('RangeVar' in relation ? [rangeName(relation.RangeVar)] : [])) : [];
}

/** The columns written, those in WITH included. */
function writesOf(node: Node): readonly ColumnWrite[] {
  if ('UpdateStmt' in node) return [...inWith(node.UpdateStmt), ...update(node.UpdateStmt)];
  if ('InsertStmt' in node) return [...inWith(node.InsertStmt), ...insert(node.InsertStmt)];
  if ('DeleteStmt' in node) return inWith(node.DeleteStmt);
  if ('SelectStmt' in node) return inWith(node.SelectStmt);
  if ('MergeStmt' in node) {
    const table = rangeName(node.MergeStmt.relation);
    return (node.MergeStmt.mergeWhenClauses ?? []).flatMap((clause) => ('MergeWhenClause' in clause ? targets(table, clause.MergeWhenClause.targetList) : []));
  }
  return [];
}

function inWith(statement: UpdateStmt | InsertStmt | DeleteStmt | SelectStmt): readonly ColumnWrite[] {
  return (statement.withClause?.ctes ?? []).flatMap((node) => ('CommonTableExpr' in node && node.CommonTableExpr.ctequery !== undefined ? writesOf(node.CommonTableExpr.ctequery) : []));
}

function update(statement: UpdateStmt): readonly ColumnWrite[] {
  return targets(rangeName(statement.relation), statement.targetList);
}

function targets(table: QualifiedName, list: readonly Node[] | undefined): readonly ColumnWrite[] {
  return (list ?? []).flatMap((node) => ('ResTarget' in node && node.ResTarget.name !== undefined ? [{ ...table, column: node.ResTarget.name, from: columnsIn(node.ResTarget.val) }] : []));
}

function insert(statement: InsertStmt): readonly ColumnWrite[] {
  const table = rangeName(statement.relation);
  const select = statement.selectStmt !== undefined && 'SelectStmt' in statement.selectStmt ? (statement.selectStmt.SelectStmt.targetList ?? []) : [];
  const columns = (statement.cols ?? []).flatMap((node, index) => ('ResTarget' in node ? [{ ...table, column: node.ResTarget.name ?? '', from: columnsIn(select[index]) }] : []));
  return [...columns, ...targets(table, statement.onConflictClause?.targetList)];
}

/** The last names of all column references below a node: `s.old` is `old`. */
function columnsIn(node: unknown): readonly string[] {
  const found = new Set<string>();
  const visit = (part: unknown): void => {
    if (Array.isArray(part)) part.forEach(visit);
    else if (typeof part === 'object' && part !== null) {
      if ('ColumnRef' in part) {
        const name = strings((part as { ColumnRef: { fields?: Node[] } }).ColumnRef.fields).at(-1);
        if (name !== undefined) found.add(name);
      } else {
        Object.values(part).forEach(visit);
      }
    }
  };
  visit(node);
  return [...found];
}

/** The function of a bare `SELECT f(…)` that is none of PostgreSQL's own harmless ones. */
function calledFunction(select: SelectStmt): string | null {
  if (select.fromClause !== undefined) return null;
  for (const node of select.targetList ?? []) {
    const value = 'ResTarget' in node ? node.ResTarget.val : undefined;
    if (value === undefined || !('FuncCall' in value)) continue;
    const name = strings(value.FuncCall.funcname);
    const last = name.at(-1) ?? '';
    if (!(name.length === 1 || name[0] === 'pg_catalog') || !(harmless.has(last) || last.startsWith('pg_'))) return name.join('.');
  }
  return null;
}

/** `SELECT set_config('search_path', 'app', false)`: the namespace that names mean from then on. */
function searchPath(select: SelectStmt): string | null {
  const value = (select.targetList ?? []).flatMap((node) => ('ResTarget' in node && node.ResTarget.val !== undefined && 'FuncCall' in node.ResTarget.val ? [node.ResTarget.val.FuncCall] : [])).find(({ funcname }) => strings(funcname).at(-1) === 'set_config');
  const [name, path] = (value?.args ?? []).map(constantText);
  if (name !== 'search_path') return null;
  return path == null ? '?' : otherNamespace(path.split(',').map((part) => part.trim().replace(/^"(.*)"$/, '$1')));
}

const harmless = new Set(
  'setval nextval currval lastval set_config current_setting now clock_timestamp version count max min sum coalesce to_regclass gen_random_uuid current_database current_schema exists'.split(' '),
);
