import type { Module, Statement } from '../python/syntax';
import type { TextEdit } from '../text/text';
import { behindLineEnd, lineEnd } from './draft-blocks';

/** The edit that adds the import lines which the module does not have yet; null when none is missing. */
export function importEdit(module: Module, lines: readonly string[], lineBreak: string): TextEdit | null {
  const missing = [...new Set(lines)].filter((line) => !module.body.some((statement) => provides(statement, line)));
  if (missing.length === 0) return null;
  const added = missing.map((line) => line + lineBreak).join('');
  const last = module.body.findLast((statement) => statement.kind === 'import' || statement.kind === 'importFrom');
  const after = last ?? (module.docstring === null ? null : module.body[0]);
  if (after === null || after === undefined) return { range: { start: 0, end: 0 }, newText: added };
  const end = lineEnd(module.text, after.range.end);
  const at = behindLineEnd(module.text, end);
  return { range: { start: at, end: at }, newText: (at === end ? lineBreak : '') + (last === undefined ? lineBreak : '') + added };
}

/** The import lines that a piece of rendered code takes for granted. */
export function impliedImports(code: string): readonly string[] {
  return [...(/\bop\./.test(code) ? ['from alembic import op'] : []), ...(/\bsa\./.test(code) ? ['import sqlalchemy as sa'] : [])];
}

function provides(statement: Statement, line: string): boolean {
  const from = /^from (\S+) import (\S+)$/.exec(line);
  if (from !== null) return statement.kind === 'importFrom' && statement.level === 0 && statement.module === from[1] && statement.names.some((name) => name.name === from[2] && (name.alias ?? name.name) === from[2]);
  const plain = /^import (\S+?)(?: as (\S+))?$/.exec(line);
  return plain !== null && statement.kind === 'import' && statement.names.some((name) => name.name === plain[1] && name.alias === (plain[2] ?? null));
}
