import { jsonText } from '../python/operators';
import type { CallValue, Located, Value } from '../python/values';
import { quoteIdentifier, quoteLiteral } from '../sql/identifiers';
import { typeSql } from '../sql/types';
import type { ReadContext } from './context';
import { argumentOf, nameOf } from './names';
import { operatorCall } from './operators';
import { readType } from './types';

/**
 * A SQL expression made with SQLAlchemy, as its compiler writes it for PostgreSQL inside DDL: columns without their table,
 * values as literals. `binding` is how tightly its outermost operator binds, for parentheses.
 */
export interface Sql {
  readonly text: string;
  readonly binding: number;
}

/** Of something that needs no parentheses anywhere. */
export const atom = 100;

/** The SQL of an expression; null where it, or a part of it, is not known. Strings are literals. */
export function sqlOf(value: Value, context: ReadContext): string | null {
  return readSql(value, context)?.text ?? null;
}

/** As `server_default=` takes it: a Python string is a constant, SQL needs `text()`. */
export function serverDefault(value: Value, context: ReadContext): string | null {
  return sqlOf(value, context);
}

/** As `CheckConstraint`, `Computed` and `postgresql_where` take it: a Python string is SQL. */
export function sqlText(value: Value, context: ReadContext): string | null {
  if (value.kind === 'string') return textClause(value.value);
  return sqlOf(value, context);
}

/** Reads an expression with how tightly it binds. */
export function readSql(value: Value, context: ReadContext): Sql | null {
  const column = context.columnName(value);
  if (column !== null) return { text: quoteIdentifier(column), binding: atom };
  switch (value.kind) {
    case 'none':
      return { text: 'NULL', binding: atom };
    case 'bool':
      return { text: value.value ? 'true' : 'false', binding: atom };
    case 'number':
      return { text: value.text.replace(/_/g, ''), binding: atom };
    case 'string':
      return { text: quoteLiteral(value.value), binding: atom };
    case 'enumMember':
      // A (str, Enum) member is the text of its value; of another Enum, SQLAlchemy writes the name.
      return { text: quoteLiteral(value.value.kind === 'string' && isText(value) ? value.value.value : value.name), binding: atom };
    case 'symbol':
      return constantSql(nameOf(value) ?? '');
    case 'call':
      return callSql(value, context);
    case 'operation':
    case 'attribute':
    case 'subscript':
      return operatorCall(value, context);
    default:
      return null;
  }
}

function isText(member: Value & { readonly kind: 'enumMember' }): boolean {
  return member.enum.bases.some((base) => base.kind !== 'symbol' || base.name === 'builtins.str' || base.name.endsWith('StrEnum'));
}

function constantSql(name: string): Sql | null {
  // `func.current_timestamp` without a call is no expression; `true` without one is not either, but is often written.
  if (name === 'sa.true' || name === 'sa.false' || name === 'sa.null') return { text: name === 'sa.null' ? 'NULL' : name.slice(3), binding: atom };
  return null;
}

/** Functions that standard SQL writes without parentheses (`AnsiFunction`), compiled in capitals. */
const ansiFunctions = new Set(['current_date', 'current_time', 'current_timestamp', 'current_user', 'localtime', 'localtimestamp', 'session_user', 'sysdate', 'user']);

function callSql(call: CallValue & Located, context: ReadContext): Sql | null {
  const name = nameOf(call.callee) ?? '';
  const [first, second] = call.args;
  const done = (text: string | null | undefined): Sql | null => (text === null || text === undefined ? null : { text, binding: atom });
  if (name.startsWith('func.')) return functionSql(name.slice('func.'.length), call.args, context);
  switch (name) {
    case 'sa.text':
    case 'sa.DDL': {
      const written = argumentOf(call, 0, 'text');
      return written?.kind === 'string' ? { text: textClause(written.value), binding: 0 } : null;
    }
    case 'sa.literal_column':
      return first?.kind === 'string' ? { text: first.value, binding: 0 } : null;
    case 'sa.column':
    case 'sa.Column':
      return first?.kind === 'string' ? done(quoteIdentifier(first.value)) : null;
    case 'sa.literal':
    case 'sa.bindparam':
    case 'op.inline_literal':
      return first === undefined ? null : readSql(first, context);
    case 'sa.true':
    case 'sa.True_':
      return done('true');
    case 'sa.false':
    case 'sa.False_':
      return done('false');
    case 'sa.null':
    case 'sa.Null':
      return done('NULL');
    case 'sa.cast':
    case 'sa.Cast': {
      const inner = first === undefined ? null : sqlOf(first, context);
      const type = second === undefined ? null : readType(second, context).type;
      return inner === null || type === null || type.kind === 'unknown' ? null : done(`CAST(${inner} AS ${typeSql(type)})`);
    }
    case 'sa.type_coerce':
    case 'sa.DefaultClause':
    case 'sa.sql_expression':
      return first === undefined ? null : readSql(first, context);
    case 'sa.extract': {
      const inner = second === undefined ? null : sqlOf(second, context);
      return first?.kind === 'string' && inner !== null ? done(`EXTRACT(${first.value} FROM ${inner})`) : null;
    }
    case 'pg.array': {
      const items = first?.kind === 'list' || first?.kind === 'tuple' ? first.items.map((item) => sqlOf(item, context)) : [null];
      return items.includes(null) ? null : done(`ARRAY[${items.join(', ')}]`);
    }
    case 'sa.and_':
    case 'sa.or_':
    case 'sa.not_':
    case 'sa.desc':
    case 'sa.asc':
    case 'sa.nulls_first':
    case 'sa.nullsfirst':
    case 'sa.nulls_last':
    case 'sa.nullslast':
    case 'sa.between':
    case 'sa.collate':
    case 'sa.distinct':
    case 'sa.tuple_':
      return operatorCall(call, context);
    default:
      return operatorCall(call, context);
  }
}

function functionSql(name: string, args: readonly Value[], context: ReadContext): Sql | null {
  if (ansiFunctions.has(name.toLowerCase()) && args.length === 0) return { text: name.toUpperCase(), binding: atom };
  const parts = args.map((argument) => sqlOf(argument, context));
  if (parts.includes(null)) return null;
  const written = name.split('.').map((part) => (/^\w+$/.test(part) ? part.replace(/_$/, '') : quoteIdentifier(part))).join('.');
  if (name === 'count' && args.length === 0) return { text: 'count(*)', binding: atom };
  return { text: `${written}(${parts.join(', ')})`, binding: atom };
}

/** `text()` takes `\:` for a colon that is no parameter. */
export function textClause(written: string): string {
  return written.replace(/\\(:[\w$]*)/g, '$1');
}

/** A Python constant as the SQL literal that SQLAlchemy would bind for a column; null: no constant, or not known. */
export function constantOf(value: Value, labels: ReadonlyMap<string, string> | undefined, isJson: boolean): string | null {
  switch (value.kind) {
    case 'bool':
      return isJson ? `'${String(value.value)}'` : String(value.value);
    case 'number':
      return isJson ? `'${value.text}'` : value.text.replace(/_/g, '');
    case 'string':
      return quoteLiteral(isJson ? JSON.stringify(value.value) : value.value);
    case 'enumMember': {
      const label = labels?.get(value.name);
      if (label !== undefined) return quoteLiteral(label);
      return constantOf(value.value, undefined, isJson);
    }
    case 'call': {
      // Decimal("0.10"), UUID("…")
      const first = value.args[0];
      const name = value.callee.kind === 'symbol' && value.args.length === 1 ? value.callee.name : '';
      if (name === 'decimal.Decimal' && (first?.kind === 'string' || first?.kind === 'number')) return /^-?[\d.]+$/.test(textOf(first)) ? textOf(first) : null;
      return name === 'uuid.UUID' && first?.kind === 'string' ? quoteLiteral(first.value.toLowerCase()) : null;
    }
    case 'dict':
    case 'list': {
      const json = isJson ? jsonText(value) : null;
      return json === null ? null : quoteLiteral(json);
    }
    default:
      return null;
  }
}

function textOf(value: Value & { readonly kind: 'string' | 'number' }): string {
  return value.kind === 'string' ? value.value : value.text;
}
