/**
 * The groups of ids that reach one another in a circle (Tarjan's strongly connected components of more than one id).
 * Written without recursion: a history may be thousands of revisions deep.
 */
export function revisionsOnCycles(ids: readonly string[], step: (id: string) => readonly string[]): readonly (readonly string[])[] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const onStack = new Set<string>();
  const stack: string[] = [];
  const circles: string[][] = [];

  for (const root of ids) {
    if (index.has(root)) continue;
    const work: { id: string; next: readonly string[]; at: number }[] = [];
    const open = (id: string): void => {
      index.set(id, index.size);
      low.set(id, index.get(id) ?? 0);
      stack.push(id);
      onStack.add(id);
      work.push({ id, next: step(id), at: 0 });
    };
    open(root);
    for (let frame = work.at(-1); frame !== undefined; frame = work.at(-1)) {
      const { id } = frame;
      const other = frame.next[frame.at++];
      if (other !== undefined) {
        if (!index.has(other)) open(other);
        else if (onStack.has(other)) low.set(id, Math.min(low.get(id) ?? 0, index.get(other) ?? 0));
        continue;
      }
      work.pop();
      const below = work.at(-1)?.id;
      if (below !== undefined) low.set(below, Math.min(low.get(below) ?? 0, low.get(id) ?? 0));
      if (low.get(id) !== index.get(id)) continue;
      const circle = stack.splice(stack.lastIndexOf(id));
      for (const member of circle) onStack.delete(member);
      if (circle.length > 1) circles.push(circle.sort());
    }
  }
  return circles;
}
