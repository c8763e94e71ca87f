import type { Operation } from '../../operations/operation';
import type { Place } from '../../text/text';

/** Where an argument of the operation is written, by Alembic's name of the parameter; else the operation itself. Null: nowhere. */
export function placeOf(operation: Operation, ...argumentNames: readonly string[]): Place | null {
  const { source } = operation;
  if (source === undefined) return null;
  for (const name of argumentNames) {
    const place = source.arguments[name];
    if (place !== undefined) return place;
  }
  return { path: source.path, range: source.range };
}

/** The same for findings: one that is written nowhere stands at the beginning. */
export function at(operation: Operation, ...argumentNames: readonly string[]): Place {
  return placeOf(operation, ...argumentNames) ?? { path: '', range: { start: 0, end: 0 } };
}
