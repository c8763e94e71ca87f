import type { Operation } from '../operations/operation';
import type { QualifiedName, Schema } from '../schema/schema';

/** The namespaces that these objects go to and that are not there yet, each made once. Which exist is only known from a database. */
export function missingNamespaces(objects: readonly QualifiedName[], current: Schema): readonly Operation[] {
  const known = new Set([...(current.namespaces ?? []), ...[...current.tables, ...current.enums].flatMap((object) => object.schema ?? [])]);
  const missing = [...new Set(objects.flatMap((object) => object.schema ?? []))].filter((name) => !known.has(name)).sort();
  return missing.map((name) => ({ kind: 'create_schema', name, ...(current.namespaces === undefined ? { ifNotExists: true } : {}) }));
}
