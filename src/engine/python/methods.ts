import { equal, entryOf, itemsOf, numberAt, numberOf, stringAt, stringOf } from './known';
import { callLibrary } from './builtins';
import { applySpec } from './expressions';
import { reprOf, textOfValue } from './operators';
import type { CallValue, Located, Value } from './values';

/** `object.name(args)` on a known string, list, tuple, set or dict; null where that can not be worked out. */
export function callMethod(object: Value, name: string, call: CallValue & Located): Value | null {
  const text = stringOf(object);
  if (text !== null) return stringMethod(text, name, call);
  if (object.kind === 'dict') return dictMethod(object, name, call);
  const first = call.args[0];
  // re.compile(pattern).sub(replacement, text)
  if (name === 'sub' && object.kind === 'call' && object.callee.kind === 'symbol' && object.callee.name === 're.compile' && object.args.length === 1) {
    return callLibrary('re.sub', { ...call, args: [...object.args, ...call.args] });
  }
  if (object.kind === 'list' || object.kind === 'tuple' || object.kind === 'set') {
    if (name === 'copy') return object;
    if (name === 'index' && first !== undefined) {
      const at = object.items.findIndex((item) => equal(item, first) === true);
      return at < 0 ? null : numberAt(at, call.at);
    }
    if (name === 'count' && first !== undefined) return numberAt(object.items.filter((item) => equal(item, first) === true).length, call.at);
    const other = first === undefined ? null : itemsOf(first);
    if (object.kind === 'set' && other !== null) {
      if (name === 'union') return { kind: 'set', items: [...object.items, ...other], at: call.at };
      if (name === 'difference') return { kind: 'set', items: object.items.filter((item) => !other.some((gone) => equal(gone, item) === true)), at: call.at };
    }
  }
  return null;
}

function dictMethod(object: Value & { readonly kind: 'dict' }, name: string, call: CallValue & Located): Value | null {
  const at = call.at;
  const [key, fallback] = call.args;
  switch (name) {
    case 'keys':
      return { kind: 'list', items: object.entries.map(([entry]) => entry), at };
    case 'values':
      return { kind: 'list', items: object.entries.map(([, value]) => value), at };
    case 'items':
      return { kind: 'list', items: object.entries.map(([entry, value]) => ({ kind: 'tuple', items: [entry, value], at }) as const), at };
    case 'copy':
      return object;
    case 'get': {
      const found = key === undefined ? null : entryOf(object, key);
      return found === null ? null : (found ?? fallback ?? { kind: 'none', at });
    }
    default:
      return null;
  }
}

function stringMethod(text: string, name: string, call: CallValue & Located): Value | null {
  const at = call.at;
  const texts = call.args.map(stringOf);
  const [first, second] = texts;
  const done = (result: string): Value => stringAt(result, at);
  const strip = (pattern: string | null | undefined, left: boolean, right: boolean): Value | null => {
    if (pattern === null) return null;
    const inside = (character: string): boolean => (pattern === undefined ? /\s/.test(character) : pattern.includes(character));
    let start = 0;
    let end = text.length;
    while (left && start < end && inside(text.charAt(start))) start++;
    while (right && end > start && inside(text.charAt(end - 1))) end--;
    return done(text.slice(start, end));
  };
  switch (name) {
    case 'lower':
    case 'casefold':
      return done(text.toLowerCase());
    case 'upper':
      return done(text.toUpperCase());
    case 'capitalize':
      return done(text.charAt(0).toUpperCase() + text.slice(1).toLowerCase());
    case 'title':
      return done(text.toLowerCase().replace(/[a-z]+/g, (word) => word.charAt(0).toUpperCase() + word.slice(1)));
    case 'strip':
      return strip(first, true, true);
    case 'lstrip':
      return strip(first, true, false);
    case 'rstrip':
      return strip(first, false, true);
    case 'removeprefix':
      return typeof first === 'string' ? done(text.startsWith(first) ? text.slice(first.length) : text) : null;
    case 'removesuffix':
      return typeof first === 'string' ? done(first !== '' && text.endsWith(first) ? text.slice(0, -first.length) : text) : null;
    case 'startswith':
      return typeof first === 'string' ? { kind: 'bool', value: text.startsWith(first), at } : null;
    case 'endswith':
      return typeof first === 'string' ? { kind: 'bool', value: text.endsWith(first), at } : null;
    case 'isupper':
      return { kind: 'bool', value: text !== text.toLowerCase() && text === text.toUpperCase(), at };
    case 'islower':
      return { kind: 'bool', value: text !== text.toUpperCase() && text === text.toLowerCase(), at };
    case 'replace':
      return typeof first === 'string' && typeof second === 'string' && call.args.length === 2 ? done(text.split(first).join(second)) : null;
    case 'split': {
      if (first === null || call.args.length > 1) return null;
      const parts = first === undefined ? text.split(/\s+/).filter((part) => part !== '') : text.split(first);
      return { kind: 'list', items: parts.map(done), at };
    }
    case 'splitlines':
      return { kind: 'list', items: text.replace(/\n$/, '').split('\n').map(done), at };
    case 'zfill': {
      const width = call.args[0] === undefined ? null : numberOf(call.args[0]);
      return width === null ? null : done(text.padStart(width, '0'));
    }
    case 'join': {
      const items = call.args[0] === undefined ? null : itemsOf(call.args[0]);
      const parts = items?.map(stringOf);
      return parts === undefined || parts.includes(null) ? null : done(parts.join(text));
    }
    case 'format':
      return formatMethod(text, call);
    case 'encode':
      return done(text);
    default:
      return null;
  }
}

/** `'{} {name!r} {0.x}'.format(…)`; null for attributes, items and values that are not known. */
function formatMethod(template: string, call: CallValue & Located): Value | null {
  let failed = false;
  let next = 0;
  const result = template.replace(/\{\{|\}\}|\{([^{}!:]*)(?:!([rs]))?(?::([^{}]*))?\}/g, (whole, field: string | undefined, conversion: string | undefined, spec: string | undefined) => {
    if (whole === '{{') return '{';
    if (whole === '}}') return '}';
    const value = field === undefined || field === '' ? call.args[next++] : /^\d+$/.test(field) ? call.args[Number(field)] : call.keywords.get(field);
    let text = value === undefined ? null : conversion === 'r' ? reprOf(value) : textOfValue(value);
    if (text !== null && value !== undefined && spec !== undefined) text = applySpec(text, value, spec);
    if (text === null) failed = true;
    return text ?? '';
  });
  return failed ? null : stringAt(result, call.at);
}
