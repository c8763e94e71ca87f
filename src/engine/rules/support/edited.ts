import type { Operation } from '../../operations/operation';
import { tokenize } from '../../sql/identifiers';

/** What one script does and another does not, whatever the order and the spelling. */
export interface Edited {
  /** Of the script as it is now. */
  readonly added: readonly Operation[];
  /** Of the script as it was. */
  readonly removed: readonly Operation[];
}

/** Operations with the text that they were read from. */
export interface OperationsOf {
  readonly operations: readonly Operation[];
  readonly text: string;
}

/** Operations are held against each other, not texts: comments, layout and another spelling of the same are no change. */
export function editedBetween(then: OperationsOf, now: OperationsOf): Edited {
  const left = then.operations.map((operation) => ({ operation, key: keyOf(operation, then.text) }));
  const added: Operation[] = [];
  for (const operation of now.operations) {
    const key = keyOf(operation, now.text);
    const same = left.findIndex((other) => other.key === key);
    if (same < 0) added.push(operation);
    else left.splice(same, 1);
  }
  return { added, removed: left.map(({ operation }) => operation) };
}

/** Where it is written and what is said about it does not change what it does. */
const aside: ReadonlySet<string> = new Set(['source', 'at', 'note', 'suggestion', 'downgradeNote', 'existing', 'implicit', 'inline', 'query']);

function keyOf(operation: Operation, text: string): string {
  // What is not understood is the same where it is written the same.
  const written = operation.kind === 'unknown' && operation.source !== undefined ? text.slice(operation.source.statement.range.start, operation.source.statement.range.end).replace(/#.*$/gm, '').replace(/\s+/g, ' ').trim() : '';
  return JSON.stringify(plain(operation)) + written;
}

function plain(value: unknown, key = ''): unknown {
  if (typeof value === 'string') return key === 'sql' || key === 'definition' ? withoutLayout(value) : value;
  if (Array.isArray(value)) return value.map((part) => plain(part));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([name, part]) => !aside.has(name) && part !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, part]) => [name, plain(part, name)]));
}

/** Whether two texts of SQL are the same but for comments and layout. */
export function sameWords(one: string, other: string): boolean {
  return withoutLayout(one) === withoutLayout(other);
}

/** SQL as its words alone. */
function withoutLayout(sql: string): string {
  return tokenize(sql).filter(({ kind }) => kind !== 'comment' && kind !== 'space').map(({ kind, text }) => (kind === 'word' ? text.toLowerCase() : text)).join(' ').replace(/( ;)+$/, '');
}
