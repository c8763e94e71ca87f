import type { Value } from '../../python/values';
import { sqlOf, sqlText } from '../../sqlalchemy/expressions';
import { calleeName } from '../../sqlalchemy/names';
import { orderedElement } from '../../sqlalchemy/operators';
import { plainIndex } from '../../schema/plain';
import type { IndexElement } from '../../schema/schema';
import { quoteIdentifier } from '../../sql/identifiers';
import { message } from '../../text/problem';
import { readSql } from '../read-sql';
import { concurrency, flagOf, one, onlyIfTrue, optional, tableOf, text, Unreadable, type OperationCall, type ReadCall } from './call';
import { nameOf, namesOf } from './object-names';
import { dictionary } from './storage-options';
import { namespace } from '../sql/tree';

export function readCreateIndex(call: OperationCall): ReadCall {
  const on = tableOf(call);
  const columns = call.arguments.named.get('columns');
  const where = call.arguments.named.get('postgresql_where');
  const predicate = where === undefined || where.kind === 'none' ? undefined : sqlText(where, call.context);
  if ((columns?.kind !== 'list' && columns?.kind !== 'tuple') || predicate === null) throw new Unreadable(message('What this index is over cannot be read.'), [{ schema: on.schema, name: on.table }]);
  const classes = dictionary(call.arguments.named.get('postgresql_ops'));
  const elements = withClasses(readElements(call, columns.items), classes, columns.items);
  if (columns.items.some((item) => typeof text(item) !== 'string') && optional(call, 'index_name') === null) throw new Unreadable(message('The name of this index is not known.'), [{ schema: on.schema, name: on.table }]);
  const tablespace = optional(call, 'postgresql_tablespace');
  return one({
    kind: 'create_index',
    ...on,
    index: {
      ...plainIndex,
      name: nameOf(call, 'ix', on, elements.flatMap((element) => element.column ?? []), undefined, 'index_name'),
      unique: flagOf(call, 'unique') ?? false,
      method: optional(call, 'postgresql_using')?.toLowerCase() ?? 'btree',
      elements,
      include: namesOf(call, 'postgresql_include'),
      where: predicate === undefined ? null : { sql: predicate },
      nullsNotDistinct: flagOf(call, 'postgresql_nulls_not_distinct') ?? false,
      options: dictionary(call.arguments.named.get('postgresql_with')),
    },
    ...concurrency(call),
    ...onlyIfTrue('ifNotExists', flagOf(call, 'if_not_exists')),
    ...(tablespace === null ? {} : { tablespace }),
  });
}

export function readDropIndex(call: OperationCall): ReadCall {
  const on = call.batch ?? { schema: namespace(optional(call, 'schema')), table: optional(call, 'table_name') };
  return one({
    kind: 'drop_index',
    schema: on.schema,
    name: optional(call, 'index_name'),
    table: on.table,
    ...concurrency(call),
    ...onlyIfTrue('ifExists', flagOf(call, 'if_exists')),
  });
}

/** `postgresql_ops={"name": "text_pattern_ops"}`: of plain columns, by name. Source: SQLAlchemy, `PGDDLCompiler.visit_create_index`. */
export function withClasses<T extends IndexElement>(elements: readonly T[], classes: Readonly<Record<string, string>>, values: readonly Value[]): readonly T[] {
  return elements.map((element, index) => {
    const value = values[index];
    const isPlain = typeof text(value) === 'string' || (value !== undefined && calleeName(value) === 'sa.column');
    const operatorClass = element.column === null || !isPlain ? undefined : classes[element.column];
    return operatorClass === undefined ? element : { ...element, operatorClass };
  });
}

/**
 * Columns by name; everything else as the SQL that SQLAlchemy makes of it, read as CREATE INDEX reads it. `asSql`: a
 * string is SQL too (`ExcludeConstraint`, where it is not quoted).
 */
export function readElements(call: OperationCall, values: readonly Value[], asSql = false): readonly IndexElement[] {
  return values.map((value) => {
    const name = text(value);
    if (typeof name === 'string' && !(asSql && /[^\w]/.test(name))) return { column: name, expression: null, collation: null, operatorClass: null, descending: false, nullsFirst: false };
    const { inner, descending, nullsFirst, collation } = orderedElement(value);
    const sql = typeof name === 'string' ? name : inner.kind === 'string' ? quoteIdentifier(inner.value) : sqlOf(inner, call.context);
    const found = sql === null ? null : (parsed(call, sql) ?? parsed(call, `(${sql})`));
    const element = found === null || inner === value ? found : { ...found, descending, nullsFirst, collation: collation ?? found.collation };
    if (element === null) throw new Unreadable(value.kind === 'unknown' ? value.reason : message('What this index is over cannot be read.'), call.batch === null ? null : [{ schema: call.batch.schema, name: call.batch.table }]);
    return element;
  });
}

function parsed(call: OperationCall, element: string): IndexElement | null {
  const [operation, ...others] = readSql(`CREATE INDEX ON ${quoteIdentifier('t')} (${element})`, call.sql).value.flatMap((statement) => statement.operations);
  if (operation?.kind !== 'create_index' || others.length > 0 || operation.index.elements.length !== 1) return null;
  return operation.index.elements[0] ?? null;
}
