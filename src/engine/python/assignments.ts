import type { Place } from '../text/text';
import type { Reading } from './evaluate';
import { evaluateExpression } from './expressions';
import { itemsOf, unknown, withEntry } from './known';
import { applyBinary } from './operators';
import { reportValue } from './run';
import { assign, lookUp, rebind, type Scope } from './scope';
import type { Expression } from './expression-syntax';
import type { Assignment, Update } from './syntax';
import type { Value } from './values';

export function executeAssignment(reading: Reading, statement: Assignment, scope: Scope): void {
  if (statement.value === null) return;
  const value = evaluateExpression(reading, statement.value, scope);
  const first = statement.targets[0];
  const name = first?.kind === 'name' ? first.name : null;
  if (reading.run !== null) reportValue(reading.run, value, name ?? '', { path: scope.module.path, range: statement.range });
  else if (scope.kind === 'module') collectCalls(scope, value, name);
  for (const target of statement.targets) bindTarget(reading, target, value, scope);
}

/** Calls in lists and dicts count too: `tables = [Table(…), Table(…)]`. */
function collectCalls(scope: Scope, value: Value, name: string | null): void {
  if (value.kind === 'call') scope.module.calls.push({ name, call: value });
  else if (value.kind === 'list' || value.kind === 'tuple') value.items.forEach((item) => collectCalls(scope, item, null));
  else if (value.kind === 'dict') value.entries.forEach(([, item]) => collectCalls(scope, item, null));
}

/** Binds a target of an assignment, loop or `as`: names, tuples, `d[k]`, `x.attribute`. */
export function bindTarget(reading: Reading, target: Expression, value: Value, scope: Scope): void {
  switch (target.kind) {
    case 'name':
      assign(scope, target.name, value);
      return;
    case 'starred':
      bindTarget(reading, target.value, value, scope);
      return;
    case 'tuple':
    case 'list': {
      const items = itemsOf(value);
      const star = target.items.findIndex((item) => item.kind === 'starred');
      target.items.forEach((part, index) => {
        const place: Place = { path: scope.module.path, range: part.range };
        if (items === null || (star < 0 && items.length !== target.items.length)) {
          bindTarget(reading, part, unknown(place, 'What is unpacked here is not known.'), scope);
        } else if (index === star) {
          const rest = items.slice(star, items.length - (target.items.length - star - 1));
          bindTarget(reading, part, { kind: 'list', items: rest, at: place }, scope);
        } else {
          const item = items[star >= 0 && index > star ? items.length - (target.items.length - index) : index];
          bindTarget(reading, part, item ?? unknown(place, 'What is unpacked here is not known.'), scope);
        }
      });
      return;
    }
    case 'subscript': {
      const container = target.object.kind === 'name' ? lookUp(scope, target.object.name) : null;
      const key = target.index[0];
      if (container?.kind !== 'dict' || key === undefined || target.object.kind !== 'name') return;
      rebind(scope, target.object.name, { ...container, entries: withEntry(container.entries, evaluateExpression(reading, key, scope), value) });
      return;
    }
    case 'attribute': {
      const object = evaluateExpression(reading, target.object, scope);
      if (object.kind === 'class') {
        const place: Place = { path: scope.module.path, range: target.range };
        const members = object.members as Map<string, { name: string; value: Value; annotation: null; decorators: []; at: Place }>;
        members.set(target.name, { name: target.name, value, annotation: null, decorators: [], at: place });
      } else if (reading.instances.has(object)) {
        reading.instances.get(object)?.set(target.name, value);
      } else if (reading.run === null) {
        scope.module.attributes.push({ object, name: target.name, value });
      }
      return;
    }
    default:
  }
}

export function executeUpdate(reading: Reading, statement: Update, scope: Scope): void {
  const value = evaluateExpression(reading, statement.value, scope);
  const before = evaluateExpression(reading, statement.target, scope);
  const at: Place = { path: scope.module.path, range: statement.range };
  const items = statement.operator === '+' && before.kind === 'list' ? itemsOf(value) : null;
  const after: Value = items !== null && before.kind === 'list' ? { ...before, items: [...before.items, ...items] } : applyBinary(statement.operator, before, value, at);
  bindTarget(reading, statement.target, after, scope);
}
