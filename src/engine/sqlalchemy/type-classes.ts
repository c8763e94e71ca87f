import { descendsFrom, findMember, mro } from '../python/classes';
import { stringOf } from '../python/known';
import { callsIn } from '../python/run';
import type { CallValue, ClassValue, Located, Value } from '../python/values';
import { message } from '../text/problem';
import type { ReadContext } from './context';
import { nameOf } from './names';
import { parseTypeText } from './type-names';
import { plain, readTypeDeep, silent, unknownType, type TypeReading } from './types';

/** A type class of the workspace: a `TypeDecorator`, a `UserDefinedType`, or a subclass of a plain type. */
export function workspaceType(type: ClassValue & Located, call: (CallValue & Located) | null, context: ReadContext, depth: number): TypeReading {
  if (descendsFrom(type, (name) => /^sqlalchemy\..*TypeDecorator$/.test(name))) {
    const reading = decoratedType(type, call, context, depth);
    const process = findMember(type, 'process_bind_param')?.member.value;
    if (reading === null || process === undefined || process === null) return reading ?? withoutImpl(type, call, context);
    return { ...reading, bind: (value) => context.reading.call(process, [type, value, dialectValue(type)], value.at) };
  }
  const spec = findMember(type, 'get_col_spec')?.member.value ?? null;
  if (spec !== null) {
    const written = stringOf(context.reading.call(spec, [call ?? type], type.at));
    if (written !== null) return plain(parseTypeText(written));
    return unknownType(context, call ?? type, message('What `get_col_spec` of {name} gives is not known.', { name: type.name }));
  }
  for (const ancestor of mro(type)) {
    if (ancestor.kind !== 'external' || ancestor.name.startsWith('builtins.') || ancestor.name.startsWith('typing.')) continue;
    const base: Value = { kind: 'symbol', name: ancestor.name, at: (call ?? type).at };
    if (nameOf(base) === 'sa.UserDefinedType') continue;
    return readTypeDeep(withArguments(base, call, type, context), context, depth + 1);
  }
  return withoutImpl(type, call, context);
}

function withoutImpl(type: ClassValue & Located, call: (CallValue & Located) | null, context: ReadContext): TypeReading {
  return unknownType(context, call ?? type, message('What {name} is in PostgreSQL is not known: it has no `impl` that can be read.', { name: type.name }));
}

function decoratedType(type: ClassValue & Located, call: (CallValue & Located) | null, context: ReadContext, depth: number): TypeReading | null {
  const impl = findMember(type, 'impl')?.member.value ?? null;
  const declared = impl === null ? null : withArguments(impl, call, type, context);
  const chosen = chosenByDialect(type, context);
  if (chosen === null) return declared === null ? null : readTypeDeep(declared, context, depth + 1);
  const isInteger = declared !== null && readTypeDeep(declared, silent(context), depth + 1).isInteger;
  return { ...readTypeDeep(chosen, context, depth + 1), isInteger };
}

/** Arguments go on to the type below, as they are or as the class's own `__init__` hands them to `super().__init__`. */
function withArguments(impl: Value, call: (CallValue & Located) | null, type: ClassValue & Located, context: ReadContext): Value {
  if (impl.kind === 'call') return impl;
  const own = findMember(type, '__init__')?.member.value;
  if (own?.kind !== 'function') return call === null ? impl : { ...call, callee: impl };
  const calls = callsIn(context.reading, own, [type, ...(call?.args ?? [])], call?.keywords ?? new Map(), (call ?? type).at);
  const handed = calls.find((inner) => inner.callee.kind === 'attribute' && inner.callee.name === '__init__');
  return handed === undefined ? impl : { ...handed, callee: impl };
}

/** What `load_dialect_impl` returns for PostgreSQL; null where the class has none or it falls back on `impl`. */
function chosenByDialect(type: ClassValue & Located, context: ReadContext): Value | null {
  const loader = findMember(type, 'load_dialect_impl')?.member.value;
  if (loader === undefined || loader === null) return null;
  const result = context.reading.call(loader, [type, dialectValue(type)], type.at);
  if (result.kind === 'call' && result.callee.kind === 'attribute' && result.callee.name === 'type_descriptor') return result.args[0] ?? null;
  return null;
}

/** A stand-in for SQLAlchemy's dialect object: it has the name `postgresql`, and nothing else that is known. */
function dialectValue(type: ClassValue & Located): Value {
  const name: Value = { kind: 'string', value: 'postgresql', at: type.at };
  return {
    kind: 'class',
    name: 'dialect',
    module: '',
    path: type.path,
    bases: [],
    keywords: new Map(),
    decorators: [],
    members: new Map([['name', { name: 'name', value: name, annotation: null, decorators: [], at: type.at }]]),
    docstring: null,
    at: type.at,
  };
}
