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

const tokenPattern =
  /(?<comment>--[^\n]*|\/\*)|(?<string>[eE]'(?:[^'\\]+|\\[\s\S]|'')*(?:\\?$|')|(?:[bBnNxX]|[uU]&)?'(?:[^']+|'')*(?:'|$)|\$(?<tag>[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$[\s\S]*?(?:\$\k<tag>\$|$))|(?<quoted>"(?:[^"]|"")*(?:"|$))|(?<word>[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*)|(?<space>\s+)|(?<other>\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|[\s\S])/gy;

/** Cuts SQL into tokens that together are the whole text. Never fails: an unclosed string runs to the end. */
export function tokenize(sql: string): readonly Token[] {
  const tokens: Token[] = [];
  const pattern = new RegExp(tokenPattern);
  for (let match = pattern.exec(sql); match !== null; match = pattern.exec(sql)) {
    const groups = match.groups ?? {};
    const kind = groups.comment !== undefined ? 'comment' : groups.string !== undefined ? 'string' : groups.quoted !== undefined ? 'quoted' : groups.word !== undefined ? 'word' : groups.space !== undefined ? 'space' : 'other';
    if (match[0] === '/*') pattern.lastIndex = endOfComment(sql, match.index);
    tokens.push({ kind, text: match[0] === '/*' ? sql.slice(match.index, pattern.lastIndex) : match[0] });
  }
  return tokens;
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

function nameOf(token: Token): string | null {
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
