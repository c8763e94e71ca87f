import type { CommonTableExpr, JoinExpr, Node, SelectStmt } from 'libpg-query';
import type { CommonTable, FromNode, Output, QueryScope, Reference } from '../query';
import type { QualifiedName } from '../../schema/schema';
import { namespace, rangeName, strings, type Source } from './tree';
import { readTypeName } from './types';

/** What a query names. Source: PostgreSQL's parse_clause.c and parse_target.c (FigureColname). */
export function readQuery(source: Source, node: Node | undefined): QueryScope {
  if (node === undefined) return emptyScope;
  if ('SelectStmt' in node) return readSelect(source, node.SelectStmt);
  if ('InsertStmt' in node || 'UpdateStmt' in node || 'DeleteStmt' in node || 'MergeStmt' in node) return readWrite(source, node);
  return emptyScope;
}

/** Expressions over one table, as policies and conditions of triggers are: `rows` are the names that stand for its row. */
export function readExpressions(source: Source, table: QualifiedName, expressions: readonly (Node | undefined)[], rows: readonly string[] = [table.name]): QueryScope {
  const builder = new ScopeBuilder(source);
  for (const row of rows) builder.from.push({ kind: 'table', table, bare: false, alias: row, columns: [] });
  for (const expression of expressions) builder.visit(expression);
  return builder.scope([]);
}

export const emptyScope: QueryScope = { ctes: [], from: [], references: [], inner: [], arms: [], output: [] };

function readSelect(source: Source, select: SelectStmt): QueryScope {
  const builder = new ScopeBuilder(source);
  const ctes = readWith(source, select.withClause?.ctes);
  if (select.op !== undefined && select.op !== 'SETOP_NONE') {
    const arms = [select.larg, select.rarg].flatMap((arm) => (arm === undefined ? [] : [readSelect(source, arm)]));
    return { ...emptyScope, ctes, arms, output: arms[0]?.output ?? [] };
  }
  for (const item of select.fromClause ?? []) builder.addFrom(item);
  for (const list of select.valuesLists ?? []) builder.visit(list);
  builder.visit(select.targetList);
  builder.visit(select.distinctClause);
  builder.visit([select.whereClause, select.havingClause, select.limitCount, select.limitOffset, ...(select.windowClause ?? [])]);
  for (const node of select.groupClause ?? []) builder.alone(node, 'group');
  for (const node of select.sortClause ?? []) builder.alone('SortBy' in node ? node.SortBy.node : node, 'order');
  const values = select.valuesLists?.[0];
  const output = values !== undefined && 'List' in values ? (values.List.items ?? []).map((_, index): Output => ({ kind: 'column', name: `column${index + 1}` })) : outputs(source, select.targetList);
  return { ...builder.scope(output), ctes };
}

/** INSERT, UPDATE, DELETE and MERGE, as they stand in WITH and in rules: what they write is named like what they read. */
function readWrite(source: Source, node: Extract<Node, { InsertStmt: unknown } | { UpdateStmt: unknown } | { DeleteStmt: unknown } | { MergeStmt: unknown }>): QueryScope {
  const statement = 'InsertStmt' in node ? node.InsertStmt : 'UpdateStmt' in node ? node.UpdateStmt : 'DeleteStmt' in node ? node.DeleteStmt : node.MergeStmt;
  const builder = new ScopeBuilder(source);
  const target = rangeName(statement.relation);
  const alias = statement.relation?.alias?.aliasname ?? target.name;
  builder.from.push({ kind: 'table', table: target, bare: false, alias, columns: [] });
  const write = (list: readonly Node[] | undefined): void => {
    for (const part of list ?? []) {
      if (!('ResTarget' in part)) continue;
      if (part.ResTarget.name !== undefined) builder.references.push({ qualifier: { schema: null, name: alias }, name: part.ResTarget.name });
      builder.visit(part.ResTarget.val);
    }
  };
  if ('cols' in statement) write(statement.cols);
  if ('selectStmt' in statement && statement.selectStmt !== undefined) builder.inner.push(readQuery(source, statement.selectStmt));
  if ('onConflictClause' in statement) {
    write(statement.onConflictClause?.targetList);
    builder.visit([statement.onConflictClause?.infer, statement.onConflictClause?.whereClause]);
  }
  if ('targetList' in statement) write(statement.targetList);
  const more = 'fromClause' in statement ? statement.fromClause : 'usingClause' in statement ? statement.usingClause : undefined;
  for (const item of more ?? []) builder.addFrom(item);
  if ('sourceRelation' in statement && statement.sourceRelation !== undefined) builder.addFrom(statement.sourceRelation);
  if ('joinCondition' in statement) builder.visit(statement.joinCondition);
  if ('whereClause' in statement) builder.visit(statement.whereClause);
  for (const clause of 'mergeWhenClauses' in statement ? (statement.mergeWhenClauses ?? []) : []) {
    if (!('MergeWhenClause' in clause)) continue;
    write(clause.MergeWhenClause.targetList);
    builder.visit([clause.MergeWhenClause.condition, ...(clause.MergeWhenClause.values ?? [])]);
  }
  const returning = 'returningClause' in statement ? statement.returningClause?.exprs : undefined;
  builder.visit(returning);
  return { ...builder.scope(outputs(source, returning)), ctes: readWith(source, statement.withClause?.ctes) };
}

function readWith(source: Source, nodes: readonly Node[] | undefined): readonly CommonTable[] {
  return (nodes ?? []).flatMap((node) => ('CommonTableExpr' in node ? [readCommonTable(source, node.CommonTableExpr)] : []));
}

function readCommonTable(source: Source, cte: CommonTableExpr): CommonTable {
  const added = [...(cte.search_clause === undefined ? [] : [cte.search_clause.search_seq_column]), ...(cte.cycle_clause === undefined ? [] : [cte.cycle_clause.cycle_mark_column, cte.cycle_clause.cycle_path_column])].flatMap((name): Output[] => (name === undefined ? [] : [{ kind: 'column', name }]));
  const query = readQuery(source, cte.ctequery);
  return { name: cte.ctename ?? '', columns: strings(cte.aliascolnames), query: added.length === 0 ? query : { ...query, output: [...query.output, ...added] } };
}

class ScopeBuilder {
  readonly from: FromNode[] = [];
  readonly references: Reference[] = [];
  readonly inner: QueryScope[] = [];

  constructor(private readonly source: Source) {}

  scope(output: readonly Output[]): QueryScope {
    return { ctes: [], from: this.from, references: this.references, inner: this.inner, arms: [], output };
  }

  addFrom(node: Node): void {
    const item = this.fromNode(node);
    if (item !== null) this.from.push(item);
  }

  /** What stands alone in ORDER BY and GROUP BY may be the name of a column of the output. */
  alone(node: Node | undefined, may: 'order' | 'group'): void {
    const reference = node !== undefined && 'ColumnRef' in node ? referenceOf(node.ColumnRef.fields) : null;
    if (reference?.qualifier === null && reference.name !== '*') this.references.push({ ...reference, may });
    else this.visit(node);
  }

  /** Every reference below a node; queries below it are scopes of their own. */
  visit(node: unknown): void {
    if (Array.isArray(node)) {
      for (const part of node) this.visit(part);
      return;
    }
    if (typeof node !== 'object' || node === null) return;
    if ('ColumnRef' in node) {
      const reference = referenceOf((node as Extract<Node, { ColumnRef: unknown }>).ColumnRef.fields);
      // `t.*` inside of an expression is the whole row, which reads no column; as a column of the output it is one of its columns.
      if (reference !== null && reference.name !== '*') this.references.push(reference);
      return;
    }
    if ('SelectStmt' in node) {
      this.inner.push(readSelect(this.source, (node as Extract<Node, { SelectStmt: unknown }>).SelectStmt));
      return;
    }
    for (const part of Object.values(node)) this.visit(part);
  }

  private fromNode(node: Node): FromNode | null {
    if ('RangeVar' in node) {
      const { alias } = node.RangeVar;
      const table = rangeName(node.RangeVar);
      return { kind: 'table', table, bare: node.RangeVar.schemaname === undefined, alias: alias?.aliasname ?? table.name, columns: strings(alias?.colnames) };
    }
    if ('RangeSubselect' in node) {
      const { alias, subquery, lateral } = node.RangeSubselect;
      return { kind: 'query', query: readQuery(this.source, subquery), lateral: lateral ?? false, alias: alias?.aliasname ?? null, columns: strings(alias?.colnames) };
    }
    if ('JoinExpr' in node) return this.join(node.JoinExpr);
    if ('RangeTableSample' in node) {
      this.visit(node.RangeTableSample.args);
      return node.RangeTableSample.relation === undefined ? null : this.fromNode(node.RangeTableSample.relation);
    }
    // Functions, XMLTABLE, JSON_TABLE: they see the items before them.
    this.visit(node);
    if ('RangeFunction' in node) {
      const { alias, coldeflist, functions } = node.RangeFunction;
      const first = functions?.[0] !== undefined && 'List' in functions[0] ? functions[0].List.items?.[0] : undefined;
      const name = first === undefined ? '' : outputName(first);
      const columns = coldeflist === undefined ? strings(alias?.colnames) : coldeflist.flatMap((column) => ('ColumnDef' in column ? [column.ColumnDef.colname ?? ''] : []));
      return { kind: 'function', alias: alias?.aliasname ?? name, columns };
    }
    if ('RangeTableFunc' in node) return { kind: 'function', alias: node.RangeTableFunc.alias?.aliasname ?? 'xmltable', columns: (node.RangeTableFunc.columns ?? []).flatMap((column) => ('RangeTableFuncCol' in column ? [column.RangeTableFuncCol.colname ?? ''] : [])) };
    if ('JsonTable' in node) return { kind: 'function', alias: node.JsonTable.alias?.aliasname ?? 'json_table', columns: [] };
    return null;
  }

  private join(join: JoinExpr): FromNode | null {
    const left = join.larg === undefined ? null : this.fromNode(join.larg);
    const right = join.rarg === undefined ? null : this.fromNode(join.rarg);
    if (left === null || right === null) return left ?? right;
    this.visit(join.quals);
    const using = join.isNatural === true ? 'natural' : join.usingClause === undefined ? null : strings(join.usingClause);
    return { kind: 'join', left, right, using, alias: join.alias?.aliasname ?? null, columns: strings(join.alias?.colnames) };
  }
}

/** `a`, `t.a`, `s.t.a`, `t.*`; null for what is none (`excluded` and such are names like any other). */
function referenceOf(fields: readonly Node[] | undefined): Reference | null {
  const names = (fields ?? []).map((field) => ('A_Star' in field ? '*' : 'String' in field ? (field.String.sval ?? '') : ''));
  const name = names.at(-1);
  if (name === undefined || name === '') return null;
  const qualifier = names.at(-2);
  return { qualifier: qualifier === undefined ? null : { schema: namespace(names.at(-3)), name: qualifier }, name };
}

function outputs(source: Source, targets: readonly Node[] | undefined): readonly Output[] {
  return (targets ?? []).flatMap((node): readonly Output[] => {
    if (!('ResTarget' in node)) return [];
    const { name, val, location } = node.ResTarget;
    const reference = val !== undefined && 'ColumnRef' in val ? referenceOf(val.ColumnRef.fields) : null;
    if (reference?.name === '*') {
      const at = source.statement.offset(location);
      const star = source.statement.text.indexOf('*', at);
      return [{ kind: 'star', qualifier: reference.qualifier, at, length: Math.max(0, star + 1 - at) }];
    }
    const cast = val !== undefined && 'TypeCast' in val ? readTypeName(val.TypeCast.typeName).type : undefined;
    return [{ kind: 'column', name: name ?? (val === undefined ? '?column?' : outputName(val)), ...(reference === null ? {} : { reference }), ...(cast === undefined ? {} : { cast }) }];
  });
}

/** The name that PostgreSQL gives a column of the output. Source: FigureColnameInternal in parse_target.c. */
function outputName(node: Node): string {
  return figureName(node).name ?? '?column?';
}

function figureName(node: Node): { readonly name: string | null; readonly strength: 0 | 1 | 2 } {
  const named = (name: string | null | undefined, strength: 1 | 2 = 2): { readonly name: string | null; readonly strength: 0 | 1 | 2 } => (name === null || name === undefined || name === '' ? { name: null, strength: 0 } : { name, strength });
  if ('ColumnRef' in node) return named(strings(node.ColumnRef.fields).at(-1));
  if ('A_Indirection' in node) {
    const field = strings(node.A_Indirection.indirection).at(-1);
    return field !== undefined ? named(field) : node.A_Indirection.arg === undefined ? named(null) : figureName(node.A_Indirection.arg);
  }
  if ('FuncCall' in node) return named(strings(node.FuncCall.funcname).at(-1));
  if ('A_Expr' in node) return node.A_Expr.kind === 'AEXPR_NULLIF' ? named('nullif') : named(null);
  if ('TypeCast' in node) {
    const inner = node.TypeCast.arg === undefined ? named(null) : figureName(node.TypeCast.arg);
    return inner.strength > 1 ? inner : named(strings(node.TypeCast.typeName?.names).at(-1), 1);
  }
  if ('CollateClause' in node) return node.CollateClause.arg === undefined ? named(null) : figureName(node.CollateClause.arg);
  if ('SubLink' in node) {
    const { subLinkType, subselect } = node.SubLink;
    if (subLinkType === 'EXISTS_SUBLINK') return named('exists');
    if (subLinkType === 'ARRAY_SUBLINK') return named('array');
    if (subLinkType !== 'EXPR_SUBLINK' || subselect === undefined || !('SelectStmt' in subselect)) return named(null);
    const target = firstSelect(subselect.SelectStmt).targetList?.[0];
    if (target === undefined || !('ResTarget' in target)) return named(null);
    return target.ResTarget.name !== undefined ? named(target.ResTarget.name) : target.ResTarget.val === undefined ? named(null) : figureName(target.ResTarget.val);
  }
  if ('CaseExpr' in node) {
    const otherwise = node.CaseExpr.defresult === undefined ? named(null) : figureName(node.CaseExpr.defresult);
    return otherwise.strength > 1 ? otherwise : named('case', 1);
  }
  const fixed = Object.keys(node)[0] ?? '';
  if ('MinMaxExpr' in node) return named(node.MinMaxExpr.op === 'IS_LEAST' ? 'least' : 'greatest');
  if ('SQLValueFunction' in node) return named(node.SQLValueFunction.op?.replace(/^SVFOP_/, '').replace(/_N$/, '').toLowerCase());
  if ('XmlExpr' in node) return named(node.XmlExpr.op?.replace(/^IS_/, '').toLowerCase());
  return named(fixedNames[fixed]);
}

const fixedNames: Readonly<Record<string, string>> = { A_ArrayExpr: 'array', RowExpr: 'row', CoalesceExpr: 'coalesce', GroupingFunc: 'grouping', XmlSerialize: 'xmlserialize', JsonParseExpr: 'json', JsonScalarExpr: 'json_scalar', JsonSerializeExpr: 'json_serialize', JsonObjectConstructor: 'json_object', JsonArrayConstructor: 'json_array', JsonArrayQueryConstructor: 'json_array', JsonObjectAgg: 'json_objectagg', JsonArrayAgg: 'json_arrayagg', MergeSupportFunc: 'merge_action' };

function firstSelect(select: SelectStmt): SelectStmt {
  return select.larg === undefined ? select : firstSelect(select.larg);
}

