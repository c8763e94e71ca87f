import { quoteIdentifier, tokenize, type Token } from './identifiers';

/** Changes of stored expressions and queries, as PostgreSQL prints them, by their tokens. */

/**
 * A view's query after one of its columns' columns has a new name, as PostgreSQL keeps it: what the view calls the column
 * stays (`SELECT status` becomes `SELECT state AS status`).
 */
export function renameColumnInQuery(sql: string, from: string, to: string): string {
  const tokens = tokenize(sql);
  let depth = 0;
  let inTargets = false;
  return tokens
    .map((token, index) => {
      if (token.text === '(') depth++;
      if (token.text === ')') depth--;
      const word = token.kind === 'word' ? token.text.toLowerCase() : null;
      if (depth === 0 && word === 'select') inTargets = true;
      if (depth === 0 && word === 'from') inTargets = false;
      const name = token.kind === 'quoted' ? token.text.slice(1, -1).replaceAll('""', '"') : word;
      if (name !== from || tokens[index + 1]?.text === '(' || tokens[index + 1]?.text === '.') return token.text;
      const rest = tokens.slice(index + 1).filter((other) => other.kind !== 'space' && other.kind !== 'comment');
      const before = tokens.slice(0, index).filter((other) => other.kind !== 'space' && other.kind !== 'comment').at(-1)?.text.toLowerCase();
      // `x AS status` is the view's own name for something.
      if (before === 'as') return token.text;
      const unnamed = inTargets && depth === 0 && (rest[0] === undefined || rest[0].text === ',' || rest[0].text.toLowerCase() === 'from');
      return unnamed ? `${quoteIdentifier(to)} AS ${quoteIdentifier(from)}` : quoteIdentifier(to);
    })
    .join('');
}

/**
 * The same query or condition where the column, once a text, is of an enum type now: where it is compared or handed to a
 * function it is cast to text, so that what it is compared with still fits; where it is only listed it stays.
 */
export function castColumnToText(sql: string, column: string): string {
  const tokens = tokenize(sql);
  const solid = tokens.map((token, index) => ({ token, index })).filter(({ token }) => token.kind !== 'space' && token.kind !== 'comment');
  const casts = new Map<number, 'open' | 'close' | 'both'>();
  solid.forEach(({ token, index }, at) => {
    if (nameOf(token) !== column || solid[at + 1]?.token.text === '(' || solid[at + 1]?.token.text === '.') return;
    const qualified = solid[at - 1]?.token.text === '.';
    const start = qualified ? at - 2 : at;
    const before = solid[start - 1]?.token;
    const after = solid[at + 1]?.token;
    if (after?.text === ':' || (after?.text === ')' && solid[at + 2]?.token.text === ':')) return;
    const compared = isOperator(after) || isOperator(before);
    const argument = before !== undefined && (before.text === '(' || before.text === ',') && insideCall(solid.map((entry) => entry.token), start - 1);
    if (!compared && !argument) return;
    if (start === at) casts.set(index, 'both');
    else {
      casts.set(solid[start]?.index ?? index, 'open');
      casts.set(index, 'close');
    }
  });
  return tokens
    .map((token, index) => {
      const cast = casts.get(index);
      return `${cast === 'open' || cast === 'both' ? '(' : ''}${token.text}${cast === 'close' || cast === 'both' ? ')::text' : ''}`;
    })
    .join('');
}

function nameOf(token: Token): string | null {
  if (token.kind === 'word') return token.text.toLowerCase();
  return token.kind === 'quoted' ? token.text.slice(1, -1).replaceAll('""', '"') : null;
}

function isOperator(token: Token | undefined): boolean {
  if (token === undefined) return false;
  return token.kind === 'other' ? /^[=<>!~|+*/%^&#@-]$/.test(token.text) : token.kind === 'word' && /^(like|ilike|in|similar|between)$/i.test(token.text);
}

/** Whether the innermost open parenthesis before this place belongs to a function call. */
function insideCall(tokens: readonly Token[], from: number): boolean {
  let depth = 0;
  for (let at = from; at >= 0; at--) {
    const text = tokens[at]?.text;
    if (text === ')') depth++;
    if (text !== '(') continue;
    if (depth-- > 0) continue;
    const before = tokens[at - 1];
    return before?.kind === 'word' && !/^(and|or|not|where|select|in|any|all|on|using|check|as|when|then|else|by|having|values)$/i.test(before.text);
  }
  return false;
}
