/** Names and literals of PostgreSQL as text. Source: PostgreSQL documentation, 4.1 "Lexical Structure". */

/** The identifier as SQL needs it: bare where it is lower-case and no reserved word, else in double quotes. */
export function quoteIdentifier(name: string): string {
  return /^[a-z_][a-z0-9_$]*$/.test(name) && !reserved.has(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

/** `schema.name`, each part quoted where needed. */
export function quoteName(object: { readonly schema: string | null; readonly name: string }): string {
  return object.schema === null ? quoteIdentifier(object.name) : `${quoteIdentifier(object.schema)}.${quoteIdentifier(object.name)}`;
}

/** A string constant: `'it''s'`. Backslashes stand for themselves (standard_conforming_strings is on). */
export function quoteLiteral(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

/** One lexical element of SQL text. */
export interface Token {
  readonly kind: 'word' | 'quoted' | 'string' | 'comment' | 'space' | 'other';
  readonly text: string;
}

/** Cuts SQL into tokens that together are the whole text. Never fails: an unclosed string runs to the end. */
export function tokenize(sql: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let start = 0; start < sql.length; ) {
    const kind = kindAt(sql, start);
    const end = endOf(kind, sql, start);
    tokens.push({ kind, text: sql.slice(start, end) });
    start = end;
  }
  return tokens;
}

const enum Code {
  Quote = 39,
  Backslash = 92,
}

/** What begins at an offset. By character codes and not by one regular expression: every statement of every script comes by here. */
export function kindAt(sql: string, at: number): Token['kind'] {
  const code = sql.charCodeAt(at);
  if (isSpace(code)) return 'space';
  if (code === Code.Quote) return 'string';
  if (isLetter(code)) return isStringPrefix(sql, at) ? 'string' : 'word';
  switch (sql[at]) {
    case '"':
      return 'quoted';
    case '-':
      return sql[at + 1] === '-' ? 'comment' : 'other';
    case '/':
      return sql[at + 1] === '*' ? 'comment' : 'other';
    case '$':
      return dollarTag(sql, at) === null ? 'other' : 'string';
    default:
      return 'other';
  }
}

/** Where the token of this kind that begins at `start` ends. */
export function endOf(kind: Token['kind'], sql: string, start: number): number {
  let at = start;
  switch (kind) {
    case 'space':
      while (isSpace(sql.charCodeAt(at))) at++;
      return at;
    case 'word':
      while (isWordPart(sql.charCodeAt(at))) at++;
      return at;
    case 'quoted':
      return endOfQuotes(sql, start + 1, '"');
    case 'comment':
      if (sql[start] === '/') return endOfComment(sql, start);
      at = sql.indexOf('\n', start);
      return at < 0 ? sql.length : at;
    case 'string': {
      const tag = dollarTag(sql, start);
      if (tag !== null) {
        const close = sql.indexOf(tag, start + tag.length);
        return close < 0 ? sql.length : close + tag.length;
      }
      const open = sql.indexOf("'", start) + 1;
      return /[eE]/.test(sql[start] ?? '') ? endOfEscapes(sql, open) : endOfQuotes(sql, open, "'");
    }
    case 'other':
      number.lastIndex = start;
      return start + (number.exec(sql)?.[0].length ?? 1);
  }
}

const number = /\d+(?:\.\d*)?(?:[eE][+-]?\d+)?/y;
const dollar = /\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/y;

/** `$tag$`, `$$`; null: no dollar-quoted string begins here. */
function dollarTag(sql: string, at: number): string | null {
  if (sql[at] !== '$') return null;
  dollar.lastIndex = at;
  return dollar.exec(sql)?.[0] ?? null;
}

/** Behind the closing quote; a doubled one stands for itself. */
function endOfQuotes(sql: string, from: number, quote: string): number {
  for (let at = sql.indexOf(quote, from); at >= 0; at = sql.indexOf(quote, at + 2)) if (sql[at + 1] !== quote) return at + 1;
  return sql.length;
}

/** The same for `E'…'`, where a backslash takes the next character along. */
function endOfEscapes(sql: string, from: number): number {
  for (let at = from; at < sql.length; at++) {
    const code = sql.charCodeAt(at);
    if (code === Code.Backslash) at++;
    else if (code === Code.Quote) {
      if (sql.charCodeAt(at + 1) !== Code.Quote) return at + 1;
      at++;
    }
  }
  return sql.length;
}

function isStringPrefix(sql: string, at: number): boolean {
  if (sql.charCodeAt(at + 1) === Code.Quote) return /[eEbBnNxX]/.test(sql[at] ?? '');
  return sql[at + 1] === '&' && sql.charCodeAt(at + 2) === Code.Quote && /[uU]/.test(sql[at] ?? '');
}

function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13);
}

function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code >= 128;
}

function isWordPart(code: number): boolean {
  return isLetter(code) || (code >= 48 && code <= 57) || code === 36;
}

/** Comments nest, which no regular expression can follow. */
function endOfComment(sql: string, start: number): number {
  const marks = /\/\*|\*\//g;
  marks.lastIndex = start;
  let depth = 0;
  for (let mark = marks.exec(sql); mark !== null; mark = marks.exec(sql)) {
    depth += mark[0] === '/*' ? 1 : -1;
    if (depth === 0) return marks.lastIndex;
  }
  return sql.length;
}

/** The same SQL with every mention of the identifier `from` written as `to`; strings, comments and function names stay. */
export function renameIdentifier(sql: string, from: string, to: string): string {
  const tokens = tokenize(sql);
  return tokens
    .map((token, index) => {
      const name = token.kind === 'word' ? token.text.toLowerCase() : token.kind === 'quoted' ? token.text.slice(1, -1).replaceAll('""', '"') : null;
      if (name !== from || tokens[index + 1]?.text === '(') return token.text;
      return quoteIdentifier(to);
    })
    .join('');
}

/** Whether the SQL names the identifier outside of strings and comments. */
export function mentionsIdentifier(sql: string, name: string): boolean {
  return tokenize(sql).some((token) => (token.kind === 'word' && token.text.toLowerCase() === name) || (token.kind === 'quoted' && token.text.slice(1, -1).replaceAll('""', '"') === name));
}

/**
 * The name that PostgreSQL gives an expression's column: a function's, a column's, a cast's type; null where it has none.
 * Source: FigureColnameInternal in parse_target.c, on the text of an expression.
 */
export function expressionName(sql: string): string | null {
  const tokens = tokenize(sql).filter((token) => token.kind !== 'space' && token.kind !== 'comment');
  return nameOfTokens(tokens)?.name ?? null;
}

function nameOfTokens(all: readonly Token[]): { readonly name: string; readonly weak: boolean } | null {
  let tokens = all;
  while (tokens[0]?.text === '(' && closing(tokens, 0) === tokens.length - 1) tokens = tokens.slice(1, -1);
  const cast = tokens.findLastIndex((token, index) => token.text === ':' && tokens[index + 1]?.text === ':' && depthAt(tokens, index) === 0);
  if (cast > 0 && tokens.slice(cast + 2).every((token) => !/^[-+*/<>=|]$/.test(token.text))) {
    const inner = nameOfTokens(tokens.slice(0, cast));
    const type = tokens[cast + 2];
    return inner !== null && !inner.weak ? inner : type === undefined ? null : { name: nameOf(type) ?? '', weak: true };
  }
  if (tokens[0]?.text.toLowerCase() === 'case') return { name: 'case', weak: true };
  let at = 0;
  while (tokens[at + 1]?.text === '.') at += 2;
  const last = tokens[at];
  const name = last === undefined ? null : nameOf(last);
  if (name === null) return null;
  const whole = at === tokens.length - 1 || (tokens[at + 1]?.text === '(' && closing(tokens, at + 1) === tokens.length - 1);
  return whole ? { name, weak: false } : null;
}

/** The name that a token is, as PostgreSQL takes it: without quotes in lower case. Null: it is none. */
export function nameOf(token: Token): string | null {
  return token.kind === 'word' ? token.text.toLowerCase() : token.kind === 'quoted' ? token.text.slice(1, -1).replaceAll('""', '"') : null;
}

function depthAt(tokens: readonly Token[], at: number): number {
  return tokens.slice(0, at).reduce((depth, token) => depth + (token.text === '(' ? 1 : token.text === ')' ? -1 : 0), 0);
}

/** Where the parenthesis that opens at `open` closes; -1: nowhere. */
function closing(tokens: readonly Token[], open: number): number {
  let depth = 0;
  return tokens.findIndex((token, index) => {
    if (index < open) return false;
    if (token.text === '(') depth++;
    return token.text === ')' && --depth === 0;
  });
}

/** The reserved words, and those that cannot be column names bare. Source: PostgreSQL documentation, appendix C. */
const reserved = new Set(
  `all analyse analyze and any array as asc asymmetric authorization binary both case cast check collate collation column concurrently constraint create cross current_catalog current_date current_role current_schema current_time current_timestamp current_user default deferrable desc distinct do else end except false fetch for foreign freeze from full grant group having ilike in initially inner intersect into is isnull join lateral leading left like limit localtime localtimestamp natural not notnull null offset on only or order outer overlaps placing primary references returning right select session_user similar some symmetric system_user table tablesample then to trailing true union unique user using variadic verbose when where window with between bigint bit boolean char character coalesce dec decimal exists extract float greatest grouping inout int integer interval json json_array json_arrayagg json_exists json_object json_objectagg json_query json_scalar json_serialize json_table json_value least merge_action national nchar none normalize nullif numeric out overlay position precision real row setof smallint substring time timestamp treat trim values varchar xmlattributes xmlconcat xmlelement xmlexists xmlforest xmlnamespaces xmlparse xmlpi xmlroot xmlserialize xmltable`.split(
    ' ',
  ),
);
