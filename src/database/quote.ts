import type { QualifiedName } from '../engine/schema/schema';

/** A name as it stands in a statement, whatever it holds. Always quoted: what has to be differs by version. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export function quoteQualified(object: QualifiedName): string {
  return object.schema === null ? quoteName(object.name) : `${quoteName(object.schema)}.${quoteName(object.name)}`;
}
