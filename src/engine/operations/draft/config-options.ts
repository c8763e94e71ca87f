import { stringAt, stringOf } from '../../python/known';
import type { Value } from '../../python/values';
import { isHandle } from './handles';

/**
 * What a script reads from alembic.ini: `context.config.get_main_option("name", "default")`. Source: Alembic,
 * `Config.get_main_option`. Null: it is none of this, or not known.
 */
export function answerOfConfig(value: Value, options: ReadonlyMap<string, string | null> | undefined): Value | null {
  if (options === undefined || value.kind !== 'call' || !isMainOption(value.callee)) return null;
  const argument = value.args[0] ?? value.keywords.get('name');
  const name = argument === undefined ? null : stringOf(argument);
  if (name === null) return null;
  const found = options.get(name.toLowerCase());
  if (found === null) return null;
  if (found !== undefined) return stringAt(found, value.at);
  return value.args[1] ?? value.keywords.get('default') ?? { kind: 'none', at: value.at };
}

/** `context.config.get_main_option`, `op.get_context().config.get_main_option`. */
function isMainOption(callee: Value): boolean {
  if (callee.kind === 'symbol') return callee.name === 'alembic.context.config.get_main_option';
  return callee.kind === 'attribute' && callee.name === 'get_main_option' && callee.object.kind === 'attribute' && callee.object.name === 'config' && isHandle(callee.object.object);
}
