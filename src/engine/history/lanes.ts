import type { RevisionGraph } from './graph';

/**
 * A history drawn row by row, newest first: each revision has a lane, and each row the lines that go through it. A row is
 * drawn from itself alone, so that of thousands only those in sight need be.
 */
export interface Lanes {
  readonly rows: readonly LaneRow[];
  /** How many lanes the widest row has. */
  readonly width: number;
}

export interface LaneRow {
  readonly id: string;
  readonly lane: number;
  /** Of the line that the revision lies on, counted from 0: lines beside each other have different ones. */
  readonly colour: number;
  readonly lines: readonly LaneLine[];
}

/** `in`: from the row's top to the revision; `out`: from the revision to the row's bottom; `through`: past it. */
export interface LaneLine {
  readonly part: 'in' | 'out' | 'through';
  /** The other end's lane; both ends' for `through`. */
  readonly lane: number;
  readonly colour: number;
  /** `dependency`: nothing but `depends_on` is on it. */
  readonly kind: LineKind;
}

export type LineKind = 'parent' | 'dependency';

/**
 * Lays out revisions in this order, in which each stands above those that it stands on. A lane leads to one revision: lines to the
 * same one share it from where the second begins, and a lane that has arrived is free for others. So no row has more lanes than
 * there are revisions that something above it waits for, which is the least that is possible. A new lane begins as near as it can:
 * what lies between is what its first line crosses.
 */
export function layOutLanes(graph: RevisionGraph, order: readonly string[]): Lanes {
  const known = new Set(order);
  const open: (Lane | null)[] = [];
  const rows: LaneRow[] = [];
  let colours = 0;
  let width = 0;
  for (const id of order) {
    const node = graph.nodes.get(id);
    if (node === undefined) continue;
    known.delete(id);
    const awaited = open.findIndex((lane) => lane?.to === id);
    const at = awaited >= 0 ? awaited : freeLane(open, 0);
    const arrived = awaited >= 0 ? (open[awaited] ?? null) : null;
    const colour = arrived?.colour ?? colours++;
    const lines: LaneLine[] = arrived === null ? [] : [{ part: 'in', lane: at, colour, kind: arrived.kind }];
    for (const [lane, other] of open.entries()) if (other !== null && lane !== at) lines.push({ part: 'through', lane, colour: other.colour, kind: other.kind });
    open[at] = null;
    width = Math.max(width, open.length);
    for (const [target, kind] of edgesOf(node.downRevisions, node.dependencies)) {
      // What comes later in the order is still to be reached.
      if (!known.has(target)) continue;
      const shared = open.findIndex((lane) => lane?.to === target);
      const lane = shared >= 0 ? shared : freeLane(open, at);
      const before = open[lane] ?? null;
      const next: Lane = { to: target, colour: before?.colour ?? (lane === at ? colour : colours++), kind: before?.kind === 'parent' ? 'parent' : kind };
      open[lane] = next;
      lines.push({ part: 'out', lane, colour: next.colour, kind });
    }
    width = Math.max(width, open.length);
    while (open.length > 0 && open[open.length - 1] === null) open.pop();
    rows.push({ id, lane: at, colour, lines });
  }
  return { rows, width };
}

/** How many lines cross in the rows: a line that leaves a revision crosses those that go past between the two lanes. */
export function crossings({ rows }: Lanes): number {
  let count = 0;
  for (const { lane, lines } of rows) {
    for (const out of lines) {
      if (out.part !== 'out') continue;
      const [low, high] = [Math.min(lane, out.lane), Math.max(lane, out.lane)];
      count += lines.filter((line) => line.part === 'through' && line.lane > low && line.lane < high).length;
    }
  }
  return count;
}

/** A line on its way down. */
interface Lane {
  readonly to: string;
  readonly colour: number;
  readonly kind: LineKind;
}

/** The free lane that is nearest; to the right where two are. */
function freeLane(open: (Lane | null)[], near: number): number {
  let best = open.length;
  for (const [lane, taken] of open.entries()) {
    if (taken !== null) continue;
    const [distance, bestDistance] = [Math.abs(lane - near), Math.abs(best - near)];
    if (distance < bestDistance || (distance === bestDistance && lane > best) || best === open.length) best = lane;
  }
  if (best === open.length) open.push(null);
  return best;
}

/** A dependency that is a parent too is one line. */
function edgesOf(parents: readonly string[], dependencies: readonly string[]): readonly (readonly [string, LineKind])[] {
  return [...parents.map((id) => [id, 'parent'] as const), ...dependencies.filter((id) => !parents.includes(id)).map((id) => [id, 'dependency'] as const)];
}
