import { inlineFunction } from '../python/calls';
import { mro } from '../python/classes';
import { evaluateExpression } from '../python/expressions';
import type { CallValue, ClassMember, ClassValue, Value } from '../python/values';
import { isColumnCall, readColumn, readModelDefault, type ColumnReading } from '../sqlalchemy/column';
import { problem, type ReadContext } from '../sqlalchemy/context';
import { calleeName, nameOf } from '../sqlalchemy/names';
import type { TableColumn } from '../sqlalchemy/table';
import { nullType, readType, unknownType, type TypeReading } from '../sqlalchemy/types';
import { message } from '../text/problem';
import type { Place } from '../text/text';
import { readMapped, typeOfAnnotation, type MappedAnnotation } from './annotations';
import type { MappedClass, MappedClasses } from './mapped-classes';

/** What readers of classes share. */
export interface ClassContext extends ReadContext {
  readonly classes: MappedClasses;
  /** The project's version of SQLModel; null: not known. */
  readonly sqlmodelVersion: string | null;
}

/** An attribute of a class that makes a column: what is assigned, and what is annotated. */
interface ColumnAttribute {
  readonly name: string;
  readonly value: Value | null;
  readonly annotation: Value | null;
  readonly at: Place;
}

/**
 * The columns of a mapped class in SQLAlchemy's order (`_DeclarativeMapperConfig._scan_attributes`): its own, then those of
 * its mixins and abstract bases in method resolution order, each first plainly written, then made by `declared_attr`;
 * `sort_order` goes before that. What a mapped ancestor has already is not repeated; attributes in `without` are left out.
 */
export function classColumns(type: MappedClass, context: ClassContext, without: ReadonlySet<string> = new Set()): readonly TableColumn[] {
  const attributes = columnAttributes(type, context).filter((attribute) => !without.has(attribute.name));
  const columns = attributes.flatMap((attribute) => readAttribute(attribute, type, context));
  // One `Column` object under two names (`full = column_property(name)`) is one column.
  return columns
    .filter((column, index) => columns.findIndex((other) => other.reading.source === column.reading.source) === index)
    .map((column, index) => ({ column, index }))
    .sort((a, b) => a.column.reading.sortOrder - b.column.reading.sortOrder || a.index - b.index)
    .map(({ column }) => column);
}

/** Attributes that may be columns, made by a function that cannot be looked into or under a name that nothing is known of. */
export function unreadColumns(type: MappedClass, context: ClassContext): readonly string[] {
  return columnAttributes(type, context).flatMap(({ name, value }) => (value !== null && isUnread(value) ? [name] : []));
}

function isUnread(value: Value): boolean {
  if (value.kind === 'unknown') return true;
  if (value.kind !== 'call' || value.callee.kind === 'class' || value.callee.kind === 'function') return false;
  const name = calleeName(value);
  return name === null || name === undefined || !/^(sa|orm|pg|builtins|ext|sqlalchemy|sqlmodel)\./.test(name);
}

function columnAttributes(type: MappedClass, context: ClassContext): readonly ColumnAttribute[] {
  const found = new Map<string, ColumnAttribute>();
  /** Names that an earlier class in the order has, as anything: they hide what later classes have. */
  const taken = new Set<string>();
  const parent = context.classes.mappedParent(type);
  const inherited = new Set<unknown>(parent === null ? [] : mro(parent));
  for (const ancestor of mro(type)) {
    if (ancestor.kind !== 'class') continue;
    const isOwn = ancestor === type;
    if (!isOwn && context.classes.roleOf(ancestor as MappedClass) === 'mapped') continue;
    const members = scanOrder(ancestor).filter((member) => !taken.has(member.name) && (isOwn || !inherited.has(ancestor) || isCascading(member)));
    const declared = members.filter(isDeclaredAttribute);
    for (const member of isOwn ? members : members.filter((candidate) => !isDeclaredAttribute(candidate))) {
      const attribute = isDeclaredAttribute(member) ? callDeclared(member, type, context) : { ...member };
      if (attribute !== null) found.set(member.name, attribute);
    }
    if (!isOwn) {
      for (const member of declared) {
        const attribute = callDeclared(member, type, context);
        if (attribute !== null) found.set(member.name, attribute);
      }
    }
    for (const name of ancestor.members.keys()) taken.add(name);
  }
  return [...found.values()];
}

/** Members as SQLAlchemy walks them: attributes and annotations merged (`merge_lists_w_ordering`), special names left out. */
function scanOrder(type: ClassValue): readonly ClassMember[] {
  const members = [...type.members.values()].filter((member) => !/^__.*__$/.test(member.name));
  const assigned = members.filter((member) => member.value !== null).map((member) => member.name);
  const annotated = members.filter((member) => member.annotation !== null).map((member) => member.name);
  return mergeOrdered(assigned, annotated).flatMap((name) => type.members.get(name) ?? []);
}

function mergeOrdered(a: readonly string[], b: readonly string[]): readonly string[] {
  const overlap = new Set(a.filter((name) => b.includes(name)));
  const result: string[] = [];
  let [current, other] = [a[Symbol.iterator](), b[Symbol.iterator]()];
  for (;;) {
    let switched = false;
    for (let step = current.next(); step.done !== true; step = current.next()) {
      if (overlap.delete(step.value)) {
        [current, other] = [other, current];
        switched = true;
        break;
      }
      result.push(step.value);
    }
    if (switched) continue;
    for (let step = other.next(); step.done !== true; step = other.next()) result.push(step.value);
    return [...new Set(result)];
  }
}

/** Whether a decorator is `declared_attr` in one of its forms. */
export function isDeclaredDecorator(decorator: Value): boolean {
  const name = nameOf(decorator) ?? calleeName(decorator) ?? '';
  return name.startsWith('orm.declared_attr') || name === 'sa.classproperty' || name === 'utils.classproperty';
}

export function isDeclaredAttribute(member: ClassMember): boolean {
  return member.value?.kind === 'function' && member.decorators.some(isDeclaredDecorator);
}

function isCascading(member: ClassMember): boolean {
  return member.decorators.some((decorator) => (nameOf(decorator) ?? '').endsWith('.cascading'));
}

/** What a `declared_attr` function returns for the class, with its return annotation; null: no column. */
function callDeclared(member: ClassMember, type: MappedClass, context: ClassContext): ColumnAttribute | null {
  const { value } = member;
  if (value?.kind !== 'function') return null;
  const result = inlineFunction(context.reading, value, [type], new Map(), member.at, true);
  if (result === null || result.kind === 'unknown') {
    if (mayBeColumn(value)) {
      context.report(problem('unknown-column', 'warning', 'What `{name}` makes for {class} is not known without running Python; it may be a column.', { name: member.name, class: type.name }, member.at));
    }
    return null;
  }
  const scope = context.reading.closures.get(value);
  const returns = value.definition.returns;
  const annotation = returns === null || scope === undefined ? null : evaluateExpression(context.reading, returns, scope);
  return { name: member.name, value: result, annotation, at: member.at };
}

function mayBeColumn(value: Value & { readonly kind: 'function' }): boolean {
  const last = value.definition.body[value.definition.body.length - 1];
  if (last?.kind !== 'return' || last.value?.kind !== 'call') return true;
  const callee = last.value.callee;
  const name = callee.kind === 'name' ? callee.name : callee.kind === 'attribute' ? callee.name : '';
  return !/^(relationship|synonym|column_property|association_proxy|composite)$/.test(name);
}

function readAttribute(attribute: ColumnAttribute, type: MappedClass, context: ClassContext): readonly TableColumn[] {
  const { name, value, annotation, at } = attribute;
  if (value === null) {
    const mapped = annotation === null ? null : readMapped(annotation, context.reading, type);
    if (mapped === null) return [];
    const call: Value = { kind: 'call', callee: { kind: 'symbol', name: 'sqlalchemy.orm.mapped_column', at }, args: [], keywords: new Map(), at };
    return [asTableColumn(name, name, withAnnotation(readColumn(call, context, at), mapped, type, context))];
  }
  const column = columnCallIn(value);
  if (column !== null) {
    const reading = readColumn(column, context, at);
    const isMapped = calleeName(column) === 'orm.mapped_column';
    const mapped = annotation === null || !isMapped ? null : readMapped(annotation, context.reading, type);
    return [asTableColumn(name, name, mapped === null ? finished(reading, context) : withAnnotation(reading, mapped, type, context))];
  }
  if (calleeName(value) === 'orm.composite' && value.kind === 'call') {
    return value.args.filter(isColumnCall).flatMap((argument) => {
      const reading = readColumn(argument, context, argument.at);
      return reading.name === null ? [] : [asTableColumn(reading.name, null, finished(reading, context))];
    });
  }
  return [];
}

/** `Column(…)`, `mapped_column(…)`, or one inside `deferred(…)` and `column_property(…)`. */
function columnCallIn(value: Value): (CallValue & { readonly at: Place }) | null {
  if (calleeName(value) === 'orm.column_property' || calleeName(value) === 'orm.deferred') {
    const inner = value.kind === 'call' ? value.args[0] : undefined;
    return inner !== undefined && isColumnCall(inner) ? inner : null;
  }
  return isColumnCall(value) ? value : null;
}

export function asTableColumn(name: string, attribute: string | null, reading: ColumnReading): TableColumn {
  const actual = reading.name ?? name;
  return { name: actual, key: reading.key ?? actual, attribute, reading };
}

/** Says so when a column has no type and nothing that could give it one. */
function finished(reading: ColumnReading, context: ClassContext): ColumnReading {
  if (!reading.type.isNull || reading.foreignKeys.length > 0) return reading;
  context.report(problem('unknown-type', 'error', 'This column has no type. Give it one, or an annotation `Mapped[…]`.', {}, reading.at));
  return { ...reading, type: { ...reading.type, isNull: false } };
}

/** What the annotation adds to a `mapped_column` (`MappedColumn._init_column_for_annotation`). */
function withAnnotation(reading: ColumnReading, mapped: MappedAnnotation, type: MappedClass, context: ClassContext): ColumnReading {
  const shared = mapped.column?.kind === 'call' ? readColumn(mapped.column, context, reading.at) : null;
  const merged = shared === null ? reading : mergeColumns(reading, shared);
  const nullable = merged.nullable ?? mapped.nullable;
  if (!merged.type.isNull) return { ...merged, nullable };
  const inferred = annotatedType(mapped, type, context, merged.foreignKeys.length > 0);
  // With a foreign key the type comes from the column that it refers to; the annotation stands in where that is not known.
  return { ...merged, nullable, type: merged.foreignKeys.length > 0 ? { ...inferred, isNull: true } : inferred, ...redefaulted(merged, inferred) };
}

/** A default in Python is written as the type that was found by the annotation has it. */
function redefaulted(reading: ColumnReading, type: TypeReading): Partial<ColumnReading> {
  const written = reading.source.kind === 'call' ? (reading.source.keywords.get('default') ?? reading.source.keywords.get('insert_default')) : undefined;
  return written === undefined ? {} : { modelDefault: readModelDefault(written, type) };
}

function annotatedType(mapped: MappedAnnotation, type: MappedClass, context: ClassContext, silently: boolean): TypeReading {
  const found = typeOfAnnotation(mapped, context.classes.annotationMap(type), context.reading, type);
  const quiet: ClassContext = silently ? { ...context, report: () => undefined } : context;
  if (found !== null) return readType(found, quiet);
  const python = mapped.inner ?? mapped.type;
  if (silently) return nullType;
  if (python.kind === 'unknown') return unknownType(quiet, python, python.reason);
  return unknownType(quiet, python, message('SQLAlchemy has no type for this annotation. Give one to mapped_column(), or add it to type_annotation_map.'));
}

/** `Annotated[str, mapped_column(…)]`: what is written in place wins (`Column._merge`). */
function mergeColumns(own: ColumnReading, shared: ColumnReading): ColumnReading {
  return {
    ...own,
    type: own.type.isNull ? shared.type : own.type,
    nullable: own.nullable ?? shared.nullable,
    primaryKey: own.primaryKey || shared.primaryKey,
    autoincrement: own.autoincrement === 'auto' ? shared.autoincrement : own.autoincrement,
    default: own.default ?? (own.identity === null && own.generated === null ? shared.default : null),
    identity: own.identity ?? (own.default === null ? shared.identity : null),
    generated: own.generated ?? (own.default === null ? shared.generated : null),
    hasDefault: own.hasDefault || shared.hasDefault,
    modelDefault: own.hasDefault ? own.modelDefault : shared.modelDefault,
    sequence: own.sequence ?? shared.sequence,
    index: own.index || shared.index,
    unique: own.unique || shared.unique,
    foreignKeys: [...own.foreignKeys, ...shared.foreignKeys],
    checks: [...own.checks, ...shared.checks],
    comment: own.comment ?? shared.comment,
    renamedFrom: own.renamedFrom ?? shared.renamedFrom,
    sortOrder: own.sortOrder === 0 ? shared.sortOrder : own.sortOrder,
  };
}
