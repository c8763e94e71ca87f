import type { CreateTableAsStmt, DropStmt, ViewStmt } from 'libpg-query';
import { plainTable } from '../../schema/plain';
import { emptySchema, type View } from '../../schema/schema';
import type { OperationBody } from '../operation';
import type { QueryScope } from '../query';
import { resolveQuery } from '../resolve-query';
import { readQuery } from './query';
import { cascade, ifExists, nodeName, rangeName, strings, type Source } from './tree';

/** CREATE VIEW, kept word for word, with what its query names. */
export function createView(source: Source, statement: ViewStmt): readonly OperationBody[] {
  if (statement.view?.relpersistence === 't') return [{ kind: 'execute', sql: source.statement.text, effect: 'none' }];
  const query = readQuery(source, statement.query);
  const view = readView(source, rangeName(statement.view), false, query, strings(statement.aliases));
  return [{ kind: 'create_view', view, ...(statement.replace === true ? { replace: true } : {}), query, ...named(strings(statement.aliases)) }];
}

/** CREATE MATERIALIZED VIEW; CREATE TABLE AS and SELECT INTO make a table, whose columns are the query's. */
export function createTableAs(source: Source, statement: CreateTableAsStmt): readonly OperationBody[] {
  const { into, objtype, if_not_exists: ifNotExists } = statement;
  if (into?.rel?.relpersistence === 't') return [{ kind: 'execute', sql: source.statement.text, effect: 'data' }];
  const name = rangeName(into?.rel);
  const [query, names] = [readQuery(source, statement.query), strings(into?.colNames)];
  const only = ifNotExists === true ? { ifNotExists } : {};
  if (objtype === 'OBJECT_MATVIEW') return [{ kind: 'create_view', view: readView(source, name, true, query, names), ...only, query, ...named(names) }];
  return [tableFrom(name, query, names, only)];
}

export function tableFrom(name: { readonly schema: string | null; readonly name: string }, query: QueryScope, names: readonly string[], only: { readonly ifNotExists?: boolean } = {}): OperationBody {
  return { kind: 'create_table', table: { ...plainTable, ...name }, ...only, query, ...named(names) };
}

/** The names that stand behind the object's own. */
function named(names: readonly string[]): { readonly columnNames?: readonly string[] } {
  return names.length === 0 ? {} : { columnNames: names };
}

function readView(source: Source, name: { readonly schema: string | null; readonly name: string }, materialized: boolean, query: QueryScope, aliases: readonly string[]): View {
  const { reads, output } = resolveQuery(emptySchema, query);
  const columns = output?.map((column, index) => aliases[index] ?? column.name) ?? aliases;
  return { ...name, materialized, definition: source.statement.text, ...(columns.length === 0 ? {} : { columns }), dependsOn: reads, comment: null, extension: null };
}

export function dropViews(statement: DropStmt, materialized: boolean): readonly OperationBody[] {
  return (statement.objects ?? []).map((node) => ({ kind: 'drop_view', ...nodeName(node), materialized, ...ifExists(statement.missing_ok), ...cascade(statement.behavior) }));
}
