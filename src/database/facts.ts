import type { FactAnswer, FactQuestion } from '../engine/facts';
import { factKey } from '../engine/facts';
import type { QualifiedName } from '../engine/schema/schema';
import { displayName } from '../engine/schema/schema';
import { isHarmless } from '../engine/sql/harmless';
import { typeSql } from '../engine/sql/types';
import type { Message, Problem } from '../engine/text/problem';
import { message } from '../engine/text/problem';
import type { Database, Queries } from './connect';
import type { FactTable } from './facts/tables';
import { findTables, tableKey } from './facts/tables';
import { askAbout } from './facts/questions';

export interface FactOptions {
  /** Milliseconds that the questions about one table may take; default 5,000. */
  readonly statementTimeout?: number;
  /** Aborting cancels the running statement and closes the connection. */
  readonly signal?: AbortSignal;
  /** Tables of up to so many rows (by PostgreSQL's estimate) are counted; default 100,000. */
  readonly countUpTo?: number;
}

export interface AnsweredFacts {
  /** An answer to every question, by `factKey`; `unknown` where there is none. */
  readonly facts: ReadonlyMap<string, FactAnswer>;
  /** One for each question that could not be answered. */
  readonly problems: readonly Problem[];
}

/**
 * Asks the rows: one round trip to look the tables up, one for each table; sizes alone, which every lock asks for, many
 * tables at a time. What fails takes nothing else along.
 * Rows that row level security hides from this user are never counted as absent: then the answer is `unknown`.
 * Rejects when the connection breaks.
 */
export async function answerFacts(database: Database, questions: readonly FactQuestion[], options: FactOptions = {}): Promise<AnsweredFacts> {
  const facts = new Map<string, FactAnswer>();
  const problems: Problem[] = [];
  const giveUp = (question: FactQuestion, reason: Message): void => {
    facts.set(factKey(question), { kind: 'unknown', reason });
    problems.push({ code: 'fact-unknown', severity: 'warning', message: reason });
  };
  const distinct = [...new Map(questions.map((question) => [factKey(question), question])).values()];
  if (distinct.length === 0) return { facts, problems };

  const timeout = options.statementTimeout ?? 5_000;
  const abortable = options.signal === undefined ? {} : { signal: options.signal };
  const tables = await database.read((queries) => findTables(queries, distinct.flatMap(tablesOf), database.server.defaultSchema), abortable);
  const askable = distinct.filter((question) => {
    const obstacle = obstacleTo(question, tables, database.server.user);
    if (obstacle !== null) giveUp(question, obstacle);
    return obstacle === null;
  });

  let groups = sizesTogether(groupByTable(askable));
  const ask = async (queries: Queries, group: readonly FactQuestion[]): Promise<void> => {
    const answers = await askAbout(queries, group, tables, { countUpTo: options.countUpTo ?? 100_000, version: database.server.versionNumber });
    group.forEach((question, i) => {
      const answer = answers[i];
      if (answer !== undefined) facts.set(factKey(question), answer);
    });
  };
  while (groups.length > 0) {
    let at = 0;
    try {
      await database.read(
        async (queries) => {
          for (; at < groups.length; at++) await ask(queries, groups[at] ?? []);
        },
        { ...abortable, statementTimeout: timeout },
      );
      break;
    } catch (error) {
      if (!isRefusal(error)) throw error;
      const failed = groups[at] ?? [];
      // A slow table stays slow; anything else may be the fault of one question alone.
      const byTable = groupByTable(failed);
      const parts = byTable.length > 1 ? byTable : error.code === timedOut ? [] : failed.map((question) => [question]);
      const canSplit = parts.length > 1;
      if (!canSplit) failed.forEach((question) => giveUp(question, reasonOf(error, question, timeout)));
      groups = [...(canSplit ? parts : []), ...groups.slice(at + 1)];
    }
  }
  return { facts, problems };
}

/** SQLSTATE query_canceled, as a statement timeout has it. */
const timedOut = '57014';

/** The server answered, but with an error; a broken connection has no SQLSTATE of these classes. */
function isRefusal(error: unknown): error is Error & { code: string } {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && !/^(08|57P)/.test(code) && /\d/.test(code);
}

function reasonOf(error: Error & { code: string }, question: FactQuestion, timeout: number): Message {
  const table = displayName(question.table);
  if (error.code === timedOut) {
    return message('Looking at the rows of {table} took longer than {seconds} s and was stopped.', { table, seconds: timeout / 1000 });
  }
  return message('The rows of {table} could not be looked at: {detail}', { table, detail: error.message });
}

function obstacleTo(question: FactQuestion, tables: ReadonlyMap<string, FactTable>, user: string): Message | null {
  const strange = strangeType(question);
  if (strange !== null) return message('What becomes of values as {type} is not looked at.', { type: strange });
  if (question.kind === 'violation-count' && !isHarmless(question.condition)) return message('The condition {condition} is not run on rows: it may do more than look at them.', { condition: question.condition });
  for (const { table, columns } of columnsOf(question)) {
    const found = tables.get(tableKey(table));
    const name = displayName(table);
    if (found === undefined) return message('There is no table {table} in the database.', { table: name });
    for (const column of columns) {
      const readable = found.columns.get(column);
      if (readable === undefined) return message('The table {table} has no column {column} in the database.', { table: name, column });
      if (!readable || !found.usable) return noRight(name, user);
    }
    // Such stands in the catalog, for everybody.
    if (question.kind === 'row-level-security') continue;
    if (!found.readable && question.kind !== 'row-count') return noRight(name, user);
    if (found.hidesRows) return message('Row level security hides rows of {table} from user {user}, so they can not be counted.', { table: name, user });
  }
  return null;
}

/** Types stand in the query as they are: only such as are plain words with numbers. */
function strangeType(question: FactQuestion): string | null {
  if (question.kind !== 'values-not-kept') return null;
  return [question.from, question.to].map(typeSql).find((text) => !/^[\w ".]+(\(\d+(,\s*-?\d+)?\))?[a-z ]*(\[\])*$/.test(text)) ?? null;
}

function noRight(table: string, user: string): Message {
  return message('User {user} may not read the table {table}. Ask its owner to GRANT SELECT, or connect as another user.', { table, user });
}

function tablesOf(question: FactQuestion): QualifiedName[] {
  return columnsOf(question).map(({ table }) => table);
}

function columnsOf(question: FactQuestion): readonly { readonly table: QualifiedName; readonly columns: readonly string[] }[] {
  const { table } = question;
  switch (question.kind) {
    case 'row-count':
    case 'row-level-security':
      return [{ table, columns: [] }];
    case 'duplicate-count':
      return [{ table, columns: question.columns }];
    case 'violation-count':
      return [{ table, columns: question.columns.map(({ column }) => column) }];
    case 'orphan-count': {
      const { schema, name, columns } = question.references;
      return [
        { table, columns: question.columns },
        { table: { schema, name }, columns },
      ];
    }
    default:
      return [{ table, columns: [question.column] }];
  }
}

function groupByTable(questions: readonly FactQuestion[]): (readonly FactQuestion[])[] {
  const groups = new Map<string, FactQuestion[]>();
  for (const question of questions) {
    const key = tableKey(question.table);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [question]);
    else group.push(question);
  }
  return [...groups.values()];
}

/** So many tables are counted in one statement: few enough to be done well before the timeout, as none that is counted is large. */
const together = 50;

function sizesTogether(groups: readonly (readonly FactQuestion[])[]): (readonly FactQuestion[])[] {
  const isSize = (group: readonly FactQuestion[]): boolean => group.every(({ kind }) => kind === 'row-count');
  const sizes = groups.filter(isSize).flat();
  const chunks = Array.from({ length: Math.ceil(sizes.length / together) }, (_, i) => sizes.slice(i * together, (i + 1) * together));
  return [...chunks, ...groups.filter((group) => !isSize(group))];
}
