import type { FunctionDefinition, Module, Statement } from '../python/syntax';
import type { TextEdit, TextRange } from '../text/text';

/** The statements of one indented body inside of `upgrade()` or `downgrade()`. */
export interface Block {
  readonly spots: readonly Spot[];
  /** The statement whose body it is (`with`, `if`, …); null for the function itself. */
  readonly owner: Spot | null;
}

/** A statement and the lines it takes. */
export interface Spot {
  readonly statement: Statement;
  readonly block: Block;
  /** From the start of its first line to behind the line end of its last. */
  readonly lines: TextRange;
  readonly indentation: string;
  /** The comment behind it on its last line. */
  readonly comment: TextRange | null;
  /** Nothing else stands on its lines, so that it can be removed or replaced. */
  readonly alone: boolean;
}

/** Every statement below the functions that Alembic calls. */
export function spotsOf(module: Module): readonly Spot[] {
  return ['upgrade', 'downgrade'].flatMap((name) => {
    const definition = functionNamed(module, name);
    return definition === null ? [] : readBlock(module, definition.body, null).flatMap(allSpots);
  });
}

/** The last definition of the name, as Python takes it. */
export function functionNamed(module: Module, name: string): FunctionDefinition | null {
  return module.body.findLast((statement): statement is FunctionDefinition => statement.kind === 'function' && statement.name === name) ?? null;
}

interface Tree {
  readonly spot: Spot;
  readonly inner: readonly Tree[];
}

function allSpots(tree: Tree): readonly Spot[] {
  return [tree.spot, ...tree.inner.flatMap(allSpots)];
}

function readBlock(module: Module, body: readonly Statement[], owner: Spot | null): readonly Tree[] {
  const spots: Spot[] = [];
  const block: Block = { spots, owner };
  return body.map((statement) => {
    const spot = spotOf(module, statement, block);
    spots.push(spot);
    return { spot, inner: bodiesOf(statement).flatMap((inner) => readBlock(module, inner, spot)) };
  });
}

function bodiesOf(statement: Statement): readonly (readonly Statement[])[] {
  switch (statement.kind) {
    case 'if':
      return [...statement.branches.map((branch) => branch.body), statement.otherwise];
    case 'for':
    case 'while':
      return [statement.body, statement.otherwise];
    case 'with':
      return [statement.body];
    case 'try':
      return [statement.body, ...statement.handlers.map((handler) => handler.body), statement.otherwise, statement.finally];
    case 'match':
      return statement.cases.map(({ body }) => body);
    default:
      return [];
  }
}

function spotOf(module: Module, statement: Statement, block: Block): Spot {
  const { text } = module;
  const start = lineStart(text, statement.range.start);
  const end = lineEnd(text, statement.range.end);
  const before = text.slice(start, statement.range.start);
  const comment = module.comments.find((candidate) => candidate.range.start >= statement.range.end && candidate.range.end <= end) ?? null;
  const after = text.slice(statement.range.end, comment?.range.start ?? end);
  return {
    statement,
    block,
    lines: { start, end: behindLineEnd(text, end) },
    indentation: /^\s*/.exec(before)?.[0] ?? '',
    comment: comment?.range ?? null,
    alone: /^\s*$/.test(before) && /^\s*;?\s*$/.test(after),
  };
}

export function lineStart(text: string, offset: number): number {
  let at = offset;
  while (at > 0 && text[at - 1] !== '\n' && text[at - 1] !== '\r') at--;
  return at;
}

export function lineEnd(text: string, offset: number): number {
  let at = offset;
  while (at < text.length && text[at] !== '\n' && text[at] !== '\r') at++;
  return at;
}

/** Behind the line end at `offset`; the text's end where there is none. */
export function behindLineEnd(text: string, offset: number): number {
  if (text[offset] === '\r' && text[offset + 1] === '\n') return offset + 2;
  return offset < text.length ? offset + 1 : offset;
}

/** The edit that takes a statement out. A comment behind it stays, on a line of its own. */
export function removal(spot: Spot): TextEdit {
  if (spot.comment === null) return { range: spot.lines, newText: '' };
  const { start } = spot.statement.range;
  return { range: { start, end: spot.comment.start }, newText: '' };
}
