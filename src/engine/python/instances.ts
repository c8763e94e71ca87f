import type { Place } from '../text/text';
import { inlineFunction } from './calls';
import { findMember, mro } from './classes';
import { isEnum } from './enums';
import type { Reading } from './evaluate';
import { lookUp, type Scope } from './scope';
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
  if (object.kind !== 'call' || object.callee.kind !== 'class') return null;
  // Made while a module was read: nobody looked into it then.
  if (reading.run !== null && !reading.instances.has(object) && !isEnum(object.callee)) makeInstance(reading, object.callee, object);
  const own = reading.instances.get(object);
  if (own === undefined) return null;
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

/** `super()` in a method that is walked: the object, looked at from behind the class that has the method. Null: it is no such method. */
export function superOfInstance(reading: Reading, scope: Scope, at: Place): Value | null {
  const definition = reading.callStack.at(-1);
  const self = definition?.parameters[0] === undefined ? null : lookUp(scope, definition.parameters[0].name);
  if (definition === undefined || self === null || self.kind !== 'call' || self.callee.kind !== 'class' || !reading.instances.has(self)) return null;
  const owner = mro(self.callee).find((type) => type.kind === 'class' && [...type.members.values()].some(({ value }) => value?.kind === 'function' && value.definition === definition));
  if (owner?.kind !== 'class') return null;
  const value: Value = { kind: 'attribute', object: self, name: 'super()', at };
  reading.supers.set(value, owner);
  return value;
}

/** A call of a method of `super()`; null where it is none, or cannot be followed. */
export function callOnSuper(reading: Reading, object: Value, name: string, args: readonly Value[], keywords: ReadonlyMap<string, Value>, at: Place): Value | null {
  const owner = reading.supers.get(object);
  if (owner === undefined || object.kind !== 'attribute' || object.object.kind !== 'call' || object.object.callee.kind !== 'class') return null;
  const order = mro(object.object.callee);
  const behind = order.slice(order.indexOf(owner) + 1);
  const member = behind.map((type) => (type.kind === 'class' ? type.members.get(name) : undefined)).find((found) => found !== undefined);
  // What Python's own classes do there is nothing.
  if (member === undefined) return name === '__init__' ? { kind: 'none', at } : null;
  return member.value?.kind === 'function' ? inlineFunction(reading, member.value, [object.object, ...args], keywords, at) : null;
}

/** All of its classes are known: of a class outside of the workspace nobody knows what its `__init__` does. */
function isPlain(type: ClassValue): boolean {
  return type.bases.every((base) => (base.kind === 'class' ? isPlain(base) : isNamed(base, /^(builtins\.object|abc\.ABC|typing\.(Generic|Protocol|NamedTuple))$/) || (base.kind === 'subscript' && isNamed(base.object, /^typing\./))));
}

function isNamed(value: Value, name: RegExp): boolean {
  return value.kind === 'symbol' ? name.test(value.name) : value.kind === 'call' && isNamed(value.callee, name);
}
