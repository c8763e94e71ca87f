import type { Operation } from '../operations/operation';
import { tableOfOperation } from '../operations/operation-table';
import { findTable } from '../schema/lookup';
import { displayName, findEnum, sameName, type QualifiedName, type Schema } from '../schema/schema';
import type { Place } from '../text/text';

export interface Touched {
  /** By the names that they have afterwards, in the order of the migration. */
  readonly tables: readonly QualifiedName[];
  readonly enums: readonly QualifiedName[];
}

/** The tables and enum types that operations change, by their last names; those that go, by the name that they had. */
export function touchedBy(operations: readonly Operation[]): Touched {
  let tables: readonly QualifiedName[] = [];
  let enums: readonly QualifiedName[] = [];
  const add = (names: readonly QualifiedName[], name: QualifiedName): readonly QualifiedName[] => (names.some((known) => sameName(known, name)) ? names : [...names, { schema: name.schema, name: name.name }]);
  const rename = (names: readonly QualifiedName[], from: QualifiedName, to: QualifiedName): readonly QualifiedName[] => add(names.filter((known) => !sameName(known, from)), to);
  for (const operation of operations) {
    if (operation.kind === 'rename_table') tables = rename(tables, operation, { schema: operation.schema, name: operation.newName });
    else if (operation.kind === 'set_table_schema') tables = rename(tables, operation, { schema: operation.newSchema === 'public' ? null : operation.newSchema, name: operation.name });
    else if (operation.kind === 'rename_enum') enums = rename(enums, operation, { schema: operation.schema, name: operation.newName });
    else if (operation.kind === 'create_enum') enums = add(enums, operation.enum);
    else if (operation.kind === 'drop_enum' || operation.kind === 'add_enum_value' || operation.kind === 'rename_enum_value' || operation.kind === 'set_enum_schema') enums = add(enums, operation);
    else {
      const written = operation.kind === 'execute' ? (operation.writes ?? []) : [];
      const table = tableOfOperation(operation);
      for (const name of table === null ? written : [table, ...written]) tables = add(tables, name);
    }
  }
  return { tables, enums };
}

/** Where the models declare a table; null: they do not, or it is not known. */
export function declaredAt(desired: Schema | null, name: QualifiedName): Place | null {
  return desired === null ? null : (findTable(desired, name)?.at ?? findEnum(desired, name)?.at ?? null);
}

/** Every file of the models in which something of what is touched stands: the classes, their columns, the enums. */
export function declaringFiles(desired: Schema, { tables, enums }: Touched): ReadonlySet<string> {
  const places: (Place | undefined)[] = enums.map((name) => findEnum(desired, name)?.at);
  for (const name of tables) {
    const table = findTable(desired, name);
    places.push(table?.at, ...(table?.columns ?? []).map(({ at }) => at));
    for (const { type } of table?.columns ?? []) if (type.kind === 'enum') places.push(findEnum(desired, type)?.at);
  }
  return new Set(places.flatMap((place) => place?.path ?? []));
}

export function namesOf(names: readonly QualifiedName[]): readonly string[] {
  return names.map(displayName);
}
