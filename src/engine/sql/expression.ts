import { parse, type Expr } from 'pgsql-ast-parser';
import type { ColumnType, Comparison, Expression } from '../schema/schema';
import { message } from '../text/problem';
import { tokenize } from './identifiers';

/**
 * Holds two SQL expressions against each other: what a person wrote against what PostgreSQL's catalog makes of it.
 * PostgreSQL adds casts and parentheses, turns IN into `= ANY (ARRAY[…])`, BETWEEN into two comparisons, LIKE into `~~`;
 * both sides are brought into one normal form where that does not show. `type`, the column's, tells how to read a plain
 * string constant (`'0'` for an integer, `'t'` for a boolean). What neither form settles is *unknown*, never *same*.
 */
export function compareExpressions(a: Expression | null, b: Expression | null, type?: ColumnType): Comparison {
  if (a === null || b === null) return { outcome: a === b ? 'same' : 'different' };
  if (a.sql === b.sql || bareConstant(a.sql) === bareConstant(b.sql)) return { outcome: 'same' };
  const [left, right] = [normalForm(a.sql, type), normalForm(b.sql, type)];
  if (left !== null && right !== null) return { outcome: left === right ? 'same' : 'different' };
  if (textForm(a.sql) === textForm(b.sql)) return { outcome: 'same' };
  return { outcome: 'unknown', reason: message('The expressions {a} and {b} cannot be told apart without PostgreSQL.', { a: a.sql, b: b.sql }) };
}

/** `'NEW'::character varying` is `'NEW'`: the most frequent difference by far, seen without parsing. */
function bareConstant(sql: string): string {
  return sql.endsWith("'") ? sql : (/^('(?:[^']|'')*')::[\w\s."]+(?:\[\])?$/.exec(sql)?.[1] ?? sql);
}

/** One text for all spellings of an expression that PostgreSQL holds to be the same; null where it cannot be read. */
export function normalForm(sql: string, type?: ColumnType): string | null {
  const form = formOf(sql);
  return form === undefined ? null : JSON.stringify(constantOf(form, type));
}

/** Forms by their text: the same few expressions stand on hundreds of tables and come again with every comparison. */
const forms = new Map<string, Form | undefined>();
const mostForms = 10_000;

function formOf(sql: string): Form | undefined {
  if (forms.has(sql)) return forms.get(sql);
  if (forms.size >= mostForms) forms.clear();
  const form = readForm(sql);
  forms.set(sql, form);
  return form;
}

/** Undefined where the parser gives up. */
function readForm(sql: string): Form | undefined {
  try {
    return normal(parse(shieldNumbers(sql), 'expr'));
  } catch {
    return undefined;
  }
}

type Form = string | number | boolean | null | readonly Form[] | { readonly [key: string]: Form };

/** Numbers are kept as their digits: the parser would make floating point of them. */
const numberMark = '\u0001';

function shieldNumbers(sql: string): string {
  return tokenize(sql)
    .filter((token) => token.kind !== 'comment')
    .map((token, index, all) => (/^\d/.test(token.text) && token.kind === 'other' && all[index - 1]?.text !== '.' ? `'${numberMark}${plainNumber(token.text)}'` : token.text))
    .join('');
}

/** 007 and 7, 1.50 and 1.5, 1e3 and 1000 are one number. */
function plainNumber(text: string): string {
  const [, whole = '', fraction = '', exponent = '0'] = /^(\d*)(?:\.(\d*))?(?:e([+-]?\d+))?$/i.exec(text) ?? [];
  if (whole + fraction === '') return text.toLowerCase();
  const shift = Number(exponent);
  // A number that nobody writes out is left as it is.
  if (Math.abs(shift) > 400) return text.toLowerCase();
  const digits = whole + fraction;
  const point = whole.length + shift;
  const padded = point > digits.length ? digits.padEnd(point, '0') : point < 0 ? digits.padStart(digits.length - point, '0') : digits;
  const at = Math.max(point, 0);
  const integer = padded.slice(0, at).replace(/^0+(?=\d)/, '') || '0';
  const rest = padded.slice(at).replace(/0+$/, '');
  return rest === '' ? integer : `${integer}.${rest}`;
}

function normal(node: Expr): Form {
  switch (node.type) {
    case 'cast':
      return castForm(node.operand, 'name' in node.to ? node.to.name : '');
    case 'string':
      return { text: node.value };
    case 'boolean':
      return { text: node.value ? 'true' : 'false' };
    case 'null':
      return null;
    case 'integer':
    case 'numeric':
      return { text: numberMark + String(node.value) };
    case 'ref':
      return { ref: node.name };
    case 'keyword':
      return { keyword: node.keyword };
    case 'unary':
      return unary(node.op, normal(node.operand));
    case 'ternary': {
      const value = normal(node.value);
      const between: Form = chain('AND', [operator('>=', value, normal(node.lo)), operator('<=', value, normal(node.hi))]);
      return node.op === 'BETWEEN' ? between : { not: between };
    }
    case 'binary':
      return binary(node.op, node.left, node.right);
    case 'call':
      return callForm(node.function.name.toLowerCase(), node.args.map(normal), node as unknown as Form);
    case 'array':
    case 'list':
      return { list: node.expressions.map(normal) };
    case 'member':
      return { member: [normal(node.operand), node.op, String(node.member)] };
    case 'arrayIndex':
      return { at: [normal(node.array), normal(node.index)] };
    case 'extract':
      return { call: 'extract', args: [{ text: node.field.name.toLowerCase() }, normal(node.from)] };
    case 'case':
      return {
        case: node.value == null ? null : normal(node.value),
        whens: node.whens.map((when): Form => [normal(when.when), normal(when.value)]),
        else: node.else == null ? null : normal(node.else),
      };
    default:
      return withoutPlaces(node as unknown as Form);
  }
}

const numericTypes = new Set(['smallint', 'integer', 'bigint', 'numeric', 'real', 'double precision', 'int', 'int2', 'int4', 'int8', 'float8', 'float4', 'decimal']);

/** Casts are PostgreSQL's to add; only a number in quotes shows its nature by one. */
function castForm(operand: Expr, to: string): Form {
  const form = normal(operand);
  const text = textOf(form);
  if (text !== null && numericTypes.has(to.toLowerCase()) && numberText.test(text)) return { text: signedNumber(text.trim()) };
  return form;
}

const numberText = /^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/i;

function signedNumber(text: string): string {
  const negative = text.startsWith('-');
  return `${numberMark}${negative ? '-' : ''}${plainNumber(text.replace(/^[-+]/, ''))}`;
}

function textOf(form: Form): string | null {
  return form !== null && typeof form === 'object' && 'text' in form && typeof form.text === 'string' ? form.text : null;
}

function unary(op: string, operand: Form): Form {
  const text = textOf(operand);
  if (op === '-' && text?.startsWith(numberMark) === true) return { text: text.startsWith(`${numberMark}-`) ? numberMark + text.slice(2) : `${numberMark}-${text.slice(1)}` };
  if (op === '+' && text?.startsWith(numberMark) === true) return operand;
  if (op === 'NOT') return { not: operand };
  return { [op]: operand };
}

function binary(op: string, leftNode: Expr, rightNode: Expr): Form {
  const left = normal(leftNode);
  const right = normal(rightNode);
  if (op === 'AND' || op === 'OR') return chain(op, [left, right]);
  if (op === 'IN' || op === 'NOT IN') return membership(op === 'IN', left, right);
  const quantified = right !== null && typeof right === 'object' && 'call' in right && Array.isArray(right.args) ? right : null;
  if (quantified !== null && quantified.call === 'any' && op === '=') return membership(true, left, (quantified.args as readonly Form[])[0] ?? null);
  if (quantified !== null && quantified.call === 'all' && op === '!=') return membership(false, left, (quantified.args as readonly Form[])[0] ?? null);
  return operator(op, left, right);
}

/** `x IN ('a')` is an equation, as PostgreSQL has it. */
function membership(positive: boolean, left: Form, right: Form): Form {
  const items = right !== null && typeof right === 'object' && 'list' in right && Array.isArray(right.list) ? (right.list as readonly Form[]) : textOf(right) !== null ? [right] : null;
  if (items === null) return { [positive ? 'any' : 'all']: [left, right] };
  const [only] = items;
  if (items.length === 1 && only !== undefined) return operator(positive ? '=' : '!=', left, only);
  return { [positive ? 'in' : 'not in']: [left, ...items] };
}

function operator(op: string, left: Form, right: Form): Form {
  return { op, left, right };
}

/** AND and OR are flat lists, however they were nested. */
function chain(op: string, parts: readonly Form[]): Form {
  const flat = parts.flatMap((part): readonly Form[] => (part !== null && typeof part === 'object' && op in part ? ((part as { readonly [key: string]: Form })[op] as readonly Form[]) : [part]));
  return { [op]: flat };
}

function callForm(name: string, args: readonly Form[], node: Form): Form {
  // PostgreSQL prints `timezone('utc', x)` of old and `x AT TIME ZONE 'utc'` of new sources.
  const [first, second] = args;
  if (name === 'timezone' && args.length === 2 && first !== undefined && second !== undefined) return operator('AT TIME ZONE', second, first);
  const rest = withoutPlaces(node) as { readonly [key: string]: Form };
  const { type: _type, function: _function, args: _args, ...extras } = rest;
  return { call: name, args, ...extras };
}

function withoutPlaces(form: Form): Form {
  if (form === null || typeof form !== 'object') return form;
  if (Array.isArray(form)) return form.map(withoutPlaces);
  return Object.fromEntries(Object.entries(form).filter(([key]) => key !== '_location').map(([key, value]) => [key, withoutPlaces(value as Form)]));
}

const truth: Readonly<Record<string, string>> = { t: 'true', true: 'true', y: 'true', yes: 'true', on: 'true', 1: 'true', f: 'false', false: 'false', n: 'false', no: 'false', off: 'false', 0: 'false' };

/** A lone constant is read as its column reads it. */
function constantOf(form: Form, type: ColumnType | undefined): Form {
  const text = textOf(form);
  if (text === null || type?.kind !== 'builtin' || type.dimensions > 0) return form;
  const bare = text.replace(numberMark, '');
  if (numericTypes.has(type.name) && numberText.test(bare)) return { text: signedNumber(bare.trim()) };
  if (type.name === 'boolean') return { text: truth[bare.trim().toLowerCase()] ?? bare };
  if (type.name === 'uuid') return { text: bare.toLowerCase() };
  return { text: bare };
}

/** Where the parser gives up: the same tokens, whatever the spaces, case and parentheses around the whole. */
function textForm(sql: string): string {
  const tokens = tokenize(sql)
    .filter((token) => token.kind !== 'space' && token.kind !== 'comment')
    .map((token) => (token.kind === 'word' ? token.text.toLowerCase() : token.text));
  let text = tokens.join(' ');
  while (/^\( .* \)$/.test(text) && balanced(text.slice(2, -2))) text = text.slice(2, -2);
  return text.replaceAll(/ :: :?[a-z ]*?(text|varchar|character varying)\b/g, '');
}

function balanced(text: string): boolean {
  let depth = 0;
  for (const token of text.split(' ')) {
    if (token === '(') depth++;
    if (token === ')' && --depth < 0) return false;
  }
  return depth === 0;
}
