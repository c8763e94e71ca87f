import type { Reading } from '../../python/evaluate';
import type { CallValue, Located } from '../../python/values';
import { calleeName } from '../../sqlalchemy/names';
import type { SqlParser } from '../../sql/parser';
import { message } from '../../text/problem';
import { isDdlElement, readDdlElement } from './ddl-elements';
import { executedFrom, readExecuted } from './execute';
import { isHandle } from './handles';
import type { OperationCall, ReadBody } from './call';

/** A connection executes; a session of SQLAlchemy's ORM moves rows; the rest of a handle's methods may do anything. Null: nothing happens. */
export function readHandleCall(name: string, call: CallValue & Located, context: { readonly reading: Reading; readonly sql: SqlParser }, within: () => OperationCall): readonly ReadBody[] | null {
  // `result.scalar()` only fetches.
  if (name.startsWith('scalar') && call.args.length === 0 && call.keywords.size === 0) return null;
  if (['execute', 'scalar', 'scalars', 'exec_driver_sql'].includes(name)) {
    const executed = call.args[0] ?? call.keywords.get('statement') ?? call.keywords.get('sqltext');
    return executed !== undefined && isDdlElement(executed) ? readDdlElement(executed, within()) : readExecuted(executed, executedFrom(call, ['statement', 'sqltext'], context.reading), context.sql);
  }
  if (sessionMethods.has(name)) return [{ kind: 'execute', sql: '', effect: 'data' }];
  if (reading.has(name) || /^(get|has)_/.test(name)) return null;
  return [{ kind: 'unknown', reason: message('What {name} does with the database is not known.', { name }), tables: null }];
}

const sessionMethods = new Set(['add', 'add_all', 'merge', 'delete', 'flush', 'commit', 'bulk_save_objects', 'bulk_insert_mappings', 'bulk_update_mappings', 'update', 'insert']);

const reading = new Set(
  'begin begin_nested begin_transaction autocommit_block execution_options close rollback refresh expire expunge expunge_all query get filter filter_by all first one one_or_none count fetchall fetchone fetchmany mappings scalar_one scalar_one_or_none order_by limit join outerjoin options distinct exists as_sql dialect connect inspect yield_per in_transaction info print_stdout keys values items append pop subquery scalar_subquery cte alias label offset group_by having where is_ is_not in_ not_in like ilike desc asc select_from quote quote_identifier format_table partitions unique tuples'.split(
    ' ',
  ),
);

/** A function that this reading cannot look into, and that gets the database to work on. */
export function isDatabaseFunction(call: CallValue & Located): boolean {
  if (!call.args.some(isHandle) && ![...call.keywords.values()].some(isHandle)) return false;
  const name = calleeName(call) ?? '';
  // A method of something that is no handle itself: a list that takes a row in, a logger, `metadata.reflect(bind)`.
  if (call.callee.kind === 'attribute' && !isHandle(call.callee.object) && withoutEffect.has(call.callee.name)) return false;
  // Session(bind), MetaData(bind=…), sessionmaker(…), Table(…, autoload_with=bind): objects, which do nothing yet.
  return !/^(sa|orm|builtins|logging)\./.test(name) && !/^(Session|sessionmaker|scoped_session)$/.test(lastName(call));
}

/** The name at the end of what is called, as it is written: `Session` of `db.Session(…)`. */
function lastName({ syntax }: CallValue): string {
  return syntax?.callee.kind === 'attribute' || syntax?.callee.kind === 'name' ? syntax.callee.name : '';
}

const withoutEffect = new Set('append extend setdefault debug info warning warn error exception log format join reflect has_table compile get_table_names get_columns get_indexes'.split(' '));
