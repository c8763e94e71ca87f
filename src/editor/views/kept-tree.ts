import type { TreeLine } from './tree-node';

/** A place in a tree: the very same object for as long as a line of its id stands there. VS Code holds on to it, so a row that is open, selected or just being clicked stays. */
export interface Kept<L extends TreeLine> {
  readonly id: string;
  /** What stands there now. */
  readonly line: L;
}

/** Lines of a view from drawing to drawing. */
export interface KeptTree<L extends TreeLine> {
  /** Of a place, or the first ones. What is asked for counts as drawn. */
  children(of?: Kept<L>): Kept<L>[];
  /**
   * Puts other lines in the place of those that were there. Gives what has to be drawn anew, with all that is below it: nothing where nothing that was
   * drawn changed, undefined for the whole tree (its first lines are others).
   */
  update(lines: readonly L[]): readonly Kept<L>[] | undefined;
}

interface Entry<L extends TreeLine> {
  readonly id: string;
  line: L;
  /** Null: nobody asked for them yet. */
  drawn: readonly Entry<L>[] | null;
}

/** How the lines below a line are made; null: it can't be opened. They are made when they are looked at. */
export type ChildrenOf<L extends TreeLine> = (line: L) => (() => readonly L[]) | null;

/** Ids are unique in the whole tree, as those of `TreeItem` are. */
export function keepTree<L extends TreeLine>(childrenOf: ChildrenOf<L>): KeptTree<L> {
  const below = (line: L): readonly L[] => childrenOf(line)?.() ?? [];
  let first: readonly L[] = [];
  let drawn: readonly Entry<L>[] | null = null;

  /** The entries for these lines: those that are there, and new ones. */
  const entriesFor = (lines: readonly L[], known: readonly Entry<L>[]): readonly Entry<L>[] => {
    const byId = new Map(known.map((entry) => [entry.id, entry]));
    return lines.map((line) => {
      const entry = byId.get(line.id) ?? { id: line.id, line, drawn: null };
      entry.line = line;
      return entry;
    });
  };
  const ask = (entry: Entry<L>): readonly Entry<L>[] => (entry.drawn = entriesFor(below(entry.line), entry.drawn ?? []));
  /** Collects the topmost places that changed. What lies below one of them is asked for again anyway. */
  const settle = (entries: readonly Entry<L>[], lines: readonly L[], changed: Entry<L>[]): void => {
    for (const [index, entry] of entries.entries()) {
      const line = lines[index];
      if (line === undefined) continue;
      const isSame = picture(entry.line, childrenOf) === picture(line, childrenOf);
      const before = entry.drawn;
      entry.line = line;
      if (before === null) {
        if (!isSame) changed.push(entry);
        continue;
      }
      const next = below(line);
      if (!isSame || !sameIds(before, next)) {
        changed.push(entry);
        entry.drawn = entriesFor(next, before);
      } else settle(before, next, changed);
    }
  };
  return {
    children: (of) => {
      if (of !== undefined) return [...ask(of as Entry<L>)];
      drawn = entriesFor(first, drawn ?? []);
      return [...drawn];
    },
    update: (lines) => {
      const before = drawn;
      first = lines;
      if (before === null) return [];
      if (!sameIds(before, lines)) {
        drawn = entriesFor(lines, before);
        return undefined;
      }
      const changed: Entry<L>[] = [];
      settle(before, lines, changed);
      return changed;
    },
  };
}

/** The line behind what VS Code hands to a command of a tree's menu; anything else as it is. */
export function lineOf(argument: unknown): unknown {
  return typeof argument === 'object' && argument !== null && 'line' in argument && 'drawn' in argument ? argument.line : argument;
}

function sameIds<L extends TreeLine>(entries: readonly Entry<L>[], lines: readonly L[]): boolean {
  return entries.length === lines.length && entries.every(({ id }, index) => id === lines[index]?.id);
}

/** Everything that is seen of a line by itself. */
function picture<L extends TreeLine>(line: L, childrenOf: ChildrenOf<L>): string {
  return JSON.stringify({ ...line, children: childrenOf(line) !== null });
}
