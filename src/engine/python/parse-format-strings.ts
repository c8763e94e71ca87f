import type { SyntaxNode } from '@lezer/common';
import type { TextRange } from '../text/text';
import { childrenOf, rangeOf, readTupleOrOne, textOf, type Source } from './parse-expressions';
import { decodeEscapes, joinStrings, readStringToken, type StringToken } from './parse-strings';
import type { Expression, FormatPiece } from './expression-syntax';

/** A string, an f-string, or several beside each other, of which one may be an f-string. */
export function readString(source: Source, node: SyntaxNode, range: TextRange): Expression {
  const nodes = node.name === 'ContinuedString' ? childrenOf(node) : [node];
  if (nodes.every((part) => part.name === 'String')) {
    const tokens = nodes.map((part) => readStringToken(source.text, rangeOf(source, part)));
    return joinStrings(source.text, tokens, range);
  }
  const pieces: FormatPiece[] = [];
  for (const part of nodes) {
    const token = readStringToken(source.text, rangeOf(source, part));
    if (part.name === 'String') pieces.push(textPiece(source, token, token.content, false));
    else pieces.push(...readPieces(source, part, token));
  }
  return { kind: 'formatString', pieces, range };
}

function readPieces(source: Source, node: SyntaxNode, token: StringToken): FormatPiece[] {
  const pieces: FormatPiece[] = [];
  let position = token.content.start;
  for (const child of childrenOf(node)) {
    if (child.name !== 'FormatReplacement') continue;
    const range = rangeOf(source, child);
    if (range.start > position) pieces.push(textPiece(source, token, { start: position, end: range.start }, true));
    position = range.end;
    const parts = childrenOf(child);
    const conversion = parts.find((part) => part.name === 'FormatConversion');
    const spec = parts.find((part) => part.name === 'FormatSpec');
    const values = parts.filter((part) => !/^(\{|\}|Format\w+)$/.test(part.name));
    pieces.push({
      kind: 'replacement',
      value: readTupleOrOne(source, values, range),
      conversion: conversion === undefined ? null : (textOf(source, conversion).slice(1) as 's' | 'r' | 'a'),
      spec: spec === undefined ? null : textOf(source, spec).slice(1),
      selfDocumenting: parts.some((part) => part.name === 'FormatSelfDoc'),
      range,
    });
  }
  if (token.content.end > position) pieces.push(textPiece(source, token, { start: position, end: token.content.end }, true));
  return pieces;
}

function textPiece(source: Source, token: StringToken, range: TextRange, formatted: boolean): FormatPiece {
  const { value } = decodeEscapes(source.text, range, token.raw, token.bytes, 0);
  return { kind: 'text', value: formatted ? value.replace(/\{\{/g, '{').replace(/\}\}/g, '}') : value, range };
}
