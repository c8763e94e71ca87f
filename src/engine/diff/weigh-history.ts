import type { Commit, Evidence } from '../questions';
import { message } from '../text/problem';
import type { Replacement } from './model-history';
import { highestScore, strongScore } from './renames';

/**
 * A candidate with what version control says of the two declarations. One line edited in place, nothing but its name
 * changed, is as good as certain; one deleted here and another one added there speaks against a rename.
 */
export function withHistory<C extends Evidence>(candidate: C, replacement: Replacement | null, to: string, what: 'column' | 'table'): C {
  if (replacement === null) return candidate;
  const { outcome, alike, certain, edit } = replacement;
  const args = { to, where: whereabouts(edit.commits) };
  switch (outcome) {
    case 'in-place': {
      const exact = alike === 1;
      const gain = (exact ? 0.45 : alike >= 0.5 ? 0.25 : 0.1) * (certain ? 1 : 0.55);
      const sentence = exact ? inPlace[what] : changed[what];
      return reweighed({ ...candidate, edit, evidence: [message(sentence, args), ...candidate.evidence] }, exact && certain ? Math.max(strongScore + 0.13, candidate.score + gain) : candidate.score + gain);
    }
    case 'elsewhere':
      return reweighed({ ...candidate, edit, against: [...candidate.against, message('In the model, {to} was not put in its place ({where}).', args)] }, candidate.score - 0.2);
    case 'beside':
      return reweighed({ ...candidate, edit, against: [...candidate.against, message('The model had {to} beside it before it went ({where}).', args)] }, candidate.score - 0.3);
  }
}

const inPlace = {
  column: 'In the model, {to} stands where it stood, and nothing but the name changed ({where}).',
  table: 'In the model, its class declares {to} now, and nothing but the name changed ({where}).',
};
const changed = {
  column: 'In the model, its line became that of {to} ({where}).',
  table: 'In the model, most of its lines declare {to} now ({where}).',
};

/** The candidate at another score, within what a guess may have. */
export function reweighed<C extends Evidence>(candidate: C, score: number): C {
  const bounded = Math.max(0, Math.min(highestScore, score));
  return { ...candidate, score: bounded, strong: bounded >= strongScore };
}

/** `not committed yet`, `commit 1a2b3c4d "Subject"`, `commits … and …` */
export function whereabouts(commits: readonly Commit[]): string {
  const [first, last] = commits.map(({ id, subject }) => `${id} "${subject}"`);
  if (first === undefined) return 'not committed yet';
  return last === undefined || last === first ? `commit ${first}` : `commits ${first} to ${last}`;
}

