import type { QualifiedName, Schema, Table } from './schema';

/**
 * Where objects stand in lists. Lists are values that nobody changes, so what was found of one stays true as long as it
 * lives; and of one that comes from another by a change of one table, nearly all of it stays true as well.
 */

export function findTable(schema: Schema, name: QualifiedName): Table | undefined {
  return schema.tables[positionOf(schema.tables, name)];
}

/** The place of an object in a list; -1: it is not there. */
export function positionOf(objects: readonly QualifiedName[], { schema, name }: QualifiedName): number {
  const lookup = objects.length < 16 ? undefined : lookupOf(objects);
  // A list of which little is asked is not worth an index.
  if (lookup === undefined || ++lookup.asked < 3) return objects.findIndex((object) => object.name === name && object.schema === schema);
  lookup.positions ??= placesByName(objects);
  for (const at of lookup.positions.get(name) ?? nowhere) if (objects[at]?.name === name && objects[at].schema === schema) return at;
  return -1;
}

const nowhere: readonly number[] = [];

function lookupOf(objects: readonly QualifiedName[]): Lookup {
  const known = lookups.get(objects);
  if (known !== undefined) return known;
  const lookup = { asked: 0, positions: null };
  lookups.set(objects, lookup);
  return lookup;
}

/** The list with another table in this place. */
export function withTableAt(tables: readonly Table[], at: number, table: Table): readonly Table[] {
  const after = tables.with(at, table);
  const lookup = lookups.get(tables);
  if (lookup !== undefined && tables[at]?.name === table.name) lookups.set(after, lookup);
  return derived(after, tables, table);
}

/** The list with a table more, in place of one of its name. */
export function withTable(tables: readonly Table[], table: Table): readonly Table[] {
  return derived([...tables.filter((other) => other.name !== table.name || other.schema !== table.schema), table], tables, table);
}

/**
 * What `make` gives for a table and the part that comes to it: the same value for the same two, so that all that is found of a table is
 * found once while a draft is typed, whose operations keep their parts (`kept-statements.ts`).
 */
export function withPart(table: Table, part: object, make: () => Table): Table {
  const known = made.get(part);
  if (known?.from === table) return known.table;
  const result = make();
  made.set(part, { from: table, table: result });
  return result;
}

const made = new WeakMap<object, { readonly from: Table; readonly table: Table }>();

function derived(after: readonly Table[], before: readonly Table[], table: Table): readonly Table[] {
  if (after.length < 16) return after;
  const origin = origins.get(before);
  // Who goes on from the middle, as the next keystroke does, begins a log of his own, which goes with him.
  const log: Log = origin !== undefined && origin.at === origin.log.tables.length ? origin.log : { base: before, tables: [] };
  log.tables.push(table);
  origins.set(after, { log, at: log.tables.length });
  return after;
}

/** The tables that have an index, or a key that is one, of this name, of whatever namespace. */
export function tablesWithIndex(tables: readonly Table[], name: string): readonly Table[] {
  return tablesWith(tables, byIndex, name);
}

/** The tables with a foreign key to this one, itself among them where it has one. */
export function tablesReferringTo(tables: readonly Table[], { schema, name }: QualifiedName): readonly Table[] {
  return tablesWith(tables, byReference, nameKey(schema, name));
}

/** The tables that have a policy, a trigger or a rule. */
export function tablesWithReaders(tables: readonly Table[]): readonly Table[] {
  return tablesWith(tables, byReaders, '');
}

/** The partitions of this table. */
export function partitionsIn(tables: readonly Table[], { schema, name }: QualifiedName): readonly Table[] {
  return tablesWith(tables, byParent, nameKey(schema, name));
}

function tablesWith(tables: readonly Table[], feature: Feature, key: string): readonly Table[] {
  if (tables.length < 16) return tables.filter((table) => feature.keysOf(table).has(key));
  const holders = holdersIn(tables, feature).get(key);
  if (holders === undefined) return none;
  return holders.flatMap((holder) => {
    const table = tables[positionOf(tables, holder)];
    return table !== undefined && feature.keysOf(table).has(key) ? [table] : [];
  });
}

const none: readonly Table[] = [];

/** Something of tables by which they are looked for. */
interface Feature {
  readonly keysOf: (table: Table) => ReadonlySet<string>;
  /** Who has, or had, it in a list that comes from no other. */
  readonly holders: WeakMap<readonly Table[], Holders>;
  /** The same for the lists of a log, with how many of its changes are in it. */
  readonly logged: WeakMap<Log, { readonly known: Holders; count: number }>;
}

/** Lists that come from one another share one map, to which each adds what is new in it: what it says is to be checked in the list at hand. */
type Holders = Map<string, QualifiedName[]>;

/** Lists that come from one another, as what they differ by: the lists themselves, of all tables each, need not live on for it. */
interface Log {
  readonly base: readonly Table[];
  readonly tables: Table[];
}

function holdersIn(tables: readonly Table[], feature: Feature): Holders {
  const origin = origins.get(tables);
  if (origin === undefined) {
    const known = feature.holders.get(tables) ?? new Map<string, QualifiedName[]>();
    if (!feature.holders.has(tables)) tables.forEach((table) => addHolder(known, table, feature.keysOf(table)));
    feature.holders.set(tables, known);
    return known;
  }
  const { log, at } = origin;
  const known = feature.logged.get(log);
  const state = known ?? { known: holdersIn(log.base, feature), count: 0 };
  if (known === undefined) feature.logged.set(log, state);
  for (; state.count < at; state.count++) {
    const table = log.tables[state.count];
    if (table !== undefined) addHolder(state.known, table, feature.keysOf(table));
  }
  return state.known;
}

/** What the table has now; what it had before may stay. */
function addHolder(known: Holders, { schema, name }: QualifiedName, keys: ReadonlySet<string>): void {
  for (const key of keys) {
    const group = known.get(key);
    if (group === undefined) known.set(key, [{ schema, name }]);
    else if (!group.some((holder) => holder.name === name && holder.schema === schema)) group.push({ schema, name });
  }
}

/** The names of a table's indexes, and of its keys that are indexes. */
function indexNamesOf(table: Table): ReadonlySet<string> {
  const keys = [...(table.primaryKey === null ? [] : [table.primaryKey]), ...table.uniques, ...table.excludes];
  return new Set([...table.indexes, ...keys].flatMap(({ name }) => name ?? []));
}

function nameKey(schema: string | null, name: string): string {
  return `${schema ?? ''}.${name}`;
}

/** A table is a value, too, and hundreds of operations ask the same ones. */
function kept(keysOf: (table: Table) => ReadonlySet<string>): (table: Table) => ReadonlySet<string> {
  const known = new WeakMap<Table, ReadonlySet<string>>();
  return (table) => {
    const kept = known.get(table);
    if (kept !== undefined) return kept;
    const keys = keysOf(table);
    known.set(table, keys);
    return keys;
  };
}

const byIndex: Feature = { keysOf: kept(indexNamesOf), holders: new WeakMap(), logged: new WeakMap() };
const byReaders: Feature = { keysOf: (table) => (table.policies.length > 0 || (table.triggers ?? []).length > 0 ? readers : nobody), holders: new WeakMap(), logged: new WeakMap() };
const byParent: Feature = { keysOf: kept(({ partitionOf }) => (partitionOf === null ? nobody : new Set([nameKey(partitionOf.schema, partitionOf.name)]))), holders: new WeakMap(), logged: new WeakMap() };
const readers: ReadonlySet<string> = new Set(['']);
const nobody: ReadonlySet<string> = new Set();
const byReference: Feature = { keysOf: kept((table) => new Set(table.foreignKeys.map(({ references }) => nameKey(references.schema, references.name)))), holders: new WeakMap(), logged: new WeakMap() };

interface Lookup {
  asked: number;
  positions: ReadonlyMap<string, readonly number[]> | null;
}

const lookups = new WeakMap<readonly QualifiedName[], Lookup>();
/** In which log a list stands, and behind how many of its changes. */
const origins = new WeakMap<readonly Table[], { readonly log: Log; readonly at: number }>();

function placesByName(objects: readonly QualifiedName[]): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>();
  objects.forEach(({ name }, at) => {
    const namesakes = places.get(name);
    if (namesakes === undefined) places.set(name, [at]);
    else namesakes.push(at);
  });
  return places;
}
