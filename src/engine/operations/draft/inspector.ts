import { stringOf } from '../../python/known';
import type { CallValue, Located, Value } from '../../python/values';
import { nameOf } from '../../sqlalchemy/names';
import { findTable } from '../../schema/lookup';
import { sameName, type Column, type QualifiedName, type Schema, type Table } from '../../schema/schema';
import type { Place } from '../../text/text';
import { namespace } from '../sql/tree';
import { isHandle } from './handles';
import { typeValue } from './type-values';

/** What SQLAlchemy's inspector says of a schema, as Python values; it raises where it is asked about a table that is not there. */
export type Answer = Value | { readonly raises: string };

/** A question to the database about its tables: `inspector.has_table("t")`, `bind.dialect.has_table(bind, "t")`. */
export interface Question {
  readonly method: string;
  /** What is asked about: the arguments behind a connection. */
  readonly args: readonly Value[];
  readonly keywords: ReadonlyMap<string, Value>;
  /** The inspector: it remembers its answers. Null for a dialect, which asks anew. */
  readonly inspector: Value | null;
  readonly at: Place;
}

/** Null: the call asks nothing that a schema knows. Source: SQLAlchemy, `engine/reflection.py` and `dialects/postgresql/base.py`. */
export function questionOf(value: Value): Question | null {
  if (value.kind !== 'call' || value.callee.kind !== 'attribute' || !methods.has(value.callee.name)) return null;
  const { object, name } = value.callee;
  if (isInspector(object)) return { method: name, args: value.args, keywords: value.keywords, inspector: object, at: value.at };
  if (object.kind === 'attribute' && object.name === 'dialect' && isHandle(object.object)) return { method: name, args: value.args.slice(1), keywords: value.keywords, inspector: null, at: value.at };
  // Engine.has_table of SQLAlchemy 1.3
  return isHandle(object) && name === 'has_table' ? { method: name, args: value.args, keywords: value.keywords, inspector: null, at: value.at } : null;
}

function isInspector(value: Value): value is CallValue & Located {
  if (value.kind !== 'call') return false;
  const name = nameOf(value.callee);
  return (name === 'sa.inspect' || name === 'sa.Inspector' || name === 'sa.from_engine') && [...value.args, ...value.keywords.values()].some(isHandle);
}

/** `inspector.default_schema_name`, `bind.dialect.default_schema_name` */
export function isDefaultSchemaName(value: Value): boolean {
  return value.kind === 'attribute' && value.name === 'default_schema_name' && (isInspector(value.object) || (value.object.kind === 'attribute' && value.object.name === 'dialect' && isHandle(value.object.object)));
}

const methods = new Set(
  'has_table get_table_names get_view_names get_materialized_view_names get_columns get_indexes has_index get_foreign_keys get_pk_constraint get_unique_constraints get_check_constraints get_enums get_schema_names has_schema get_sequence_names has_sequence'.split(' '),
);

/** Null: the schema does not know, or the question cannot be read. */
export function answer({ method, args, keywords, at }: Question, schema: Schema): Answer | null {
  const argument = (position: number, name: string): string | null | undefined => {
    const value = keywords.get(name) ?? args[position];
    return value === undefined || value.kind === 'none' ? undefined : stringOf(value);
  };
  const ofSchema = argument(['has_table', 'get_columns', 'get_indexes', 'get_foreign_keys', 'get_pk_constraint', 'get_unique_constraints', 'get_check_constraints', 'has_sequence'].includes(method) ? 1 : method === 'has_index' ? 2 : 0, 'schema');
  if (ofSchema === null) return null;
  const inSchema = namespace(ofSchema);
  const make = maker(at);
  switch (method) {
    case 'get_table_names':
      return isMaybeAnywhere(schema) ? null : make.list([...schema.tables.filter((table) => table.schema === inSchema).map((table) => make.text(table.name)), ...(inSchema === null ? [make.text('alembic_version')] : [])]);
    case 'get_view_names':
    case 'get_materialized_view_names':
      return isMaybeAnywhere(schema) ? null : make.list(schema.views.filter((view) => view.schema === inSchema && view.materialized === (method !== 'get_view_names')).map((view) => make.text(view.name)));
    case 'get_enums':
      return isMaybeAnywhere(schema) ? null : make.list(schema.enums.filter((type) => ofSchema === '*' || type.schema === inSchema).map((type) => make.dict({ name: make.text(type.name), schema: make.text(type.schema ?? schema.defaultSchema), visible: make.bool(type.schema === null), labels: make.list(type.labels.map(make.text)) })));
    case 'get_sequence_names':
      return isMaybeAnywhere(schema) ? null : make.list(schema.sequences.filter((sequence) => sequence.schema === inSchema).map((sequence) => make.text(sequence.name)));
    case 'get_schema_names':
      return schema.namespaces === undefined || isMaybeAnywhere(schema) ? null : make.list([...schema.namespaces, 'information_schema'].map(make.text));
  }
  const name = argument(0, method === 'has_sequence' ? 'sequence_name' : method === 'has_schema' ? 'schema_name' : 'table_name');
  if (typeof name !== 'string') return null;
  if (method === 'has_schema') {
    if (name === schema.defaultSchema) return make.bool(true);
    return schema.namespaces === undefined || isMaybeAnywhere(schema) ? null : make.bool(schema.namespaces.includes(name));
  }
  const asked = { schema: inSchema, name };
  if (method === 'has_sequence') return isMaybeAnywhere(schema) ? null : make.bool(schema.sequences.some((sequence) => sameName(sequence, asked)));
  const exists = hasTable(schema, asked);
  if (method === 'has_table') return exists === null ? null : make.bool(exists);
  if (exists === null) return null;
  const table = findTable(schema, asked);
  if (table === undefined) return exists ? null : { raises: 'NoSuchTableError' };
  return ofTable(table, method, argument(1, 'index_name'), make);
}

function ofTable(table: Table, method: string, index: string | null | undefined, make: Maker): Value | null {
  switch (method) {
    case 'get_columns':
      return table.unreadColumns === undefined || table.unreadColumns.length === 0 ? make.list(table.columns.map((column) => columnValue(column, make))) : null;
    case 'get_indexes':
      return make.list(indexesOf(table).map((entry) => make.dict({ name: make.name(entry.name), unique: make.bool(entry.unique), column_names: make.list(entry.columns.map(make.name)), ...(entry.constraint ? { duplicates_constraint: make.name(entry.name) } : {}) })));
    case 'has_index':
      return typeof index === 'string' ? make.bool(indexesOf(table).some((entry) => entry.name === index)) : null;
    case 'get_foreign_keys':
      return make.list(
        table.foreignKeys.map((key) =>
          make.dict({
            name: make.name(key.name),
            constrained_columns: make.list(key.columns.map(make.text)),
            referred_schema: make.name(key.references.schema),
            referred_table: make.text(key.references.name),
            referred_columns: make.list(key.references.columns.map(make.text)),
            options: make.dict({ ...(key.onDelete === 'NO ACTION' ? {} : { ondelete: make.text(key.onDelete) }), ...(key.onUpdate === 'NO ACTION' ? {} : { onupdate: make.text(key.onUpdate) }) }),
          }),
        ),
      );
    case 'get_pk_constraint':
      return make.dict({ constrained_columns: make.list((table.primaryKey?.columns ?? []).map(make.text)), name: make.name(table.primaryKey?.name ?? null) });
    case 'get_unique_constraints':
      return make.list(table.uniques.map((unique) => make.dict({ name: make.name(unique.name), column_names: make.list(unique.columns.map(make.text)) })));
    case 'get_check_constraints':
      return make.list(table.checks.map((check) => make.dict({ name: make.name(check.name), sqltext: make.unknown('How PostgreSQL writes this condition is not known.') })));
    default:
      return null;
  }
}

/** PostgreSQL lists the indexes of unique constraints too. */
function indexesOf(table: Table): readonly { readonly name: string | null; readonly unique: boolean; readonly columns: readonly (string | null)[]; readonly constraint: boolean }[] {
  return [
    ...table.indexes.map((index) => ({ name: index.name, unique: index.unique, columns: index.elements.map((element) => element.column), constraint: false })),
    ...table.uniques.map((unique) => ({ name: unique.name, unique: true, columns: unique.columns, constraint: true })),
  ];
}

function columnValue(column: Column, make: Maker): Value {
  const isFilled = column.default !== null || column.serial;
  return make.dict({
    name: make.text(column.name),
    type: typeValue(column.type, make.at) ?? make.unknown('How SQLAlchemy names this type is not known.'),
    nullable: make.bool(column.nullable),
    default: isFilled ? make.unknown('How PostgreSQL writes this default is not known.') : make.none,
    autoincrement: make.bool(column.serial || column.identity !== null),
    comment: make.name(column.comment),
  });
}

/** Whether a table or view is there; null: not known. */
export function hasTable(schema: Schema, name: QualifiedName): boolean | null {
  if (isMaybe(schema, name) || name.name === 'alembic_version') return null;
  return findTable(schema, name) !== undefined || schema.views.some((view) => sameName(view, name));
}

/** Whether something that was not understood may have touched the table. */
export function isMaybe(schema: Schema, name: QualifiedName): boolean {
  return schema.unknown.some(({ tables }) => tables === null || tables.some((table) => sameName(table, name)));
}

/** Whether something that was not understood may have touched anything. */
export function isMaybeAnywhere(schema: Schema): boolean {
  return schema.unknown.some(({ tables }) => tables === null || tables.length > 0);
}

interface Maker {
  readonly at: Place;
  readonly none: Value;
  readonly text: (value: string) => Value;
  readonly name: (value: string | null) => Value;
  readonly bool: (value: boolean) => Value;
  readonly list: (items: readonly Value[]) => Value;
  readonly dict: (entries: Readonly<Record<string, Value>>) => Value;
  readonly unknown: (reason: string) => Value;
}

function maker(at: Place): Maker {
  const none: Value = { kind: 'none', at };
  const text = (value: string): Value => ({ kind: 'string', value, at });
  return {
    at,
    none,
    text,
    name: (value) => (value === null ? none : text(value)),
    bool: (value) => ({ kind: 'bool', value, at }),
    list: (items) => ({ kind: 'list', items, at }),
    dict: (entries) => ({ kind: 'dict', entries: Object.entries(entries).map(([key, value]) => [text(key), value] as const), at }),
    unknown: (reason) => ({ kind: 'unknown', reason: { text: reason, args: {} }, at }),
  };
}
