/** Our statements of a script beside Alembic's, aligned by parse tree; what we say we do not understand stands for anything. */
import type { ScriptPart } from '../../src/engine/render/script-sql';
import type { SqlParser } from '../../src/engine/sql/parser';
import { withoutPlaces } from './statements';

export interface Held {
  /** Alembic's statements that we have, too. */
  readonly equal: number;
  /** Alembic's statements that we left out, where we said so. */
  readonly notUnderstood: readonly string[];
  /** Alembic's that we neither have nor say that we lack, and ours that Alembic does not have. */
  readonly wrong: readonly { readonly ours?: string; readonly alembics?: string }[];
}

interface Item {
  readonly text: string;
  readonly tree: string;
}

/** `printed`: what `alembic upgrade --sql` gave. */
export function holdStatements(parts: readonly ScriptPart[], printed: string, parser: SqlParser): Held {
  const itemsOf = (sql: string): readonly Item[] => parser.parse(sql).value.map(({ text, tree }) => ({ text, tree: tree === null ? `unparsed: ${text.replace(/\s+/g, ' ')}` : JSON.stringify(withoutPlaces(tree)) }));
  const theirs = itemsOf(printed);
  const ours: Item[] = [];
  /** Before which of our statements something is not understood. */
  const gaps = new Set<number>();
  for (const part of parts) {
    if (part.kind === 'statement') ours.push(...itemsOf(part.sql));
    else if (part.kind === 'gap') gaps.add(ours.length);
  }
  const pairs = longestCommon(ours, theirs);
  const notUnderstood: string[] = [];
  const wrong: Held['wrong'][number][] = [];
  let [i, j] = [0, 0];
  for (const [a, b] of [...pairs, [ours.length, theirs.length] as const]) {
    for (const item of ours.slice(i, a)) wrong.push({ ours: item.text });
    const open = gaps.has(a) || [...gaps].some((gap) => gap >= i && gap <= a);
    for (const item of theirs.slice(j, b)) {
      if (open) notUnderstood.push(item.text);
      else wrong.push({ alembics: item.text });
    }
    [i, j] = [a + 1, b + 1];
  }
  return { equal: pairs.length, notUnderstood, wrong };
}

/** The indexes of a longest common subsequence. */
function longestCommon(a: readonly Item[], b: readonly Item[]): readonly (readonly [number, number])[] {
  const lengths = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--) lengths[i]![j] = a[i]!.tree === b[j]!.tree ? lengths[i + 1]![j + 1]! + 1 : Math.max(lengths[i + 1]![j]!, lengths[i]![j + 1]!);
  const pairs: [number, number][] = [];
  for (let [i, j] = [0, 0]; i < a.length && j < b.length; ) {
    if (a[i]!.tree === b[j]!.tree) pairs.push([i++, j++]);
    else if (lengths[i + 1]![j]! >= lengths[i]![j + 1]!) i++;
    else j++;
  }
  return pairs;
}
