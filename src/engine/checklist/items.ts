import type { ChecklistItem, ChecklistPart, ChecklistState, ChecklistStep } from './checklist';
import { message, type Message } from '../text/problem';
import type { Place } from '../text/text';

/** An item with what most have: no parts, no button, no place. */
export function item(id: string, state: ChecklistState, text: Message, more: Partial<Pick<ChecklistItem, 'evidence' | 'parts' | 'action' | 'at'>> = {}): ChecklistItem {
  return { id, state, text, evidence: null, parts: [], action: null, at: null, ...more };
}

export function part(state: ChecklistState, text: Message, at: Place | null = null): ChecklistPart {
  return { state, text, at };
}

export type StepDraft = Pick<ChecklistStep, 'id' | 'title' | 'items'>;

/** An item whose turn has not come. */
export function later(id: string, text: Message, evidence: Message): ChecklistItem {
  return item(id, 'later', text, { evidence });
}

/** `1 table`, `3 tables`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return count === 1 ? `1 ${one}` : `${count} ${many}`;
}

export function listed(names: readonly string[], most = 4): string {
  const shown = names.slice(0, most).join(', ');
  return names.length <= most ? shown : `${shown} and ${names.length - most} more`;
}

export const firstGenerate = message('Generate the migration first.');
export const underReview = message('The review is under way.');

export function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

export function startOf(path: string): Place {
  return { path, range: { start: 0, end: 0 } };
}
