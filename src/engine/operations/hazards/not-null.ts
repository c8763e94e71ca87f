import { findColumn, type Table } from '../../schema/schema';
import { tokenize, type Token } from '../../sql/identifiers';

/**
 * Whether PostgreSQL reads all rows when the column becomes NOT NULL: not where it is so already, and not where a valid
 * CHECK proves it. Source: PostgreSQL documentation, ALTER TABLE, SET NOT NULL; `NotNullImpliedByRelConstraints` in tablecmds.c.
 */
export function looksForNulls(table: Table, column: string): boolean {
  if (findColumn(table, column)?.nullable === false) return false;
  return !table.checks.some((check) => !check.notValid && provesNotNull(check.expression.sql, column));
}

/** `a IS NOT NULL`, alone or as a part that AND adds to others. */
function provesNotNull(sql: string, column: string): boolean {
  const parts = conjuncts(tokenize(sql).filter((token) => token.kind !== 'space' && token.kind !== 'comment'));
  return parts.some((part) => {
    const [name, ...test] = part;
    return name !== undefined && identifier(name) === column && test.map((token) => token.text.toLowerCase()).join(' ') === 'is not null';
  });
}

/** The parts between ANDs, parentheses around parts and the whole taken off. Anything that binds in another way is one part. */
function conjuncts(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const bare = withoutParentheses(tokens);
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const token of bare) {
    const word = token.kind === 'word' ? token.text.toLowerCase() : token.text;
    if (word === '(' || word === '[') depth++;
    if (word === ')' || word === ']') depth--;
    if (depth === 0 && (word === 'or' || word === 'between' || word === 'case')) return [bare];
    if (depth === 0 && word === 'and') parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts.length === 1 ? parts : parts.flatMap(conjuncts);
}

function withoutParentheses(tokens: readonly Token[]): readonly Token[] {
  if (tokens[0]?.text !== '(' || tokens.at(-1)?.text !== ')') return tokens;
  let depth = 0;
  const closesEarly = tokens.slice(0, -1).some((token) => {
    if (token.text === '(') depth++;
    if (token.text === ')') depth--;
    return depth === 0;
  });
  return closesEarly ? tokens : withoutParentheses(tokens.slice(1, -1));
}

function identifier(token: Token): string | null {
  if (token.kind === 'word') return token.text.toLowerCase();
  return token.kind === 'quoted' ? token.text.slice(1, -1).replaceAll('""', '"') : null;
}
