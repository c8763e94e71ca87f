import type { Reading } from './evaluate';
import { placeIn } from './evaluate';
import { evaluateExpression } from './expressions';
import { unknown } from './known';
import { applyBinary } from './operators';
import { assign, type Scope } from './scope';
import type { Pattern } from './syntax';
import type { Value } from './values';

/**
 * Whether a `case` takes a value, and what it binds in `scope` where it does; null: not known. `decide` answers comparisons that
 * Python alone does not know. Source: Python's reference, "The match statement".
 */
export function matchPattern(reading: Reading, pattern: Pattern, subject: Value, scope: Scope, decide: (condition: Value) => boolean | null): boolean | null {
  switch (pattern.kind) {
    case 'value': {
      const value = evaluateExpression(reading, pattern.value, scope);
      const isSingleton = value.kind === 'none' || value.kind === 'bool';
      // 1 equals True, and is another object.
      if (value.kind === 'bool' && subject.kind === 'number') return false;
      return decide(applyBinary(isSingleton ? 'is' : '==', subject, value, placeIn(scope, pattern.value.range)));
    }
    case 'capture':
      if (pattern.name !== null) assign(scope, pattern.name, subject);
      return true;
    case 'as': {
      const outcome = matchPattern(reading, pattern.pattern, subject, scope, decide);
      if (outcome !== false) assign(scope, pattern.name, subject);
      return outcome;
    }
    case 'or': {
      let outcome: boolean | null = false;
      for (const option of pattern.patterns) {
        const taken = matchPattern(reading, option, subject, scope, decide);
        if (taken === true) return outcome === false ? true : null;
        if (taken === null) outcome = null;
      }
      return outcome;
    }
    case 'sequence':
      return matchSequence(reading, pattern.items, subject, scope, decide);
    case 'star':
      return null;
    case 'other':
      for (const name of pattern.names) assign(scope, name, unknown(placeIn(scope, pattern.range), 'What this pattern finds is not known without running it.'));
      return null;
  }
}

function matchSequence(reading: Reading, items: readonly Pattern[], subject: Value, scope: Scope, decide: (condition: Value) => boolean | null): boolean | null {
  const plain = subject.kind === 'enumMember' ? subject.value : subject;
  if (['none', 'bool', 'number', 'string', 'dict', 'set'].includes(plain.kind)) return false;
  const values = subject.kind === 'list' || subject.kind === 'tuple' ? subject.items : null;
  const star = items.findIndex((item) => item.kind === 'star');
  if (values !== null && (star < 0 ? values.length !== items.length : values.length < items.length - 1)) return false;
  let outcome: boolean | null = values === null ? null : true;
  for (const [index, item] of items.entries()) {
    const nowhere = unknown(subject.at, 'What this pattern finds is not known without running it.');
    if (item.kind === 'star') {
      if (item.name !== null) assign(scope, item.name, values === null ? nowhere : { kind: 'list', items: values.slice(star, values.length - (items.length - 1 - star)), at: subject.at });
      continue;
    }
    const value = star >= 0 && index > star ? values?.[values.length - (items.length - index)] : values?.[index];
    const taken = matchPattern(reading, item, value ?? nowhere, scope, decide);
    if (taken === false) return false;
    if (taken === null) outcome = null;
  }
  return outcome;
}
