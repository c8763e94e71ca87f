import type { Expression, StringLiteral } from '../../python/expression-syntax';
import { sourceOffset } from '../../python/syntax';
import { decodeEscapes } from '../../python/parse-strings';
import type { Place, TextRange } from '../../text/text';

/** Leads from a part of SQL that stands in Python back to where it is written; null: it is not written there as it is. */
export type PlaceOf = (range: TextRange) => Place | null;

/** SQL that is one constant of the source, whatever its prefix, its quotes and in how many parts. */
export function placesInLiteral(path: string, literal: StringLiteral): PlaceOf {
  const { from, to } = inLiteral(literal);
  return ({ start, end }) => ({ path, range: { start: from(start), end: end > start ? to(end - 1) : from(start) } });
}

/**
 * SQL that an expression makes of several constants: by `+`, as an f-string, by `%` and `.format()`, cut by `dedent()` and
 * `strip()`. What of it is written somewhere is found again in the order in which it is written; what is filled in stands
 * between those.
 */
export function placesInExpression(path: string, source: string, sql: string, expression: Expression): PlaceOf {
  const segments = align(sql, writtenIn(source, expression));
  if (segments.length === 0) return () => null;
  const startOf = (at: number): number => {
    const segment = segments.find((candidate) => at < candidate.start + candidate.length);
    if (segment !== undefined && at >= segment.start) return segment.from(at - segment.start);
    const before = segments.findLast((candidate) => candidate.start + candidate.length <= at);
    return before === undefined ? expression.range.start : before.to(before.length - 1);
  };
  const endOf = (at: number): number => {
    const segment = segments.findLast((candidate) => candidate.start <= at);
    if (segment !== undefined && at < segment.start + segment.length) return segment.to(at - segment.start);
    const behind = segments.find((candidate) => candidate.start > at);
    return behind === undefined ? expression.range.end : behind.from(0);
  };
  return ({ start, end }) => {
    const [first, last] = [startOf(start), end > start ? endOf(end - 1) : startOf(start)];
    return last < first ? null : { path, range: { start: first, end: last } };
  };
}

/** The way from a character of a text back: where what stands for it begins and ends. */
interface Way {
  readonly from: (at: number) => number;
  readonly to: (at: number) => number;
}

/** A text that stands in the source. */
interface Written extends Way {
  readonly text: string;
}

interface Segment extends Way {
  readonly start: number;
  readonly length: number;
}

function inLiteral(literal: StringLiteral): Way {
  return {
    from: (at) => sourceOffset(literal, at),
    to: (at) => literal.parts.flatMap((part) => part.escapes).find((escape) => escape.value.start <= at && at < escape.value.end)?.range.end ?? sourceOffset(literal, at) + 1,
  };
}

function shifted({ from, to }: Way, by: number): Way {
  return { from: (at) => from(by + at), to: (at) => to(by + at) };
}

/** Each text is looked for behind the one before it: whole, else (its lines were cut) line by line. */
function align(sql: string, texts: readonly Written[]): readonly Segment[] {
  const segments: Segment[] = [];
  let position = 0;
  const take = (text: string, way: Way): boolean => {
    const start = sql.indexOf(text, position);
    if (text === '' || start === -1) return false;
    segments.push({ start, length: text.length, from: way.from, to: way.to });
    position = start + text.length;
    return true;
  };
  for (const written of texts) {
    if (take(written.text, written)) continue;
    for (const line of written.text.matchAll(/[^\n]+/g)) {
      const bare = line[0].trim();
      if (bare !== '') take(bare, shifted(written, line.index + line[0].indexOf(bare)));
    }
  }
  return segments;
}

/** The constants of an expression in the order of what it makes of them. */
function writtenIn(source: string, expression: Expression): readonly Written[] {
  switch (expression.kind) {
    case 'string':
      return [{ text: expression.value, ...inLiteral(expression) }];
    case 'formatString':
      return expression.pieces.flatMap((piece) => (piece.kind === 'text' ? [pieceText(source, piece.range, piece.value)] : []));
    case 'binary':
      if (expression.operator === '+') return [...writtenIn(source, expression.left), ...writtenIn(source, expression.right)];
      return expression.operator === '%' ? writtenIn(source, expression.left).flatMap((written) => cutAt(written, /%(?:\(\w+\))?[sdr]|%%/g)) : [];
    case 'call': {
      const { callee, args, keywords } = expression;
      if (callee.kind === 'attribute' && callee.name === 'format') return writtenIn(source, callee.object).flatMap((written) => cutAt(written, /\{\{|\}\}|\{[^{}]*\}/g));
      const made = callee.kind === 'attribute' && callee.object.kind !== 'name' ? writtenIn(source, callee.object) : [];
      if (made.length > 0) return made;
      const first = args[0] ?? keywords.find(({ name }) => name === 'text' || name === 'statement')?.value;
      return first === undefined ? [] : writtenIn(source, first);
    }
    default:
      return [];
  }
}

/** The text between what a template has filled in. */
function cutAt({ text, ...way }: Written, holes: RegExp): readonly Written[] {
  const parts: Written[] = [];
  let from = 0;
  for (const hole of text.matchAll(holes)) {
    parts.push({ text: text.slice(from, hole.index), ...shifted(way, from) });
    from = hole.index + hole[0].length;
  }
  return [...parts, { text: text.slice(from), ...shifted(way, from) }];
}

/** A piece of an f-string: escapes are resolved, and doubled braces stand for one. */
function pieceText(source: string, range: TextRange, value: string): Written {
  if (source.slice(range.start, range.end) === value) return { text: value, from: (at) => range.start + at, to: (at) => range.start + at + 1 };
  const ranges: TextRange[] = [];
  let at = range.start;
  while (at < range.end && ranges.length < value.length) {
    const wanted = value[ranges.length];
    const here = source[at] ?? '';
    if (here === wanted && (here === '{' || here === '}') && source[at + 1] === here) {
      ranges.push({ start: at, end: at + 2 });
      at += 2;
    } else if (here === wanted && !(here === '\\' && source[at + 1] === '\\' && value[ranges.length + 1] !== '\\')) {
      ranges.push({ start: at, end: at + 1 });
      at += 1;
    } else {
      const [escape] = decodeEscapes(source, { start: at, end: Math.min(range.end, at + 10) }, false, false, 0).escapes;
      if (escape === undefined || escape.range.start !== at) {
        at += 1;
        continue;
      }
      for (let unit = escape.value.start; unit < escape.value.end; unit++) ranges.push(escape.range);
      at = escape.range.end;
    }
  }
  return { text: value, from: (index) => ranges[index]?.start ?? range.end, to: (index) => ranges[index]?.end ?? range.end };
}
