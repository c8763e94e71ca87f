import type { Card, Choice, Choices, Comparison, EditView } from '../editor/questions/card';
import type { FromPanel, ToPanel } from '../editor/questions/messages';

/**
 * The browser side of the question panel: draws cards, collects what was chosen. A form as browsers know it, so that
 * Tab, arrows, Space and Enter work and screen readers find their way. All text goes in as text, never as markup.
 */
declare function acquireVsCodeApi(): { postMessage(message: FromPanel): void };

const vscode = acquireVsCodeApi();
const main = document.getElementById('questions') as HTMLElement;
let form: HTMLFormElement | null = null;

window.addEventListener('message', (event: MessageEvent<ToPanel>) => {
  const message = event.data;
  if (message.kind === 'ask') show(message);
  else if (message.kind === 'problems') showProblems(message.problems);
  else setBusy();
});
window.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') vscode.postMessage({ kind: 'cancel' });
});
vscode.postMessage({ kind: 'ready' });

function show(message: Extract<ToPanel, { kind: 'ask' }>): void {
  const next = element('form', { class: 'questions' });
  next.append(element('h1', {}, message.title), element('p', { class: 'intro' }, message.intro));
  for (const [index, card] of message.cards.entries()) next.append(drawCard(card, index, message.cards.length, message.choices[card.id] ?? null));
  const submit = element('button', { type: 'submit', class: 'primary' }, message.submit);
  const cancel = element('button', { type: 'button', class: 'secondary' }, 'Cancel');
  cancel.addEventListener('click', () => vscode.postMessage({ kind: 'cancel' }));
  const bar = element('div', { class: 'bar' });
  bar.append(submit, cancel, element('span', { class: 'hint' }, 'Nothing is written to a database. Enter continues, Escape cancels.'));
  next.append(bar);
  next.addEventListener('submit', (event) => {
    event.preventDefault();
    clearProblems();
    vscode.postMessage({ kind: 'answer', choices: collect(next, message.cards) });
  });
  form = next;
  main.replaceChildren(next);
  focusFirstOpen(next);
}

function drawCard(card: Card, index: number, total: number, choice: Choice | null): HTMLElement {
  const fieldset = element('fieldset', { class: 'card', 'data-question': card.id });
  const legend = element('legend');
  if (total > 1) legend.append(element('span', { class: 'number' }, `${index + 1} of ${total} · `));
  legend.append(element('span', { class: 'subject' }, card.subject));
  const explanation = element('p', { class: 'explanation', id: `why-${index}` }, card.explanation);
  fieldset.setAttribute('aria-describedby', `why-${index} problem-${index}`);
  fieldset.append(legend, element('h2', {}, card.question), explanation);
  if (card.comparison !== null) fieldset.append(drawComparison(card.comparison));
  fieldset.append(...card.edits.map(drawEdit));
  if (card.values.length > 0) fieldset.append(drawValues(card, choice));
  for (const [position, option] of card.options.entries()) {
    const id = `option-${index}-${position}`;
    const radio = element('input', { type: 'radio', name: card.id, id, value: option.value });
    radio.checked = choice === option.value;
    radio.setAttribute('aria-describedby', `${id}-detail`);
    const label = element('label', { for: id, class: option.loses ? 'option loses' : 'option' });
    label.append(
      radio,
      element('span', { class: 'option-label' }, option.label),
      element('span', { class: 'option-detail', id: `${id}-detail` }, option.loses ? `⚠ ${option.detail}` : option.detail),
    );
    fieldset.append(label);
  }
  if (card.durable !== '') fieldset.append(element('p', { class: 'durable' }, card.durable));
  fieldset.append(element('p', { class: 'problem', id: `problem-${index}`, role: 'alert' }));
  return fieldset;
}

function drawComparison(comparison: Comparison): HTMLElement {
  const table = element('table', { class: 'comparison' });
  const head = element('tr');
  head.append(element('td'));
  for (const [index, { name, note }] of comparison.headings.entries()) {
    const cell = element('th', { scope: 'col', class: index === 0 ? 'goes' : 'comes' });
    cell.append(element('code', {}, name), element('span', { class: 'note' }, note));
    head.append(cell);
  }
  table.append(head);
  for (const { title, cells } of comparison.rows) {
    const row = element('tr');
    row.append(element('th', { scope: 'row' }, title));
    for (const { text, differs } of cells) row.append(element('td', differs ? { class: 'differs' } : {}, text));
    table.append(row);
  }
  const frame = element('div', { class: 'frame' });
  frame.append(table);
  return frame;
}

/** A diff in words, too: the signs are drawn, and said. */
function drawEdit({ caption, lines }: EditView): HTMLElement {
  const figure = element('figure', { class: 'edit' });
  const list = element('div', { class: 'lines', role: 'list' });
  for (const { sign, text } of lines) {
    const line = element('div', { class: `line ${sign}`, role: 'listitem' });
    line.append(element('span', { class: 'sign', 'aria-hidden': 'true' }, sign === 'removed' ? '−' : '+'), element('span', { class: 'said' }, `${sign}: `), element('code', {}, text));
    list.append(line);
  }
  figure.append(element('figcaption', {}, caption), list);
  return figure;
}

function drawValues(card: Card, choice: Choice | null): HTMLElement {
  const table = element('table', { class: 'values' });
  const head = element('tr');
  for (const title of ['Value now', 'Rows', 'Becomes']) head.append(element('th', { scope: 'col' }, title));
  table.append(head);
  for (const [index, { value, count }] of card.values.entries()) {
    const select = element('select', { name: `${card.id}/${index}`, 'aria-label': `Label for ${value}` });
    select.append(new Option('choose…', ''));
    for (const { value: label, text } of card.labels) select.append(new Option(text, label));
    select.value = (typeof choice === 'string' ? '' : choice?.[index]) ?? '';
    const cell = element('td');
    cell.append(select);
    const shown = element('td');
    shown.append(element('code', {}, value === '' ? "'' (empty text)" : value));
    const row = element('tr');
    row.append(shown, element('td', { class: 'count' }, count), cell);
    table.append(row);
  }
  return table;
}

function collect(from: HTMLFormElement, cards: readonly Card[]): Choices {
  const data = new FormData(from);
  const text = (name: string): string => {
    const value = data.get(name);
    return typeof value === 'string' ? value : '';
  };
  return Object.fromEntries(
    cards.map((card): [string, Choice | null] => {
      if (card.values.length > 0) return [card.id, card.values.map((_value, index) => text(`${card.id}/${index}`))];
      return [card.id, data.has(card.id) ? text(card.id) : null];
    }),
  );
}

function showProblems(problems: Readonly<Record<string, string>>): void {
  setEnabled(true);
  let first: HTMLElement | null = null;
  for (const card of document.querySelectorAll<HTMLElement>('.card')) {
    const problem = problems[card.dataset['question'] ?? ''];
    if (problem === undefined) continue;
    const place = card.querySelector<HTMLElement>('.problem');
    if (place !== null) place.textContent = problem;
    card.classList.add('wrong');
    first ??= card;
  }
  const control = [...(first?.querySelectorAll<HTMLElement>('select, input') ?? [])].find((one) => !(one instanceof HTMLSelectElement) || one.value === '');
  first?.scrollIntoView({ block: 'center' });
  control?.focus({ preventScroll: true });
}

function clearProblems(): void {
  for (const problem of document.querySelectorAll('.problem')) problem.textContent = '';
  for (const card of document.querySelectorAll('.wrong')) card.classList.remove('wrong');
}

function setBusy(): void {
  setEnabled(false);
}

function setEnabled(enabled: boolean): void {
  for (const button of form?.querySelectorAll('button') ?? []) button.disabled = !enabled;
}

/** The first card that waits for an answer, else the first one; so Enter alone takes what is suggested. */
function focusFirstOpen(within: HTMLFormElement): void {
  const cards = [...within.querySelectorAll<HTMLElement>('.card')];
  const isOpen = (card: HTMLElement): boolean =>
    card.querySelector('select') === null
      ? card.querySelector('input:checked') === null
      : [...card.querySelectorAll('select')].some(({ value }) => value === '');
  const card = cards.find(isOpen) ?? cards[0];
  const control = card?.querySelector<HTMLElement>('input:checked') ?? card?.querySelector<HTMLElement>('input, select');
  control?.focus({ preventScroll: card === cards[0] });
}

function element<K extends keyof HTMLElementTagNameMap>(name: K, attributes: Readonly<Record<string, string>> = {}, text = ''): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== '') made.textContent = text;
  return made;
}
