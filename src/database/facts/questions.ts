import type { CastValues, FactAnswer, FactQuestion, KeyCount, ValueCount } from '../../engine/facts';
import type { Queries } from '../connect';
import { quoteName } from '../quote';
import { valuesNotKept } from './kept-values';
import type { FactTable } from './tables';
import { tableKey } from './tables';

/**
 * Answers questions in one statement: each is a subquery that yields JSON. All are about tables of `tables`. Names are
 * quoted, values are parameters. Rejects with the server's error if any of them fails.
 */
export async function askAbout(
  queries: Queries,
  questions: readonly FactQuestion[],
  tables: ReadonlyMap<string, FactTable>,
  options: { readonly countUpTo: number; readonly version: number },
): Promise<readonly FactAnswer[]> {
  const parameters: unknown[] = [];
  const parameter = (value: unknown): string => `$${parameters.push(value)}`;
  const selected = new Map<string, string>();
  /** What is counted in one scan of a table, by the table as it is written. */
  const counts = new Map<string, { readonly name: string; readonly what: Set<string> }>();
  const count = (table: FactTable, what: string): ((row: Row) => number) => {
    const counted = counts.get(table.quoted) ?? { name: `c${counts.size}`, what: new Set() };
    counts.set(table.quoted, counted);
    counted.what.add(what);
    const at = String([...counted.what].indexOf(what));
    return (row) => Number((row[counted.name] as Record<string, number>)[at]);
  };
  const readers = questions.map((question): ((row: Row) => FactAnswer) => {
    const table = tables.get(tableKey(question.table));
    if (table === undefined) throw new Error(`the table of a ${question.kind} was not looked up`);
    switch (question.kind) {
      case 'row-count': {
        const { bytes } = table;
        if (!shouldCount(table, options.countUpTo)) {
          const rows = table.estimate ?? guess(table);
          return () => ({ kind: 'row-count', rows, exact: false, bytes });
        }
        const rowsOf = count(table, '*');
        return (row) => ({ kind: 'row-count', rows: rowsOf(row), exact: true, bytes });
      }
      case 'row-level-security': {
        const { rowLevelSecurity } = table;
        return () => ({ kind: 'row-level-security', enabled: rowLevelSecurity });
      }
      case 'null-count':
      case 'non-null-count': {
        const rowsOf = count(table, '*');
        const filledOf = count(table, quoteName(question.column));
        return (row) => {
          const [rows, filled] = [rowsOf(row), filledOf(row)];
          return { kind: question.kind, count: question.kind === 'null-count' ? rows - filled : filled, rows };
        };
      }
      default: {
        const name = `a${selected.size}`;
        selected.set(name, subquery(question, table, tables, parameter, options.version));
        return (row) => readAnswer(question, row[name]);
      }
    }
  });

  for (const [table, { name, what }] of counts) {
    const counted = [...what].map((each, i) => `'${i}', pg_catalog.count(${each})`).join(', ');
    selected.set(name, `SELECT pg_catalog.jsonb_build_object(${counted}) FROM ${table}`);
  }
  const columns = [...selected].map(([name, sql]) => `(${sql}) AS ${name}`);
  const [row = {}] = columns.length === 0 ? [] : await queries.query<Row>(`SELECT ${columns.join(',\n')}`, parameters);
  return readers.map((read) => read(row));
}

type Row = Readonly<Record<string, unknown>>;

/** How many values or keys are listed, and how long a value may be to be readable. */
const listed = 20;
const examples = 5;
const readable = 200;
/** Samples look at so many rows at most. */
const sampled = 10_000;
/** A table that was never analyzed is counted when its rows take no more than this. */
const smallHeap = 32 * 1024 * 1024;

function shouldCount(table: FactTable, countUpTo: number): boolean {
  if (!table.readable) return false;
  return table.estimate === null ? table.heapBytes <= smallHeap : table.estimate <= countUpTo;
}

/** Without statistics, rows of about 100 bytes; the answer says that it is not exact. */
function guess(table: FactTable): number {
  return Math.round(table.heapBytes / 100);
}

type Subquestion = Exclude<FactQuestion, { kind: 'row-count' | 'row-level-security' | 'null-count' | 'non-null-count' }>;

function subquery(question: Subquestion, table: FactTable, tables: ReadonlyMap<string, FactTable>, parameter: (value: unknown) => string, version: number): string {
  switch (question.kind) {
    case 'values-outside-labels': {
      const column = quoteName(question.column);
      const labels = parameter(question.labels);
      return listOfValues(`SELECT ${column}::text AS value FROM ${table.quoted} WHERE NOT (${column}::text = ANY (${labels}::text[]))`, listed);
    }
    case 'values-outside-type': {
      const column = quoteName(question.column);
      const { type } = question;
      const fits = type.kind === 'length' ? `pg_catalog.char_length(${column}::text) <= ${parameter(type.most)}::bigint` : `${column} BETWEEN ${parameter(type.least)}::numeric AND ${parameter(type.most)}::numeric`;
      return listOfValues(`SELECT ${column}::text AS value FROM ${table.quoted} WHERE NOT (${fits})`, examples);
    }
    case 'sample-values': {
      const column = quoteName(question.column);
      const rows = `SELECT ${column}::text AS value FROM ${table.quoted} WHERE ${column} IS NOT NULL LIMIT ${sampled}`;
      return listOfValues(rows, Math.max(0, Math.trunc(question.limit)));
    }
    case 'values-not-kept':
      return valuesNotKept(table.quoted, quoteName(question.column), question.from, question.to, { version, examples });
    case 'violation-count': {
      const columns = question.columns.map(({ column, as }) => `${quoteName(column)} AS ${quoteName(as)}`);
      const values = textArray(question.columns.map(({ as }) => quoteName(as)));
      return `WITH key AS (
        SELECT ${values} AS values, pg_catalog.count(*) AS n FROM (SELECT ${columns.join(', ')} FROM ${table.quoted}) ${quoteName(question.name)}
        WHERE NOT (${question.condition}\n) GROUP BY 1
      ) SELECT pg_catalog.jsonb_build_object('count', COALESCE(pg_catalog.sum(n), 0), 'examples', ${exampleKeys}) FROM key`;
    }
    case 'duplicate-count': {
      const columns = question.columns.map(quoteName);
      const present = question.nullsNotDistinct === true ? 'true' : columns.map((column) => `${column} IS NOT NULL`).join(' AND ');
      return `WITH key AS (
        SELECT ${textArray(columns)} AS values, pg_catalog.count(*) AS n FROM ${table.quoted} WHERE ${present}
        GROUP BY ${columns.join(', ')} HAVING pg_catalog.count(*) > 1
      ) SELECT pg_catalog.jsonb_build_object('keys', pg_catalog.count(*), 'count', COALESCE(pg_catalog.sum(n - 1), 0), 'examples', ${exampleKeys}) FROM key`;
    }
    case 'orphan-count': {
      const columns = question.columns.map((column) => `f.${quoteName(column)}`);
      const referenced = question.references.columns.map((column) => `r.${quoteName(column)}`);
      const target = tables.get(tableKey(question.references))?.quoted ?? '';
      const present = columns.map((column) => `${column} IS NOT NULL`).join(' AND ');
      const equal = columns.map((column, i) => `${referenced[i] ?? 'NULL'} = ${column}`).join(' AND ');
      return `WITH key AS (
        SELECT ${textArray(columns)} AS values, pg_catalog.count(*) AS n FROM ${table.quoted} f
        WHERE ${present} AND NOT EXISTS (SELECT FROM ${target} r WHERE ${equal}) GROUP BY ${columns.join(', ')}
      ) SELECT pg_catalog.jsonb_build_object('count', COALESCE(pg_catalog.sum(n), 0), 'examples', ${exampleKeys}) FROM key`;
    }
  }
}

const exampleKeys = `(SELECT COALESCE(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('values', pg_catalog.to_jsonb(e.values), 'count', e.n)), '[]')
  FROM (SELECT key.values, key.n FROM key ORDER BY key.n DESC, key.values LIMIT ${examples}) e)`;

function textArray(columns: readonly string[]): string {
  return `ARRAY[${columns.map((column) => `pg_catalog.left(${column}::text, ${readable})`).join(', ')}]`;
}

/** One more than is listed, so that it is known whether there are more. */
function listOfValues(rows: string, limit: number): string {
  return `WITH found AS (SELECT value, pg_catalog.count(*) AS n FROM (${rows}) rows GROUP BY value)
  SELECT pg_catalog.jsonb_build_object(
    'count', (SELECT COALESCE(pg_catalog.sum(n), 0) FROM found), 'more', (SELECT pg_catalog.count(*) > ${limit} FROM found),
    'values', (SELECT COALESCE(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('value', pg_catalog.left(v.value, ${readable}), 'count', v.n)), '[]')
      FROM (SELECT value, n FROM found ORDER BY n DESC, value LIMIT ${limit}) v))`;
}

function readAnswer(question: Subquestion, answer: unknown): FactAnswer {
  const found = answer as { count: number; keys: number; more: boolean; values: readonly ValueCount[]; examples: readonly KeyCount[] };
  const cast = answer as { rows: number; refused: number; changed: number; refusedValues: CastValues['values']; changedValues: CastValues['values'] };
  switch (question.kind) {
    case 'values-outside-labels':
    case 'values-outside-type':
      return { kind: question.kind, values: found.values, count: found.count, more: found.more };
    case 'sample-values':
      return { kind: question.kind, values: found.values, more: found.more };
    case 'duplicate-count':
      return { kind: question.kind, count: found.count, keys: found.keys, examples: found.examples };
    case 'orphan-count':
    case 'violation-count':
      return { kind: question.kind, count: found.count, examples: found.examples };
    case 'values-not-kept':
      return { kind: question.kind, rows: cast.rows, refused: { count: cast.refused, values: cast.refusedValues }, changed: { count: cast.changed, values: cast.changedValues } };
  }
}
