import type { EventSource } from '../../python/run';
import type { Value } from '../../python/values';
import { message, type Message } from '../../text/problem';
import type { OperationBody } from '../operation';

/** Why an operation may not happen, or happen several times; null: it happens once. */
export function uncertainty(event: EventSource): Message | null {
  for (const guard of event.guards) {
    if (guard.kind === 'loop') return message('How often this runs hangs on something that is not known.');
    if (guard.kind === 'exception') return message('This runs only when something before it fails.');
    // `if not inspector.has_table(…): op.create_table(…)` leaves the same schema either way; its `else` does not.
    if (!guard.holds) return conditional;
  }
  return null;
}

export const conditional = message('Whether this runs hangs on a condition that is not known.');

/** The script may have left before it (`if skip(): return`), and that condition asks for nothing that the operation names. */
export function isAfterReturnAlone({ guards }: EventSource, operation: OperationBody): boolean {
  if (guards.length === 0 || !guards.every((guard) => guard.early === true)) return false;
  const text = JSON.stringify(operation);
  return !guards.some(({ condition }) => stringsIn(condition).some((name) => text.includes(JSON.stringify(name))));
}

function stringsIn(value: Value): readonly string[] {
  switch (value.kind) {
    case 'string':
      return [value.value];
    case 'list':
    case 'tuple':
    case 'set':
      return value.items.flatMap(stringsIn);
    case 'operation':
      return value.operands.flatMap(stringsIn);
    case 'attribute':
      return stringsIn(value.object);
    case 'subscript':
      return [value.object, ...value.index].flatMap(stringsIn);
    case 'call':
      return [value.callee, ...value.args, ...value.keywords.values()].flatMap(stringsIn);
    default:
      return [];
  }
}
