import { isEnum } from '../python/enums';
import { mro } from '../python/classes';
import type { Reading } from '../python/evaluate';
import { stringOf } from '../python/known';
import type { ClassValue, Located, Value } from '../python/values';
import { isColumnCall } from '../sqlalchemy/column';
import { nameOf } from '../sqlalchemy/names';

/** What `Mapped[…]` says about a column. */
export interface MappedAnnotation {
  /** The Python type without `Mapped` and `None`. */
  readonly type: Value;
  readonly nullable: boolean;
  /** Of `Annotated[…]`: the type inside, and the `mapped_column(…)` that may be among its arguments. */
  readonly inner: Value | null;
  readonly column: Value | null;
}

const containers = /^orm\.(Mapped|Unmapped|WriteOnlyMapped|DynamicMapped)$/;

/** Reads an annotation of a class attribute; null: it is no `Mapped[…]`. */
export function readMapped(annotation: Value, reading: Reading, within: ClassValue & Located): MappedAnnotation | null {
  const value = unquoted(annotation, reading, within);
  if (value.kind !== 'subscript' || !containers.test(nameOf(value.object) ?? '')) return null;
  const argument = value.index[0];
  return argument === undefined ? null : readPythonType(argument, reading, within);
}

/** Takes `Optional`, `None` in unions and `Annotated` off a Python type. */
export function readPythonType(written: Value, reading: Reading, within: ClassValue & Located): MappedAnnotation {
  const { value, nullable } = withoutNone(unquoted(written, reading, within), reading, within);
  if (value.kind === 'subscript' && isTyping(value.object, 'Annotated')) {
    const first = value.index[0];
    const inner = first === undefined ? null : withoutNone(unquoted(first, reading, within), reading, within);
    return { type: value, nullable: nullable || (inner?.nullable ?? false), inner: inner?.value ?? null, column: value.index.slice(1).find(isColumnCall) ?? null };
  }
  return { type: value, nullable, inner: null, column: null };
}

/** Forward references: an annotation may be text as a whole or in part. */
export function unquoted(value: Value, reading: Reading, within: ClassValue & Located): Value {
  const written = value.kind === 'string' ? value.value : null;
  if (written === null) return value;
  return reading.evaluateText(written, value.at, within);
}

function withoutNone(value: Value, reading: Reading, within: ClassValue & Located): { readonly value: Value; readonly nullable: boolean } {
  const parts = unionParts(value, reading, within);
  const rest = parts.filter((part) => !isNone(part));
  const first = rest[0];
  if (first === undefined) return { value, nullable: true };
  if (rest.length === 1) {
    // Optional[Annotated[str, …]] and Annotated[Optional[str], …] both say so.
    return { value: first, nullable: rest.length < parts.length };
  }
  const union: Value = { kind: 'operation', operator: '|', operands: rest, at: value.at };
  return { value: union, nullable: rest.length < parts.length };
}

function unionParts(value: Value, reading: Reading, within: ClassValue & Located): readonly Value[] {
  const plain = unquoted(value, reading, within);
  if (plain.kind === 'operation' && plain.operator === '|') return plain.operands.flatMap((operand) => unionParts(operand, reading, within));
  if (plain.kind === 'subscript' && isTyping(plain.object, 'Union')) return plain.index.flatMap((part) => unionParts(part, reading, within));
  if (plain.kind === 'subscript' && isTyping(plain.object, 'Optional')) {
    return [...plain.index.flatMap((part) => unionParts(part, reading, within)), { kind: 'none', at: plain.at }];
  }
  return [plain];
}

function isNone(value: Value): boolean {
  return value.kind === 'none' || (value.kind === 'symbol' && value.name === 'types.NoneType');
}

export function isTyping(value: Value, name: string): boolean {
  return value.kind === 'symbol' && nameOf(value) === `typing.${name}`;
}

/**
 * A text that two Python types share when they are the same key of a `type_annotation_map`. Null: not comparable.
 */
export function typeKey(value: Value, reading: Reading, within: ClassValue & Located): string | null {
  const plain = value.kind === 'string' ? unquoted(value, reading, within) : value;
  switch (plain.kind) {
    case 'none':
      return 'None';
    case 'symbol':
      return plain.name.replace(/^typing_extensions\./, 'typing.');
    case 'class':
      return `${plain.path}:${plain.name}`;
    case 'subscript': {
      // The labels of a Literal and the marks of an Annotated are values, not types.
      const literal = isTyping(plain.object, 'Literal');
      const annotated = isTyping(plain.object, 'Annotated');
      const object = typeKey(plain.object, reading, within);
      const parts = plain.index.map((part, index) => (literal || (annotated && index > 0) ? valueKey(part) : typeKey(part, reading, within)));
      return object === null || parts.includes(null) ? null : `${object}[${parts.join(', ')}]`;
    }
    case 'operation': {
      const parts = plain.operator === '|' ? plain.operands.map((operand) => typeKey(operand, reading, within)) : [null];
      return parts.includes(null) ? null : [...parts].sort().join(' | ');
    }
    case 'call':
      // NewType("UserId", int) is a key by identity; it is the same value wherever it was imported.
      return `${plain.at.path}:${plain.at.range.start}`;
    case 'list':
      return `[${plain.items.map((item) => typeKey(item, reading, within)).join(', ')}]`;
    default:
      return null;
  }
}

function valueKey(value: Value): string {
  const text = stringOf(value);
  if (text !== null) return JSON.stringify(text);
  if (value.kind === 'number') return value.text;
  return `${value.kind}@${value.at.path}:${value.at.range.start}`;
}

/** SQLAlchemy's own map of Python types (`sqltypes._type_map`). */
const pythonTypes: Readonly<Record<string, string>> = {
  'builtins.int': 'Integer',
  'builtins.float': 'Double',
  'builtins.bool': 'Boolean',
  'builtins.bytes': 'LargeBinary',
  'builtins.str': 'String',
  'uuid.UUID': 'Uuid',
  'decimal.Decimal': 'Numeric',
  'datetime.date': 'Date',
  'datetime.datetime': 'DateTime',
  'datetime.time': 'Time',
  'datetime.timedelta': 'Interval',
};

/**
 * The SQLAlchemy type of a Python type: by the map of the base, else by SQLAlchemy's own (`registry._resolve_type`).
 * Subclasses of mapped types do not count, enums do. Null: SQLAlchemy finds none either.
 */
export function typeOfAnnotation(mapped: MappedAnnotation, map: readonly (readonly [Value, Value])[], reading: Reading, within: ClassValue & Located): Value | null {
  return resolve(mapped.type, map, reading, within) ?? (mapped.inner === null ? null : resolve(mapped.inner, map, reading, within));
}

function resolve(type: Value, map: readonly (readonly [Value, Value])[], reading: Reading, within: ClassValue & Located): Value | null {
  const key = typeKey(type, reading, within);
  const entryFor = (wanted: string): Value | null => map.find(([candidate]) => typeKey(candidate, reading, within) === wanted)?.[1] ?? null;
  const direct = key === null ? null : entryFor(key);
  if (direct !== null) return templated(direct, type);
  if (type.kind === 'symbol') {
    const name = pythonTypes[type.name];
    return name === undefined ? null : { kind: 'symbol', name: `sqlalchemy.${name}`, at: type.at };
  }
  if (type.kind === 'class' && isEnum(type)) return enumType(type, entryFor, reading, within);
  if (type.kind === 'subscript' && isTyping(type.object, 'Literal')) {
    const template = entryFor('typing.Literal') ?? entryFor('enum.Enum');
    return enumCall(template, type.index, type, true);
  }
  // List[str] and list[str] are different keys, but dict and list without arguments stand for all of theirs.
  if (type.kind === 'subscript') {
    const origin = typeKey(type.object, reading, within);
    return origin === null ? null : entryFor(origin);
  }
  return null;
}

/** An entry of the map for a base class of the enum serves as a template: its keywords apply, its labels do not. */
function enumType(type: ClassValue & Located, entryFor: (key: string) => Value | null, reading: Reading, within: ClassValue & Located): Value {
  for (const ancestor of mro(type).slice(1)) {
    const key = ancestor.kind === 'external' ? ancestor.name : ancestor.kind === 'class' ? typeKey(ancestor as ClassValue & Located, reading, within) : null;
    const template = key === null || key.startsWith('builtins.') ? null : entryFor(key);
    if (template !== null) return enumCall(template, [type], type, false);
  }
  return enumCall(null, [type], type, false);
}

/** `enum.Enum: Enum(enum.Enum, native_enum=False)` found under its own key by an exact match is used as it is. */
function templated(template: Value, type: Value): Value {
  const first = template.kind === 'call' ? template.args[0] : undefined;
  return first?.kind === 'symbol' && first.name === 'enum.Enum' ? enumCall(template, [type], type, false) : template;
}

function enumCall(template: Value | null, args: readonly Value[], at: Value, isLiteral: boolean): Value {
  const keywords = new Map(template?.kind === 'call' ? template.keywords : []);
  if (isLiteral) keywords.set('native_enum', { kind: 'bool', value: false, at: at.at });
  return { kind: 'call', callee: { kind: 'symbol', name: 'sqlalchemy.Enum', at: at.at }, args, keywords, at: at.at };
}
