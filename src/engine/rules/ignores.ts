import type { Comment, Module } from '../python/syntax';
import { LineIndex, type TextEdit } from '../text/text';

/** What comments of a draft say to leave out: `# alembic-review: ignore[rule]` for a line, `ignore-file[rule]` for the file. */
export interface Ignores {
  /** `range` is where the finding is. A comment counts on any line of the finding's statement, or alone on the line above. */
  covers(rule: string, statement: { readonly start: number; readonly end: number }): boolean;
}

export function readIgnores(module: Module): Ignores {
  const index = new LineIndex(module.text);
  const comments = module.comments.flatMap((comment) => {
    const match = /^#\s*alembic-review:\s*(ignore|ignore-file)\[([^\]]*)\]/.exec(comment.text);
    if (match === null) return [];
    const line = index.at(comment.range.start).line;
    return [{ rules: (match[2] ?? '').split(',').map((rule) => rule.trim()), wholeFile: match[1] === 'ignore-file', line, alone: standsAlone(module, comment, index) }];
  });
  return {
    covers(rule, statement) {
      const first = index.at(statement.start).line;
      const last = Math.max(first, index.at(Math.max(statement.start, statement.end - 1)).line);
      return comments.some(({ rules, wholeFile, line, alone }) => rules.includes(rule) && (wholeFile || (line >= first && line <= last) || (alone && line === first - 1)));
    },
  };
}

/** The edit that makes a rule silent for the statement at `offset`: a comment of its own above it. */
export function ignoreEdit(module: Module, rule: string, offset: number): TextEdit {
  const index = new LineIndex(module.text);
  const start = index.lineStart(index.at(offset).line);
  const indentation = /^[ \t]*/.exec(module.text.slice(start))?.[0] ?? '';
  const lineBreak = module.text.includes('\r\n') ? '\r\n' : '\n';
  return { range: { start, end: start }, newText: `${indentation}# alembic-review: ignore[${rule}]${lineBreak}` };
}

function standsAlone(module: Module, comment: Comment, index: LineIndex): boolean {
  return module.text.slice(index.lineStart(index.at(comment.range.start).line), comment.range.start).trim() === '';
}
