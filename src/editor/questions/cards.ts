import type {
  Answers,
  ColumnFace,
  DropTableQuestion,
  Question,
  RenameColumnQuestion,
  RenameLabelQuestion,
  RenameTableQuestion,
  ValueMappingQuestion,
} from '../../engine/questions';
import { displayName } from '../../engine/schema/schema';
import type { Card, Choice, Choices, Comparison, Option } from './card';
import { editViews, evidenceRows } from './evidence';

const keep = 'keep';
const drop = 'drop';
const notRenamed = 'drop';
const sqlNull = 'null';
const renameTo = (name: string): string => `rename:${name}`;
const labelValue = (label: string): string => `label:${label}`;

export function cardOf(question: Question): Card {
  switch (question.kind) {
    case 'rename-column':
      return renameColumnCard(question);
    case 'rename-table':
      return renameTableCard(question);
    case 'rename-label':
      return renameLabelCard(question);
    case 'drop-table':
      return dropTableCard(question);
    case 'value-mapping':
      return valueMappingCard(question);
  }
}

/** What the cards start with: suggestions are preselected, everything else is open. */
export function preselected(cards: readonly Card[]): Choices {
  return Object.fromEntries(
    cards.map((card) => [
      card.id,
      card.values.length > 0 ? card.values.map(({ selected }) => selected) : (card.options.find((option) => option.preselected)?.value ?? null),
    ]),
  );
}

/** Adds the chosen answers to those given before, or says what still stands in the way, by question id. */
export function answersFrom(
  questions: readonly Question[],
  choices: Choices,
  before: Answers,
): { readonly answers: Answers } | { readonly problems: Readonly<Record<string, string>> } {
  const problems: Record<string, string> = {};
  let answers = before;
  const taken = new Map<string, string>();
  for (const question of questions) {
    const choice = choices[question.id] ?? null;
    const problem = problemOf(question, choice, taken);
    if (problem !== null) problems[question.id] = problem;
    else if (choice !== null) answers = addAnswer(answers, question, choice);
  }
  return Object.keys(problems).length > 0 ? { problems } : { answers };
}

function problemOf(question: Question, choice: Choice | null, taken: Map<string, string>): string | null {
  if (choice === null) return 'Choose one.';
  if (question.kind === 'value-mapping') {
    const open = question.values.filter((_value, index) => (choice[index] ?? '') === '').map(({ value }) => value);
    return open.length === 0 ? null : `Choose a label for ${open.map((value) => `'${value}'`).join(', ')}.`;
  }
  if (isRenameQuestion(question) && typeof choice === 'string' && choice.startsWith('rename:')) {
    const scope = question.kind === 'rename-column' ? displayName(question.table) : question.kind === 'rename-label' ? displayName(question.type) : '';
    const key = `${scope}\n${choice}`;
    const other = taken.get(key);
    const from = question.kind === 'rename-column' ? question.from.name : question.kind === 'rename-label' ? question.from : displayName(question.from);
    if (other !== undefined) return `Both ${other} and ${from} would become ${choice.slice('rename:'.length)}. Only one of them can.`;
    taken.set(key, from);
  }
  return null;
}

function isRenameQuestion(question: Question): question is RenameColumnQuestion | RenameTableQuestion | RenameLabelQuestion {
  return question.kind === 'rename-column' || question.kind === 'rename-table' || question.kind === 'rename-label';
}

function addAnswer(answers: Answers, question: Question, choice: Choice): Answers {
  switch (question.kind) {
    case 'rename-column': {
      const candidate = question.candidates.find(({ to }) => renameTo(to.name) === choice);
      const answer = { table: question.table, from: question.from.name, to: candidate?.to.name ?? null };
      return { ...answers, columnRenames: [...answers.columnRenames, answer] };
    }
    case 'rename-table': {
      const candidate = question.candidates.find(({ to }) => renameTo(displayName(to)) === choice);
      return { ...answers, tableRenames: [...answers.tableRenames, { from: question.from, to: candidate?.to ?? null }] };
    }
    case 'rename-label': {
      const candidate = question.candidates.find(({ to }) => renameTo(to) === choice);
      return { ...answers, labelRenames: [...answers.labelRenames, { type: question.type, from: question.from, to: candidate?.to ?? null }] };
    }
    case 'drop-table':
      return { ...answers, tableDrops: [...answers.tableDrops, { table: question.table, drop: choice === drop }] };
    case 'value-mapping': {
      const pairs = question.values.map(({ value }, index): [string, string | null] => [
        value,
        question.labels.find((label) => labelValue(label) === choice[index]) ?? null,
      ]);
      const answer = { table: question.table, column: question.column, mapping: Object.fromEntries(pairs) };
      return { ...answers, valueMappings: [...answers.valueMappings, answer] };
    }
  }
}

function renameColumnCard(question: RenameColumnQuestion): Card {
  const { from, candidates } = question;
  const table = displayName(question.table);
  const [first] = candidates;
  const names = candidates.map(({ to }) => to.name);
  const renames = candidates.map(({ to, strong }, index): Option => ({
    value: renameTo(to.name),
    label: `Rename ${from.name} to ${to.name}`,
    detail: keeps(question.valuesAtStake),
    loses: false,
    preselected: index === 0 && strong && candidates.filter((candidate) => candidate.strong).length === 1,
  }));
  const added = names.length === 1 ? `add ${names[0] ?? ''} as a new, empty column` : 'add the new columns empty';
  return {
    id: question.id,
    subject: `${table}.${from.name}`,
    question: candidates.length === 1 ? `Is ${from.name} now called ${first?.to.name ?? ''}?` : `Is ${from.name} now called ${orList(names)}?`,
    explanation: `The models of ${table} no longer have ${from.name}, and newly have ${andList(names)}.`,
    comparison: compareColumns(question),
    edits: editViews(from.name, candidates.map(({ to, edit }) => ({ name: to.name, edit }))),
    durable: `To settle it for everybody, mark the new column in the model: info={"renamed_from": "${from.name}"}`,
    options: [
      ...renames,
      {
        value: notRenamed,
        label: `Not a rename: drop ${from.name}, ${added}`,
        detail: loses(question.valuesAtStake, question.rows),
        loses: question.valuesAtStake !== 0,
        preselected: false,
      },
    ],
    values: [],
    labels: [],
  };
}

function compareColumns(question: RenameColumnQuestion): Comparison {
  const faces = [question.from, ...question.candidates.map(({ to }) => to)];
  const row = (title: string, cell: (face: ColumnFace) => string): Comparison['rows'][number] => {
    const texts = faces.map(cell);
    return { title, cells: texts.map((text, index) => ({ text, differs: index > 0 && text !== texts[0] })) };
  };
  const rows = [
    row('Type', ({ type }) => type),
    row('Empty values', ({ nullable }) => (nullable ? 'allowed (NULL)' : 'not allowed (NOT NULL)')),
    // What none of them has says nothing.
    ...(faces.some((face) => face.default !== null) ? [row('Default', (face) => face.default?.sql ?? 'none')] : []),
    ...(faces.some(({ roles }) => roles.length > 0) ? [row('On it', ({ roles }) => (roles.length === 0 ? 'nothing' : roles.join('\n')))] : []),
  ];
  const plainCells = (texts: readonly string[]): Comparison['rows'][number]['cells'] => texts.map((text) => ({ text, differs: false }));
  const counted = [question.valuesAtStake === null ? 'not counted: no database is connected' : countOf(question.valuesAtStake, question.rows)];
  rows.push({ title: 'Values', cells: plainCells([...counted, ...question.candidates.map(() => 'none yet')]) });
  if (question.samples.length > 0) {
    rows.push({ title: 'For example', cells: plainCells([question.samples.map(sampleText).join('\n'), ...question.candidates.map(() => '')]) });
  }
  rows.push(...evidenceRows(question.candidates));
  return {
    headings: [
      { name: question.from.name, note: 'goes' },
      ...question.candidates.map(({ to, strong }) => ({ name: to.name, note: strong ? 'comes · very likely' : 'comes · possible' })),
    ],
    rows,
  };
}

function renameTableCard(question: RenameTableQuestion): Card {
  const from = displayName(question.from);
  const names = question.candidates.map(({ to }) => displayName(to));
  const strong = question.candidates.filter((candidate) => candidate.strong).length;
  return {
    id: question.id,
    subject: from,
    question: `Is the table ${from} now called ${orList(names)}?`,
    explanation: `No model declares ${from} any more, and ${andList(names)} ${names.length === 1 ? 'is' : 'are'} new.`,
    comparison: {
      headings: [
        { name: from, note: 'goes' },
        ...question.candidates.map((candidate) => ({ name: displayName(candidate.to), note: candidate.strong ? 'comes · very likely' : 'comes · possible' })),
      ],
      rows: [
        { title: 'Rows', cells: [{ text: rowsOf(question.rows), differs: false }, ...names.map(() => ({ text: 'none yet', differs: false }))] },
        ...evidenceRows(question.candidates),
      ],
    },
    edits: editViews(from, question.candidates.map(({ to, edit }) => ({ name: displayName(to), edit }))),
    durable: `To settle it for everybody, mark the new table in its model: __table_args__ = {"info": {"renamed_from": "${from}"}}`,
    options: [
      ...names.map((name, index) => ({
        value: renameTo(name),
        label: `Rename ${from} to ${name}`,
        detail: question.rows === null ? 'keeps all rows' : `keeps all ${plural(question.rows, 'row')}`,
        loses: false,
        preselected: index === 0 && strong === 1 && question.candidates[0]?.strong === true,
      })),
      {
        value: notRenamed,
        label: `Not a rename: ${names.length === 1 ? 'a new table' : 'new tables'}, made empty`,
        detail: `you are then asked what happens to ${from}`,
        loses: false,
        preselected: false,
      },
    ],
    values: [],
    labels: [],
  };
}

function renameLabelCard(question: RenameLabelQuestion): Card {
  const type = displayName(question.type);
  const names = question.candidates.map(({ to }) => to);
  const strong = question.candidates.filter((candidate) => candidate.strong).length;
  return {
    id: question.id,
    subject: `${type}: ${question.from}`,
    question: `Is the label ${question.from} now called ${orList(names)}?`,
    explanation: `The models’ type ${type} no longer has ${question.from}, and newly has ${andList(names)}. No row that could be looked at holds it; elsewhere rows may.`,
    comparison: {
      headings: [
        { name: question.from, note: 'goes' },
        ...question.candidates.map((candidate) => ({ name: candidate.to, note: candidate.strong ? 'comes · very likely' : 'comes · possible' })),
      ],
      rows: evidenceRows(question.candidates),
    },
    edits: editViews(question.from, question.candidates.map(({ to, edit }) => ({ name: to, edit }))),
    durable: '',
    options: [
      ...names.map((name, index) => ({
        value: renameTo(name),
        label: `Rename ${question.from} to ${name}`,
        detail: 'rows that hold it follow, up and down',
        loses: false,
        preselected: index === 0 && strong === 1 && question.candidates[0]?.strong === true,
      })),
      { value: notRenamed, label: `Not a rename: ${question.from} goes away`, detail: 'the upgrade fails while a row holds it, and loses nothing', loses: false, preselected: false },
    ],
    values: [],
    labels: [],
  };
}

function dropTableCard(question: DropTableQuestion): Card {
  const table = displayName(question.table);
  const lost = question.rows === null ? 'all of its rows are lost' : question.rows === 0 ? 'it has no rows' : `its ${plural(question.rows, 'row')} are lost`;
  return {
    id: question.id,
    subject: table,
    question: `Keep the table ${table}?`,
    explanation: `The database has ${table}, and no model declares it. Its models may live elsewhere, or something else may use it.`,
    comparison: null,
    edits: [],
    durable: '',
    options: [
      { value: keep, label: `Keep ${table}`, detail: 'remembered in the setting alembicReview.keepTables', loses: false, preselected: true },
      { value: drop, label: `Drop ${table}`, detail: lost, loses: question.rows !== 0, preselected: false },
    ],
    values: [],
    labels: [],
  };
}

function valueMappingCard(question: ValueMappingQuestion): Card {
  const table = displayName(question.table);
  const labels = question.labels.map((label) => ({ value: labelValue(label), text: label }));
  const total = question.values.reduce((sum, { count }) => sum + count, 0);
  return {
    id: question.id,
    subject: `${table}.${question.column}`,
    question: `Which label replaces each of these values?`,
    explanation: `${question.column} becomes an enum, and ${plural(total, 'row')} hold${total === 1 ? 's' : ''} a value that it does not have. The migration writes the label you choose into those rows.`,
    comparison: null,
    edits: question.values.flatMap(({ value, suggestion, edit }) => editViews(value, suggestion === null ? [] : [{ name: suggestion, edit }])),
    durable: '',
    options: [],
    values: question.values.map(({ value, count, suggestion }) => ({
      value,
      count: plural(count, 'row'),
      selected: suggestion !== null && question.labels.includes(suggestion) ? labelValue(suggestion) : '',
    })),
    labels: question.nullable ? [...labels, { value: sqlNull, text: 'no value (NULL)' }] : labels,
  };
}

/** What is blank or long would say nothing as it is. */
function sampleText(value: string): string {
  if (value.trim() === '') return `'${value}' (empty text)`;
  const line = value.replace(/\s+/g, ' ');
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}

function keeps(values: number | null): string {
  return values === null ? 'keeps its values' : values === 0 ? 'it holds no values' : `keeps ${values === 1 ? 'its 1 value' : `all ${count(values)} values`}`;
}

function loses(values: number | null, rows: number | null): string {
  if (values === null) return 'its values are lost (not counted: no database is connected)';
  if (values === 0) return 'it holds no values, so nothing is lost';
  return rows === null ? `${plural(values, 'value')} lost` : `${count(values)} of ${plural(rows, 'row')} lose${values === 1 ? 's' : ''} the value`;
}

function countOf(values: number, rows: number | null): string {
  return rows === null ? plural(values, 'value') : `in ${count(values)} of ${plural(rows, 'row')}`;
}

function rowsOf(rows: number | null): string {
  return rows === null ? 'not counted: no database is connected' : plural(rows, 'row');
}

function plural(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? '' : 's'}`;
}

function count(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}

function andList(names: readonly string[]): string {
  return list(names, 'and');
}

function orList(names: readonly string[]): string {
  return list(names, 'or');
}

function list(names: readonly string[], word: string): string {
  const last = names[names.length - 1] ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} ${word} ${last}`;
}
