import { findMember } from '../../python/classes';
import { truth } from '../../python/known';
import type { Expression } from '../../python/expression-syntax';
import type { Reading } from '../../python/evaluate';
import type { CallValue, Located, Value } from '../../python/values';
import { text } from '../../sqlalchemy/context';
import { calleeName, methodCall } from '../../sqlalchemy/names';
import type { QualifiedName } from '../../schema/schema';
import { message, type Message } from '../../text/problem';
import type { TextRange } from '../../text/text';
import { readSql } from '../read-sql';
import { namespace } from '../sql/tree';
import type { ColumnWrite, OperationBody, WrittenSql } from '../operation';
import type { ReadBody } from './call';
import { argumentOf, sqlTextOf, type SqlText } from './sql-text';
import type { SqlParser } from '../../sql/parser';

/** Where what is executed stands: the expression in the call, and the texts of files. */
export interface ExecutedFrom {
  readonly path: string;
  readonly syntax: Expression | null;
  readonly sourceOf: (path: string) => string;
}

export function executedFrom(call: CallValue & Located, names: readonly string[], reading: Reading): ExecutedFrom {
  return { path: call.at.path, syntax: argumentOf(call.syntax, 0, names), sourceOf: (path) => reading.module(path)?.syntax.text ?? '' };
}

/** What `op.execute(…)` or `connection.execute(…)` does with its argument: a string, `sa.text(…)`, or a SQLAlchemy statement. */
export function readExecuted(value: Value | undefined, from: ExecutedFrom, parser: SqlParser): readonly ReadBody[] {
  if (value === undefined) return [{ kind: 'unknown', reason: message('There is nothing to execute.'), tables: [] }];
  const either = eitherWay(value, from, parser);
  if (either !== null) return either;
  const text = sqlTextOf(value, from, from.sourceOf);
  if (text !== null) return readText(text, value, parser);
  const statement = coreStatement(value) ?? rowsOnly(value);
  if (statement !== null) return [statement];
  return [{ kind: 'unknown', reason: reasonOf(value), tables: null }];
}

/** `f"CREATE INDEX {'CONCURRENTLY ' if large else ''}…"`: where it comes to the same but for CONCURRENTLY, that alone is not known. */
function eitherWay(value: Value, from: ExecutedFrom, parser: SqlParser): readonly ReadBody[] | null {
  if (value.kind !== 'unknown' || value.parts === undefined) return null;
  const choices = value.parts.filter((part) => part.kind === 'operation' && part.operator === 'if');
  const [choice] = choices;
  if (choice?.kind !== 'operation' || choices.length !== 1 || value.parts.some((part) => part !== choice && part.kind !== 'string')) return null;
  const [first, second] = choice.operands.slice(1).map((chosen): readonly ReadBody[] | null => {
    if (chosen.kind !== 'string') return null;
    const sql = value.parts?.map((part) => (part === choice ? chosen.value : part.kind === 'string' ? part.value : '')).join('') ?? '';
    return readText({ sql, standIns: [], placeOf: () => null }, { kind: 'string', value: sql, at: value.at }, parser);
  });
  if (first == null || second == null || JSON.stringify(first.map(withoutConcurrency)) !== JSON.stringify(second.map(withoutConcurrency)) || first.some(({ kind }) => kind === 'unknown' || kind === 'execute')) return null;
  return first.map((body): ReadBody => {
    const plain = withoutConcurrency(body);
    return plain.kind === 'create_index' || plain.kind === 'drop_index' ? { ...plain, perhapsConcurrently: true, doubt: reasonOf(value), whole: false } : { ...body, whole: false };
  });
}

function withoutConcurrency({ written: _written, at: _at, ...body }: ReadBody): ReadBody {
  if (body.kind !== 'create_index' && body.kind !== 'drop_index') return body;
  const { concurrently: _concurrently, ...plain } = body;
  return plain;
}

function reasonOf(value: Value): Message {
  return value.kind === 'unknown' ? value.reason : message('What is executed here could not be read.');
}

/** The statements of a script in SQL. Each operation carries the statement as it is written, with the names of its binds. */
function readText(text: SqlText, value: Value, parser: SqlParser): readonly ReadBody[] {
  const { sql, standIns, placeOf } = text;
  const bound = withoutBinds(sql);
  const statements = readSql(bound, parser).value;
  // As wide as `bound`, so that a range of one is a range of the other.
  const plain = sql.replaceAll('\\:', ':');
  const isOneWithBinds = statements.length === 1 && bound !== plain;
  return statements.flatMap(({ statement, operations }): readonly ReadBody[] => {
    const range = statement.error === null ? statement.range : errorRange(bound, statement.error.at, statement.range);
    const at = placeOf(escaped(sql, range));
    const where = at === null ? {} : { at };
    const { start, end } = statement.range;
    const isUnsure = standIns.some((word) => plain.slice(start, end).includes(word));
    const written: WrittenSql | undefined = isUnsure ? undefined : writtenSql(plain.slice(start, end), statement.text, sql);
    const known: readonly OperationBody[] = operations.length > 0 || statement.tree === null ? operations : [{ kind: 'execute', sql: plain.slice(start, end), effect: 'none' }];
    // A fix writes the whole call anew: that must be all that it does.
    const whole = standIns.length === 0 && statements.length === 1 && known.length === 1;
    return known.map((operation): ReadBody => {
      const body = isUnsure ? withoutStandIns(operation, standIns, reasonOf(value)) : operation;
      // One statement keeps the names of its binds.
      return { ...body, ...(isOneWithBinds && body.kind === 'execute' && body.sql !== '' ? { sql: sql.trim() } : {}), ...(written === undefined ? {} : { written }), ...where, whole };
    });
  });
}

function writtenSql(text: string, read: string, sql: string): WrittenSql {
  return text === read ? { text } : { text, binds: bindsOf(sql) };
}

/** An operation of which a part is not known is known as far as it does not name that part. */
function withoutStandIns(operation: OperationBody, standIns: readonly string[], reason: Message): OperationBody {
  const names = (part: unknown): boolean => standIns.some((word) => JSON.stringify(part).includes(word));
  if (operation.kind === 'execute') {
    const { writes = [], empties = [], follows: _follows, control: _control, everyRow: _everyRow, ...plain } = operation;
    const known = writes.filter(({ schema, name, column }) => !names([schema, name, column])).map((write) => (write.from === undefined ? write : { ...write, from: write.from.filter((column) => !names(column)) }));
    const left = empties.filter((table) => !names(table));
    return { ...plain, sql: '', ...(known.length === 0 ? {} : { writes: known }), ...(left.length === 0 ? {} : { empties: left }) };
  }
  // What the unknown parts make of a statement that is none without them, nobody knows.
  if (operation.kind === 'unknown') return { kind: 'unknown', reason, tables: null };
  if (!names(operation)) return operation;
  return { kind: 'unknown', reason, tables: 'table' in operation && typeof operation.table === 'string' && 'schema' in operation && !names([operation.schema, operation.table]) ? [{ schema: operation.schema, name: operation.table }] : null };
}

/** The word at which PostgreSQL stops; at the end of the statement, its last character. */
function errorRange(sql: string, at: number, statement: TextRange): TextRange {
  const start = Math.min(at, Math.max(statement.start, statement.end - 1));
  const word = /^(?:\w+|"[^"]*"|'[^']*'|\S)/.exec(sql.slice(start, statement.end))?.[0].length ?? 1;
  return { start, end: Math.min(statement.end, start + Math.max(1, word)) };
}

/** A range of the text without its `\:` in the text with them. */
function escaped(sql: string, { start, end }: TextRange): TextRange {
  if (!sql.includes('\\:')) return { start, end };
  const back = (offset: number): number => {
    let at = 0;
    for (let seen = 0; seen < offset && at < sql.length; seen++) at += sql.startsWith('\\:', at) ? 2 : 1;
    return at;
  };
  return { start: back(start), end: end > start ? back(end - 1) + (sql.startsWith('\\:', back(end - 1)) ? 2 : 1) : back(start) };
}

/** SQL that is put together from parts, not all of them known: how it begins tells whether it only moves rows. */
function rowsOnly(value: Value): OperationBody | null {
  const beginning = knownBeginning(value);
  return beginning !== null && /^\s*(insert|update|delete)\s/i.test(beginning) && !beginning.includes(';') ? { kind: 'execute', sql: '', effect: 'data' } : null;
}

function knownBeginning(value: Value): string | null {
  if (value.kind === 'string') return value.value;
  if (value.kind === 'operation' && (value.operator === '+' || value.operator === '%') && value.operands[0] !== undefined) return knownBeginning(value.operands[0]);
  if (value.kind !== 'call') return null;
  if (calleeName(value) === 'sa.text') return value.args[0] === undefined ? null : knownBeginning(value.args[0]);
  const method = methodCall(value);
  return method?.name === 'format' ? knownBeginning(method.object) : null;
}

/**
 * SQLAlchemy takes `:name` for a bind parameter and `\:` for a colon. A parameter of PostgreSQL stands in, of the same
 * width, so that positions stay. Source: SQLAlchemy, `TextClause._bind_params_regex`.
 */
export function withoutBinds(sql: string): string {
  return sql.replace(bindPattern, (whole) => '$1'.padEnd(whole.length)).replaceAll('\\:', ':');
}

const bindPattern = /(?<![:\w\\]):(\w+)(?!:)/g;

function bindsOf(sql: string): readonly string[] {
  return [...new Set([...sql.matchAll(bindPattern)].flatMap((match) => match[1] ?? []))];
}

/** The words of `sa.text("…")` inside of another statement. */
function sqlOf(value: Value): string | null {
  return value.kind === 'call' && calleeName(value) === 'sa.text' ? (text(value.args[0] ?? value.keywords.get('text')) ?? null) : null;
}

/** `sa.update(t).where(…).values(…)`, `t.insert().values(…)`, `sa.select(…)`: rows are moved, nothing else. */
function coreStatement(value: Value): OperationBody | null {
  const values: CallValue[] = [];
  for (let at: Value = value; at.kind === 'call'; ) {
    const name = calleeName(at);
    const method = methodCall(at);
    if (method?.name === 'values') values.push(at);
    if (name === 'sa.update' || name === 'sa.insert' || name === 'pg.insert' || name === 'sa.delete') return data(at.args[0] ?? at.keywords.get('table'), values);
    if (name === 'sa.select' || name === 'sa.exists') return data(undefined, []);
    if (method === null) return null;
    if (['update', 'insert', 'delete', 'select'].includes(method.name) && tableName(method.object) !== null) {
      if (method.name === 'update' || method.name === 'insert') values.push(at);
      return data(method.object, values);
    }
    at = method.object;
  }
  return null;
}

function data(table: Value | undefined, values: readonly CallValue[]): OperationBody {
  const name = table === undefined ? null : tableName(table);
  const writes = name === null ? [] : values.flatMap((call) => written(name, call));
  return { kind: 'execute', sql: '', effect: 'data', ...(writes.length === 0 ? {} : { writes }) };
}

function written(table: QualifiedName, call: CallValue): readonly ColumnWrite[] {
  const entries: (readonly [string, Value])[] = [...call.keywords].filter(([key]) => key !== '**' && key !== 'values' && key !== 'whereclause');
  for (const argument of [...call.args, call.keywords.get('values')]) {
    if (argument?.kind !== 'dict') continue;
    for (const [key, item] of argument.entries) {
      const column = text(key) ?? columnName(key);
      if (typeof column === 'string') entries.push([column, item]);
    }
  }
  return entries.map(([column, item]) => ({ ...table, column, from: [...columnsIn(item)] }));
}

/** `t.c.name`, `t.columns.name`, `Model.name`, `sa.column("name")`. */
function columnName(value: Value): string | null {
  if (value.kind === 'attribute') return value.name;
  if (value.kind === 'subscript') return text(value.index[0]) ?? null;
  return calleeName(value) === 'sa.column' && value.kind === 'call' ? (text(value.args[0]) ?? null) : null;
}

function columnsIn(value: Value): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (part: Value): void => {
    if (tableName(part) !== null) return;
    const name = columnName(part);
    if (name !== null) found.add(name);
    if (name !== null && part.kind === 'attribute' && part.object.kind === 'attribute' && /^(c|columns)$/.test(part.object.name)) return;
    if (part.kind === 'call') {
      visit(part.callee);
      part.args.forEach(visit);
      part.keywords.forEach(visit);
      // Raw SQL names columns too: every word of it may be one.
      const sql = sqlOf(part);
      if (sql !== null) for (const word of sql.matchAll(/\w+/g)) found.add(word[0]);
    } else if (part.kind === 'operation') part.operands.forEach(visit);
    else if (part.kind === 'list' || part.kind === 'tuple') part.items.forEach(visit);
    else if (part.kind === 'attribute') visit(part.object);
  };
  visit(value);
  return found;
}

/** The table of `sa.table("t")`, `sa.Table("t", …)`, `op.create_table("t", …)` or a mapped class. */
export function tableName(value: Value): QualifiedName | null {
  if (value.kind === 'class') {
    const name = text(findMember(value, '__tablename__')?.member.value ?? undefined);
    return typeof name === 'string' ? { schema: null, name } : null;
  }
  if (value.kind !== 'call' || !['sa.table', 'sa.Table', 'op.create_table'].includes(calleeName(value) ?? '')) return null;
  const name = text(value.args[0] ?? value.keywords.get('name'));
  return typeof name === 'string' ? { schema: namespace(text(value.keywords.get('schema'))), name } : null;
}

/** `checkfirst=` of `Enum.create` and `drop`. Source: SQLAlchemy 2.x, `SchemaType.create(bind, checkfirst=False)`, `NamedType.create(bind, checkfirst=True)`. */
export function checksFirst(call: CallValue, isDialectType: boolean): boolean {
  const value = call.keywords.get('checkfirst') ?? call.args[1];
  return value === undefined ? isDialectType : (truth(value) ?? true);
}
