import { message, type Message } from '../text/problem';
import type { RuleName } from './registry';
import type { Finding, Severity } from './rule';

/** A finding on its way to a diagnostic. */
export interface Found {
  readonly rule: RuleName;
  readonly finding: Finding;
  readonly severity: Severity;
  /** The settings say it. */
  readonly isChosen: boolean;
}

/** Rules about locks, from what holds a table up longest. */
const telling: readonly RuleName[] = ['table-rewrite', 'unique-lock', 'not-null-scan', 'constraint-scan', 'index-not-concurrent', 'lock-held-through-work'];

/**
 * While a table is not known to be large, that it is locked is worth one word a draft: the most telling finding keeps its severity
 * and says how many there are; the others are hints, which stay in their places with their fixes. A severity from the settings stands.
 */
export function foldLocks<F extends Found>(found: readonly F[]): readonly F[] {
  const byTable = new Map<string, F[]>();
  for (const one of found) {
    const table = one.finding.data?.table;
    if (one.severity !== 'info' || one.isChosen || table === undefined || !telling.includes(one.rule)) continue;
    const others = byTable.get(table);
    if (others === undefined) byTable.set(table, [one]);
    else others.push(one);
  }
  const spokesmen = new Map<F, number>();
  const hints = new Set<F>();
  for (const group of byTable.values()) {
    const [first, ...others] = group.sort((a, b) => telling.indexOf(a.rule) - telling.indexOf(b.rule) || a.finding.at.range.start - b.finding.at.range.start);
    if (first === undefined || others.length === 0) continue;
    spokesmen.set(first, others.length);
    for (const other of others) hints.add(other);
  }
  return found.map((one) => {
    const more = spokesmen.get(one);
    if (more !== undefined) return { ...one, finding: { ...one.finding, message: withMore(one.finding.message, more) } };
    return hints.has(one) ? { ...one, severity: 'hint' } : one;
  });
}

function withMore({ text, args }: Message, more: number): Message {
  return more === 1 ? message(`${text} One more finding about locks on this table is a hint.`, args) : message(`${text} {more} more findings about locks on this table are hints.`, { ...args, more });
}
