import { boolAt, stringAt, stringOf } from '../../python/known';
import { quoteIdentifier } from '../../sql/identifiers';
import { calleeName, nameOf } from '../../sqlalchemy/names';
import type { Value } from '../../python/values';
import { isHandle, isInspection } from './handles';
import { isOfType } from './type-values';

/**
 * What a script learns when it asks which database it runs on: PostgreSQL, connected (or `offline`, as `alembic upgrade --sql` is). `bind.dialect.name`,
 * `bind.engine.name`, `isinstance(bind.dialect, SQLiteDialect)`, `context.is_offline_mode()`. Null: it asks something else.
 */
export function answerOfServer(value: Value, offline = false): Value | null {
  if (value.kind === 'attribute') {
    if (value.name === 'as_sql') return isHandle(value.object) ? boolAt(offline, value.at) : null;
    const { object } = value;
    // sa.Column("a", …).name
    if (value.name === 'name' && /^sa\.(Column|column|Table|table)$/.test(calleeName(object) ?? '') && object.kind === 'call') {
      const name = object.args[0] ?? object.keywords.get('name');
      return name?.kind === 'string' ? name : null;
    }
    if (value.name === 'name' && (isDialect(object) || isEngine(object))) return stringAt('postgresql', value.at);
    if (value.name === 'dialect_description' && isDialect(object)) return stringAt('postgresql+psycopg2', value.at);
    return null;
  }
  if (value.kind !== 'call') return null;
  if (value.callee.kind === 'attribute' && value.callee.object.kind === 'attribute' && value.callee.object.name === 'identifier_preparer') {
    const text = value.args[0] === undefined ? null : stringOf(value.args[0]);
    if (text === null) return null;
    if (value.callee.name === 'quote') return stringAt(quoteIdentifier(text), value.at);
    return value.callee.name === 'quote_identifier' ? stringAt(`"${text.replaceAll('"', '""')}"`, value.at) : null;
  }
  const name = nameOf(value.callee);
  if (name === 'alembic.context.is_offline_mode') return boolAt(offline, value.at);
  if (name !== 'builtins.isinstance' || value.args[0] === undefined || value.args[1] === undefined) return null;
  const types = value.args[1].kind === 'tuple' ? value.args[1].items : [value.args[1]];
  if (!isDialect(value.args[0])) {
    const ofTypes = types.map((type) => isOfType(value.args[0], type));
    return ofTypes.includes(true) ? boolAt(true, value.at) : ofTypes.includes(null) ? null : boolAt(false, value.at);
  }
  if (!types.every((type) => type.kind === 'symbol' && type.name.startsWith('sqlalchemy.dialects.'))) return null;
  return boolAt(types.some((type) => type.kind === 'symbol' && type.name.startsWith('sqlalchemy.dialects.postgresql.')), value.at);
}

/** Whatever a script has that brings a dialect is on the database that it changes: `enginefacade.reader.get_engine().dialect`. */
function isDialect(value: Value): boolean {
  return value.kind === 'attribute' && value.name === 'dialect' && (isOfDatabase(value.object) || value.object.kind === 'call' || value.object.kind === 'attribute');
}

function isEngine(value: Value): boolean {
  return value.kind === 'attribute' && value.name === 'engine' && isOfDatabase(value.object);
}

function isOfDatabase(value: Value): boolean {
  return isHandle(value) || isInspection(value);
}
