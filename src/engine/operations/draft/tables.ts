import type { CallValue, Located, Value } from '../../python/values';
import { isColumnCall, readColumn, type ColumnReading } from '../../sqlalchemy/column';
import { flag } from '../../sqlalchemy/context';
import { calleeName } from '../../sqlalchemy/names';
import { buildTable } from '../../sqlalchemy/table';
import { displayName, type QualifiedName, type Table } from '../../schema/schema';
import { message } from '../../text/problem';
import type { Place } from '../../text/text';
import { constraintsOf, createIndex } from '../reverse';
import { namespace } from '../sql/tree';
import type { OperationBody } from '../operation';
import { flagOf, one, onlyIfTrue, optional, required, tableOf, Unreadable, type OperationCall, type ReadCall } from './call';

/**
 * `op.create_table`. SQLAlchemy creates the enum types of its columns before it, each once in a run, unless they say
 * `create_type=False`; the indexes of its columns come after it.
 */
export function readCreateTable(call: OperationCall): ReadCall {
  const name = { schema: namespace(optional(call, 'schema')), name: required(call, 'table_name') };
  const keywords = call.arguments.named;
  if (isTemporary(keywords.get('prefixes'))) return one({ kind: 'execute', sql: '', effect: 'none' });
  const unknown = call.arguments.rest.find((item) => item.kind === 'unknown');
  if (unknown?.kind === 'unknown') throw new Unreadable(unknown.reason, [name]);
  const calls = call.arguments.rest.filter(isColumnCall);
  const table = tableWith(call, name, calls, call.arguments.rest, keywords);

  const operations: OperationBody[] = calls.flatMap((column) => typeMadeWith(call, name, column));
  const written = operations.length;
  operations.push({ kind: 'create_table', table: { ...table, indexes: [] }, ...onlyIfTrue('ifNotExists', flagOf(call, 'if_not_exists')) });
  operations.push(...table.indexes.map((index): OperationBody => ({ ...createIndex(table, index) })));
  return { operations, written, places: Object.fromEntries(calls.flatMap((column, index) => columnPlaces(table.columns[index]?.name ?? '', column))) };
}

/** `op.add_column`: the constraints and the index that the column brings follow it; its enum type does not come by itself. */
export function readAddColumn(call: OperationCall): ReadCall {
  const on = tableOf(call);
  const name = { schema: on.schema, name: on.table };
  const value = call.arguments.named.get('column');
  if (value === undefined || !isColumnCall(value)) throw new Unreadable(value?.kind === 'unknown' ? value.reason : message('The column cannot be read.'), [name]);
  const table = tableWith(call, name, [value], [], new Map());
  const [column] = table.columns;
  if (column === undefined) throw new Unreadable(message('The column cannot be read.'), [name]);
  return {
    operations: [
      { kind: 'add_column', ...on, column, ...onlyIfTrue('ifNotExists', flagOf(call, 'if_not_exists')) },
      ...constraintsOf(table).filter((operation) => operation.kind !== 'create_primary_key'),
      ...table.indexes.map((index): OperationBody => ({ ...createIndex(table, index) })),
    ],
    places: Object.fromEntries(columnPlaces('column', value)),
  };
}

function tableWith(call: OperationCall, name: QualifiedName, columns: readonly (CallValue & Located)[], items: readonly Value[], keywords: ReadonlyMap<string, Value>): Table {
  const context = { ...call.context, tableSchema: name.schema };
  const readings = columns.map((column) => readColumn(column, context));
  const parts = readings.map((reading: ColumnReading) => {
    if (reading.name === null) throw new Unreadable(message('The name of a column of {table} is not known.', { table: displayName(name) }), [name]);
    return { name: reading.name, key: reading.key ?? reading.name, attribute: null, reading };
  });
  return buildTable({ ...name, columns: parts, items, keywords, at: call.call.at }, context).table;
}

/** Source: SQLAlchemy, `NamedType._on_table_create` and `_check_for_name_in_memos`. */
function typeMadeWith(call: OperationCall, table: QualifiedName, column: CallValue & Located): readonly OperationBody[] {
  const { enum: type } = readColumn(column, { ...call.context, tableSchema: table.schema, report: () => undefined }).type;
  const written = typeOf(column);
  if (type === undefined || written === null || !createsItself(written.value)) return [];
  const key = displayName(type);
  if (call.madeTypes.has(key)) return [];
  call.madeTypes.add(key);
  return [{ kind: 'create_enum', enum: { schema: type.schema, name: type.name, labels: type.labels, comment: null, extension: null }, checkFirst: false, implicit: true }];
}

/** Unless an Enum, alone or inside of an ARRAY, says `create_type=False`. */
function createsItself(type: Value): boolean {
  if (type.kind !== 'call') return true;
  const name = calleeName(type) ?? '';
  if (name.endsWith('.Enum') || name.endsWith('.ENUM')) return flag(type, 'create_type', true) !== false;
  return [...type.args, ...type.keywords.values()].every(createsItself);
}

/** The type among a column's arguments, and where it is written. */
function typeOf(column: CallValue & Located): { readonly value: Value; readonly at: Place | null } | null {
  const keyword = column.keywords.get('type_');
  const place = (range: Place['range'] | undefined): Place | null => (range === undefined ? null : { path: column.at.path, range });
  if (keyword !== undefined) return { value: keyword, at: place(column.syntax?.keywords.find((candidate) => candidate.name === 'type_')?.value.range) };
  const index = column.args.findIndex((value, position) => (position > 0 || (value.kind !== 'string' && calleeName(value) !== 'op.f')) && !/^sa\.(ForeignKey|Sequence|Identity|Computed|CheckConstraint|FetchedValue|DefaultClause)$/.test(calleeName(value) ?? ''));
  const value = column.args[index];
  return value === undefined ? null : { value, at: place(column.syntax?.args.length === column.args.length ? column.syntax.args[index]?.range : undefined) };
}

function columnPlaces(key: string, column: CallValue & Located): readonly (readonly [string, Place])[] {
  const places: [string, Place][] = [[key, column.at]];
  const name = column.syntax?.args[0];
  if (name?.kind === 'string') places.push([`${key}.name`, { path: column.at.path, range: name.range }]);
  const type = typeOf(column)?.at;
  if (type !== null && type !== undefined) places.push([`${key}.type`, type]);
  return places;
}

function isTemporary(prefixes: Value | undefined): boolean {
  return (prefixes?.kind === 'list' || prefixes?.kind === 'tuple') && prefixes.items.some((item) => item.kind === 'string' && /^temp(orary)?$/i.test(item.value));
}
