import { findTable } from '../schema/lookup';
import { displayName, sameName, type Column, type QualifiedName, type Schema } from '../schema/schema';
import { quoteIdentifier } from '../sql/identifiers';
import type { CommonTable, FromNode, Output, QueryScope, Reference } from './query';

/** What a query reads and gives on a schema. */
export interface ResolvedQuery {
  /** Tables and views, each with a column that it reads, or null where it reads none, as `pg_depend` has them. */
  readonly reads: readonly (QualifiedName & { readonly column: string | null })[];
  /** The columns that it gives; null where a `*` is of something whose columns are not known. */
  readonly output: readonly OutputColumn[] | null;
  /** What every `*` stands for, as text to put in its place. */
  readonly stars: readonly { readonly at: number; readonly length: number; readonly text: string }[];
  /** False where a name could be of several things that are not known well enough. */
  readonly settled: boolean;
}

export interface OutputColumn {
  readonly name: string;
  /** The column of a table that it is, untouched. */
  readonly column: Column | null;
  readonly cast: Column['type'] | null;
}

/**
 * Holds a query against a schema. What PostgreSQL notes down is every column that the query names anywhere, `*` taken at
 * the moment, and each table that it names no column of. Source: recordDependencyOnExpr in PostgreSQL's dependency.c.
 */
export function resolveQuery(schema: Schema, query: QueryScope): ResolvedQuery {
  const resolver = new Resolver(schema);
  const output = resolver.walk(query, [], new Map());
  return { reads: resolver.reads(), output: output?.map(({ name, column, cast }) => ({ name, column: column ?? null, cast: cast ?? null })) ?? null, stars: resolver.stars, settled: resolver.settled };
}

interface ItemColumn {
  readonly name: string;
  /** The columns of tables that naming it reads. */
  readonly of: readonly (QualifiedName & { readonly column: string })[];
  readonly column?: Column | null;
  readonly cast?: Column['type'] | null;
}

/** What stands in FROM, with the name by which it is called. */
interface Item {
  readonly alias: string | null;
  readonly table: QualifiedName | null;
  /** Null: not known. */
  readonly columns: readonly ItemColumn[] | null;
  /** `*` alone gives these, with merged columns once; null: not known. */
  readonly shown: readonly (ItemColumn & { readonly owner: string | null })[] | null;
}

type Names = ReadonlyMap<string, readonly ItemColumn[] | null>;

class Resolver {
  settled = true;
  private readonly found = new Map<string, { readonly table: QualifiedName; readonly columns: Set<string> }>();
  readonly stars: { readonly at: number; readonly length: number; readonly text: string }[] = [];

  constructor(private readonly schema: Schema) {}

  reads(): ResolvedQuery['reads'] {
    const all = [...this.found.values()].flatMap(({ table, columns }): ResolvedQuery['reads'] => (columns.size === 0 ? [{ ...table, column: null }] : [...columns].map((column) => ({ ...table, column }))));
    const key = (part: (typeof all)[number]): string => [part.schema ?? '', part.name, part.column ?? ''].join('\u0000');
    return all.sort((a, b) => (key(a) < key(b) ? -1 : 1));
  }

  /** `outer`: the FROM items of the queries around it, innermost first. Answers with what the query gives. */
  walk(scope: QueryScope, outer: readonly (readonly Item[])[], names: Names): readonly ItemColumn[] | null {
    const known = this.withCommonTables(scope.ctes, outer, names);
    const arms = scope.arms.map((arm) => this.walk(arm, outer, known));
    if (scope.arms.length > 0) return arms[0]?.map(({ name }) => ({ name, of: [] })) ?? null;
    const items: Item[] = [];
    for (const node of scope.from) items.push(...this.itemsOf(node, items, outer, known));
    const chain = [items, ...outer];
    const named = new Set(scope.output.flatMap((column) => (column.kind === 'column' ? [column.name] : [])));
    for (const reference of scope.references) {
      if (reference.may === 'order' && named.has(reference.name)) continue;
      if (reference.may === 'group' && named.has(reference.name) && !this.isColumn(reference.name, items)) continue;
      this.refer(reference, chain);
    }
    for (const inner of scope.inner) this.walk(inner, chain, known);
    return this.outputOf(scope.output, items, chain);
  }

  private withCommonTables(ctes: readonly CommonTable[], outer: readonly (readonly Item[])[], names: Names): Names {
    const known = new Map(names);
    for (const cte of ctes) {
      const own = new Map(known).set(cte.name, cte.columns.length === 0 ? writtenNames(cte.query) : cte.columns.map((name) => ({ name, of: [] })));
      const columns = this.walk(cte.query, outer, own);
      known.set(cte.name, renamed(columns?.map((column) => ({ ...column, of: [] })) ?? null, cte.columns));
    }
    return known;
  }

  private itemsOf(node: FromNode, before: readonly Item[], outer: readonly (readonly Item[])[], names: Names): readonly Item[] {
    switch (node.kind) {
      case 'table':
        return [this.tableItem(node, names)];
      case 'query': {
        const given = this.walk(node.query, node.lateral ? [before, ...outer] : outer, names);
        return [item(node.alias, null, renamed(given?.map((column) => ({ ...column, of: [] })) ?? null, node.columns))];
      }
      case 'function':
        return [item(node.alias, null, node.columns.length === 0 ? null : node.columns.map((name) => ({ name, of: [] })))];
      case 'join':
        return this.joinItems(node, before, outer, names);
    }
  }

  private tableItem(node: Extract<FromNode, { kind: 'table' }>, names: Names): Item {
    const cte = node.bare ? names.get(node.table.name) : undefined;
    if (cte !== undefined) return item(node.alias, null, renamed(cte, node.columns));
    const table = findTable(this.schema, node.table);
    const view = this.schema.views.find((candidate) => sameName(candidate, node.table));
    // PostgreSQL's own tables are always there: nothing depends on them.
    if (table === undefined && view === undefined && (node.table.schema === 'pg_catalog' || (node.bare && node.table.name.startsWith('pg_')))) return item(node.alias, null, null);
    const name = { schema: node.table.schema, name: node.table.name };
    this.entry(name);
    const own = table?.columns.map((column): ItemColumn => ({ name: column.name, of: [{ ...name, column: column.name }], column })) ?? view?.columns?.map((column): ItemColumn => ({ name: column, of: [{ ...name, column }] })) ?? null;
    return item(node.alias, name, renamed(own, node.columns));
  }

  private joinItems(node: Extract<FromNode, { kind: 'join' }>, before: readonly Item[], outer: readonly (readonly Item[])[], names: Names): readonly Item[] {
    const left = this.itemsOf(node.left, before, outer, names);
    const right = this.itemsOf(node.right, [...before, ...left], outer, names);
    const [shownLeft, shownRight] = [shownOf(left), shownOf(right)];
    const using = node.using === 'natural' ? (shownLeft === null || shownRight === null ? null : shownLeft.map(({ name }) => name).filter((name) => shownRight.some((other) => other.name === name))) : (node.using ?? []);
    if (using === null) this.settled = false;
    for (const name of using ?? []) for (const side of [left, right]) this.refer({ qualifier: null, name }, [side]);
    const merged = using ?? [];
    const shown =
      shownLeft === null || shownRight === null || using === null
        ? null
        : [
            ...merged.map((name) => ({ ...(shownLeft.find((column) => column.name === name) ?? { name, of: [] }), owner: null })),
            ...[...shownLeft, ...shownRight].filter((column) => !merged.includes(column.name)),
          ];
    if (node.alias !== null) return [item(node.alias, null, renamed(shown, node.columns))];
    const [first, ...rest] = [...left, ...right];
    // What `*` gives is kept with the first of them; the others give nothing more.
    return first === undefined ? [] : [{ ...first, shown }, ...rest.map((other): Item => ({ ...other, shown: shown === null ? null : [] }))];
  }

  private isColumn(name: string, items: readonly Item[]): boolean {
    return items.some((candidate) => candidate.columns?.some((column) => column.name === name) === true);
  }

  private refer(reference: Reference, chain: readonly (readonly Item[])[]): void {
    for (const column of this.lookUp(reference, chain)) this.read(column);
  }

  private read(column: ItemColumn): void {
    for (const part of column.of) this.entry(part).add(part.column);
  }

  /** The columns that a name stands for: one, several for merged ones, none for what is no column of a table. */
  private lookUp({ qualifier, name }: Reference, chain: readonly (readonly Item[])[]): readonly ItemColumn[] {
    // Of what has columns that are not known, any may have this one.
    const candidates: Item[] = [];
    for (const items of chain) {
      if (qualifier !== null) {
        const owner = items.find((candidate) => (qualifier.schema === null ? candidate.alias === qualifier.name : candidate.table !== null && candidate.table.name === qualifier.name));
        if (owner !== undefined) return this.columnsOf(owner, name);
        continue;
      }
      const known = items.flatMap((candidate) => candidate.columns?.filter((column) => column.name === name) ?? []);
      if (known.length > 0) return candidates.length === 0 ? known : this.oneOf([...candidates.flatMap((candidate) => this.columnsOf(candidate, name)), ...known]);
      // The name of a table or an alias alone is its whole row, which reads no column.
      if (candidates.length === 0 && items.some((candidate) => candidate.alias === name)) return [];
      candidates.push(...items.filter((candidate) => candidate.columns === null));
    }
    const found = candidates.flatMap((candidate) => this.columnsOf(candidate, name));
    return candidates.length > 1 && found.length > 0 ? this.oneOf(found) : found;
  }

  private oneOf(columns: readonly ItemColumn[]): readonly ItemColumn[] {
    this.settled = false;
    return columns;
  }

  private columnsOf(owner: Item, name: string): readonly ItemColumn[] {
    if (owner.columns === null) return owner.table === null ? [] : [{ name, of: [{ ...owner.table, column: name }] }];
    return owner.columns.filter((column) => column.name === name);
  }

  private outputOf(output: readonly Output[], items: readonly Item[], chain: readonly (readonly Item[])[]): readonly ItemColumn[] | null {
    const given: ItemColumn[] = [];
    for (const column of output) {
      if (column.kind === 'star') {
        const shown = starOf(column, items);
        if (shown === null) {
          if (items.some((candidate) => candidate.table !== null && candidate.columns === null)) this.settled = false;
          return null;
        }
        for (const part of shown) this.read(part);
        given.push(...shown.map((part) => ({ ...part, of: [] })));
        this.stars.push({ at: column.at, length: column.length, text: starText(column, shown, items) });
        continue;
      }
      const [source, ...more] = column.reference === undefined ? [] : this.lookUp(column.reference, chain);
      given.push({ name: column.name, of: [], column: more.length === 0 ? (source?.column ?? null) : null, cast: column.cast ?? source?.cast ?? null });
    }
    return given;
  }

  private entry(table: QualifiedName): Set<string> {
    const key = displayName(table);
    const entry = this.found.get(key) ?? { table: { schema: table.schema, name: table.name }, columns: new Set<string>() };
    this.found.set(key, entry);
    return entry.columns;
  }
}

function item(alias: string | null, table: QualifiedName | null, columns: readonly ItemColumn[] | null): Item {
  return { alias, table, columns, shown: columns?.map((column) => ({ ...column, owner: alias })) ?? null };
}

function shownOf(items: readonly Item[]): Item['shown'] {
  return items.some((candidate) => candidate.shown === null) ? null : items.flatMap((candidate) => candidate.shown ?? []);
}

function starOf({ qualifier }: Extract<Output, { kind: 'star' }>, items: readonly Item[]): Item['shown'] {
  if (qualifier === null) return shownOf(items);
  const owner = items.find((candidate) => candidate.alias === qualifier.name);
  return owner?.columns?.map((column) => ({ ...column, owner: owner.alias })) ?? null;
}

/** Bare where there is nothing else to take them from. */
function starText({ qualifier }: Extract<Output, { kind: 'star' }>, shown: NonNullable<Item['shown']>, items: readonly Item[]): string {
  const single = items.length === 1 && qualifier === null;
  return shown.map((part) => (part.owner === null || single ? quoteIdentifier(part.name) : `${quoteIdentifier(part.owner)}.${quoteIdentifier(part.name)}`)).join(', ');
}

/** The names of a recursive query's columns, as far as its first arm writes them. */
function writtenNames(query: QueryScope): readonly ItemColumn[] | null {
  return query.output.every((column) => column.kind === 'column') ? query.output.map((column) => ({ name: column.kind === 'column' ? column.name : '', of: [] })) : null;
}

/** `FROM t AS x (a, b)`: the first columns have other names. */
function renamed(columns: readonly ItemColumn[] | null, names: readonly string[]): readonly ItemColumn[] | null {
  if (names.length === 0) return columns;
  if (columns === null) return null;
  return columns.map((column, index) => ({ ...column, name: names[index] ?? column.name }));
}

