import { placeTokens, splitStatements } from '../sql/split';
import type { SqlParser } from '../sql/parser';
import type { TextRange } from '../text/text';
import { readSql, type ReadStatement } from './read-sql';

/**
 * What a script does, where a statement that is being typed has no semicolon yet: it would take along the one behind it. A statement
 * that PostgreSQL would not parse ends before the first line on which one begins that it would. Errors stand where they stood.
 */
export function readTypedSql(sql: string, parser: SqlParser): readonly ReadStatement[] {
  const reads = readSql(sql, parser).value;
  const result: ReadStatement[] = [];
  for (const [index, read] of reads.entries()) {
    if (read.statement.error === null) {
      result.push(read);
      continue;
    }
    const behindQuote = withoutOpenQuote(sql, read, reads.slice(index + 1), parser);
    if (behindQuote !== null) return [...result, ...behindQuote];
    result.push(...recovered(sql, read, parser, 0));
  }
  return result;
}

/**
 * A quote that is not closed yet makes strings of what stands between all later ones. Where a statement begins inside of such a string, and
 * fewer are broken when the file is read from there, that was it. Null: it is not.
 */
function withoutOpenQuote(sql: string, { statement }: ReadStatement, others: readonly ReadStatement[], parser: SqlParser): readonly ReadStatement[] | null {
  const string = placeTokens(statement.text).find((token) => token.kind === 'string' && /^[^$]*'/.test(token.text) && token.text.includes('\n'));
  if (string === undefined) return null;
  const broken = others.filter((other) => other.statement.error !== null).length;
  for (const match of [...string.text.matchAll(opens)].slice(0, mostTries)) {
    const start = statement.range.start + string.start + match.index + match[0].search(/\S/);
    const text = sql.slice(start);
    if (!beginsSound(text, parser)) continue;
    const rest = readTypedSql(text, parser);
    if (rest.filter((read) => read.statement.error !== null).length > broken) return null;
    const [half] = readSql(sql.slice(statement.range.start, start), parser).value;
    return [...(half === undefined ? [] : [moved(half, statement.range.start)]), ...rest.map((read) => moved(read, start))];
  }
  return null;
}

function beginsSound(sql: string, parser: SqlParser): boolean {
  const [first] = splitStatements(sql);
  return first !== undefined && parser.parse(sql.slice(first.start, first.end)).problems.length === 0;
}

/** Enough for what anybody types at once. */
const mostTries = 40;

function recovered(sql: string, broken: ReadStatement, parser: SqlParser, tried: number): readonly ReadStatement[] {
  const { range } = broken.statement;
  for (const start of beginnings(sql, range).slice(0, mostTries - tried)) {
    tried++;
    const text = sql.slice(start, range.end);
    // An open quote may hide the rest of the file: that is read once, when its first statement is sound.
    if (!beginsSound(text, parser)) continue;
    const rest = readSql(text, parser).value;
    const [half] = readSql(sql.slice(range.start, start), parser).value;
    const behind = rest.map((read) => moved(read, start));
    return [...(half === undefined ? [] : [moved(half, range.start)]), ...behind.flatMap((read) => (read.statement.error === null || tried >= mostTries ? [read] : recovered(sql, read, parser, tried)))];
  }
  return [broken];
}

const opens = /^[^\S\r\n]*(?:create|alter|drop|comment|grant|revoke|insert|update|delete|truncate|set|begin|commit|do|select|with|refresh|reindex|vacuum)\s/gim;

/** Lines below the first that a statement may begin on: not inside of a string that is closed, nor of a comment. A string that is not closed hides nothing. */
function beginnings(sql: string, { start, end }: TextRange): readonly number[] {
  const text = sql.slice(start, end);
  const strings = placeTokens(text).filter((token) => (token.kind === 'string' || token.kind === 'quoted') && isClosed(token.text, token.end, text.length));
  const comments = /\/\*[\s\S]*?\*\//g;
  const hidden: readonly TextRange[] = [...strings, ...[...text.matchAll(comments)].map((match) => ({ start: match.index, end: match.index + match[0].length }))];
  return [...text.matchAll(opens)].flatMap((match) => {
    const at = match.index + match[0].search(/\S/);
    return match.index === 0 || hidden.some((range) => range.start < at && at < range.end) ? [] : [start + at];
  });
}

function isClosed(token: string, end: number, length: number): boolean {
  return end < length || /^\$([^$]*)\$[\s\S]*\$\1\$$/.test(token) || /^[^$]*['"][\s\S]*['"]$/.test(token);
}

function moved({ statement, operations }: ReadStatement, by: number): ReadStatement {
  const { range, error } = statement;
  return { statement: { ...statement, range: { start: range.start + by, end: range.end + by }, error: error === null ? null : { ...error, at: error.at + by } }, operations };
}
