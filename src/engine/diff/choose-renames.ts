import { answerTo, type DataFacts, type FactQuestion } from '../facts';
import type { Operation } from '../operations/operation';
import type { Answers, ColumnFace, Evidence, Question, RenameColumnQuestion } from '../questions';
import { findTable } from '../schema/lookup';
import { displayName, findColumn, sameName, type Column, type QualifiedName, type Schema, type Table } from '../schema/schema';
import { typeKey } from '../schema/types';
import { message, type Problem } from '../text/problem';
import { columnReplacement, replacementOf, tableReplacement, type ModelHistory } from './model-history';
import { columnRenameCandidates, conceivableScore, likelyScore, tableRenameCandidates, type RenameCandidate, type TableRenameCandidate } from './renames';
import { missingNamespaces } from './namespaces';
import { nameOf } from './scope';
import { withHistory } from './weigh-history';
import { withRows } from './weigh-rows';

/** The renames that are settled, as operations, and the likely ones that a person must decide. */
export interface ChosenRenames {
  readonly operations: readonly Operation[];
  /** The tables that get another name or namespace. */
  readonly tables: readonly TableRename[];
  readonly questions: readonly Question[];
  readonly wanted: readonly FactQuestion[];
  /** Model files whose past would tell more. */
  readonly wantedHistory: readonly string[];
  readonly refused: readonly Refused[];
  readonly problems: readonly Problem[];
}

export interface TableRename {
  readonly from: QualifiedName;
  readonly to: QualifiedName;
}

/** A column, or a whole table (`column: null`), that might have been renamed to one of `to`, and was answered not to be. */
export interface Refused {
  /** As the database names it. */
  readonly table: QualifiedName;
  readonly column: string | null;
  readonly to: readonly string[];
}

/** What is known beyond the two schemas; null: there is nobody to ask. */
export interface Known {
  readonly facts: DataFacts | null;
  readonly history: ModelHistory | null;
}

/**
 * Tables that no model declares any more, under the names of tables that are new in scope. Settled is what was answered
 * and what the model marks with `renamed_from`; everything else that is likely is asked.
 */
export function chooseTableRenames(current: Schema, models: Schema, scope: readonly QualifiedName[] | null, answers: Answers, known: Known): ChosenRenames {
  const isManaged = (table: QualifiedName): boolean => (current.managedNamespaces ?? []).includes(table.schema ?? '');
  const gone = current.tables.filter((table) => findTable(models, table) === undefined && table.extension === null && table.partitionOf === null && !isManaged(table));
  const come = models.tables.filter((table) => findTable(current, table) === undefined && !isManaged(table) && (scope === null || scope.some((name) => sameName(name, table))));
  const findings = noFindings();
  const tables = tableRenames(gone, come, answers, known, findings);
  for (const { from, to } of answers.tableRenames) {
    if (to !== null && !tables.some((rename) => sameName(rename.from, from) && sameName(rename.to, to))) findings.problems.push(notApplicable(displayName(from), displayName(to)));
  }
  return { tables, operations: relocations(tables, current), ...findings };
}

/** Renamed where they stand, then moved; a namespace that is not there is made first. */
function relocations(tables: readonly TableRename[], current: Schema): readonly Operation[] {
  return [
    ...missingNamespaces(tables.map(({ to }) => to), current),
    ...tables.flatMap(({ from, to }): readonly Operation[] => [
      ...(from.name === to.name ? [] : [{ kind: 'rename_table' as const, ...from, newName: to.name }]),
      ...(from.schema === to.schema ? [] : [{ kind: 'set_table_schema' as const, schema: from.schema, name: to.name, newSchema: to.schema ?? current.defaultSchema }]),
    ]),
  ];
}

/** The same for the columns of tables that are on both sides; `current` has the tables under their new names already. */
export function chooseColumnRenames(current: Schema, desired: Schema, tableRenames: readonly TableRename[], answers: Answers, known: Known): ChosenRenames {
  const findings = noFindings();
  const operations: Operation[] = [];
  const tables: Tables = { current, desired, originalOf: (table) => originalTable(tableRenames, table) };
  for (const table of desired.tables) {
    const before = findTable(current, table);
    if (before !== undefined && before !== table) operations.push(...columnRenames(before, table, tables, answers, known, findings));
  }
  for (const { table, from, to } of answers.columnRenames) {
    if (to !== null && !operations.some((operation) => operation.kind === 'alter_column' && operation.column === from && operation.newName === to)) findings.problems.push(notApplicable(`${displayName(table)}.${from}`, `${displayName(table)}.${to}`));
  }
  return { operations, tables: tableRenames, ...findings };
}

interface Findings {
  readonly questions: Question[];
  readonly wanted: FactQuestion[];
  readonly wantedHistory: string[];
  readonly refused: Refused[];
  readonly problems: Problem[];
}

function noFindings(): Findings {
  return { questions: [], wanted: [], wantedHistory: [], refused: [], problems: [] };
}

/** What stands around a table. */
interface Tables {
  /** The database's, under their new names, and the name that each has there now. */
  readonly current: Schema;
  readonly originalOf: (table: QualifiedName) => QualifiedName;
  readonly desired: Schema;
}

/** The name that a table has in the database. */
export function originalTable(renames: readonly TableRename[], table: QualifiedName): QualifiedName {
  return nameOf(renames.find(({ to }) => sameName(to, table))?.from ?? table);
}

function tableRenames(gone: readonly Table[], come: readonly Table[], answers: Answers, { facts, history }: Known, findings: Findings): readonly TableRename[] {
  const renames: TableRename[] = [];
  const takenFrom = new Set<string>();
  const takenTo = new Set<string>();
  const take = (from: QualifiedName, to: QualifiedName): void => {
    takenFrom.add(displayName(from));
    takenTo.add(displayName(to));
    renames.push({ from: nameOf(from), to: nameOf(to) });
  };
  for (const answer of answers.tableRenames) {
    if (answer.to === null) takenFrom.add(displayName(answer.from));
    else if (gone.some((table) => sameName(table, answer.from)) && come.some((table) => answer.to !== null && sameName(table, answer.to))) take(answer.from, answer.to);
  }
  const isOpen = (candidate: TableRenameCandidate): boolean => !takenFrom.has(displayName(candidate.from)) && !takenTo.has(displayName(candidate.to));
  const all = tableRenameCandidates(gone, come, conceivableScore);
  for (const { from, to } of answers.tableRenames) {
    const others = to !== null ? [] : all.filter((candidate) => sameName(candidate.from, from) && candidate.score >= likelyScore && !takenTo.has(displayName(candidate.to)));
    if (others.length > 0) findings.refused.push({ table: from, column: null, to: others.map((candidate) => displayName(candidate.to)) });
  }
  const found = all.filter(isOpen);
  for (const candidate of found) if (candidate.score === 1 && isOpen(candidate)) take(candidate.from, candidate.to);
  const open = likeliestFirst(
    found.filter(isOpen).map((candidate) => {
      const to = come.find((table) => sameName(table, candidate.to));
      return withHistory(candidate, replacementOf(to, history, findings.wantedHistory, (past, at) => tableReplacement(past, at, candidate.from, candidate.to)), displayName(candidate.to), 'table');
    }),
  ).filter(({ score }) => score >= likelyScore);
  for (const table of gone) {
    const candidates = open.filter((candidate) => sameName(candidate.from, table) && !takenTo.has(displayName(candidate.to)) && !takenFrom.has(displayName(candidate.from)));
    if (candidates.length === 0) continue;
    const question: FactQuestion = { kind: 'row-count', table: nameOf(table) };
    const fact = facts === null ? undefined : answerTo(facts, question);
    if (facts !== null && fact === undefined) findings.wanted.push(question);
    findings.questions.push({ kind: 'rename-table', id: `rename-table:${displayName(table)}`, from: nameOf(table), candidates, rows: fact?.kind === 'row-count' ? fact.rows : null });
  }
  return renames;
}

function columnRenames(before: Table, after: Table, tables: Tables, answers: Answers, known: Known, findings: Findings): readonly Operation[] {
  const original = tables.originalOf(after);
  const operations: Operation[] = [];
  const takenFrom = new Set<string>();
  const takenTo = new Set<string>();
  const refusedHere: string[] = [];
  const take = (from: string, to: string): void => {
    takenFrom.add(from);
    takenTo.add(to);
    operations.push({ kind: 'alter_column', schema: after.schema, table: after.name, column: from, newName: to });
  };
  for (const answer of answers.columnRenames.filter((candidate) => sameName(candidate.table, after) || sameName(candidate.table, original))) {
    if (findColumn(before, answer.from) === undefined || findColumn(after, answer.from) !== undefined) continue;
    if (answer.to === null) {
      takenFrom.add(answer.from);
      refusedHere.push(answer.from);
    } else if (findColumn(after, answer.to) !== undefined && findColumn(before, answer.to) === undefined) take(answer.from, answer.to);
  }
  const isOpen = (candidate: RenameCandidate): boolean => !takenFrom.has(candidate.from) && !takenTo.has(candidate.to);
  findings.problems.push(...swaps(before, after));
  // Whatever is akin by its type: what the file's past says of it may weigh more than all the rest.
  const candidates = columnRenameCandidates(before, after, Number.MIN_VALUE);
  for (const candidate of candidates) if (candidate.score === 1 && isOpen(candidate)) take(candidate.from, candidate.to);
  for (const from of refusedHere) {
    const others = candidates.filter((candidate) => candidate.from === from && candidate.score >= conceivableScore && !takenTo.has(candidate.to));
    if (others.length > 0) findings.refused.push({ table: original, column: from, to: others.slice(0, mostCandidates).map(({ to }) => to) });
  }

  // What is settled leaves fewer to choose from, which makes the others likelier.
  const left = (table: Table, taken: ReadonlySet<string>): Table => ({ ...table, columns: table.columns.filter(({ name }) => !taken.has(name)) });
  const isSettled = takenFrom.size + takenTo.size > 0;
  const open = likeliestFirst(
    (isSettled ? columnRenameCandidates(left(before, takenFrom), left(after, takenTo), Number.MIN_VALUE) : candidates).filter(isOpen).map((candidate) => {
      const to = findColumn(after, candidate.to);
      return withHistory(candidate, replacementOf(to, known.history, findings.wantedHistory, (past, at) => columnReplacement(past, at, original, candidate.from, candidate.to)), candidate.to, 'column');
    }),
  ).filter(({ score }) => score >= conceivableScore);
  for (const column of before.columns) {
    const mine = bestOf(open, column.name);
    const question = mine.length === 0 ? null : columnQuestion(before, after, tables, column, mine, known.facts, findings);
    // Where nothing speaks for a rename and no row has a value, there is nothing to ask.
    if (question !== null && (question.likely || question.valuesAtStake !== 0)) findings.questions.push(question);
  }
  return operations;
}

/** Two columns whose marks say that each was the other: neither name is new, so nothing tells whether it was done already. */
function swaps(before: Table, after: Table): readonly Problem[] {
  return after.columns.flatMap((column): readonly Problem[] => {
    const other = column.renamedFrom === null ? undefined : findColumn(after, column.renamedFrom);
    if (other?.renamedFrom !== column.name || column.name > other.name || findColumn(before, column.name) === undefined || findColumn(before, other.name) === undefined) return [];
    const text = message('The models say that {a} and {b} of {table} swap their names (renamed_from). That is passed over: rename one of them to a third name first, in a revision of its own.', { a: column.name, b: other.name, table: displayName(after) });
    return [{ code: 'swapped-names', severity: 'warning', message: text, ...(column.at === undefined ? {} : { at: column.at }) }];
  });
}

/** Equals stay in their order. */
function likeliestFirst<C extends Evidence>(candidates: readonly C[]): readonly C[] {
  return [...candidates].sort((a, b) => b.score - a.score);
}

/** The few best candidates of one column, without those that fit another old column much better. */
function bestOf(open: readonly RenameCandidate[], from: string): readonly RenameCandidate[] {
  return open
    .filter((candidate) => candidate.from === from && !open.some((other) => other.to === candidate.to && other.from !== from && other.score > candidate.score + 0.15))
    .slice(0, mostCandidates);
}

/** More would be no question any more. */
const mostCandidates = 4;

function columnQuestion(before: Table, after: Table, tables: Tables, column: Column, candidates: readonly RenameCandidate[], facts: DataFacts | null, findings: Findings): RenameColumnQuestion {
  const original = tables.originalOf(after);
  const count: FactQuestion = { kind: 'non-null-count', table: original, column: column.name };
  const sample: FactQuestion = { kind: 'sample-values', table: original, column: column.name, limit: 3 };
  const [counted, sampled] = facts === null ? [undefined, undefined] : [answerTo(facts, count), answerTo(facts, sample)];
  if (facts !== null && counted === undefined) findings.wanted.push(count);
  if (facts !== null && sampled === undefined) findings.wanted.push(sample);
  const weighed = candidates.flatMap((candidate) => {
    const to = findColumn(after, candidate.to);
    if (to === undefined) return [];
    const { score, strong, evidence, against, edit } =
      facts === null || counted?.kind !== 'non-null-count'
        ? candidate
        : withRows(candidate, { ...tables, before, from: column, original, after, to, rows: counted.rows, values: counted.count }, facts, findings.wanted);
    return [{ to: columnFace(after, to), score, strong, evidence, against, edit }];
  });
  return {
    kind: 'rename-column',
    id: `rename-column:${displayName(original)}.${column.name}`,
    table: original,
    likely: weighed.some((candidate) => candidate.score >= likelyScore),
    from: columnFace(before, column),
    candidates: likeliestFirst(weighed),
    valuesAtStake: counted?.kind === 'non-null-count' ? counted.count : null,
    rows: counted?.kind === 'non-null-count' ? counted.rows : null,
    samples: sampled?.kind === 'sample-values' ? sampled.values.map((value) => value.value) : [],
  };
}

/** A column as a question shows it. */
export function columnFace(table: Table, column: Column): ColumnFace {
  const roles: string[] = [];
  if (table.primaryKey?.columns.includes(column.name) === true) roles.push('primary key');
  if (table.uniques.some((unique) => unique.columns.includes(column.name))) roles.push('unique');
  for (const key of table.foreignKeys) {
    const at = key.columns.indexOf(column.name);
    if (at >= 0) roles.push(`foreign key → ${displayName(key.references)}.${key.references.columns[at] ?? ''}`);
  }
  for (const index of table.indexes) {
    if (index.elements.some((element) => element.column === column.name)) roles.push(`${index.unique ? 'unique index' : 'index'} ${index.name ?? ''}`.trim());
  }
  return { name: column.name, type: typeKey(column.type), nullable: column.nullable, default: column.default, roles };
}

/** An answer that names what is not there is a mistake worth telling. */
function notApplicable(from: string, to: string): Problem {
  return {
    code: 'rename-not-applicable',
    severity: 'error',
    message: message('The rename {from} → {to} does not fit: the old name must be in the database and not in the models, the new one in the models and not in the database.', { from, to }),
  };
}
