import type { LaneLine, LaneRow } from '../../engine/history/lanes';

/** How a row is drawn, on the screen and in a saved file alike. */
export const rowHeight = 28;
export const laneWidth = 16;
export const dotRadius = 5;
/** Colours that take turns. */
export const colourCount = 6;

/** The middle of a lane. */
export function laneX(lane: number): number {
  return laneWidth * (lane + 0.75);
}

export function lanesWidth(lanes: number): number {
  return laneWidth * (lanes + 0.5);
}

/** The `d` of a line's SVG path within its row. */
export function linePath({ lane }: LaneRow, line: LaneLine): string {
  const [dot, other, middle] = [laneX(lane), laneX(line.lane), rowHeight / 2];
  if (line.part === 'through') return `M${other} 0V${rowHeight}`;
  if (line.part === 'in') return `M${other} 0V${middle}`;
  if (other === dot) return `M${dot} ${middle}V${rowHeight}`;
  return `M${dot} ${middle}C${dot} ${rowHeight} ${other} ${middle} ${other} ${rowHeight}`;
}
