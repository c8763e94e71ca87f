import type { CallValue, Located, Value } from '../python/values';
import { quoteIdentifier, quoteLiteral } from '../sql/identifiers';
import { typeSql } from '../sql/types';
import type { ReadContext } from './context';
import { atom, readSql, textClause, type Sql } from './expressions';
import { nameOf } from './names';
import { readType } from './types';

/** How tightly operators bind, after `sqlalchemy.sql.operators._PRECEDENCE`. */
const precedence: Readonly<Record<string, number>> = {
  '*': 8,
  '/': 8,
  '%': 8,
  '+': 7,
  '-': 7,
  '||': 6,
  op: 6,
  '=': 5,
  '!=': 5,
  '>': 5,
  '<': 5,
  '>=': 5,
  '<=': 5,
  LIKE: 5,
  ILIKE: 5,
  IN: 5,
  IS: 5,
  BETWEEN: 5,
  NOT: 4,
  AND: 3,
  OR: 2,
};

/** Operators, comparisons and the methods of columns (`.is_(None)`, `.in_([…])`, `.desc()`) as SQL; null: not known. */
export function operatorCall(value: Value, context: ReadContext): Sql | null {
  if (value.kind === 'operation') return operationSql(value.operator, value.operands, context);
  if (value.kind === 'subscript' && value.index.length === 1 && value.index[0] !== undefined) {
    return binary('->', value.object, value.index[0], context, 'op');
  }
  if (value.kind === 'attribute') return value.name === 'astext' ? astext(value.object, context) : null;
  if (value.kind !== 'call') return null;
  const name = nameOf(value.callee) ?? '';
  if (/^sa\.(and_|or_|not_|desc|asc|nulls_?first|nulls_?last|between|collate|distinct|tuple_)$/.test(name)) {
    const [first, ...rest] = value.args;
    if (name === 'sa.and_' || name === 'sa.or_') return joined(name === 'sa.and_' ? 'AND' : 'OR', value.args, context);
    if (name === 'sa.not_') return first === undefined ? null : negated(first, context);
    if (name === 'sa.tuple_') return list(value.args, context);
    return first === undefined ? null : methodSql(first, name.slice(3), { ...value, args: rest }, context);
  }
  if (value.callee.kind === 'attribute') return methodSql(value.callee.object, value.callee.name, value, context);
  // column.op("->>")("key")
  if (value.callee.kind === 'call' && value.callee.callee.kind === 'attribute' && /^(op|bool_op)$/.test(value.callee.callee.name)) {
    const operator = value.callee.args[0];
    const right = value.args[0];
    return operator?.kind === 'string' && right !== undefined ? binary(operator.value, value.callee.callee.object, right, context, 'op') : null;
  }
  return null;
}

function operationSql(operator: string, operands: readonly Value[], context: ReadContext): Sql | null {
  const [left, right] = operands;
  if (left === undefined) return null;
  if (right === undefined) {
    if (operator === '~' || operator === 'not') return negated(left, context);
    if (operator === '-') {
      const inner = readSql(left, context);
      return inner === null ? null : { text: `-${inner.text}`, binding: 9 };
    }
    return null;
  }
  if (right.kind === 'none' && (operator === '==' || operator === '!=')) return is(left, operator === '!=' ? 'IS NOT NULL' : 'IS NULL', context);
  if (operator === '&' || operator === '|') return joined(operator === '&' ? 'AND' : 'OR', operands, context);
  if ((operator === '==' || operator === '!=') && right.kind === 'bool') return binary(operator === '==' ? '=' : '!=', left, right, context);
  const symbol = operator === '==' ? '=' : operator;
  return /^(=|!=|<|>|<=|>=|\+|-|\*|\/|%)$/.test(symbol) ? binary(symbol, left, right, context) : null;
}

function binary(operator: string, left: Value, right: Value, context: ReadContext, binds: string = operator): Sql | null {
  const binding = precedence[binds] ?? precedence['op'] ?? 6;
  const [a, b] = [side(asLabel(left, right, context), binding, context, true), side(asLabel(right, left, context), binding, context, false)];
  return a === null || b === null ? null : { text: `${a} ${operator} ${b}`, binding };
}

/** A member of a Python enum beside a column is written as that column's type has it. */
function asLabel(value: Value, beside: Value, context: ReadContext): Value {
  if (value.kind !== 'enumMember') return value;
  const column = context.columnName(beside);
  const label = column === null ? null : context.labelOf(column, value.name);
  return label === null ? value : { kind: 'string', value: label, at: value.at };
}

function side(value: Value, binding: number, context: ReadContext, isLeft: boolean): string | null {
  const sql = readSql(value, context);
  if (sql === null) return null;
  // `text()` is a group of its own only beside operators.
  return sql.binding > binding || (isLeft && sql.binding === binding && binding >= 7) || sql.binding === 0 ? sql.text : `(${sql.text})`;
}

function joined(operator: 'AND' | 'OR', operands: readonly Value[], context: ReadContext): Sql | null {
  const binding = precedence[operator] ?? 0;
  const parts: string[] = [];
  for (const operand of operands) {
    const sql = readSql(operand, context);
    if (sql === null) return null;
    // AND inside OR needs none, the same operator neither.
    parts.push(sql.binding >= binding || sql.binding === 0 ? sql.text : `(${sql.text})`);
  }
  return parts.length === 0 ? null : { text: parts.join(` ${operator} `), binding: parts.length === 1 ? atom : binding };
}

function negated(operand: Value, context: ReadContext): Sql | null {
  if (operand.kind === 'call' && operand.callee.kind === 'attribute') {
    const opposite = { is_: 'is_not', in_: 'not_in', like: 'not_like', ilike: 'not_ilike' }[operand.callee.name];
    if (opposite !== undefined) return methodSql(operand.callee.object, opposite, operand, context);
  }
  const sql = readSql(operand, context);
  if (sql === null) return null;
  return { text: `NOT ${sql.binding > (precedence['NOT'] ?? 4) ? sql.text : `(${sql.text})`}`, binding: precedence['NOT'] ?? 4 };
}

function is(left: Value, rest: string, context: ReadContext): Sql | null {
  const text = side(left, precedence['IS'] ?? 5, context, true);
  return text === null ? null : { text: `${text} ${rest}`, binding: precedence['IS'] ?? 5 };
}

function list(values: readonly Value[], context: ReadContext): Sql | null {
  const items = values.map((item) => readSql(item, context)?.text ?? null);
  return items.includes(null) ? null : { text: `(${items.join(', ')})`, binding: atom };
}

function methodSql(object: Value, method: string, call: CallValue & Located, context: ReadContext): Sql | null {
  const first = call.args[0];
  switch (method) {
    case 'is_':
    case 'is_not':
    case 'isnot': {
      const inner = first === undefined ? null : readSql(first, context);
      return inner === null ? null : is(object, `${method === 'is_' ? 'IS' : 'IS NOT'} ${inner.text}`, context);
    }
    case 'in_':
    case 'not_in':
    case 'notin_': {
      const items = first?.kind === 'list' || first?.kind === 'tuple' || first?.kind === 'set' ? list(first.items.map((item) => asLabel(item, object, context)), context) : null;
      return items === null ? null : is(object, `${method === 'in_' ? 'IN' : 'NOT IN'} ${items.text}`, context);
    }
    case 'like':
    case 'ilike':
    case 'not_like':
    case 'not_ilike':
    case 'notlike':
    case 'notilike':
      if (first === undefined) return null;
      return binary(`${method.startsWith('not') ? 'NOT ' : ''}${method.includes('ilike') ? 'ILIKE' : 'LIKE'}`, object, first, context, 'LIKE');
    case 'between': {
      const [low, high] = call.args.map((argument) => readSql(argument, context));
      return low === null || low === undefined || high === null || high === undefined ? null : is(object, `BETWEEN ${low.text} AND ${high.text}`, context);
    }
    case 'contains':
    case 'contained_by':
    case 'overlap':
    case 'has_key': {
      // Of arrays, ranges and JSONB; of strings `contains` is a LIKE, which is not told apart here.
      const operators: Readonly<Record<string, string>> = { contained_by: '<@', overlap: '&&', has_key: '?' };
      const operator = operators[method];
      return operator === undefined || first === undefined ? null : binary(operator, object, first, context, 'op');
    }
    case 'concat':
      return first === undefined ? null : binary('||', object, first, context);
    case 'collate':
      return first?.kind === 'string' ? is(object, `COLLATE ${quoteIdentifier(first.value)}`, context) : null;
    case 'cast': {
      const inner = readSql(object, context);
      const type = first === undefined ? null : readType(first, context).type;
      return inner === null || type === null || type.kind === 'unknown' ? null : { text: `CAST(${inner.text} AS ${typeSql(type)})`, binding: atom };
    }
    case 'label':
    case 'self_group':
      return readSql(object, context);
    case 'next_value': {
      const name = object.kind === 'call' && nameOf(object.callee) === 'sa.Sequence' ? object.args[0] : undefined;
      const schema = object.kind === 'call' ? object.keywords.get('schema') : undefined;
      if (name?.kind !== 'string') return null;
      const full = schema?.kind === 'string' ? `${quoteIdentifier(schema.value)}.${quoteIdentifier(name.value)}` : quoteIdentifier(name.value);
      return { text: `nextval(${quoteLiteral(full)})`, binding: atom };
    }
    case 'bindparams':
      return null;
    case 'op':
      return null;
    default:
      return null;
  }
}

function astext(object: Value, context: ReadContext): Sql | null {
  const key = object.kind === 'subscript' ? object.index[0] : undefined;
  return object.kind === 'subscript' && key !== undefined ? binary('->>', object.object, key, context, 'op') : null;
}

/** One element of an index: the expression inside, and the words around it. */
export interface OrderedElement {
  readonly inner: Value;
  readonly descending: boolean;
  readonly nullsFirst: boolean;
  readonly collation: string | null;
}

/** Takes `desc()`, `nulls_last()` and `collate()` off an index element, method or function. */
export function orderedElement(value: Value): OrderedElement {
  let inner = value;
  let descending = false;
  let nullsFirst: boolean | null = null;
  let collation: string | null = null;
  for (;;) {
    if (inner.kind !== 'call') break;
    const functional = /^sa\.(desc|asc|nulls_?first|nulls_?last|collate)$/.exec(nameOf(inner.callee) ?? '');
    const method = functional?.[1] ?? (inner.callee.kind === 'attribute' ? inner.callee.name : '');
    const object: Value | undefined = functional !== null ? inner.args[0] : inner.callee.kind === 'attribute' ? inner.callee.object : undefined;
    if (object === undefined || !/^(desc|asc|nulls_?first|nulls_?last|collate)$/.test(method)) break;
    if (method === 'desc') descending = true;
    else if (/first$/.test(method)) nullsFirst = true;
    else if (/last$/.test(method)) nullsFirst = false;
    else if (method === 'collate') {
      const name = inner.args[functional === null ? 0 : 1];
      collation = name?.kind === 'string' ? name.value : null;
    }
    inner = object;
  }
  return { inner, descending, nullsFirst: nullsFirst ?? descending, collation };
}

/** `text("lower(name) DESC")` is taken as it stands. */
export function writtenText(value: Value): string | null {
  if (value.kind !== 'call' || !/^sa\.(text|literal_column)$/.test(nameOf(value.callee) ?? '')) return null;
  const first = value.args[0] ?? value.keywords.get('text');
  return first?.kind === 'string' ? textClause(first.value) : null;
}
