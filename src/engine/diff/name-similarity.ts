/**
 * How alike two identifiers are, 0 to 1: the better of their shared words (split at `_` and humps, the table's own name
 * and words that say nothing left out) and their Levenshtein ratio.
 */
export function nameSimilarity(a: string, b: string, tableName: string): number {
  const ratio = levenshteinRatio(a.toLowerCase(), b.toLowerCase());
  const wordsA = telling(words(a), tableName);
  const wordsB = telling(words(b), tableName);
  if (wordsA.length === 0 || wordsB.length === 0) return ratio;
  const shared = wordsA.filter((word) => wordsB.some((other) => sameWord(word, other))).length;
  const dice = (2 * shared) / (wordsA.length + wordsB.length);
  if (shared > 0) return Math.max(dice, ratio);
  // A long run of letters in common is no kinship when no word is shared; that both begin with `is_`, or end in `_at`, is none at all.
  return 0.7 * Math.min(ratio, levenshteinRatio(withoutAffixes(a), withoutAffixes(b)));
}

const empty = new Set(['id', 'is', 'at', 'by', 'on', 'of', 'the', 'a', 'has']);

/** What every moment and every truth value has. */
function withoutAffixes(name: string): string {
  return words(name).filter((word) => !affixes.has(word)).join('_');
}

const affixes = new Set(['is', 'has', 'was', 'at', 'on', 'by']);

function words(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}

function telling(all: readonly string[], tableName: string): readonly string[] {
  const table = words(tableName);
  const kept = all.filter((word) => !empty.has(word) && !table.some((other) => sameWord(other, word)));
  return kept.length > 0 ? kept : all.filter((word) => !empty.has(word));
}

function sameWord(a: string, b: string): boolean {
  if (a === b) return true;
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  // Plurals, and abbreviations of at least three letters: desc/description, num/number.
  return long === `${short}s` || long === `${short}es` || (short.length >= 3 && long.startsWith(short)) || commonPrefix(a, b) >= 4;
}

/** 1 − distance / longer length. */
export function levenshteinRatio(a: string, b: string): number {
  if (a === b) return 1;
  if (a === '' || b === '') return 0;
  return 1 - distance(...withoutCommonEnds(a, b)) / Math.max(a.length, b.length);
}

function distance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a.charCodeAt(i - 1) === b.charCodeAt(j - 1) ? 0 : 1;
      row.push(Math.min((row[j - 1] ?? 0) + 1, (previous[j] ?? 0) + 1, (previous[j - 1] ?? 0) + cost));
    }
    previous = row;
  }
  return previous[b.length] ?? 0;
}

/** What two texts begin and end with alike costs nothing, and in most pairs is most of them. */
function withoutCommonEnds(a: string, b: string): readonly [string, string] {
  const start = commonPrefix(a, b);
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  return [a.slice(start, a.length - end), b.slice(start, b.length - end)];
}

function commonPrefix(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}
