import { descendsFrom, findMember, mro } from './classes';
import type { Reading } from './evaluate';
import { equal, numberAt, numberOf, stringAt, stringOf, unknown } from './known';
import type { ClassMember, ClassValue, Located, Value } from './values';

/** Whether a class of the workspace is an `enum.Enum`. */
export function isEnum(type: ClassValue): boolean {
  return descendsFrom(type, (name) => /^(enum|strenum|backports\.strenum|aenum)\.(Enum|IntEnum|StrEnum|Flag|IntFlag|ReprEnum|LowercaseStrEnum|UppercaseStrEnum)$/.test(name));
}

export type EnumMember = Value & { readonly kind: 'enumMember' };

/**
 * The members of an enum class in order of definition, by the names they can be reached by: an alias is an entry whose
 * member has another name. `auto()` is worked out (for StrEnum the name in lower case).
 */
export function enumMembers(reading: Reading, type: ClassValue & Located): ReadonlyMap<string, EnumMember> {
  const known = membersOf.get(type);
  if (known !== undefined && known.size === type.members.size) return known.members;
  const members = findMembers(reading, type);
  membersOf.set(type, { size: type.members.size, members });
  return members;
}

/** While a class body is walked its members are still growing: an answer holds as long as their number does. */
const membersOf = new WeakMap<ClassValue, { readonly size: number; readonly members: ReadonlyMap<string, EnumMember> }>();

function findMembers(reading: Reading, type: ClassValue & Located): ReadonlyMap<string, EnumMember> {
  const result = new Map<string, EnumMember>();
  const isText = descendsFrom(type, (name) => name.endsWith('.StrEnum'));
  const isFlag = descendsFrom(type, (name) => /\.(Flag|IntFlag)$/.test(name));
  const lastValues: Value[] = [];
  for (const member of type.members.values()) {
    if (!isMember(member) || member.value === null) continue;
    const value = isAuto(member.value) ? autoValue(reading, type, member, lastValues, isText, isFlag) : plainValue(type, member.value);
    const first = value.kind === 'unknown' ? undefined : [...result.values()].find((other) => equal(other.value, value) === true);
    lastValues.push(value);
    result.set(member.name, first ?? { kind: 'enumMember', enum: type, name: member.name, value, at: member.at });
  }
  return result;
}

function isMember(member: ClassMember): boolean {
  if (/^_.*_$/.test(member.name) || member.name.startsWith('__') || member.value === null) return false;
  const kind = member.value.kind;
  if (kind === 'function' || kind === 'lambda' || kind === 'class') return false;
  return !(kind === 'call' && member.value.callee.kind === 'symbol' && /^(enum\.(nonmember|property)|functools\.\w+|builtins\.property)$/.test(member.value.callee.name));
}

function isAuto(value: Value): boolean {
  return value.kind === 'call' && value.callee.kind === 'symbol' && /(^|\.)auto$/.test(value.callee.name);
}

/** `__new__` may make another value of what is written; the common forms take the first of a tuple. */
function plainValue(type: ClassValue, written: Value): Value {
  if (written.kind === 'call' && written.callee.kind === 'symbol' && written.callee.name === 'enum.member') return written.args[0] ?? written;
  const own = findMember(type, '__new__');
  if (own === null) return written;
  return written.kind === 'tuple' ? unknown(written.at, 'The value of this member is made by `__new__`.') : written;
}

function autoValue(reading: Reading, type: ClassValue & Located, member: ClassMember, before: readonly Value[], isText: boolean, isFlag: boolean): Value {
  const maker = findMember(type, '_generate_next_value_');
  if (maker?.member.value?.kind === 'function') {
    const args: Value[] = [stringAt(member.name, member.at), numberAt(1, member.at), numberAt(before.length, member.at), { kind: 'list', items: before, at: member.at }];
    return reading.call(maker.member.value, args, member.at);
  }
  if (isText) return stringAt(member.name.toLowerCase(), member.at);
  const numbers = before.map(numberOf).filter((number): number is number => number !== null);
  const highest = numbers.length === 0 ? 0 : Math.max(...numbers);
  if (isFlag) return numberAt(highest === 0 ? 1 : 2 ** (Math.floor(Math.log2(highest)) + 1), member.at);
  return numberAt(highest + 1, member.at);
}

/** `Color("red")`: the member with that value; null: not an enum, or not known. */
export function memberByValue(reading: Reading, type: ClassValue & Located, value: Value): Value | null {
  for (const member of enumMembers(reading, type).values()) if (equal(member.value, value) === true) return member;
  return null;
}

/** `Enum("Color", "RED GREEN")` and its other forms (docs.python.org: enum, "Functional API") as the class that it makes. */
export function functionalEnum(call: Value & { readonly kind: 'call' }, path: string): Value | null {
  const [name, names] = call.args;
  const members = names ?? call.keywords.get('names');
  const className = name === undefined ? null : stringOf(name);
  if (className === null || members === undefined) return null;
  const pairs: [string, Value][] = [];
  const plain = (text: string): void => {
    pairs.push([text, call.callee.kind === 'symbol' && call.callee.name.endsWith('.StrEnum') ? stringAt(text.toLowerCase(), call.at) : numberAt(pairs.length + 1, call.at)]);
  };
  const text = stringOf(members);
  if (text !== null) text.split(/[\s,]+/).filter((part) => part !== '').forEach(plain);
  else if (members.kind === 'dict') {
    for (const [key, value] of members.entries) pairs.push([stringOf(key) ?? '', value]);
  } else if (members.kind === 'list' || members.kind === 'tuple') {
    for (const item of members.items) {
      const own = stringOf(item);
      if (own !== null) plain(own);
      else if ((item.kind === 'tuple' || item.kind === 'list') && item.items[0] !== undefined && item.items[1] !== undefined) pairs.push([stringOf(item.items[0]) ?? '', item.items[1]]);
      else return null;
    }
  } else return null;
  if (pairs.some(([key]) => key === '')) return null;
  const mixin = call.keywords.get('type');
  return {
    kind: 'class',
    name: className,
    module: '',
    path,
    bases: mixin === undefined ? [call.callee] : [mixin, call.callee],
    keywords: new Map(),
    decorators: [],
    members: new Map(pairs.map(([key, value]) => [key, { name: key, value, annotation: null, decorators: [], at: value.at }])),
    docstring: null,
    at: call.at,
  };
}

/** Members are inherited by nobody (an enum with members can not be subclassed), but their class may have mixins. */
export function enumBaseNames(type: ClassValue): readonly string[] {
  return mro(type).flatMap((ancestor) => (ancestor.kind === 'external' ? [ancestor.name] : []));
}

