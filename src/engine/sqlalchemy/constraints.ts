import { itemsOf, stringOf } from '../python/known';
import type { CallValue, Located, Value } from '../python/values';
import type { CheckConstraint, ExcludeConstraint, ForeignKey, Index, IndexElement, PrimaryKey, QualifiedName, UniqueConstraint } from '../schema/schema';
import { deferring, foreignKeyOptions } from './column';
import { flag, problem, text, type ReadContext } from './context';
import { readSql, sqlText } from './expressions';
import { calleeName, nameOf } from './names';
import { orderedElement, writtenText } from './operators';

/** A constraint's name as written: `final` when `op.f` or `conv` says that no convention applies. */
export interface GivenName {
  readonly name: string | null;
  readonly final: boolean;
  /** It is computed in a way that can not be followed. */
  readonly unknown: boolean;
}

export function readName(value: Value | undefined): GivenName {
  const name = text(value);
  const callee = value === undefined ? null : calleeName(value);
  return { name: name ?? null, final: callee === 'op.f' || callee === 'sa.conv', unknown: name === null };
}

/**
 * Where a column reference leads: the name of a column of the table at hand. Strings are keys of columns. A reference that
 * leads nowhere is reported and left out.
 */
export function columnsOf(values: readonly Value[], context: ReadContext): string[] {
  return values.flatMap((value) => {
    const name = stringOf(value) === null ? context.columnName(value) : (context.columnName(value) ?? stringOf(value));
    if (name === null) context.report(problem('unknown-column', 'warning', 'Which column this is could not be found out.', {}, value.at));
    return name === null ? [] : [name];
  });
}

export type Unnamed<T> = Omit<T, 'name'> & { readonly given: GivenName };

export function readPrimaryKey(call: CallValue & Located, context: ReadContext): Unnamed<PrimaryKey> {
  return { given: readName(call.keywords.get('name')), columns: columnsOf(call.args, context), include: include(call, context), ...deferring(call), comment: comment(call), at: call.at };
}

export function readUnique(call: CallValue & Located, context: ReadContext): Unnamed<UniqueConstraint> {
  return {
    given: readName(call.keywords.get('name')),
    columns: columnsOf(call.args, context),
    include: include(call, context),
    nullsNotDistinct: flag(call, 'postgresql_nulls_not_distinct', false) === true,
    ...deferring(call),
    comment: comment(call),
    at: call.at,
  };
}

/** Null: its expression is not known; that is reported. */
export function readCheck(call: CallValue & Located, context: ReadContext): Unnamed<CheckConstraint> | null {
  const written = call.args[0] ?? call.keywords.get('sqltext');
  const sql = written === undefined ? null : sqlText(written, context);
  if (sql === null) {
    context.report(problem('unknown-expression', 'warning', 'The condition of this check is not known without running Python; it was left out.', {}, call.at));
    return null;
  }
  return {
    given: readName(call.keywords.get('name') ?? call.args[1]),
    expression: { sql },
    noInherit: false,
    notValid: flag(call, 'postgresql_not_valid', false) === true,
    comment: comment(call),
    at: call.at,
  };
}

/** `ForeignKeyConstraint(["a"], ["t.a"])`; null where its columns or its target are not known, which is reported. */
export function readForeignKeyConstraint(call: CallValue & Located, context: ReadContext): Unnamed<ForeignKey> | null {
  const columns = itemsOf(call.args[0] ?? call.keywords.get('columns') ?? { kind: 'none', at: call.at });
  const targets = itemsOf(call.args[1] ?? call.keywords.get('refcolumns') ?? { kind: 'none', at: call.at });
  const places = targets?.map((target) => targetOf(target, context));
  const first = places?.[0];
  if (columns === null || places === undefined || first === null || first === undefined || places.includes(null)) {
    context.report(problem('unknown-target', 'warning', 'What this foreign key refers to is not known; it was left out.', {}, call.at));
    return null;
  }
  return {
    given: readName(call.keywords.get('name') ?? call.args[2]),
    columns: columnsOf(columns, context),
    references: { schema: first.schema, name: first.name, columns: places.map((place) => place?.column ?? '') },
    ...foreignKeyOptions(call, context),
    at: call.at,
  };
}

export interface ForeignKeyTarget extends QualifiedName {
  readonly column: string;
}

/** `"user.id"`, `"auth.users.id"`, `User.id`, `users.c.id`; null: not known. */
export function targetOf(value: Value, context: ReadContext): ForeignKeyTarget | null {
  const written = text(value);
  if (typeof written !== 'string') return context.targetColumn(value);
  const parts = written.split('.');
  const column = parts.length > 1 ? (parts.pop() ?? '') : '';
  const name = parts.pop() ?? '';
  const schema = parts.length > 0 ? parts.join('.') : context.metadataSchema;
  // `ForeignKey("user")` takes the key of that table with the same name as the column; SQLAlchemy wants both written.
  return name === '' ? null : { schema: schema === 'public' ? null : schema, name, column };
}

export function readExclude(call: CallValue & Located, context: ReadContext): Unnamed<ExcludeConstraint> | null {
  const ops = operatorClasses(call.keywords.get('ops'));
  const elements: (IndexElement & { readonly operator: string })[] = [];
  for (const argument of call.args) {
    const [expression, operator] = itemsOf(argument) ?? [];
    const element = expression === undefined ? null : readElement(expression, context, ops);
    const symbol = operator === undefined ? null : stringOf(operator);
    if (element === null || symbol === null) {
      context.report(problem('unknown-expression', 'warning', 'A part of this exclusion constraint is not known; it was left out.', {}, argument.at));
      return null;
    }
    elements.push({ ...element, operator: symbol });
  }
  const where = call.keywords.get('where');
  const predicate = where === undefined || where.kind === 'none' ? undefined : sqlText(where, context);
  return {
    given: readName(call.keywords.get('name')),
    method: (text(call.keywords.get('using')) ?? 'gist').toLowerCase(),
    elements,
    where: typeof predicate === 'string' ? { sql: predicate } : null,
    ...deferring(call),
    comment: comment(call),
    at: call.at,
  };
}

/** `Index("name", …)`; `elements` replaces the positional arguments behind the name. Null where a part is not known. */
export function readIndex(call: CallValue & Located, context: ReadContext, elements: readonly Value[] = call.args.slice(1)): Unnamed<Index> | null {
  const ops = operatorClasses(call.keywords.get('postgresql_ops'));
  const read = elements.map((element) => readElement(element, context, ops));
  const where = call.keywords.get('postgresql_where');
  const predicate = where === undefined || where.kind === 'none' ? undefined : sqlText(where, context);
  if (read.includes(null) || predicate === null) {
    context.report(problem('unknown-expression', 'warning', 'A part of this index is not known without running Python; it was left out.', {}, call.at));
    return null;
  }
  const options: Record<string, string> = {};
  const withOptions = call.keywords.get('postgresql_with');
  if (withOptions?.kind === 'dict') {
    for (const [key, value] of withOptions.entries) {
      const name = stringOf(key);
      if (name !== null) options[name] = value.kind === 'number' ? value.text : value.kind === 'bool' ? (value.value ? 'True' : 'False') : (stringOf(value) ?? '');
    }
  }
  return {
    given: readName(call.args[0] ?? call.keywords.get('name')),
    unique: flag(call, 'unique', false) === true,
    method: (text(call.keywords.get('postgresql_using')) ?? 'btree').toLowerCase(),
    elements: read as IndexElement[],
    include: include(call, context),
    where: predicate === undefined ? null : { sql: predicate },
    nullsNotDistinct: flag(call, 'postgresql_nulls_not_distinct', false) === true,
    options,
    comment: null,
    valid: true,
    at: call.at,
  };
}

/** One element of an index; a string is a column's key. Null: not known. */
export function readElement(value: Value, context: ReadContext, ops: ReadonlyMap<string, string>): IndexElement | null {
  const { inner, descending, nullsFirst, collation } = orderedElement(value);
  const plain = { collation, descending, nullsFirst };
  const label = inner.kind === 'call' && inner.callee.kind === 'attribute' && inner.callee.name === 'label' ? text(inner.args[0]) : undefined;
  const column = context.columnName(inner) ?? stringOf(inner) ?? (calleeName(inner) === 'sa.column' && inner.kind === 'call' ? (text(inner.args[0]) ?? null) : null);
  if (column !== null) return { column, expression: null, operatorClass: ops.get(column) ?? ops.get(stringOf(inner) ?? column) ?? null, ...plain };
  const written = writtenText(inner);
  if (written !== null) {
    const ordered = /^\s*"?([A-Za-z_]\w*)"?(?:\s+collate\s+"?([\w.-]+)"?)?(?:\s+([a-z_]\w*_ops))?(?:\s+(asc|desc))?(?:\s+nulls\s+(first|last))?\s*$/i.exec(written);
    if (ordered !== null && ordered[1] !== undefined) {
      const down = descending || ordered[4]?.toLowerCase() === 'desc';
      const first = ordered[5] === undefined ? (nullsFirst || down) : ordered[5].toLowerCase() === 'first';
      return { column: ordered[1], expression: null, operatorClass: ordered[3] ?? null, collation: ordered[2] ?? collation, descending: down, nullsFirst: first };
    }
    return { column: null, expression: { sql: written }, operatorClass: null, ...plain };
  }
  const sql = readSql(inner, context);
  if (sql === null) return null;
  return { column: null, expression: { sql: sql.text }, operatorClass: (typeof label === 'string' ? ops.get(label) : undefined) ?? null, ...plain };
}

function operatorClasses(value: Value | undefined): ReadonlyMap<string, string> {
  const result = new Map<string, string>();
  if (value?.kind !== 'dict') return result;
  for (const [key, operatorClass] of value.entries) {
    const name = stringOf(key);
    const written = stringOf(operatorClass);
    if (name !== null && written !== null) result.set(name, written);
  }
  return result;
}

function include(call: CallValue, context: ReadContext): readonly string[] {
  const value = call.keywords.get('postgresql_include');
  const items = value === undefined ? null : itemsOf(value);
  return items === null ? [] : columnsOf(items, context);
}

function comment(call: CallValue): string | null {
  return text(call.keywords.get('comment')) ?? null;
}

/** What kind of table item a call makes; null: none that is known. */
export function itemKind(value: Value): 'primaryKey' | 'foreignKey' | 'unique' | 'check' | 'exclude' | 'index' | null {
  if (value.kind !== 'call') return null;
  switch (nameOf(value.callee)) {
    case 'sa.PrimaryKeyConstraint':
      return 'primaryKey';
    case 'sa.ForeignKeyConstraint':
      return 'foreignKey';
    case 'sa.UniqueConstraint':
      return 'unique';
    case 'sa.CheckConstraint':
      return 'check';
    case 'pg.ExcludeConstraint':
      return 'exclude';
    case 'sa.Index':
      return 'index';
    default:
      return null;
  }
}
