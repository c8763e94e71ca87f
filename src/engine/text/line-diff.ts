/** Lines of one text that stand where lines of another stood; either side may be empty. Zero-based, `end` behind the last. */
export interface Hunk {
  readonly before: LineSpan;
  readonly after: LineSpan;
}

export interface LineSpan {
  readonly start: number;
  readonly end: number;
}

/**
 * The fewest lines to take out and put in that lead from one text to another, as `git diff` shows them (E. Myers, "An
 * O(ND) Difference Algorithm", 1986). Null where the texts have more than `limit` lines of difference: then they are two
 * texts, and no line says anything of another.
 */
export function diffLines(before: readonly string[], after: readonly string[], limit = 1_000): readonly Hunk[] | null {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let tail = 0;
  while (tail < before.length - start && tail < after.length - start && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  const [a, b] = [before.slice(start, before.length - tail), after.slice(start, after.length - tail)];
  const trace = shortestPath(a, b, limit);
  return trace === null ? null : hunksOf(kept(a, b, trace), a.length, b.length, start);
}

export function linesOf(text: string): readonly string[] {
  return text.split(/\r\n|\r|\n/);
}

/** For each number of edits, how far each diagonal reaches in `a`. */
function shortestPath(a: readonly string[], b: readonly string[], limit: number): readonly ReadonlyMap<number, number>[] | null {
  const trace: Map<number, number>[] = [];
  let reach = new Map<number, number>([[1, 0]]);
  for (let edits = 0; edits <= Math.min(limit, a.length + b.length); edits++) {
    const next = new Map<number, number>();
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      let x = takesFromAfter(reach, diagonal, edits) ? (reach.get(diagonal + 1) ?? 0) : (reach.get(diagonal - 1) ?? 0) + 1;
      while (x < a.length && x - diagonal < b.length && a[x] === b[x - diagonal]) x++;
      next.set(diagonal, x);
      if (x >= a.length && x - diagonal >= b.length) return [...trace, reach];
    }
    trace.push(reach);
    reach = next;
  }
  return null;
}

function takesFromAfter(reach: ReadonlyMap<number, number>, diagonal: number, edits: number): boolean {
  return diagonal === -edits || (diagonal !== edits && (reach.get(diagonal - 1) ?? 0) < (reach.get(diagonal + 1) ?? 0));
}

/** The pairs of lines that stay, in order: the path walked back. */
function kept(a: readonly string[], b: readonly string[], trace: readonly ReadonlyMap<number, number>[]): readonly (readonly [number, number])[] {
  const pairs: [number, number][] = [];
  let [x, y] = [a.length, b.length];
  for (let edits = trace.length - 1; edits >= 0; edits--) {
    const reach = trace[edits] ?? new Map<number, number>();
    const diagonal = x - y;
    const previous = takesFromAfter(reach, diagonal, edits) ? diagonal + 1 : diagonal - 1;
    const fromX = reach.get(previous) ?? 0;
    while (x > Math.max(0, fromX) && y > Math.max(0, fromX - previous)) pairs.push([--x, --y]);
    [x, y] = [fromX, fromX - previous];
  }
  return pairs.reverse();
}

function hunksOf(pairs: readonly (readonly [number, number])[], beforeLength: number, afterLength: number, offset: number): readonly Hunk[] {
  const hunks: Hunk[] = [];
  let [x, y] = [0, 0];
  for (const [nextX, nextY] of [...pairs, [beforeLength, afterLength] as const]) {
    if (nextX > x || nextY > y) hunks.push({ before: { start: x + offset, end: nextX + offset }, after: { start: y + offset, end: nextY + offset } });
    [x, y] = [nextX + 1, nextY + 1];
  }
  return hunks;
}
