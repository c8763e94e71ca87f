import type { Schema } from '../schema/schema';
import { formatMessage } from '../text/problem';
import { verify } from '../verify/verify';
import { partName } from '../verify/words';
import type { StateDifference } from './dry-run';

/** What differs between two states of one database, both as its catalog says them. */
export function compareStates(expected: Schema, found: Schema): readonly StateDifference[] {
  const [side] = verify({ database: found, version: null, models: null, history: expected }).sides;
  return (side?.objects ?? []).flatMap(({ kind, name, status, parts, reason, expected: was, actual }): readonly StateDifference[] => {
    const object = kind === 'other' ? name : `${kind} ${name}`;
    if (status === 'same' || status === 'apart') return [];
    const own = parts.filter((part) => part.status !== 'same');
    if (status === 'different' && own.length > 0) return own.map((part) => ({ object, what: `${partName(part)} ${words(part.status, part.expected, part.actual)}${part.reason === null ? '' : ` (${formatMessage(part.reason)})`}` }));
    return [{ object, what: `${words(status, was, actual)}${reason === null ? '' : ` (${formatMessage(reason)})`}` }];
  });
}

function words(status: string, expected: string | null, actual: string | null): string {
  if (status === 'missing') return 'is gone';
  if (status === 'extra') return 'is left behind';
  if (status === 'unknown') return 'can’t be told to be the same';
  return expected === null || actual === null ? 'is another' : `was ${expected}, is ${actual}`;
}

