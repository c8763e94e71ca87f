import type { QualifiedName, Table } from './schema';

/**
 * Where objects stand in lists. Lists are values that nobody changes, so what was found of one stays true as long as it
 * lives; and of one that comes from another by a change of one table, nearly all of it stays true as well.
 */

/** The place of an object in a list; -1: it is not there. */
export function positionOf(objects: readonly QualifiedName[], { schema, name }: QualifiedName): number {
  const is = (object: QualifiedName | undefined): boolean => object !== undefined && object.name === name && object.schema === schema;
  if (objects.length < 16) return objects.findIndex(is);
  const lookup: Lookup = lookups.get(objects) ?? { asked: 0, positions: null };
  lookups.set(objects, lookup);
  // A list of which little is asked is not worth an index.
  if (++lookup.asked < 3) return objects.findIndex(is);
  lookup.positions ??= groupBy(objects, (object) => [object.name]);
  return lookup.positions.get(name)?.find((at) => is(objects[at])) ?? -1;
}

/** The list with another table in this place. */
export function withTableAt(tables: readonly Table[], at: number, table: Table): readonly Table[] {
  const old = tables[at];
  const after = tables.with(at, table);
  if (old === undefined || tables.length < 16) return after;
  origins.set(after, { list: new WeakRef(tables), at });
  const lookup = lookups.get(tables);
  if (lookup !== undefined && old.name === table.name) lookups.set(after, lookup);
  return after;
}

/** The tables that have an index, or a key that is one, of this name, of whatever namespace. */
export function tablesWithIndex(tables: readonly Table[], name: string): readonly Table[] {
  const changed = new Set<number>();
  let list = tables;
  for (let origin = origins.get(list); origin !== undefined && !holders.has(list) && changed.size < 500; origin = origins.get(list)) {
    const before = origin.list.deref();
    if (before === undefined) break;
    changed.add(origin.at);
    list = before;
  }
  const known = holders.get(list) ?? groupBy(list, (table) => indexNamesOf(table));
  holders.set(list, known);
  const same = (known.get(name) ?? []).filter((at) => !changed.has(at));
  return [...same, ...[...changed].filter((at) => tables[at] !== undefined && indexNamesOf(tables[at]).has(name))].flatMap((at) => tables[at] ?? []);
}

/** The names of a table's indexes, and of its keys that are indexes. */
export function indexNamesOf(table: Table): ReadonlySet<string> {
  const known = indexNames.get(table);
  if (known !== undefined) return known;
  const keys = [...(table.primaryKey === null ? [] : [table.primaryKey]), ...table.uniques, ...table.excludes];
  const names = new Set([...table.indexes, ...keys].flatMap(({ name }) => name ?? []));
  indexNames.set(table, names);
  return names;
}

interface Lookup {
  asked: number;
  positions: ReadonlyMap<string, readonly number[]> | null;
}

const lookups = new WeakMap<readonly QualifiedName[], Lookup>();
const holders = new WeakMap<readonly Table[], ReadonlyMap<string, readonly number[]>>();
const indexNames = new WeakMap<Table, ReadonlySet<string>>();
/** What a list was made from: it need not live on for that. */
const origins = new WeakMap<readonly Table[], { readonly list: WeakRef<readonly Table[]>; readonly at: number }>();

function groupBy<T>(objects: readonly T[], keysOf: (object: T) => Iterable<string>): ReadonlyMap<string, readonly number[]> {
  const groups = new Map<string, number[]>();
  objects.forEach((object, at) => {
    for (const key of keysOf(object)) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [at]);
      else group.push(at);
    }
  });
  return groups;
}
