import { answerTo, type DataFacts, type FactQuestion } from '../facts';
import type { Operation } from '../operations/operation';
import type { Answers } from '../questions';
import { displayName, sameName, type QualifiedName } from '../schema/schema';
import { formatMessage, message, type Message } from '../text/problem';
import { originalTable, type Refused, type TableRename } from './choose-renames';
import type { OriginOf } from './data';

/** What stands behind the operations. */
export interface Decisions {
  readonly answers: Answers;
  readonly tableRenames: readonly TableRename[];
  /** Likely renames that were answered to be none. */
  readonly refused: readonly Refused[];
  readonly originOf: OriginOf;
  readonly facts: DataFacts | null;
}

/**
 * Writes above renames and drops what was asked and answered, or marked in the model, with the rows that hang on it: the
 * team sees the decision where it reads the draft. Everything else speaks for itself. Counts that are not known yet go to
 * `wanted`.
 */
export function withAnswers(operations: readonly Operation[], decisions: Decisions, wanted: FactQuestion[]): readonly Operation[] {
  const ask: Ask = (question) => {
    const answer = decisions.facts === null ? undefined : answerTo(decisions.facts, question);
    if (decisions.facts !== null && answer === undefined) wanted.push(question);
    return answer;
  };
  return operations.map((operation) => {
    const said = sentences(operation, decisions, ask).map(formatMessage);
    return said.length === 0 ? operation : { ...operation, note: [...said, ...(operation.note === undefined ? [] : [operation.note])].join(' ') };
  });
}

type Ask = <Q extends FactQuestion>(question: Q) => ReturnType<typeof answerTo<Q>>;

function sentences(operation: Operation, { answers, tableRenames, refused, originOf }: Decisions, ask: Ask): readonly Message[] {
  switch (operation.kind) {
    case 'rename_table':
    case 'set_table_schema':
      // Where a table gets both, a new name and another schema, the first of the two says it.
      return tableRenames.flatMap((rename) => (sameName(rename.from, operation) ? [renamedTable(rename, answers, ask)] : []));
    case 'alter_column':
      if (operation.newName === undefined) return [];
      return [renamedColumn([originalTable(tableRenames, { schema: operation.schema, name: operation.table }), { schema: operation.schema, name: operation.table }], operation.column, operation.newName, answers, ask)];
    case 'rename_enum_value':
      return [message('{from} is now called {to}: answered.', { from: operation.label, to: operation.newLabel })];
    case 'drop_column': {
      const origin = originOf({ schema: operation.schema, name: operation.table }, operation.column);
      return refused.flatMap(({ table, column, to }) => (origin !== null && column === origin.column && sameName(table, origin.table) ? [notRenamed(column, to)] : []));
    }
    case 'drop_table': {
      const asked = refused.find(({ table, column }) => column === null && sameName(table, operation));
      const dropped = answers.tableDrops.some(({ table, drop }) => drop && sameName(table, operation));
      return [...(asked === undefined ? [] : [notRenamed(displayName(operation), asked.to)]), ...(dropped ? [droppedTable(operation, ask)] : [])];
    }
    default:
      return [];
  }
}

function renamedTable({ from: table, to: name }: TableRename, answers: Answers, ask: Ask): Message {
  const args = { from: displayName(table), to: displayName(name) };
  if (!answers.tableRenames.some(({ from, to }) => sameName(from, table) && to !== null && sameName(to, name))) return marked(args);
  const rows = rowsOf(table, ask);
  return rows === null ? message('{from} is now called {to}: answered.', args) : message('{from} is now called {to}: answered; it keeps {rows}.', { ...args, rows });
}

/** `names`: the table's in the database, and its new one; an answer may have either. */
function renamedColumn(names: readonly [QualifiedName, QualifiedName], from: string, to: string, answers: Answers, ask: Ask): Message {
  const [table] = names;
  const isAnswered = answers.columnRenames.some((answer) => answer.from === from && answer.to === to && names.some((name) => sameName(name, answer.table)));
  if (!isAnswered) return marked({ from, to });
  const answer = ask({ kind: 'non-null-count', table, column: from });
  if (answer?.kind !== 'non-null-count' || answer.count === 0) return message('{from} is now called {to}: answered.', { from, to });
  return message('{from} is now called {to}: answered; {count} of {rows} rows keep their value.', { from, to, count: answer.count, rows: answer.rows });
}

function marked(args: { readonly from: string; readonly to: string }): Message {
  return message('{from} is now called {to}: the model says so (renamed_from).', args);
}

function notRenamed(from: string, to: readonly string[]): Message {
  return message('{from} is not renamed to {to}: answered.', { from, to: to.join(' or ') });
}

function droppedTable(table: QualifiedName, ask: Ask): Message {
  const rows = rowsOf(table, ask);
  const args = { table: displayName(table) };
  return rows === null ? message('No model declares {table}, so it is dropped: answered.', args) : message('No model declares {table}, so it is dropped with {rows}: answered.', { ...args, rows });
}

/** `its 3 rows`, `about 20000 rows`; null: not known, or none. */
function rowsOf(table: QualifiedName, ask: Ask): string | null {
  const answer = ask({ kind: 'row-count', table: { schema: table.schema, name: table.name } });
  if (answer?.kind !== 'row-count' || answer.rows === 0) return null;
  return `${answer.exact ? 'its ' : 'about '}${answer.rows} row${answer.rows === 1 ? '' : 's'}`;
}
