import type { Node, SelectStmt } from 'libpg-query';
import { stringOf } from '../../python/known';
import type { Value } from '../../python/values';
import { calleeName } from '../../sqlalchemy/names';
import type { Schema } from '../../schema/schema';
import { quoteLiteral } from '../../sql/identifiers';
import type { SqlParser } from '../../sql/parser';
import type { Place } from '../../text/text';
import { namespace } from '../sql/tree';
import { isHandle } from './handles';
import { hasTable, isMaybe, isMaybeAnywhere } from './inspector';

/**
 * What a script learns when it asks the catalog by itself: `bind.execute(text("SELECT 1 FROM information_schema.columns
 * WHERE …")).scalar()`. Only queries of one catalog table with plain comparisons are answered. Null: it is none of them;
 * `asksSchema` is called where it is one.
 */
export function answerOfCatalog(value: Value, parser: SqlParser, ask: () => Schema | null): Value | null {
  if (value.kind !== 'call' || value.callee.kind !== 'attribute') return null;
  const { name: method, object } = value.callee;
  const query = method === 'scalar' && isHandle(object) && value.args.length > 0 ? value : fetching.has(method) && object.kind === 'call' ? object : null;
  if (query?.callee.kind !== 'attribute' || !/^(execute|exec_driver_sql|scalar)$/.test(query.callee.name) || !isHandle(query.callee.object)) return null;
  const sql = sqlOf(query.args[0], query.args[1]);
  const select = sql === null || !/information_schema|pg_|to_regclass/i.test(sql) ? null : selectOf(sql, parser);
  if (select === null) return null;
  const schema = ask();
  const rows = schema === null ? null : rowsOf(select, schema);
  return rows === null ? null : fetched(method, rows, value.at);
}

const fetching = new Set(['scalar', 'scalar_one', 'scalar_one_or_none', 'first', 'one_or_none', 'fetchone', 'fetchall', 'all']);

type Cell = string | number | boolean | null;

function fetched(method: string, rows: readonly (readonly Cell[])[], at: Place): Value {
  const cell = (item: Cell): Value => (item === null ? { kind: 'none', at } : typeof item === 'string' ? { kind: 'string', value: item, at } : typeof item === 'number' ? { kind: 'number', text: String(item), at } : { kind: 'bool', value: item, at });
  const row = (items: readonly Cell[]): Value => ({ kind: 'tuple', items: items.map(cell), at });
  const [first] = rows;
  if (method === 'fetchall' || method === 'all') return { kind: 'list', items: rows.map(row), at };
  if (first === undefined) return { kind: 'none', at };
  return method.startsWith('scalar') ? cell(first[0] ?? null) : row(first);
}

/** The text with its binds filled in; null where it, or a bind, is not known. */
function sqlOf(value: Value | undefined, parameters: Value | undefined): string | null {
  if (value === undefined) return null;
  if (value.kind === 'call' && value.callee.kind === 'attribute' && value.callee.name === 'bindparams') {
    return sqlOf(value.callee.object, { kind: 'dict', entries: [...value.keywords].map(([name, bound]) => [{ kind: 'string', value: name, at: value.at } as const, bound] as const), at: value.at });
  }
  const text = value.kind === 'string' ? value.value : value.kind === 'call' && calleeName(value) === 'sa.text' && value.args[0] !== undefined ? stringOf(value.args[0]) : null;
  if (text === null) return null;
  let isKnown = true;
  const filled = text.replace(/(?<![:\w\\]):(\w+)(?!:)/g, (_whole, name: string) => {
    const entry = parameters?.kind === 'dict' ? parameters.entries.find(([key]) => stringOf(key) === name)?.[1] : undefined;
    const known = entry === undefined ? null : stringOf(entry);
    if (known === null) isKnown = false;
    return quoteLiteral(known ?? '');
  });
  return isKnown ? filled : null;
}

function selectOf(sql: string, parser: SqlParser): SelectStmt | null {
  const [statement, ...others] = parser.parse(sql).value.filter((one) => one.tree !== null || one.error !== null);
  const tree = statement?.tree ?? null;
  return others.length === 0 && tree !== null && 'SelectStmt' in tree ? tree.SelectStmt : null;
}

type Row = Readonly<Record<string, Cell>>;

/** Null: not known, or not a query that is answered. */
function rowsOf(select: SelectStmt, schema: Schema): readonly (readonly Cell[])[] | null {
  const targets = (select.targetList ?? []).map((target) => ('ResTarget' in target ? target.ResTarget.val : undefined));
  const [only] = targets;
  if (select.op !== undefined && select.op !== 'SETOP_NONE') return null;
  if (select.groupClause !== undefined || select.havingClause !== undefined || select.withClause !== undefined || select.distinctClause !== undefined) return null;
  const [from, ...further] = select.fromClause ?? [];
  if (from === undefined) {
    if (only === undefined || targets.length !== 1) return null;
    const cell = alone(only, schema);
    return cell === undefined ? null : [[cell]];
  }
  if (further.length > 0 || !('RangeVar' in from)) return null;
  const conditions = conditionsOf(select.whereClause);
  const all = conditions === null ? null : tableRows(from.RangeVar.relname ?? '', schema, conditions);
  if (all === null || conditions === null || conditions.some(({ column }) => all.columns.every((name) => name !== column))) return null;
  const rows = all.rows.filter((row) => conditions.every(({ column, values }) => values.includes(row[column] ?? null)));
  if (only !== undefined && targets.length === 1 && isCount(only)) return [[rows.length]];
  const result: Cell[][] = [];
  for (const row of rows) {
    const cells = targets.map((target) => (target === undefined ? undefined : constantOf(target) ?? row[columnOf(target) ?? '']));
    if (cells.includes(undefined)) return null;
    result.push(cells as Cell[]);
  }
  return result;
}

/** A select list without a table: EXISTS (…), to_regclass('t'). Undefined: not known. */
function alone(node: Node, schema: Schema): Cell | undefined {
  if ('SubLink' in node && node.SubLink.subLinkType === 'EXISTS_SUBLINK' && node.SubLink.subselect !== undefined && 'SelectStmt' in node.SubLink.subselect) {
    const rows = rowsOf(node.SubLink.subselect.SelectStmt, schema);
    return rows === null ? undefined : rows.length > 0;
  }
  if ('FuncCall' in node && nameOf(node.FuncCall.funcname) === 'to_regclass') {
    const argument = node.FuncCall.args?.[0];
    const name = argument === undefined ? undefined : constantOf(argument);
    if (typeof name !== 'string' || !/^(\w+\.)?\w+$/.test(name)) return undefined;
    const [table = '', inSchema] = name.split('.').reverse();
    const exists = hasTable(schema, { schema: namespace(inSchema), name: table });
    return exists === null ? undefined : exists ? name : null;
  }
  return undefined;
}

interface Condition {
  readonly column: string;
  readonly values: readonly Cell[];
}

/** `a = 'x' AND b IN ('y')`; null for anything else. */
function conditionsOf(node: Node | undefined): readonly Condition[] | null {
  if (node === undefined) return [];
  if ('BoolExpr' in node && node.BoolExpr.boolop === 'AND_EXPR') {
    const parts = (node.BoolExpr.args ?? []).map(conditionsOf);
    return parts.includes(null) ? null : parts.flatMap((part) => part ?? []);
  }
  if (!('A_Expr' in node) || nameOf(node.A_Expr.name) !== '=' || node.A_Expr.lexpr === undefined || node.A_Expr.rexpr === undefined) return null;
  const { kind, lexpr, rexpr } = node.A_Expr;
  const [column, other] = columnOf(lexpr) === null ? [columnOf(rexpr), lexpr] : [columnOf(lexpr), rexpr];
  if (column === null) return null;
  const values = kind === 'AEXPR_IN' && 'List' in other ? (other.List.items ?? []).map(constantOf) : kind === 'AEXPR_OP' ? [constantOf(other)] : [undefined];
  return values.includes(undefined) ? null : [{ column, values: values as readonly Cell[] }];
}

function columnOf(node: Node): string | null {
  return 'ColumnRef' in node ? nameOf(node.ColumnRef.fields) : null;
}

/** A constant; `current_schema()` is `public`. Undefined: none. */
function constantOf(node: Node): Cell | undefined {
  if ('TypeCast' in node && node.TypeCast.arg !== undefined) return constantOf(node.TypeCast.arg);
  if ('FuncCall' in node && nameOf(node.FuncCall.funcname) === 'current_schema') return 'public';
  if (!('A_Const' in node)) return undefined;
  const constant = node.A_Const as { readonly sval?: { readonly sval?: string }; readonly ival?: { readonly ival?: number }; readonly boolval?: { readonly boolval?: boolean }; readonly isnull?: boolean };
  if (constant.sval !== undefined) return constant.sval.sval ?? '';
  if (constant.ival !== undefined) return constant.ival.ival ?? 0;
  if (constant.boolval !== undefined) return constant.boolval.boolval ?? false;
  return undefined;
}

function isCount(node: Node): boolean {
  return 'FuncCall' in node && nameOf(node.FuncCall.funcname) === 'count' && node.FuncCall.agg_filter === undefined;
}

function nameOf(nodes: readonly Node[] | undefined): string | null {
  const last = nodes?.at(-1);
  return last !== undefined && 'String' in last ? (last.String.sval ?? null) : null;
}

/** The rows that a table of the catalog has for this schema; null: they are not known, or the table is none of these. */
function tableRows(name: string, schema: Schema, conditions: readonly Condition[]): { readonly columns: readonly string[]; readonly rows: readonly Row[] } | null {
  const said = (column: string): Cell | undefined => conditions.find((condition) => condition.column === column && condition.values.length === 1)?.values[0];
  const table = said('table_name') ?? said('tablename');
  const inSchema = said('table_schema') ?? said('schemaname');
  const doubtful = typeof table === 'string' ? isMaybe(schema, { schema: namespace(typeof inSchema === 'string' ? inSchema : null), name: table }) || table === 'alembic_version' : isMaybeAnywhere(schema);
  if (doubtful) return null;
  const space = (namespaceName: string | null): string => namespaceName ?? schema.defaultSchema;
  const constraints = schema.tables.flatMap((owner) =>
    (
      [
        ...(owner.primaryKey === null ? [] : [[owner.primaryKey.name, 'PRIMARY KEY', 'p'] as const]),
        ...owner.uniques.map((one) => [one.name, 'UNIQUE', 'u'] as const),
        ...owner.foreignKeys.map((one) => [one.name, 'FOREIGN KEY', 'f'] as const),
        ...owner.checks.map((one) => [one.name, 'CHECK', 'c'] as const),
      ] as const
    ).map(([constraint, type, letter]) => ({ owner, constraint, type, letter })),
  );
  switch (name) {
    case 'tables':
      return { columns: ['table_schema', 'table_name', 'table_type'], rows: schema.tables.map((one) => ({ table_schema: space(one.schema), table_name: one.name, table_type: 'BASE TABLE' })) };
    case 'pg_tables':
      return { columns: ['schemaname', 'tablename'], rows: schema.tables.map((one) => ({ schemaname: space(one.schema), tablename: one.name })) };
    case 'columns':
      return { columns: ['table_schema', 'table_name', 'column_name', 'is_nullable'], rows: schema.tables.flatMap((one) => one.columns.map((column) => ({ table_schema: space(one.schema), table_name: one.name, column_name: column.name, is_nullable: column.nullable ? 'YES' : 'NO' }))) };
    case 'table_constraints':
      return { columns: ['constraint_schema', 'constraint_name', 'table_schema', 'table_name', 'constraint_type'], rows: constraints.map(({ owner, constraint, type }) => ({ constraint_schema: space(owner.schema), constraint_name: constraint, table_schema: space(owner.schema), table_name: owner.name, constraint_type: type })) };
    case 'pg_constraint':
      return { columns: ['conname', 'contype', 'conrelid'], rows: constraints.map(({ owner, constraint, letter }) => ({ conname: constraint, contype: letter, conrelid: owner.schema === null ? owner.name : `${owner.schema}.${owner.name}` })) };
    case 'pg_indexes': {
      const indexes = schema.tables.flatMap((owner) => [...owner.indexes, ...owner.uniques, ...(owner.primaryKey === null ? [] : [owner.primaryKey])].map((index) => ({ schemaname: space(owner.schema), tablename: owner.name, indexname: index.name })));
      return { columns: ['schemaname', 'tablename', 'indexname'], rows: indexes };
    }
    case 'pg_type':
      return { columns: ['typname', 'typtype'], rows: schema.enums.map((type) => ({ typname: type.name, typtype: 'e' })) };
    case 'schemata':
      return schema.namespaces === undefined ? null : { columns: ['schema_name'], rows: schema.namespaces.map((one) => ({ schema_name: one })) };
    default:
      return null;
  }
}
