import type { Place } from '../text/text';
import { findMember } from './classes';
import { enumMembers, isEnum } from './enums';
import type { Reading } from './evaluate';
import { inlineFunction } from './calls';
import { evaluateExpression } from './expressions';
import { attributeOfInstance } from './instances';
import { stringAt, unknown } from './known';
import type { ClassMember, ClassValue, Located, Value } from './values';

/** What `object.name` is known to be. */
export function attributeOf(reading: Reading, object: Value, name: string, at: Place): Value {
  switch (object.kind) {
    case 'symbol':
      return { kind: 'symbol', name: `${object.name}.${name}`, at };
    case 'module':
      return moduleAttribute(reading, object, name, at);
    case 'enumMember':
      if (name === 'value' || name === '_value_') return object.value;
      if (name === 'name' || name === '_name_') return stringAt(object.name, at);
      return { kind: 'attribute', object, name, at };
    case 'class':
      return classAttribute(reading, object, name, at);
    case 'unknown':
      return { ...object, at };
    case 'function':
    case 'lambda':
      if (name === '__name__' && object.kind === 'function') return stringAt(object.name, at);
      return { kind: 'attribute', object, name, at };
    default:
      return attributeOfInstance(reading, object, name, at) ?? { kind: 'attribute', object, name, at };
  }
}

function moduleAttribute(reading: Reading, object: Value & { readonly kind: 'module' }, name: string, at: Place): Value {
  if (name === '__name__') return stringAt(object.name, at);
  if (object.path === null) {
    const folder = reading.namespaces.get(object);
    if (folder === undefined) return unknown(at, 'There is no `{name}` in {module}.', { name, module: object.name });
    const found = reading.resolver.under(folder, name);
    const dotted = `${object.name}.${name}`;
    // None of its files has been asked for: it may be a folder that holds such folders itself.
    if (found.kind === 'external') return reading.moduleValue({ kind: 'namespace', name: dotted, folder: `${folder}/${name}` }, at);
    return reading.moduleValue({ ...found, name: dotted }, at);
  }
  const module = reading.module(object.path, object.name);
  if (module === null) return unknown(at, '{module} was not read yet.', { module: object.name });
  const found = reading.nameIn(module, name);
  if (found !== null) return found;
  if (reading.isLoading(module)) return unknown(at, '`{name}` is not there yet when {module} is imported: the imports go in a circle.', { name, module: object.name });
  return reading.unresolved(at, 'There is no `{name}` in {module}.', { name, module: object.name });
}

function classAttribute(reading: Reading, type: ClassValue & Located, name: string, at: Place): Value {
  if (name === '__name__' || name === '__qualname__') return stringAt(type.name, at);
  if (name === '__module__') return stringAt(type.module, at);
  if (name === '__doc__') return type.docstring === null ? { kind: 'none', at } : stringAt(type.docstring, at);
  if (isEnum(type)) {
    const members = enumMembers(reading, type);
    if (name === '__members__') return { kind: 'dict', entries: [...members].map(([key, member]) => [stringAt(key, member.at), member] as const), at };
    const member = members.get(name);
    if (member !== undefined) return member;
  }
  const found = findMember(type, name);
  const value = found?.member.value ?? null;
  if (found === null || value === null) return { kind: 'attribute', object: type, name, at };
  if (value.kind === 'function') {
    if (isClassAttribute(reading, found.member)) return inlineFunction(reading, value, [type], new Map(), at, true) ?? { kind: 'attribute', object: type, name, at };
    return { kind: 'attribute', object: type, name, at };
  }
  const derived = new Set(['call', 'attribute', 'operation', 'subscript', 'unknown', 'lambda']);
  return derived.has(value.kind) ? { kind: 'attribute', object: type, name, at } : value;
}

function isClassAttribute(reading: Reading, member: ClassMember): boolean {
  const { isClassAttribute: test } = reading.options;
  return test !== undefined && member.decorators.some(test);
}

/** The value of a method's decorators, for those who must know whether a call can be followed. */
export function decoratorsOf(reading: Reading, value: Value & { readonly kind: 'function' }): Value[] {
  const scope = reading.closures.get(value);
  return scope === undefined ? [] : value.definition.decorators.map((decorator) => evaluateExpression(reading, decorator, scope));
}
