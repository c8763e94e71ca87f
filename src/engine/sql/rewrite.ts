import { quoteIdentifier, quoteName, tokenize, type Token } from './identifiers';

/** Changes of stored expressions and queries, as PostgreSQL prints them, by their tokens. */

/**
 * A view's query after one of its columns' columns has a new name, as PostgreSQL keeps it: what the view calls the column
 * stays (`SELECT status` becomes `SELECT state AS status`).
 */
export function renameColumnInQuery(sql: string, from: string, to: string): string {
  const tokens = tokenize(sql);
  let depth = 0;
  let inTargets = false;
  const query = queryStart(tokens);
  return tokens
    .map((token, index) => {
      if (index < query) return token.text;
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

/** Of a CREATE VIEW, where its query begins: the names before it are the view's own. 0 for any other text. */
function queryStart(tokens: readonly Token[]): number {
  const words = tokens.filter((token) => token.kind === 'word').slice(0, 6).map((token) => token.text.toLowerCase());
  if (words[0] !== 'create' || !words.includes('view')) return 0;
  let depth = 0;
  return tokens.findIndex((token) => {
    if (token.text === '(') depth++;
    if (token.text === ')') depth--;
    return depth === 0 && token.kind === 'word' && token.text.toLowerCase() === 'as';
  });
}

type Name = { readonly schema: string | null; readonly name: string };

/**
 * A view, policy, trigger or rule after a table that it names has a new name: where it reads or heads it, and where it
 * qualifies a column with it. So PostgreSQL prints it (`set_rtable_names` in ruleutils.c); an alias stays. `from`: the table's
 * name as schemas keep it, then as the text may spell it, too.
 */
export function renameTableInText(sql: string, from: readonly Name[], to: Name): string {
  // With the default namespace where the text has it.
  const spelt = (name: Name): string => quoteName(to.schema === null && name !== from[0] ? { schema: name.schema, name: to.name } : to);
  return replaceTable(sql, from, (mention) => (mention.isQualifier ? (mention.isColumnOf ? spelt(mention.name) : quoteIdentifier(to.name)) : mention.isNamed || mention.afterFrom ? spelt(mention.name) : null));
}

interface TableMention {
  /** As the text has it. */
  readonly name: Name;
  /** A column follows: `lead.name`. */
  readonly isQualifier: boolean;
  /** COMMENT ON COLUMN wants the namespace, too. */
  readonly isColumnOf: boolean;
  readonly afterFrom: boolean;
  /** Behind ON, TO, INTO, UPDATE, TABLE, VIEW, IF EXISTS. */
  readonly isNamed: boolean;
}

/** Every mention of a table, with its namespace or without, through `spell`; null leaves it as it is. */
function replaceTable(sql: string, from: readonly Name[], spell: (mention: TableMention) => string | null): string {
  const tokens = tokenize(sql);
  const solid = tokens.map((token, index) => ({ token, index })).filter(({ token }) => token.kind !== 'space' && token.kind !== 'comment');
  const words = solid.map(({ token }) => token);
  const output = tokens.map((token) => token.text);
  for (let at = 0; at < solid.length; at++) {
    const name = from.find((one) => matchesAt(solid, at, one));
    if (name === undefined || solid[at - 1]?.token.text === '.') continue;
    const last = name.schema === null ? at : at + 2;
    const before = solid[at - 1]?.token.text.toLowerCase() ?? '';
    const after = solid[last + 1]?.token;
    // A name of the same spelling may be a column's or an alias; a function's is followed by its arguments.
    if (after?.text === '(' && !/^(on|into)$/.test(before)) continue;
    const spelling = spell({ name, isQualifier: after?.text === '.', isColumnOf: before === 'column', afterFrom: inFrom(words, at), isNamed: /^(on|to|into|update|table|view|exists)$/.test(before) });
    if (spelling === null) continue;
    const [start, end] = [solid[at]?.index ?? 0, solid[last]?.index ?? 0];
    output.fill('', start, end + 1);
    output[start] = spelling;
    at = last;
  }
  return output.join('');
}

function matchesAt(solid: readonly { readonly token: Token }[], at: number, name: Name): boolean {
  const token = (offset: number): Token | undefined => solid[at + offset]?.token;
  const is = (offset: number, wanted: string): boolean => {
    const found = token(offset);
    return found !== undefined && nameOf(found) === wanted;
  };
  return name.schema === null ? is(0, name.name) : is(0, name.schema) && token(1)?.text === '.' && is(2, name.name);
}

/** Directly behind FROM, JOIN or ONLY, parentheses left out of account, or behind a comma of the list that FROM began. */
function inFrom(tokens: readonly Token[], at: number): boolean {
  let depth = 0;
  let inList = false;
  for (let index = at - 1; index >= 0; index--) {
    const text = tokens[index]?.text.toLowerCase() ?? '';
    if (text === ')') depth++;
    else if (text === '(') depth = Math.max(0, depth - 1);
    else if (depth === 0) {
      if (text === 'from' || text === 'join' || (text === 'only' && !inList)) return true;
      if (!inList && text !== ',') return false;
      if (['select', 'where', 'group', 'order', 'having', 'returning'].includes(text)) return false;
      inList = true;
    }
  }
  return false;
}

/** The same text where a column has a new name that stands behind one of these: `new.status`, `job.status`. */
export function renameQualifiedColumn(sql: string, qualifiers: readonly string[], from: string, to: string): string {
  const tokens = tokenize(sql);
  return tokens
    .map((token, index) => {
      const qualifier = tokens[index - 2];
      const behind = tokens[index - 1]?.text === '.' && qualifier !== undefined && qualifiers.includes(nameOf(qualifier) ?? '');
      return behind && nameOf(token) === from ? quoteIdentifier(to) : token.text;
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
  const query = queryStart(tokens);
  solid.forEach(({ token, index }, at) => {
    if (index < query || nameOf(token) !== column || solid[at + 1]?.token.text === '(' || solid[at + 1]?.token.text === '.') return;
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
