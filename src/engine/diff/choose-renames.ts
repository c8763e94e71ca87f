import { answerTo, type DataFacts, type FactQuestion } from '../facts';
import type { Operation } from '../operations/operation';
import type { Answers, ColumnFace, Question, RenameColumnQuestion } from '../questions';
import { displayName, findColumn, findTable, sameName, type Column, type QualifiedName, type Schema, type Table } from '../schema/schema';
import { typeKey } from '../schema/types';
import { message, type Problem } from '../text/problem';
import { columnRenameCandidates, conceivableScore, likelyScore, tableRenameCandidates, type RenameCandidate } from './renames';
import { nameOf } from './scope';

/** The renames that are settled, as operations, and the likely ones that a person must decide. */
export interface ChosenRenames {
  readonly operations: readonly Operation[];
  /** The tables that get another name or namespace. */
  readonly tables: readonly TableRename[];
  readonly questions: readonly Question[];
  readonly wanted: readonly FactQuestion[];
  readonly problems: readonly Problem[];
}

export interface TableRename {
  readonly from: QualifiedName;
  readonly to: QualifiedName;
}

/**
 * Tables that no model declares any more, under the names of tables that are new in scope. Settled is what was answered
 * and what the model marks with `renamed_from`; everything else that is likely is asked.
 */
export function chooseTableRenames(current: Schema, models: Schema, scope: readonly QualifiedName[] | null, answers: Answers, facts: DataFacts | null): ChosenRenames {
  const isManaged = (table: QualifiedName): boolean => (current.managedNamespaces ?? []).includes(table.schema ?? '');
  const gone = current.tables.filter((table) => findTable(models, table) === undefined && table.extension === null && table.partitionOf === null && !isManaged(table));
  const come = models.tables.filter((table) => findTable(current, table) === undefined && !isManaged(table) && (scope === null || scope.some((name) => sameName(name, table))));
  const findings: Findings = { questions: [], wanted: [], problems: [] };
  const tables = tableRenames(gone, come, answers, facts, findings);
  for (const { from, to } of answers.tableRenames) {
    if (to !== null && !tables.some((rename) => sameName(rename.from, from) && sameName(rename.to, to))) findings.problems.push(notApplicable(displayName(from), displayName(to)));
  }
  return { tables, operations: relocations(tables, current), ...findings };
}

/** Renamed where they stand, then moved; a namespace that is not there is made first. */
function relocations(tables: readonly TableRename[], current: Schema): readonly Operation[] {
  const moved = tables.filter(({ from, to }) => from.schema !== to.schema);
  const known = new Set([...(current.namespaces ?? []), ...[...current.tables, ...current.enums].flatMap((object) => object.schema ?? [])]);
  const missing = [...new Set(moved.flatMap(({ to }) => to.schema ?? []))].filter((name) => !known.has(name)).sort();
  return [
    ...missing.map((name): Operation => ({ kind: 'create_schema', name, ...(current.namespaces === undefined ? { ifNotExists: true } : {}) })),
    ...tables.flatMap(({ from, to }): readonly Operation[] => [
      ...(from.name === to.name ? [] : [{ kind: 'rename_table' as const, ...from, newName: to.name }]),
      ...(from.schema === to.schema ? [] : [{ kind: 'set_table_schema' as const, schema: from.schema, name: to.name, newSchema: to.schema ?? current.defaultSchema }]),
    ]),
  ];
}

/** The same for the columns of tables that are on both sides; `current` has the tables under their new names already. */
export function chooseColumnRenames(current: Schema, desired: Schema, tableRenames: readonly TableRename[], answers: Answers, facts: DataFacts | null): ChosenRenames {
  const findings: Findings = { questions: [], wanted: [], problems: [] };
  const operations: Operation[] = [];
  for (const table of desired.tables) {
    const before = findTable(current, table);
    if (before !== undefined && before !== table) operations.push(...columnRenames(before, table, originalTable(tableRenames, table), answers, facts, findings));
  }
  for (const { table, from, to } of answers.columnRenames) {
    if (to !== null && !operations.some((operation) => operation.kind === 'alter_column' && operation.column === from && operation.newName === to)) findings.problems.push(notApplicable(`${displayName(table)}.${from}`, `${displayName(table)}.${to}`));
  }
  return { operations, tables: tableRenames, ...findings };
}

interface Findings {
  readonly questions: Question[];
  readonly wanted: FactQuestion[];
  readonly problems: Problem[];
}

/** The name that a table has in the database. */
export function originalTable(renames: readonly TableRename[], table: QualifiedName): QualifiedName {
  return nameOf(renames.find(({ to }) => sameName(to, table))?.from ?? table);
}

function tableRenames(gone: readonly Table[], come: readonly Table[], answers: Answers, facts: DataFacts | null, findings: Findings): readonly TableRename[] {
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
  const open = tableRenameCandidates(gone, come).filter((candidate) => !takenFrom.has(displayName(candidate.from)) && !takenTo.has(displayName(candidate.to)));
  for (const candidate of open) if (candidate.score === 1 && !takenFrom.has(displayName(candidate.from))) take(candidate.from, candidate.to);
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

function columnRenames(before: Table, after: Table, original: QualifiedName, answers: Answers, facts: DataFacts | null, findings: Findings): readonly Operation[] {
  const operations: Operation[] = [];
  const takenFrom = new Set<string>();
  const takenTo = new Set<string>();
  const take = (from: string, to: string): void => {
    takenFrom.add(from);
    takenTo.add(to);
    operations.push({ kind: 'alter_column', schema: after.schema, table: after.name, column: from, newName: to });
  };
  for (const answer of answers.columnRenames.filter((candidate) => sameName(candidate.table, after) || sameName(candidate.table, original))) {
    if (findColumn(before, answer.from) === undefined || findColumn(after, answer.from) !== undefined) continue;
    if (answer.to === null) takenFrom.add(answer.from);
    else if (findColumn(after, answer.to) !== undefined && findColumn(before, answer.to) === undefined) take(answer.from, answer.to);
  }
  const candidates = columnRenameCandidates(before, after, conceivableScore);
  for (const candidate of candidates) if (candidate.score === 1 && !takenFrom.has(candidate.from) && !takenTo.has(candidate.to)) take(candidate.from, candidate.to);

  const open = candidates.filter((candidate) => !takenFrom.has(candidate.from) && !takenTo.has(candidate.to));
  for (const column of before.columns) {
    const mine = bestOf(open, column.name);
    const question = mine.length === 0 ? null : columnQuestion(before, after, original, column, mine, facts, findings);
    // Where nothing speaks for a rename and no row has a value, there is nothing to ask.
    if (question !== null && (question.likely || question.valuesAtStake !== 0)) findings.questions.push(question);
  }
  return operations;
}

/** The few best candidates of one column, without those that fit another old column much better. */
function bestOf(open: readonly RenameCandidate[], from: string): readonly RenameCandidate[] {
  return open
    .filter((candidate) => candidate.from === from && !open.some((other) => other.to === candidate.to && other.from !== from && other.score > candidate.score + 0.15))
    .slice(0, 4);
}

function columnQuestion(before: Table, after: Table, original: QualifiedName, column: Column, candidates: readonly RenameCandidate[], facts: DataFacts | null, findings: Findings): RenameColumnQuestion {
  const count: FactQuestion = { kind: 'non-null-count', table: original, column: column.name };
  const sample: FactQuestion = { kind: 'sample-values', table: original, column: column.name, limit: 3 };
  const [counted, sampled] = facts === null ? [undefined, undefined] : [answerTo(facts, count), answerTo(facts, sample)];
  if (facts !== null && counted === undefined) findings.wanted.push(count);
  if (facts !== null && sampled === undefined) findings.wanted.push(sample);
  return {
    kind: 'rename-column',
    id: `rename-column:${displayName(original)}.${column.name}`,
    table: original,
    likely: candidates.some((candidate) => candidate.score >= likelyScore),
    from: columnFace(before, column),
    candidates: candidates.flatMap((candidate) => {
      const to = findColumn(after, candidate.to);
      return to === undefined ? [] : [{ to: columnFace(after, to), score: candidate.score, strong: candidate.strong, evidence: candidate.evidence }];
    }),
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
