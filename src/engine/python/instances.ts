import type { Place } from '../text/text';
import { inlineFunction } from './calls';
import { findMember } from './classes';
import type { Reading } from './evaluate';
import type { CallValue, ClassValue, Located, Value } from './values';

/**
 * An object of a class of the workspace, while a script is walked: the call that made it, with what `__init__` (or a
 * dataclass) gave it. The call as it is where that cannot be followed.
 */
export function makeInstance(reading: Reading, type: ClassValue & Located, call: CallValue & Located): Value {
  if (!isPlain(type)) return call;
  const attributes = new Map<string, Value>();
  reading.instances.set(call, attributes);
  const init = findMember(type, '__init__')?.member.value;
  if (init?.kind === 'function') {
    if (inlineFunction(reading, init, [call, ...call.args], call.keywords, call.at, true) === null && reading.walked !== init.definition) reading.instances.delete(call);
    return call;
  }
  if (!type.decorators.some((decorator) => isNamed(decorator, /(^|\.)dataclass$/)) && !type.bases.some((base) => isNamed(base, /(^|\.)NamedTuple$/))) return call;
  const fields = [...type.members.values()].filter((member) => member.annotation !== null);
  fields.forEach((field, index) => {
    const value = call.keywords.get(field.name) ?? call.args[index] ?? field.value;
    if (value !== null && value !== undefined) attributes.set(field.name, value);
  });
  return call;
}

/** What `object.name` is of an instance: its own, else its class's. Null: not known, or no instance. */
export function attributeOfInstance(reading: Reading, object: Value, name: string, at: Place): Value | null {
  const own = reading.instances.get(object);
  if (own === undefined || object.kind !== 'call' || object.callee.kind !== 'class') return null;
  const attribute = own.get(name);
  if (attribute !== undefined) return attribute;
  if (name === '__class__') return object.callee;
  const member = findMember(object.callee, name)?.member;
  const value = member?.value ?? null;
  if (member === undefined || value === null) return null;
  if (value.kind !== 'function') return value;
  const isProperty = member.decorators.some((decorator) => isNamed(decorator, /(^|\.)(cached_)?property$/));
  return isProperty ? inlineFunction(reading, value, [object], new Map(), at, true) : null;
}

/** A call of a method of an instance; null where it is none, or cannot be followed. */
export function callOnInstance(reading: Reading, object: Value, name: string, args: readonly Value[], keywords: ReadonlyMap<string, Value>, at: Place): Value | null {
  if (!reading.instances.has(object) || object.kind !== 'call' || object.callee.kind !== 'class') return null;
  const member = findMember(object.callee, name)?.member;
  if (member?.value?.kind !== 'function') return null;
  const is = (decorator: string): boolean => member.decorators.some((one) => isNamed(one, new RegExp(`^builtins\\.${decorator}$`)));
  const self = is('staticmethod') ? [] : is('classmethod') ? [object.callee] : [object];
  return inlineFunction(reading, member.value, [...self, ...args], keywords, at);
}

/** All of its classes are known: of a class outside of the workspace nobody knows what its `__init__` does. */
function isPlain(type: ClassValue): boolean {
  return type.bases.every((base) => (base.kind === 'class' ? isPlain(base) : isNamed(base, /^(builtins\.object|abc\.ABC|typing\.(Generic|Protocol|NamedTuple))$/) || (base.kind === 'subscript' && isNamed(base.object, /^typing\./))));
}

function isNamed(value: Value, name: RegExp): boolean {
  return value.kind === 'symbol' ? name.test(value.name) : value.kind === 'call' && isNamed(value.callee, name);
}
