import type { CallValue, Located, Value } from '../../python/values';
import { isColumnCall, readColumn, type ColumnReading } from '../../sqlalchemy/column';
import { flag, text } from '../../sqlalchemy/context';
import { calleeName } from '../../sqlalchemy/names';
import { buildTable } from '../../sqlalchemy/table';
import { displayName, type CheckConstraint, type ForeignKey, type Index, type QualifiedName, type Table } from '../../schema/schema';
import { message } from '../../text/problem';
import type { Place } from '../../text/text';
import { itemsOf, stringOf } from '../../python/known';
import { quoteIdentifier } from '../../sql/identifiers';
import { createIndex } from '../reverse';
import { namespace } from '../sql/tree';
import type { OperationBody, OperationOf } from '../operation';
import { dictionary } from './storage-options';
import { flagOf, onlyIfTrue, optional, required, Unreadable, type OperationCall, type ReadCall } from './call';

/**
 * `op.create_table`. SQLAlchemy creates the enum types of its columns before it, each once in a run, unless they say
 * `create_type=False`; the indexes of its columns come after it.
 */
export function readCreateTable(call: OperationCall): ReadCall {
  const written = required(call, 'table_name');
  // Written without quotes, PostgreSQL takes the name in lower case.
  const name = { schema: namespace(optional(call, 'schema')), name: flagOf(call, 'quote') === false ? written.toLowerCase() : written };
  const { create, types, indexes, places } = readTable(call, name, call.arguments.rest, call.arguments.named);
  const made = types.filter((type) => {
    const name = displayName(type.enum);
    const madeTypes = call.madeTypes();
    return !madeTypes.has(name) && madeTypes.add(name).has(name);
  });
  const operations = [...made, { ...create, ...onlyIfTrue('ifNotExists', flagOf(call, 'if_not_exists')) }, ...indexes];
  return { operations, written: made.length, places };
}

/** A table that is written out, with what comes along with it. */
export interface WrittenTable {
  readonly create: OperationOf<'create_table'>;
  /** The enum types that SQLAlchemy makes before it. */
  readonly types: readonly OperationOf<'create_enum'>[];
  readonly indexes: readonly OperationBody[];
  readonly places: NonNullable<ReadCall['places']>;
}

/** Reads the columns, constraints and options of `op.create_table(…)` or `sa.Table(…)`. Throws `Unreadable`. */
export function readTable(call: OperationCall, name: QualifiedName, items: readonly Value[], keywords: ReadonlyMap<string, Value>): WrittenTable {
  const unknown = items.find((item) => item.kind === 'unknown');
  if (unknown?.kind === 'unknown') throw new Unreadable(unknown.reason, [name]);
  const option = (key: string): Value | undefined => keywords.get(key);
  const prefixes = prefixesOf(option('prefixes'), name);
  const columns = items.filter(isColumnCall);
  const table = tableWith(call, name, columns, items, keywords);
  const storage = storageOf(option, name);
  return {
    types: columns.flatMap((column) => typeMadeWith(call, name, column)),
    create: {
      kind: 'create_table',
      table: { ...table, indexes: [], foreignKeys: table.foreignKeys.filter((key) => !isLater(key, columns, items)), checks: table.checks.map((check) => withColumn(check, columns, table)) },
      ...(prefixes.length === 0 ? {} : { prefixes }),
      ...(storage === '' ? {} : { storage }),
    },
    indexes: table.indexes.map((index): OperationBody => ({ ...createIndex(table, index), ...howMade(index, items) })),
    places: Object.fromEntries(columns.flatMap((column, index) => columnPlaces(table.columns[index]?.name ?? '', column))),
  };
}

/** `prefixes=["UNLOGGED"]` */
function prefixesOf(value: Value | undefined, name: QualifiedName): readonly string[] {
  if (value === undefined || value.kind === 'none') return [];
  const words = itemsOf(value)?.map((item) => stringOf(item));
  if (words === undefined || words.includes(null)) throw new Unreadable(message('The prefixes of this table cannot be read.'), [name]);
  return words as readonly string[];
}

/** What stands behind the closing parenthesis. Source: SQLAlchemy, `PGDDLCompiler.post_create_table`. */
function storageOf(option: (key: string) => Value | undefined, name: QualifiedName): string {
  const written = (key: string): string | null => {
    const value = text(option(key));
    if (value === null) throw new Unreadable(message('The storage options of this table cannot be read.'), [name]);
    return value ?? null;
  };
  const inherits = option('postgresql_inherits');
  if (inherits !== undefined && inherits.kind !== 'none') throw new Unreadable(message('The columns that a table inherits are not followed.'), [name]);
  const [using, onCommit, tablespace] = [written('postgresql_using'), written('postgresql_on_commit'), written('postgresql_tablespace')];
  const options = Object.entries(dictionary(option('postgresql_with'))).map(([key, value]) => `${key} = ${value}`);
  const oids = option('postgresql_with_oids');
  return [
    ...(using === null ? [] : [`USING ${using}`]),
    ...(options.length === 0 ? [] : [`WITH (${options.join(', ')})`]),
    ...(oids?.kind !== 'bool' ? [] : [oids.value ? 'WITH OIDS' : 'WITHOUT OIDS']),
    ...(onCommit === null ? [] : [`ON COMMIT ${onCommit.replace(/_/g, ' ').toUpperCase()}`]),
    ...(tablespace === null ? [] : [`TABLESPACE ${quoteIdentifier(tablespace)}`]),
  ].join(' ');
}

/** A CHECK that is an argument of a column. */
export function withColumn(check: CheckConstraint, columns: readonly (CallValue & Located)[], table: Table): CheckConstraint {
  const at = check.at;
  const index = at === undefined ? -1 : columns.findIndex((column) => column.args.some((item) => calleeName(item) === 'sa.CheckConstraint' && item.at.range === at.range));
  const inColumn = table.columns[index]?.name;
  return inColumn === undefined ? check : { ...check, inColumn };
}

function howMade(index: Index, items: readonly Value[]): Pick<OperationOf<'create_index'>, 'tablespace' | 'concurrently'> {
  const item = items.find((candidate) => candidate.kind === 'call' && candidate.at === index.at);
  const tablespace = item?.kind === 'call' ? item.keywords.get('postgresql_tablespace') : undefined;
  return { ...(tablespace?.kind === 'string' ? { tablespace: tablespace.value } : {}), ...onlyIfTrue('concurrently', item?.kind === 'call' && flag(item, 'postgresql_concurrently', false) === true) };
}

/** `use_alter=True`: such a key is made by `MetaData.create_all()` alone, not by CREATE TABLE. */
function isLater(key: ForeignKey, columns: readonly (CallValue & Located)[], items: readonly Value[]): boolean {
  const written = [...items, ...columns.flatMap((column) => column.args)].find((item) => item.kind === 'call' && /^sa\.ForeignKey(Constraint)?$/.test(calleeName(item) ?? '') && item.at.range === key.at?.range);
  return written?.kind === 'call' && flag(written, 'use_alter', false) === true;
}

export function tableWith(call: OperationCall, name: QualifiedName, columns: readonly (CallValue & Located)[], items: readonly Value[], keywords: ReadonlyMap<string, Value>): Table {
  const context = { ...call.context, tableSchema: name.schema };
  const readings = columns.map((column) => readColumn(column, context));
  const parts = readings.map((reading: ColumnReading) => {
    if (reading.name === null) throw new Unreadable(message('The name of a column of {table} is not known.', { table: displayName(name) }), [name]);
    return { name: reading.name, key: reading.key ?? reading.name, attribute: null, reading };
  });
  return buildTable({ ...name, columns: parts, items, keywords, at: call.call.at }, context).table;
}

/** Source: SQLAlchemy, `NamedType._on_table_create` and `_check_for_name_in_memos`. */
function typeMadeWith(call: OperationCall, table: QualifiedName, column: CallValue & Located): readonly OperationOf<'create_enum'>[] {
  const { enum: type } = readColumn(column, { ...call.context, tableSchema: table.schema, report: () => undefined }).type;
  const written = typeOf(column);
  if (type === undefined || written === null || !createsItself(written.value)) return [];
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

export function columnPlaces(key: string, column: CallValue & Located): readonly (readonly [string, Place])[] {
  const places: [string, Place][] = [[key, column.at]];
  const name = column.syntax?.args[0];
  if (name?.kind === 'string') places.push([`${key}.name`, { path: column.at.path, range: name.range }]);
  const type = typeOf(column)?.at;
  if (type !== null && type !== undefined) places.push([`${key}.type`, type]);
  const written = column.syntax?.keywords.find((keyword) => keyword.name === 'server_default');
  if (written !== undefined) places.push([`${key}.server_default`, { path: column.at.path, range: written.value.range }]);
  return places;
}
