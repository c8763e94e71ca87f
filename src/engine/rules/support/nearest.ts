import { nameSimilarity } from '../../diff/name-similarity';

/** The one of `others` that may be meant by `name`; null: none is near, or two are as near. `table` says nothing in names of its parts. */
export function nearestName(name: string, table: string, others: readonly string[]): string | null {
  const bare = name.split('.').at(-1) ?? name;
  const [best, second] = others.map((other) => ({ other, score: nameSimilarity(bare, other, table) })).sort((a, b) => b.score - a.score);
  return best === undefined || best.score < 0.7 || (second !== undefined && second.score === best.score) ? null : best.other;
}
