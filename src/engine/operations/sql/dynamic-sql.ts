import type { Node } from 'libpg-query';
import { quoteIdentifier, quoteLiteral } from '../../sql/identifiers';
import type { SqlParser } from '../../sql/parser';
import { strings } from './tree';

/** The SQL that an expression of constants makes, as EXECUTE runs it: `'…'`, `'…' || '…'`, `format('… %I …', 'x')`; null for others. */
export function formatted(expression: string, parser: SqlParser): string | null {
  const tree = parser.parse(`SELECT ${expression}`).value[0]?.tree;
  const target = tree !== null && tree !== undefined && 'SelectStmt' in tree ? tree.SelectStmt.targetList?.[0] : undefined;
  return target !== undefined && 'ResTarget' in target && target.ResTarget.val !== undefined ? constant(target.ResTarget.val) : null;
}

function constant(node: Node): string | null {
  if ('A_Const' in node) return node.A_Const.sval?.sval ?? (node.A_Const.ival === undefined ? null : String(node.A_Const.ival.ival ?? 0));
  if ('TypeCast' in node) return node.TypeCast.arg === undefined ? null : constant(node.TypeCast.arg);
  if ('A_Expr' in node && strings(node.A_Expr.name)[0] === '||' && node.A_Expr.lexpr !== undefined && node.A_Expr.rexpr !== undefined) {
    const [left, right] = [constant(node.A_Expr.lexpr), constant(node.A_Expr.rexpr)];
    return left === null || right === null ? null : left + right;
  }
  if (!('FuncCall' in node)) return null;
  const name = strings(node.FuncCall.funcname).at(-1);
  const args = (node.FuncCall.args ?? []).map(constant);
  const [first, ...rest] = args;
  if (first == null || args.includes(null)) return null;
  if (name === 'quote_ident') return quoteIdentifier(first);
  if (name === 'quote_literal') return quoteLiteral(first);
  return name === 'format' ? format(first, rest as string[]) : null;
}

/** `%s`, `%I`, `%L`, `%1$I` and `%%`. Source: PostgreSQL documentation, 9.4.1 "format". */
function format(template: string, args: readonly string[]): string | null {
  let next = 0;
  let failed = false;
  const text = template.replace(/%(?:(\d+)\$)?([sIL%])/g, (_, position: string | undefined, kind: string) => {
    if (kind === '%') return '%';
    const value = args[position === undefined ? next++ : Number(position) - 1];
    if (value === undefined) failed = true;
    return kind === 'I' ? quoteIdentifier(value ?? '') : kind === 'L' ? quoteLiteral(value ?? '') : (value ?? '');
  });
  return failed || /%(?![sIL%])/.test(template.replaceAll('%%', '')) && /%(?!(?:\d+\$)?[sIL])/.test(template.replaceAll('%%', '')) ? null : text;
}
