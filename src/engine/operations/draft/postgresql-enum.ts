import { itemsOf, stringOf } from '../../python/known';
import type { CallValue, Value } from '../../python/values';
import { argumentOf, nameOf } from '../../sqlalchemy/names';
import { findTable } from '../../schema/lookup';
import { findColumn, type ColumnType, type QualifiedName, type Schema } from '../../schema/schema';
import { quoteIdentifier, quoteLiteral, quoteName } from '../../sql/identifiers';
import { message } from '../../text/problem';
import { namespace } from '../sql/tree';
import type { OperationBody } from '../operation';
import { names, one, optional, required, Unreadable, type OperationCall, type ReadCall } from './call';

/** What alembic-postgresql-enum adds to `op`. Source: its 1.11, `operations/sync_enum_values.py` and `sql_commands/`. */

/** The type is always built anew: the old one steps aside, every column moves over with its default, the old one goes. */
export function readSyncEnumValues(call: OperationCall): ReadCall {
  const name = { schema: namespace(required(call, 'enum_schema')), name: required(call, 'enum_name') };
  const labels = names(call, 'new_values');
  const columns = itemsOf(call.arguments.named.get('affected_columns') ?? { kind: 'list', items: [], at: call.call.at });
  const renames = itemsOf(call.arguments.named.get('enum_values_to_rename') ?? { kind: 'list', items: [], at: call.call.at })?.map(pairOf);
  if (columns === null || renames === undefined || renames.includes(null)) throw new Unreadable(message('Which columns move to the new labels cannot be read.'));
  const aside = { schema: name.schema, name: `${name.name}_old` };
  const operations: OperationBody[] = [
    { kind: 'rename_enum', ...name, newName: aside.name },
    { kind: 'create_enum', enum: { ...name, labels, comment: null, extension: null }, checkFirst: false },
    ...columns.flatMap((column) => moveColumn(columnOf(column, name.schema), name, renames as readonly Pair[], call)),
    { kind: 'drop_enum', ...aside, checkFirst: false },
  ];
  return { operations, written: 1 };
}

/** `before_value` comes out as AFTER: so it stands in the library's `add_value_before`. */
export function readAddEnumValue(call: OperationCall): ReadCall {
  const neighbour = optional(call, 'before_value');
  return one({ kind: 'add_enum_value', schema: namespace(required(call, 'enum_schema')), name: required(call, 'enum_name'), label: required(call, 'new_value'), position: neighbour === null ? null : { after: neighbour } });
}

type Pair = readonly [string, string];

function pairOf(value: Value): Pair | null {
  const [from, to] = (itemsOf(value) ?? []).map(stringOf);
  return typeof from === 'string' && typeof to === 'string' ? [from, to] : null;
}

interface AffectedColumn {
  readonly table: QualifiedName;
  readonly column: string;
  readonly isArray: boolean;
  /** The default as the script says it; undefined: the library asks the database. */
  readonly default: string | null | undefined;
}

/** `TableReference(table_name="t", column_name="c", …)`, or in older scripts `("t", "c")` and `("t", "c", ColumnType.ARRAY)`. */
function columnOf(value: Value, schema: string | null): AffectedColumn {
  const unreadable = new Unreadable(message('Which columns move to the new labels cannot be read.'));
  const isArray = (type: Value | undefined): boolean => type !== undefined && nameOf(type)?.endsWith('ColumnType.ARRAY') === true;
  if (value.kind === 'tuple') {
    const [table, column] = value.items.map(stringOf);
    if (typeof table !== 'string' || typeof column !== 'string') throw unreadable;
    return { table: { schema, name: table }, column, isArray: isArray(value.items[2]), default: undefined };
  }
  if (value.kind !== 'call' || nameOf(value.callee)?.endsWith('.TableReference') !== true) throw unreadable;
  const written = (position: number, name: string): Value | undefined => argumentOf(value as CallValue, position, name);
  const [table, column] = [written(0, 'table_name'), written(1, 'column_name')].map((part) => (part === undefined ? null : stringOf(part)));
  const namespaceValue = written(2, 'table_schema');
  const existing = written(4, 'existing_server_default');
  const text = existing === undefined || existing.kind === 'none' ? null : stringOf(existing);
  if (typeof table !== 'string' || typeof column !== 'string') throw unreadable;
  const inSchema = namespaceValue === undefined ? schema : namespace(namespaceValue.kind === 'string' ? namespaceValue.value : undefined);
  return { table: { schema: inSchema, name: table }, column, isArray: isArray(written(3, 'column_type')), default: text };
}

function moveColumn(affected: AffectedColumn, type: QualifiedName, renames: readonly Pair[], call: OperationCall): readonly OperationBody[] {
  const at = { kind: 'alter_column' as const, schema: affected.table.schema, table: affected.table.name, column: affected.column };
  const column = quoteIdentifier(affected.column);
  const target = quoteName(type);
  const newType: ColumnType = { kind: 'enum', ...type, dimensions: affected.isArray ? 1 : 0 };
  const whens = renames.map(([from, to]) => `WHEN ${column}::text = ${quoteLiteral(from)} THEN ${quoteLiteral(to)}::${target}`);
  const plain = renames.length === 0 ? `${column}::text::${target}` : `CASE ${whens.join(' ')} ELSE ${column}::text::${target} END`;
  const inArray = `${renames.reduce((clause, [from, to]) => `array_replace(${clause}, ${quoteLiteral(from)}, ${quoteLiteral(to)})`, `${column}::text[]`)}::${target}[]`;
  const alter: OperationBody = { ...at, type: newType, using: affected.isArray ? inArray : plain };
  const old = affected.default === undefined ? defaultIn(call.schema(), affected) : affected.default;
  if (old === null) return [alter];
  return [{ ...at, default: null }, alter, { ...at, default: { sql: renamedDefault(old, type, renames) } }];
}

function defaultIn(schema: Schema | null, { table: name, column }: AffectedColumn): string | null {
  const table = schema === null ? undefined : findTable(schema, name);
  return table === undefined ? null : (findColumn(table, column)?.default?.sql ?? null);
}

/** `rename_default_if_required`: the same constant under its new label, of the new type. */
function renamedDefault(old: string, type: QualifiedName, renames: readonly Pair[]): string {
  const labelled = renames.reduce((sql, [from, to]) => sql.replaceAll(`'${from}'`, `'${to}'`).replaceAll(`"${from}"`, `"${to}"`), old);
  if (labelled.startsWith('ARRAY[')) return labelled.replace(/::[.\w"]+/g, `::${quoteName(type)}`);
  const cast = labelled.lastIndexOf('::');
  return cast < 0 ? labelled : `${labelled.slice(0, cast)}::${quoteName(type)}${labelled.endsWith('[]') ? '[]' : ''}`;
}
