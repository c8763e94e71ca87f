import { message } from '../text/problem';
import type { Found } from './fold-locks';

/**
 * That a rename takes effect at once is worth one word a draft: the first says how many more there are, and these are hints, which stay in
 * their places. One whose old name is still used somewhere says where, and a severity from the settings stands.
 */
export function foldRenames<F extends Found>(found: readonly F[]): readonly F[] {
  const alike = found.filter(({ rule, severity, isChosen, finding }) => rule === 'rename-breaks-running-code' && severity === 'info' && !isChosen && (finding.related ?? []).length === 0);
  const [first, ...others] = alike.sort((a, b) => a.finding.at.range.start - b.finding.at.range.start);
  if (first === undefined || others.length === 0) return found;
  const { text, args } = first.finding.message;
  const told = others.length === 1 ? message(`${text} One more rename of this draft is a hint.`, args) : message(`${text} {more} more renames of this draft are hints.`, { ...args, more: others.length });
  return found.map((one) => (one === first ? { ...one, finding: { ...one.finding, message: told } } : others.includes(one) ? { ...one, severity: 'hint' } : one));
}
