import { stringOf } from '../../python/known';
import type { Value } from '../../python/values';
import { text } from '../../sqlalchemy/context';
import { constantOf } from '../../sqlalchemy/expressions';
import { calleeName } from '../../sqlalchemy/names';
import { quoteIdentifier, quoteLiteral, quoteName } from '../../sql/identifiers';
import type { ColumnWrite, OperationBody } from '../operation';
import { tableName } from './execute';
import type { OperationCall, ReadCall } from './call';

/**
 * `op.bulk_insert(table, rows)`: only rows. Those that are written out become the statements that Alembic prints for
 * them, one a row; else it is known which columns get values, and no more.
 */
export function readBulkInsert(call: OperationCall): ReadCall {
  const table = call.arguments.named.get('table');
  const name = table === undefined ? null : tableName(table);
  const columns = table?.kind === 'call' ? table.args.slice(1).flatMap((item) => (item.kind === 'call' ? [text(item.args[0]) ?? null] : [])) : [];
  const writes = name === null ? [] : columns.flatMap((column): readonly ColumnWrite[] => (column === null ? [] : [{ ...name, column, from: [] }]));
  const written = writes.length === 0 ? {} : { writes };
  const statements = name === null || table?.kind !== 'call' ? null : rowsOf(call.arguments.named.get('rows'))?.map((row) => insertSql(quoteName(name), row));
  if (statements === undefined || statements === null || statements.some((sql) => sql === null)) return { operations: [{ kind: 'execute', sql: '', effect: 'data', ...written }] };
  return { operations: statements.map((sql): OperationBody => ({ kind: 'execute', sql: sql ?? '', effect: 'data', ...written })) };
}

type Row = readonly (readonly [string, Value])[];

function rowsOf(value: Value | undefined): readonly Row[] | null {
  const rows = value?.kind === 'list' ? value.items.map(rowOf) : [null];
  return rows.includes(null) ? null : (rows as readonly Row[]);
}

function rowOf(value: Value): Row | null {
  if (value.kind !== 'dict') return null;
  const entries = value.entries.map(([key, item]) => [stringOf(key), item] as const);
  return entries.every((entry): entry is readonly [string, Value] => entry[0] !== null) ? entries : null;
}

function insertSql(table: string, row: Row): string | null {
  const values = row.map(([, value]) => literal(value));
  if (row.length === 0 || values.includes(null)) return null;
  return `INSERT INTO ${table} (${row.map(([column]) => quoteIdentifier(column)).join(', ')}) VALUES (${values.join(', ')})`;
}

/** As SQLAlchemy writes a value of a column whose type says nothing else; null for what it writes by type (dates, JSON). */
function literal(value: Value): string | null {
  if (value.kind === 'none') return 'NULL';
  if (value.kind === 'string') return quoteLiteral(value.value);
  if (calleeName(value) === 'op.inline_literal' && value.kind === 'call' && value.args[0] !== undefined) return literal(value.args[0]);
  return value.kind === 'number' || value.kind === 'bool' ? constantOf(value, undefined, false) : null;
}
