import type { SyntaxNode } from '@lezer/common';
import { parser } from '@lezer/python';
import type { TextRange } from '../text/text';
import { maskForLezer } from './parse-errors';

/** A name, or a string that may hold names, as a file has it written; comments and docstrings are neither. */
export interface WrittenName extends TextRange {
  /** `attribute`: `of.name`; `keyword`: `of(name=…)`; `member`: `name = …` in the body of the class `of`; `string`: what stands between the quotes. */
  readonly kind: 'attribute' | 'keyword' | 'member' | 'string';
  readonly text: string;
  /** The last name of what it belongs to (`Place` in `models.Place.name`); null where that is no name (a call, an index). */
  readonly of: string | null;
}

/** The attributes, keyword arguments, class members and strings of a Python file, in order: for those who look for a name in it. */
export function namesWritten(text: string): readonly WrittenName[] {
  const base = text.startsWith('\ufeff') ? 1 : 0;
  const found: WrittenName[] = [];
  const at = ({ from, to }: { readonly from: number; readonly to: number }): string => text.slice(from + base, to + base);
  const add = (kind: WrittenName['kind'], node: SyntaxNode, of: string | null): void => void found.push({ kind, text: at(node), of, start: node.from + base, end: node.to + base });
  parser.parse(maskForLezer(text.slice(base))).iterate({
    enter({ node, name }) {
      const { parent } = node;
      if (name === 'PropertyName') add('attribute', node, lastName(parent?.firstChild ?? null, at));
      else if (name === 'VariableName' && parent?.name === 'ArgList' && node.nextSibling?.name === 'AssignOp' && parent.parent?.name === 'CallExpression') add('keyword', node, lastName(parent.parent.firstChild, at));
      else if (name === 'VariableName' && parent?.name === 'AssignStatement' && parent.firstChild?.from === node.from && parent.parent?.name === 'Body' && parent.parent.parent?.name === 'ClassDefinition') add('member', node, lastName(parent.parent.parent.getChild('VariableName'), at));
      else if ((name === 'String' || name === 'FormatString') && (parent?.name === 'ContinuedString' ? parent.parent : parent)?.name !== 'ExpressionStatement') {
        const quotes = /^[a-zA-Z]{0,2}("""|'''|"|')/.exec(at(node));
        if (quotes !== null) found.push({ kind: 'string', text: text.slice(node.from + base + quotes[0].length, node.to + base - (quotes[1]?.length ?? 0)), of: null, start: node.from + base + quotes[0].length, end: node.to + base - (quotes[1]?.length ?? 0) });
      }
    },
  });
  return found;
}

function lastName(node: SyntaxNode | null, at: (node: SyntaxNode) => string): string | null {
  if (node === null) return null;
  if (node.name === 'VariableName') return at(node);
  const property = node.name === 'MemberExpression' ? node.getChild('PropertyName') : null;
  return property === null ? null : at(property);
}
