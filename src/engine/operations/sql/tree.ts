import type { DropBehavior, Node, RangeVar } from 'libpg-query';
import type { QualifiedName } from '../../schema/schema';
import { isWord, placeTokens, type PlacedToken } from '../../sql/split';
import type { SqlStatement } from '../../sql/parser';

/**
 * A statement's parse tree with its own text beside it. The tree says what a statement is; expressions are cut from
 * the text, since they are never printed anew and the tree knows only where some of its nodes start.
 */
export interface Source {
  readonly statement: SqlStatement;
  readonly tokens: readonly PlacedToken[];
}

export function sourceOf(statement: SqlStatement): Source {
  return { statement, tokens: placeTokens(statement.text) };
}

/** The namespace as `Schema` has it: null for `public`. */
export function namespace(schema: string | undefined | null): string | null {
  return schema === undefined || schema === null || schema === '' || schema === 'public' ? null : schema;
}

export function rangeName(relation: RangeVar | undefined): QualifiedName {
  return { schema: namespace(relation?.schemaname), name: relation?.relname ?? '' };
}

/** The strings of a list of String nodes: `[a, b]` of `a.b`. */
export function strings(nodes: readonly Node[] | undefined): readonly string[] {
  return (nodes ?? []).flatMap((node) => ('String' in node ? [node.String.sval ?? ''] : []));
}

/** `schema.name` or `name` from a list of String nodes; a database name before them is passed over. */
export function listName(nodes: readonly Node[] | undefined): QualifiedName {
  const parts = strings(nodes);
  return { schema: namespace(parts.at(-2)), name: parts.at(-1) ?? '' };
}

/** The same of any node that names an object: a list, a type name, a string. */
export function nodeName(node: Node | undefined): QualifiedName {
  if (node === undefined) return { schema: null, name: '' };
  if ('List' in node) return listName(node.List.items);
  if ('TypeName' in node) return listName(node.TypeName.names);
  if ('String' in node) return { schema: null, name: node.String.sval ?? '' };
  return { schema: null, name: '' };
}

/** The index of the first token that starts at or behind a location of the tree. */
export function tokenAt(source: Source, location: number | undefined): number {
  const offset = source.statement.offset(location);
  const index = source.tokens.findIndex((token) => token.start >= offset);
  return index === -1 ? source.tokens.length : index;
}

/** The text from the first to the last of some tokens; empty for none. */
export function textOf(source: Source, tokens: readonly PlacedToken[]): string {
  const first = tokens[0];
  const last = tokens.at(-1);
  return first === undefined || last === undefined ? '' : source.statement.text.slice(first.start, last.end);
}

/** The tokens inside of the first parentheses that open at or behind `from`; null when none does. */
export function parenthesised(source: Source, from: number): { readonly inner: readonly PlacedToken[]; readonly open: number; readonly close: number } | null {
  const open = source.tokens.findIndex((token, index) => index >= from && token.text === '(' && token.kind === 'other');
  const opening = source.tokens[open];
  if (opening === undefined) return null;
  const close = source.tokens.findIndex((token, index) => index > open && token.text === ')' && token.depth === opening.depth);
  return close === -1 ? null : { inner: source.tokens.slice(open + 1, close), open, close };
}

/** Tokens cut at the commas of their outermost level. */
export function cutAtCommas(tokens: readonly PlacedToken[]): readonly (readonly PlacedToken[])[] {
  const level = Math.min(...tokens.map((token) => token.depth));
  const parts: PlacedToken[][] = [[]];
  for (const token of tokens) {
    if (token.text === ',' && token.depth === level) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return tokens.length === 0 ? [] : parts;
}

/** The tokens behind the last of the given words in a row, at the outermost level: `behind(tokens, 'set', 'default')`. */
export function behind(tokens: readonly PlacedToken[], ...words: readonly string[]): readonly PlacedToken[] | null {
  const level = Math.min(...tokens.map((token) => token.depth));
  const at = tokens.findIndex((_, index) => words.every((word, offset) => isWord(tokens[index + offset], word) && tokens[index + offset]?.depth === level));
  return at === -1 ? null : tokens.slice(at + words.length);
}

export function ifExists(missingOk: boolean | undefined): { readonly ifExists?: true } {
  return missingOk === true ? { ifExists: true } : {};
}

export function cascade(behavior: DropBehavior | undefined): { readonly cascade?: true } {
  return behavior === 'DROP_CASCADE' ? { cascade: true } : {};
}

/** `ONLY t`. */
export function only(relation: RangeVar | undefined): { readonly only?: true } {
  return relation?.inh === true ? {} : { only: true };
}
