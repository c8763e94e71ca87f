import { colourCount, dotRadius, lanesWidth, laneX, linePath, rowHeight } from './geometry';
import type { GraphRow, GraphView } from './rows';

/** The graph as a file of its own: it needs no editor, and follows the reader's light or dark. */
export function graphSvg(view: GraphView): string {
  const left = lanesWidth(view.width) + 8;
  const longest = Math.max(0, ...view.rows.map((row) => textOf(row).length));
  const width = Math.ceil(left + longest * 7.3 + 16);
  const height = view.rows.length * rowHeight;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escaped(`${view.name}: ${view.summary}`)}</title>`,
    `<style>${style}</style>`,
    `<rect class="paper" width="${width}" height="${height}"/>`,
    ...view.rows.map((row, index) => drawRow(row, index, left)),
    '</svg>',
    '',
  ].join('\n');
}

function drawRow(row: GraphRow, index: number, left: number): string {
  const lines = row.lines.map((line) => `<path class="c${line.colour % colourCount}${line.kind === 'dependency' ? ' dependency' : ''}" d="${linePath(row, line)}"/>`);
  const dot = `<circle class="c${row.colour % colourCount}${row.isHead ? ' head' : ''}" cx="${laneX(row.lane)}" cy="${rowHeight / 2}" r="${dotRadius}"/>`;
  const notes = notesOf(row);
  const text = `<text x="${left}" y="${rowHeight / 2 + 4}">${escaped(row.message)}<tspan class="id" dx="10">${row.id}</tspan>${notes === '' ? '' : `<tspan class="notes" dx="10">${escaped(notes)}</tspan>`}</text>`;
  return `<g transform="translate(0 ${index * rowHeight})"><title>${escaped(row.spoken)}</title>${lines.join('')}${dot}${text}</g>`;
}

function notesOf({ marks, labels, databases }: GraphRow): string {
  return [...marks, ...labels, ...databases.map(({ name }) => `◆ ${name}`)].join(' · ');
}

function textOf(row: GraphRow): string {
  return `${row.message}   ${row.id}   ${notesOf(row)}`;
}

/** Characters that XML 1.0 has no place for are left out. */
function escaped(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

const light = ['#1a66c2', '#b5480b', '#23803a', '#8b3bb8', '#b0215a', '#0b7a83'];
const dark = ['#6cb2ff', '#f2a45c', '#7fd08a', '#cf9bff', '#ff8fb8', '#5fd3dc'];

const style = [
  'text{font:13px system-ui,sans-serif;fill:#1f1f1f}.paper{fill:#fff}.id{font-family:ui-monospace,monospace;font-size:12px}.id,.notes{fill:#5a5a5a}',
  'path{fill:none;stroke-width:2}.dependency{stroke-dasharray:3 3}circle{stroke-width:2;fill:#fff}',
  ...light.map((colour, index) => `.c${index}{stroke:${colour}}.head.c${index}{fill:${colour}}`),
  '@media(prefers-color-scheme:dark){text{fill:#e4e4e4}.paper,circle{fill:#1f1f1f}.id,.notes{fill:#a8a8a8}',
  ...dark.map((colour, index) => `.c${index}{stroke:${colour}}.head.c${index}{fill:${colour}}`),
  '}',
].join('');
