import { numberOf, stringOf } from '../python/known';
import { findMember } from '../python/classes';
import type { CallValue, Located, Value } from '../python/values';
import type { ColumnType, EnumType } from '../schema/schema';
import { message, type Message } from '../text/problem';
import { problem, text, type ReadContext } from './context';
import { readEnum, type EnumUse } from './enum-types';
import { nameOf } from './names';
import { Arguments } from './type-arguments';
import { workspaceType } from './type-classes';
import { builtinType, extensionTypes, parseTypeText, plainTypes } from './type-names';

/** A SQLAlchemy type as PostgreSQL gets it. */
export interface TypeReading {
  readonly type: ColumnType;
  readonly collation: string | null;
  /** The enum type that has to exist for it. */
  readonly enum?: EnumType;
  /** How members of its Python enum are written in SQL, and the CHECK that stands for a type (`native_enum=False`). */
  readonly labels?: EnumUse;
  /** No type is given: it comes from the annotation or from the column that a foreign key refers to. */
  readonly isNull: boolean;
  /** Whether SQLAlchemy may number it (`autoincrement`). */
  readonly isInteger: boolean;
  /** What a `TypeDecorator` makes of a Python value on its way to the database (`process_bind_param`). */
  readonly bind?: (value: Value) => Value;
  /** GeoAlchemy makes a GiST index for the column. */
  readonly spatialIndex?: boolean;
}

/** Nothing is given. */
export const nullType: TypeReading = {
  type: { kind: 'unknown', reason: message('The column has no type.') },
  collation: null,
  isNull: true,
  isInteger: false,
};

/** Reads the value of a type: an instance (`sa.String(50)`), a class (`sa.String`), a type of the workspace. */
export function readType(value: Value, context: ReadContext): TypeReading {
  return readTypeDeep(value, context, 0);
}

/** `depth` keeps types that refer to themselves from going on for ever. */
export function readTypeDeep(value: Value, context: ReadContext, depth: number): TypeReading {
  if (depth > 12) return unknownType(context, value, message('The type refers to itself.'));
  if (value.kind === 'none') return nullType;
  if (value.kind === 'symbol' || (value.kind === 'attribute' && nameOf(value) !== null)) return namedType(value, null, context, depth);
  if (value.kind === 'class') return workspaceType(value, null, context, depth);
  if (value.kind === 'attribute' && value.object.kind === 'class') {
    // A class that types are gathered in: `Types.Money`.
    const member = findMember(value.object, value.name)?.member.value ?? null;
    if (member !== null) return readTypeDeep(member, context, depth + 1);
  }
  if (value.kind === 'call') {
    const callee = value.callee;
    const name = nameOf(callee);
    if (name !== null && name.endsWith('.as_mutable')) return readTypeDeep(value.args[0] ?? value, context, depth + 1);
    if (name !== null) return namedType(value, value, context, depth);
    if (callee.kind === 'class') return workspaceType(callee, value, context, depth);
    if (callee.kind === 'attribute') {
      if (callee.name === 'as_mutable') return readTypeDeep(value.args[0] ?? value, context, depth + 1);
      if (callee.name === 'with_variant') return variantType(callee.object, value, context, depth);
      if (callee.name === 'evaluates_none' || callee.name === 'copy') return readTypeDeep(callee.object, context, depth + 1);
    }
  }
  if (value.kind === 'operation' && value.operator === 'if') {
    return unknownType(context, value, message('Which type this is hangs on a condition that is not known.'));
  }
  return unknownType(context, value, value.kind === 'unknown' ? value.reason : message('This is not a type that can be read.'));
}

/** `X().with_variant(Y(), "postgresql")`: Y on PostgreSQL. */
function variantType(object: Value, call: CallValue & Located, context: ReadContext, depth: number): TypeReading {
  const dialects = call.args.slice(1).map((argument) => stringOf(argument));
  const keyword = call.keywords.get('dialect_name');
  if (keyword !== undefined) dialects.push(stringOf(keyword));
  const variant = call.args[0] ?? call.keywords.get('type_');
  if (dialects.includes(null) || variant === undefined) return unknownType(context, call, message('The dialect of this variant is not known.'));
  const chosen = dialects.includes('postgresql') ? variant : object;
  const reading = readTypeDeep(chosen, context, depth + 1);
  // The autoincrement rules look at the type that was given first.
  return { ...reading, isInteger: dialects.includes('postgresql') ? readTypeDeep(object, silent(context), depth + 1).isInteger : reading.isInteger };
}

export function silent(context: ReadContext): ReadContext {
  return { ...context, report: () => undefined };
}

function namedType(value: Value, call: (CallValue & Located) | null, context: ReadContext, depth: number): TypeReading {
  const full = call === null ? nameOf(value) : nameOf(call.callee);
  return typeByName(full ?? '', value, call, context, depth);
}

function typeByName(full: string, value: Value, call: (CallValue & Located) | null, context: ReadContext, depth: number): TypeReading {
  const short = full.slice(full.lastIndexOf('.') + 1);
  const family = full.slice(0, full.indexOf('.'));
  const isSqlalchemy = family === 'sa' || family === 'pg' || family === 'sqlmodel';
  const args = new Arguments(call, context);
  if (isSqlalchemy && (short === 'Enum' || short === 'ENUM')) {
    if (call === null) return unknownType(context, value, message('An Enum needs its labels.'));
    return { ...nullType, ...readEnum(call, context, family === 'pg'), isNull: false };
  }
  if (isSqlalchemy && short === 'ARRAY') return arrayType(value, call, context, depth);
  if (isSqlalchemy && short === 'NullType') return nullType;
  if (isSqlalchemy && short === 'DOMAIN') {
    const name = text(args.at(0, 'name'));
    const schema = text(args.at(-1, 'schema'));
    if (typeof name !== 'string' || schema === null) return unknownType(context, value, message('The name of this domain is not known.'));
    return plain({ kind: 'named', schema: schema ?? null, name, args: [], dimensions: 0 });
  }
  if (full === 'sa.Interval' && args.isFalse('native')) return plain({ kind: 'builtin', name: 'timestamp without time zone', args: [], dimensions: 0 });
  if ((full === 'sa.Uuid' || full === 'utils.UUIDType') && (args.isFalse('native_uuid') || args.isFalse('native'))) {
    return plain({ kind: 'builtin', name: 'character', args: ['32'], dimensions: 0 });
  }
  if (full === 'utils.ChoiceType' || full === 'utils.StringEncryptedType' || full === 'utils.EncryptedType') {
    const impl = full === 'utils.ChoiceType' ? args.at(1, 'impl') : args.at(0, 'type_in');
    if (full === 'utils.ChoiceType' && impl !== undefined) return readTypeDeep(impl, context, depth + 1);
    return plain({ kind: 'builtin', name: 'character varying', args: full === 'utils.ChoiceType' ? ['255'] : [], dimensions: 0 });
  }
  const builtin = builtinType(family === 'pg' ? `pg.${short}` : isSqlalchemy || isWrittenAlike(family, short) ? `sa.${short}` : full, args);
  if (builtin !== null) {
    if (args.failure !== null) return unknownType(context, value, args.failure);
    const collation = text(args.at(short === 'String' || short === 'VARCHAR' || short === 'Text' || short === 'TEXT' || short === 'Unicode' ? 1 : -1, 'collation'));
    return { ...plain(builtin), collation: collation ?? null, isInteger: builtin.kind === 'builtin' && /^(integer|smallint|bigint)$/.test(builtin.name) };
  }
  const extension = extensionTypes[full] ?? extensionTypes[`${family}.${short}`] ?? (/^(pgvector|geoalchemy2)$/.test(family) ? extensionTypes[`${family}.${short}`] : undefined);
  if (extension !== undefined) {
    const reading = plain(extension(args));
    if (args.failure !== null) return unknownType(context, value, args.failure);
    const spatial = family === 'geoalchemy2' && !args.isFalse('spatial_index') && short !== 'Raster';
    return spatial ? { ...reading, spatialIndex: true } : reading;
  }
  const simple = plainTypes[full];
  if (simple !== undefined) return plain(parseTypeText(simple));
  const written = value.kind === 'symbol' ? value.name : call?.callee.kind === 'symbol' ? call.callee.name : full;
  return unknownType(context, value, message('{name} is not a type that Alembic Review knows.', { name: written }));
}

/** Types of other databases that SQLAlchemy writes for PostgreSQL by their names. */
function isWrittenAlike(family: string, short: string): boolean {
  return (family === 'mysql' || family === 'mssql' || family === 'oracle') && /^(?:BIGINT|INTEGER|SMALLINT|REAL|DATE|JSON|BOOLEAN|VARCHAR|CHAR|NCHAR|NUMERIC|DECIMAL)$/.test(short);
}

function arrayType(value: Value, call: (CallValue & Located) | null, context: ReadContext, depth: number): TypeReading {
  const item = call?.args[0] ?? call?.keywords.get('item_type');
  if (item === undefined) return unknownType(context, value, message('An ARRAY needs the type of its items.'));
  const reading = readTypeDeep(item, context, depth + 1);
  if (reading.type.kind === 'unknown') return { ...reading, isNull: false, isInteger: false };
  const dimensions = call === null ? null : numberOf(call.keywords.get('dimensions') ?? call.args[2] ?? { kind: 'none', at: call.at });
  return { ...reading, type: { ...reading.type, dimensions: dimensions ?? 1 }, isNull: false, isInteger: false };
}

export function plain(type: ColumnType): TypeReading {
  return { type, collation: null, isNull: false, isInteger: false };
}

export function unknownType(context: ReadContext, value: Value, reason: Message): TypeReading {
  context.report({ ...problem('unknown-type', 'warning', '', {}, value.at), message: reason });
  return { ...nullType, type: { kind: 'unknown', reason }, isNull: false };
}
