import { colourCount, dotRadius, lanesWidth, laneX, linePath, rowHeight } from '../editor/graph/geometry';
import type { FromGraph, GraphState, ToGraph } from '../editor/graph/messages';
import type { GraphRow, GraphView } from '../editor/graph/rows';

/**
 * The browser side of the revision graph. Only rows in sight are in the document, and the one that has the focus; each is
 * drawn from its own lines. A tree for screen readers, with one stop for Tab: arrows go on from there. All text goes in as
 * text, never as markup.
 */
declare function acquireVsCodeApi(): { postMessage(message: FromGraph): void; setState(state: GraphState): void };

const vscode = acquireVsCodeApi();
const main = document.getElementById('graph') as HTMLElement;
const heading = element('h1');
const summary = element('span', { class: 'summary' });
const hint = element('p', { class: 'hint', id: 'hint' }, '↑ ↓ row by row · ← to what a revision stands on, → to what stands on it (Shift: the other one) · Enter opens it');
const save = element('button', { type: 'button' }, 'Save as SVG…');
const scroller = element('div', { class: 'scroller' });
const tree = element('div', { class: 'rows', role: 'tree', 'aria-describedby': 'hint' });
/** Rows more than fit, so that none is missing while it scrolls. */
const spare = 12;

let view: GraphView = { name: '', summary: '', width: 0, rows: [] };
let active = 0;
const drawn = new Map<number, HTMLElement>();

const bar = element('header');
bar.append(heading, summary, save);
scroller.append(tree);
main.append(bar, hint, scroller);

window.addEventListener('message', (event: MessageEvent<ToGraph>) => {
  vscode.setState(event.data.state);
  show(event.data.view);
});
window.addEventListener('resize', drawInSight);
scroller.addEventListener('scroll', drawInSight, { passive: true });
save.addEventListener('click', () => vscode.postMessage({ kind: 'save' }));
tree.addEventListener('click', (event) => {
  const index = indexOf(event.target);
  if (index === null) return;
  activate(index);
  open();
});
tree.addEventListener('contextmenu', (event) => {
  const index = indexOf(event.target);
  if (index !== null) activate(index);
});
tree.addEventListener('keydown', (event) => {
  const next = nextRow(event);
  if (event.key === 'Enter' || event.key === ' ') open();
  else if (next !== null) activate(next);
  else return;
  event.preventDefault();
});
vscode.postMessage({ kind: 'ready' });

/** Draws anew; who stood on a revision stands on it again. */
function show(next: GraphView): void {
  const id = view.rows[active]?.id;
  const hadFocus = tree.contains(document.activeElement);
  view = next;
  active = Math.max(0, next.rows.findIndex((row) => row.id === id));
  heading.textContent = next.name;
  summary.textContent = next.summary;
  tree.setAttribute('aria-label', `Revisions of ${next.name}, newest first`);
  tree.style.height = `${next.rows.length * rowHeight}px`;
  for (const row of drawn.values()) row.remove();
  drawn.clear();
  drawInSight();
  if (hadFocus) drawn.get(active)?.focus({ preventScroll: true });
}

function drawInSight(): void {
  const first = Math.max(0, Math.floor(scroller.scrollTop / rowHeight) - spare);
  const last = Math.min(view.rows.length - 1, Math.ceil((scroller.scrollTop + scroller.clientHeight) / rowHeight) + spare);
  for (const [index, row] of drawn) {
    if ((index >= first && index <= last) || index === active) continue;
    row.remove();
    drawn.delete(index);
  }
  for (let index = first; index <= last; index++) draw(index);
  draw(active);
}

/** In the document in the order of the list, as screen readers go through it. */
function draw(index: number): void {
  const row = view.rows[index];
  if (row === undefined || drawn.has(index)) return;
  const made = drawRow(row, index);
  const behind = [...drawn.keys()].filter((other) => other > index);
  tree.insertBefore(made, behind.length === 0 ? null : (drawn.get(Math.min(...behind)) ?? null));
  drawn.set(index, made);
}

function drawRow(row: GraphRow, index: number): HTMLElement {
  const made = element('div', {
    class: 'row',
    role: 'treeitem',
    id: `row-${index}`,
    'data-index': String(index),
    'aria-level': '1',
    'aria-posinset': String(index + 1),
    'aria-setsize': String(view.rows.length),
    'aria-selected': String(index === active),
    'aria-label': row.spoken,
    tabindex: index === active ? '0' : '-1',
    title: [row.message, `revision ${row.id}`, row.date].filter((line) => line !== '').join('\n'),
    'data-vscode-context': JSON.stringify({ webviewSection: 'revision', preventDefaultContextMenuItems: true, revision: { path: row.path, id: row.id } }),
  });
  made.style.top = `${index * rowHeight}px`;
  made.append(drawLanes(row), element('span', { class: 'message' }, row.message));
  for (const mark of row.marks) made.append(element('span', { class: mark === 'head' ? 'badge head' : 'badge' }, mark));
  for (const label of row.labels) made.append(element('span', { class: 'badge label' }, label));
  for (const { name, environment } of row.databases) made.append(element('span', { class: `badge database ${environment}` }, `◆ ${name}`));
  made.append(element('code', { class: 'id' }, row.id), element('span', { class: 'date' }, row.date));
  return made;
}

function drawLanes(row: GraphRow): SVGElement {
  const width = lanesWidth(view.width);
  const svg = svgElement('svg', { width: String(width), height: String(rowHeight), viewBox: `0 0 ${width} ${rowHeight}`, 'aria-hidden': 'true' });
  for (const line of row.lines) svg.append(svgElement('path', { class: `colour-${line.colour % colourCount} ${line.kind}`, d: linePath(row, line) }));
  svg.append(svgElement('circle', { class: `colour-${row.colour % colourCount}${row.isHead ? ' head' : ''}`, cx: String(laneX(row.lane)), cy: String(rowHeight / 2), r: String(dotRadius) }));
  return svg;
}

/** Where a key leads; null: it is none of ours. */
function nextRow({ key, shiftKey, altKey, ctrlKey, metaKey }: KeyboardEvent): number | null {
  if (altKey || ctrlKey || metaKey) return null;
  const page = Math.max(1, Math.floor(scroller.clientHeight / rowHeight) - 1);
  const last = view.rows.length - 1;
  const row = view.rows[active];
  const along = (rows: readonly number[] | undefined): number => (shiftKey ? rows?.[1] : undefined) ?? rows?.[0] ?? active;
  switch (key) {
    case 'ArrowDown':
      return Math.min(last, active + 1);
    case 'ArrowUp':
      return Math.max(0, active - 1);
    case 'PageDown':
      return Math.min(last, active + page);
    case 'PageUp':
      return Math.max(0, active - page);
    case 'Home':
      return 0;
    case 'End':
      return last;
    case 'ArrowLeft':
      return along(row?.older);
    case 'ArrowRight':
      return along(row?.newer);
    default:
      return null;
  }
}

function activate(index: number): void {
  const before = drawn.get(active);
  before?.setAttribute('tabindex', '-1');
  before?.setAttribute('aria-selected', 'false');
  active = index;
  const [top, bottom] = [index * rowHeight, (index + 1) * rowHeight];
  if (top < scroller.scrollTop) scroller.scrollTop = top;
  else if (bottom > scroller.scrollTop + scroller.clientHeight) scroller.scrollTop = bottom - scroller.clientHeight;
  drawInSight();
  const now = drawn.get(index);
  now?.setAttribute('tabindex', '0');
  now?.setAttribute('aria-selected', 'true');
  now?.focus({ preventScroll: true });
}

function open(): void {
  const id = view.rows[active]?.id;
  if (id !== undefined) vscode.postMessage({ kind: 'open', id });
}

function indexOf(target: EventTarget | null): number | null {
  const row = target instanceof Element ? target.closest<HTMLElement>('.row') : null;
  return row === null ? null : Number(row.dataset['index']);
}

function element<K extends keyof HTMLElementTagNameMap>(name: K, attributes: Readonly<Record<string, string>> = {}, text = ''): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== '') made.textContent = text;
  return made;
}

function svgElement(name: string, attributes: Readonly<Record<string, string>>): SVGElement {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
