import { itemsOf, truth } from '../../python/known';
import type { Value } from '../../python/values';
import { calleeName } from '../../sqlalchemy/names';
import { readType } from '../../sqlalchemy/types';
import { sameName, type QualifiedName } from '../../schema/schema';
import { message } from '../../text/problem';
import type { OperationBody } from '../operation';
import { namespace } from '../sql/tree';
import { onlyIfTrue, Unreadable, type OperationCall, type ReadCall } from './call';
import { nameOfTable, readIndex, readSequence, writtenTable } from './ddl-elements';
import { checksFirst, tableName } from './execute';

/**
 * What an object of SQLAlchemy does by itself: `sa.Enum(…).create(bind)`, `table.create(bind)`, `metadata.create_all(bind)`.
 * Null: it is none of them. Throws `Unreadable`.
 */
export function readCreateOrDrop(object: Value, verb: 'create' | 'drop' | 'create_all' | 'drop_all', call: OperationCall): ReadCall | null {
  if (verb === 'create_all' || verb === 'drop_all') return isMetadata(object) ? readAll(verb, call) : null;
  const kind = calleeName(object);
  if (kind === 'sa.Table') return tableOperations(object, verb, call);
  if (object.kind === 'attribute' && object.name === '__table__') {
    const table = tableName(object.object);
    throw new Unreadable(message('A table that its class makes by itself is not followed.'), table === null ? null : [table]);
  }
  if (kind === 'sa.Index') return { operations: readIndex(object, verb === 'create', false, call) };
  if (kind === 'sa.Sequence') return { operations: readSequence(object, verb === 'create', false, call) };
  const isDialectType = kind === 'pg.ENUM';
  if (object.kind !== 'call' || (!isDialectType && kind !== 'sa.Enum')) return null;
  // A type that is only dropped needs no labels.
  const { type } = readType(object, { ...call.context, report: () => undefined });
  if (type.kind !== 'enum') {
    if (type.kind === 'unknown') throw new Unreadable(type.reason);
    return null;
  }
  const checkFirst = checksFirst(call.call, isDialectType);
  const name = { schema: namespace(type.schema), name: type.name };
  if (verb === 'drop') return { operations: [{ kind: 'drop_enum', ...name, checkFirst }] };
  if (type.labels === undefined) throw new Unreadable(message('The labels of the type {type} cannot be read.', { type: type.name }));
  return { operations: [{ kind: 'create_enum', enum: { ...name, labels: type.labels, comment: null, extension: null }, checkFirst }], places: { type: object.at } };
}

/** With the enum types of its columns, which are made where they are not there. */
function tableOperations(object: Value, verb: 'create' | 'drop', call: OperationCall): ReadCall {
  const value = call.call.keywords.get('checkfirst') ?? call.call.args[1];
  const checkFirst = value !== undefined && truth(value) !== false;
  const checkTypes = value === undefined || checkFirst;
  if (verb === 'drop') return { operations: [{ kind: 'drop_table', ...nameOfTable(object), ...onlyIfTrue('ifExists', checkFirst) }] };
  const { create, types, indexes } = writtenTable(object, call);
  const made = types.filter((type, index) => types.findIndex((other) => sameName(other.enum, type.enum)) === index);
  return { operations: [...made.map((type): OperationBody => ({ ...type, checkFirst: checkTypes })), { ...create, ...onlyIfTrue('ifNotExists', checkFirst) }, ...indexes], written: made.length };
}

function isMetadata(object: Value): boolean {
  return calleeName(object) === 'sa.MetaData' || (object.kind === 'attribute' && object.name === 'metadata') || (object.kind === 'symbol' && /\bmetadata$/.test(object.name));
}

/** Which tables the models have when the script runs is not known from the script. */
function readAll(verb: 'create_all' | 'drop_all', call: OperationCall): never {
  const listed = itemsOf(call.call.keywords.get('tables') ?? { kind: 'none', at: call.call.at })?.map((table) => (table.kind === 'attribute' && table.name === '__table__' ? tableName(table.object) : tableName(table)));
  const tables = listed === undefined || listed.includes(null) ? null : (listed as readonly QualifiedName[]);
  throw new Unreadable(verb === 'create_all' ? message('Which tables create_all() makes hangs on the models of the day when it runs.') : message('Which tables drop_all() drops hangs on the models of the day when it runs.'), tables);
}
