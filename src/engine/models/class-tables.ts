import { inlineFunction } from '../python/calls';
import { findMember, mro } from '../python/classes';
import type { ClassMember, ClassValue, Value } from '../python/values';
import { problem, text } from '../sqlalchemy/context';
import { calleeName } from '../sqlalchemy/names';
import type { TableParts } from '../sqlalchemy/table';
import { formatMessage, message, type Message } from '../text/problem';
import { classColumns, isDeclaredAttribute, isDeclaredDecorator, unreadColumns, type ClassContext } from './class-columns';
import { flavourOf, type MappedClass } from './mapped-classes';
import { sqlmodelColumns } from './sqlmodel';

/** Where the rows of a mapped class go. */
export type ClassTable =
  | { readonly kind: 'own'; readonly parts: TableParts; readonly context: ClassContext; readonly doubts: readonly Message[] }
  /** Single table inheritance: its columns are added to the table of `parent`. */
  | { readonly kind: 'shared'; readonly parent: MappedClass; readonly columns: (taken: ReadonlySet<string>) => TableParts['columns'] }
  /** `__table__ = Table(…)`, or nothing that could be read; what is wrong was reported. */
  | { readonly kind: 'call'; readonly call: Value }
  | { readonly kind: 'none' };

/** Reads the table of a mapped class. */
export function classTable(type: MappedClass, outer: ClassContext): ClassTable {
  const fixed = type.members.get('__table__')?.value;
  if (fixed !== undefined && fixed !== null && calleeName(fixed) === 'sa.Table') return { kind: 'call', call: fixed };
  const name = tableName(type, outer);
  const parent = outer.classes.mappedParent(type);
  const metadata = outer.classes.metadataOf(type);
  if (name === undefined) return { kind: 'none' };
  if (name === null) {
    if (parent !== null) return { kind: 'shared', parent, columns: (taken) => columnsOf(type, contextFor(outer, metadata.schema, metadata.schema, metadata), taken) };
    if (classColumns(type, silent(outer)).length > 0) {
      outer.report(problem('unknown-table-name', 'error', '{class} has columns but no `__tablename__`.', { class: type.name }, type.at));
    }
    return { kind: 'none' };
  }
  const doubts: Message[] = [];
  const args = tableArguments(type, outer, doubts);
  const given = text(args.keywords.get('schema'));
  if (given === null || (given === undefined && metadata.unknownSchema && !args.keywords.has('schema'))) {
    const sentence = 'The schema of {class} is not known without running Python; it counts as the default schema.';
    doubts.push(message(sentence, { class: type.name }));
    outer.report(problem('unknown-schema', 'warning', sentence, { class: type.name }, args.keywords.get('schema')?.at ?? type.at));
  }
  const written = args.keywords.has('schema') ? (given ?? null) : metadata.schema;
  const schema = written === 'public' ? null : written;
  const context = contextFor(doubting(outer, doubts), metadata.schema, schema, metadata);
  for (const { reason, at } of outer.classes.unknownBases(type)) {
    doubts.push(message('A base of {class} could not be read: {reason}', { class: type.name, reason: formatMessage(reason) }));
    outer.report(problem('unknown-base', 'warning', 'A base of {class} could not be read; columns that it has are missing.', { class: type.name }, at?.path === type.path ? at : type.at));
  }
  const unread = unreadColumns(type, silent(context));
  const parts: TableParts = { name, schema, columns: columnsOf(type, context), items: args.items, keywords: args.keywords, at: type.at, ...(unread.length === 0 ? {} : { unread }) };
  return { kind: 'own', parts, context, doubts };
}

function columnsOf(type: MappedClass, context: ClassContext, taken?: ReadonlySet<string>): TableParts['columns'] {
  return flavourOf(type) === 'sqlmodel' ? sqlmodelColumns(type, context) : classColumns(type, context, taken);
}

function contextFor(outer: ClassContext, metadataSchema: string | null, tableSchema: string | null, metadata: { readonly convention: ClassContext['convention'] }): ClassContext {
  return { ...outer, metadataSchema, tableSchema, convention: metadata.convention };
}

/** What a table lacks because it could not be read makes the table doubtful as a whole. */
const doubtful = new Set(['unknown-expression', 'unknown-value', 'unknown-column', 'unknown-target', 'unknown-name']);

/** Adds the reasons why a table may be different from what is said to `doubts`, besides reporting them. */
export function doubting(context: ClassContext, doubts: Message[]): ClassContext {
  return {
    ...context,
    report: (found) => {
      if (doubtful.has(found.code)) doubts.push(found.message);
      context.report(found);
    },
  };
}

function silent(context: ClassContext): ClassContext {
  return { ...context, report: () => undefined };
}

/** Null: it has no name of its own; undefined: it has one that is not known, which is reported. */
function tableName(type: MappedClass, context: ClassContext): string | null | undefined {
  for (const ancestor of mro(type)) {
    if (ancestor.kind !== 'class') continue;
    const member = ancestor.members.get('__tablename__');
    if (member === undefined || member.value === null) continue;
    // A plain name on a mapped ancestor is that ancestor's alone; a declared_attr is asked for each class.
    if (ancestor !== type && context.classes.roleOf(ancestor as MappedClass) === 'mapped' && !isDeclaredAttribute(member)) continue;
    const value = attributeValue(member, type, context);
    if (value.kind === 'none') return null;
    const name = text(value);
    if (typeof name === 'string') return name;
    const reason = 'The table name of {class} is computed in a way that is not known without running Python. Write `__tablename__ = "…"` in the class.';
    context.report(problem('unknown-table-name', 'error', reason, { class: type.name }, ancestor === type ? member.at : type.at));
    return undefined;
  }
  return automaticName(type, context);
}

function automaticName(type: MappedClass, context: ClassContext): string | null {
  const flavour = flavourOf(type);
  if (flavour === 'sqlmodel') return type.name.toLowerCase();
  if (flavour !== 'flask') return null;
  // Flask-SQLAlchemy takes a class without a primary key of its own for single table inheritance.
  const parent = context.classes.mappedParent(type);
  const isOwnTable = parent === null || classColumns(type, silent(context)).some((column) => column.reading.primaryKey);
  return isOwnTable ? type.name.replace(/((?<=[a-z0-9])[A-Z]|(?!^)[A-Z](?=[a-z]))/g, '_$1').toLowerCase().replace(/^_+/, '') : null;
}

/** The value of `__tablename__` or `__table_args__`: as assigned, or what its function returns for the class. */
function attributeValue(member: ClassMember, type: ClassValue & MappedClass, context: ClassContext): Value {
  const { value } = member;
  if (value?.kind !== 'function') return value ?? { kind: 'none', at: member.at };
  const callable = member.decorators.length === 0 || member.decorators.some((decorator) => isDeclaredDecorator(decorator) || (decorator.kind === 'symbol' && decorator.name === 'builtins.classmethod'));
  const result = callable ? inlineFunction(context.reading, value, [type], new Map(), member.at, true) : null;
  return result ?? { kind: 'unknown', reason: message('What this function returns is not known without running it.'), at: member.at };
}

interface TableArguments {
  readonly items: readonly Value[];
  readonly keywords: ReadonlyMap<string, Value>;
}

/** `__table_args__`: a tuple of constraints with an optional dict at its end, or a dict. */
function tableArguments(type: MappedClass, context: ClassContext, doubts: Message[]): TableArguments {
  const none: TableArguments = { items: [], keywords: new Map() };
  const owner = mro(type).find(
    (ancestor): ancestor is ClassValue => {
      if (ancestor.kind !== 'class') return false;
      const member = ancestor.members.get('__table_args__');
      if (member === undefined || member.value === null) return false;
      return ancestor === type || context.classes.roleOf(ancestor as MappedClass) !== 'mapped' || isDeclaredAttribute(member);
    },
  );
  const member = owner?.members.get('__table_args__');
  if (member === undefined) return none;
  const value = attributeValue(member, type, context);
  if (value.kind === 'none') return none;
  if (value.kind === 'dict') return { items: [], keywords: keywordsOf(value) };
  if (value.kind === 'tuple' || value.kind === 'list') {
    const last = value.items[value.items.length - 1];
    const items = last?.kind === 'dict' ? value.items.slice(0, -1) : value.items;
    for (const item of items) if (item.kind === 'unknown') doubt(item, item.reason, type, context, doubts);
    return { items, keywords: last?.kind === 'dict' ? keywordsOf(last) : new Map() };
  }
  doubt(value, value.kind === 'unknown' ? value.reason : message('It is no tuple or dict that can be read.'), type, context, doubts);
  return none;
}

function doubt(value: Value, reason: Message, type: MappedClass, context: ClassContext, doubts: Message[]): void {
  doubts.push(message('A part of `__table_args__` of {class} is not known.', { class: type.name }));
  const at = value.at.path === type.path ? value.at : (findMember(type, '__table_args__')?.member.at ?? type.at);
  context.report({ code: 'unknown-table-args', severity: 'warning', message: { text: `A part of \`__table_args__\` could not be read. ${reason.text}`, args: reason.args }, at });
}

function keywordsOf(dict: Value & { readonly kind: 'dict' }): ReadonlyMap<string, Value> {
  return new Map(dict.entries.flatMap(([key, value]) => (key.kind === 'string' ? [[key.value, value] as const] : [])));
}
