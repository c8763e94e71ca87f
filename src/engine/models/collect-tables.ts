import type { Reading } from '../python/evaluate';
import type { LoadedModule } from '../python/scope';
import type { CallValue, ClassValue, Located, Value } from '../python/values';
import { itemKind, targetOf, type ForeignKeyTarget } from '../sqlalchemy/constraints';
import { plainContext, problem } from '../sqlalchemy/context';
import { orderedElement } from '../sqlalchemy/operators';
import type { TableColumn, TableParts } from '../sqlalchemy/table';
import { displayName } from '../schema/schema';
import { message, type Message, type Problem } from '../text/problem';
import type { ClassContext } from './class-columns';
import { classTable, type ClassTable } from './class-tables';
import { MappedClasses, type MappedClass } from './mapped-classes';
import { isTableCall, tableCallParts } from './table-calls';

/** A table before its constraints are read, with what is needed for that. */
export interface CollectedTable {
  readonly parts: TableParts;
  readonly context: ClassContext;
  /** What about it is not known. */
  readonly doubts: readonly Message[];
}

/** The tables of all modules that were loaded, in the order of modules and definitions, each once. */
export function collectTables(reading: Reading, report: (problem: Problem) => void, sqlmodelVersion: string | null): readonly CollectedTable[] {
  return new Collector(reading, report, sqlmodelVersion).collect();
}

class Collector {
  private readonly classes: MappedClasses;
  private readonly byClass = new Map<ClassValue, ClassTable>();
  private readonly byCall = new Map<CallValue, CollectedTable | null>();
  private readonly tables = new Map<string, { table: CollectedTable; extra: TableColumn[]; items: Value[]; owner: object }>();
  private readonly context: ClassContext;

  constructor(
    private readonly reading: Reading,
    private readonly report: (problem: Problem) => void,
    sqlmodelVersion: string | null,
  ) {
    this.classes = new MappedClasses(reading);
    const base = plainContext(reading, report);
    this.context = { ...base, classes: this.classes, sqlmodelVersion, targetColumn: (value) => this.targetColumn(value) };
  }

  collect(): readonly CollectedTable[] {
    this.takeLoaded();
    // Types of foreign keys come from the columns that they refer to, which may stand in modules not read yet.
    for (let guard = 0; guard < 50 && this.missingTargets().length > 0 && this.loadMore(); guard++) this.takeLoaded();
    return [...this.tables.values()].map(({ table, extra, items }) => {
      const parts: TableParts = { ...table.parts, columns: [...table.parts.columns, ...extra], items: [...table.parts.items, ...items] };
      return { ...table, parts: { ...parts, columns: parts.columns.map((column) => this.withTargetType(column, table.context)) } };
    });
  }

  private taken = 0;

  /** Takes what the modules declare that were loaded since; reading a class may load more. */
  private takeLoaded(): void {
    for (; this.taken < this.reading.loaded.length; this.taken++) {
      const module = this.reading.loaded[this.taken];
      if (module !== undefined) this.takeModule(module);
    }
  }

  private takeModule(module: LoadedModule): void {
    for (const type of module.classes) {
      if (this.classes.roleOf(type) === 'mapped') this.takeClass(type);
    }
    for (const { call } of module.calls) if (isTableCall(call)) this.takeCall(call);
    // A bare `Index("name", User.email)` belongs to the table of its columns.
    for (const { call } of module.calls) if (itemKind(call) === 'index') this.takeIndex(call);
  }

  private takeClass(type: MappedClass): void {
    const table = this.tableOf(type);
    if (table.kind === 'own') this.add(table, type);
    else if (table.kind === 'call' && isTableCall(table.call)) this.takeCall(table.call);
    else if (table.kind === 'shared') {
      const root = this.rootOf(type);
      const entry = root === null ? undefined : this.entryOf(root);
      const present = [...(entry?.table.parts.columns ?? []), ...(entry?.extra ?? [])];
      const taken = new Set(present.flatMap((column) => (column.attribute === null ? [column.name] : [column.name, column.attribute])));
      entry?.extra.push(...table.columns(taken).filter((column) => !taken.has(column.name)));
    }
  }

  private takeCall(call: CallValue & Located): void {
    const table = this.callTable(call);
    if (table !== null) this.add(table, call);
  }

  private add(table: CollectedTable, owner: object): void {
    const key = displayName(table.parts);
    const first = this.tables.get(key);
    if (first === undefined) this.tables.set(key, { table, extra: [], items: [], owner });
    else if (first.owner !== owner && !table.parts.keywords.has('extend_existing')) {
      const sentence = 'The table {table} is declared twice. Give one of them another name.';
      this.report(problem('duplicate-table', 'error', sentence, { table: key }, table.parts.at));
    }
  }

  private takeIndex(call: CallValue & Located): void {
    for (const element of call.args.slice(1)) {
      for (const owner of columnOwners(orderedElement(element).inner, 0)) {
        const key = this.tableKey(owner);
        const entry = key === null ? undefined : this.tables.get(key);
        if (entry === undefined) continue;
        if (!entry.items.includes(call)) entry.items.push(call);
        return;
      }
    }
  }

  private tableOf(type: MappedClass): ClassTable {
    const known = this.byClass.get(type);
    if (known !== undefined) return known;
    const table = classTable(type, this.context);
    this.byClass.set(type, table);
    return table;
  }

  private callTable(call: CallValue & Located): CollectedTable | null {
    const known = this.byCall.get(call);
    if (known !== undefined) return known;
    const table = tableCallParts(call, this.context);
    this.byCall.set(call, table);
    return table;
  }

  /** The class whose table holds the rows of a class in single table inheritance. */
  private rootOf(type: MappedClass): MappedClass | null {
    let at: MappedClass = type;
    for (let depth = 0; depth < 20; depth++) {
      const table = this.tableOf(at);
      if (table.kind !== 'shared') return at;
      at = table.parent;
    }
    return null;
  }

  private partsOf(owner: Value): TableParts | null {
    if (owner.kind === 'class') {
      const root = this.rootOf(owner);
      const table = root === null ? null : this.tableOf(root);
      if (table?.kind === 'own') return table.parts;
      return table?.kind === 'call' && isTableCall(table.call) ? (this.callTable(table.call)?.parts ?? null) : null;
    }
    if (owner.kind === 'call' && isTableCall(owner)) return this.callTable(owner)?.parts ?? null;
    if (owner.kind === 'attribute' && (owner.name === 'c' || owner.name === 'columns' || owner.name === '__table__')) return this.partsOf(owner.object);
    return null;
  }

  private tableKey(owner: Value): string | null {
    const parts = this.partsOf(owner);
    return parts === null ? null : displayName(parts);
  }

  private entryOf(type: MappedClass): { table: CollectedTable; extra: TableColumn[] } | undefined {
    const key = this.tableKey(type);
    return key === null ? undefined : this.tables.get(key);
  }

  /** `User.id`, `users.c.id`, `User.__table__.c.id` */
  private targetColumn(value: Value): ForeignKeyTarget | null {
    if (value.kind !== 'attribute') return null;
    const parts = this.partsOf(value.object);
    if (parts === null) return null;
    const column = parts.columns.find((candidate) => candidate.attribute === value.name) ?? parts.columns.find((candidate) => candidate.key === value.name);
    return { schema: parts.schema, name: parts.name, column: column?.name ?? value.name };
  }

  private missingTargets(): readonly ForeignKeyTarget[] {
    return [...this.tables.values()].flatMap(({ table, extra }) =>
      [...table.parts.columns, ...extra].flatMap((column) => {
        const key = column.reading.type.isNull ? column.reading.foreignKeys[0] : undefined;
        const target = key === undefined ? null : targetOf(key.target, table.context);
        return target === null || this.tables.has(displayName(target)) ? [] : [target];
      }),
    );
  }

  /** Loads what the loaded modules import and was not needed so far; false: there is nothing more. */
  private loadMore(): boolean {
    const before = this.reading.loaded.length;
    for (const module of this.reading.loaded.slice(0, before)) for (const load of module.imports) load();
    return this.reading.loaded.length > before;
  }

  /** A column without a type has that of the column its foreign key refers to. */
  private withTargetType(column: TableColumn, context: ClassContext, depth = 0): TableColumn {
    const key = column.reading.type.isNull ? column.reading.foreignKeys[0] : undefined;
    if (key === undefined || depth > 10) return column;
    const target = targetOf(key.target, context);
    const entry = target === null ? undefined : this.tables.get(displayName(target));
    const found = [...(entry?.table.parts.columns ?? []), ...(entry?.extra ?? [])].find((candidate) => candidate.name === target?.column);
    if (entry !== undefined && found !== undefined) {
      const { type } = this.withTargetType(found, entry.table.context, depth + 1).reading;
      return { ...column, reading: { ...column.reading, type: { ...type, isInteger: false } } };
    }
    if (column.reading.type.type.kind !== 'unknown') return { ...column, reading: { ...column.reading, type: { ...column.reading.type, isNull: false } } };
    const reason = 'This column has the type of {target}, which was not found. Give it a type, or open the file of that table.';
    const args = { target: target === null ? 'another column' : `${displayName(target)}.${target.column}` };
    this.report(problem('unknown-type', 'warning', reason, args, column.reading.at));
    return { ...column, reading: { ...column.reading, type: { ...column.reading.type, type: { kind: 'unknown', reason: message(reason, args) } } } };
  }
}

/** What the columns in an expression belong to: `User` in `func.lower(User.email)`. */
function columnOwners(value: Value, depth: number): readonly Value[] {
  if (depth > 10) return [];
  if (value.kind === 'attribute') return [value.object, ...columnOwners(value.object, depth + 1)];
  if (value.kind === 'call') return [value.callee, ...value.args].flatMap((part) => columnOwners(part, depth + 1));
  return value.kind === 'operation' ? value.operands.flatMap((operand) => columnOwners(operand, depth + 1)) : [];
}
