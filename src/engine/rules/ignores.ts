import { parsePython } from '../python/parse';
import { commentsOf } from '../operations/read-sql-draft';
import { message } from '../text/problem';
import { LineIndex, type TextEdit, type TextRange } from '../text/text';
import type { Diagnostic } from './rule';

/** A draft with its comments. */
export interface CommentedText {
  readonly path: string;
  readonly text: string;
  readonly comments: readonly Comment[];
}

interface Comment {
  readonly range: TextRange;
  /** With the `#` or `--` that begins it. */
  readonly text: string;
}

/** The comments of a draft by itself, in the language that its file's name says. */
export function commentedText(path: string, text: string): CommentedText {
  return path.endsWith('.sql') ? { path, text, comments: commentsOf(text) } : parsePython(path, text).value;
}

/** What comments of a draft say to leave out: `# alembic-review: ignore[rule]` for a line, `ignore-file[rule]` for the file; in SQL behind `--`. */
export interface Ignores {
  /** A comment counts on any line of the finding's statement, or alone on the line above. */
  covers(rule: string, statement: TextRange): boolean;
  /** What covered nothing so far, said on its place: of rules that ran, and of names that are no rule's. */
  unused(ran: readonly string[], known: readonly string[]): readonly Diagnostic[];
}

/** The code of a finding about a comment that hides nothing. No rule: it cannot be ignored itself. */
export const unusedIgnore = 'unused-ignore';

interface IgnoreComment {
  readonly comment: Comment;
  readonly rules: readonly string[];
  readonly wholeFile: boolean;
  readonly line: number;
  readonly alone: boolean;
}

export function readIgnores(module: CommentedText): Ignores {
  const index = new LineIndex(module.text);
  const comments = module.comments.flatMap((comment): readonly IgnoreComment[] => {
    const match = /^(?:#|--)\s*alembic-review:\s*(ignore|ignore-file)\[([^\]]*)\]/.exec(comment.text);
    if (match === null) return [];
    const line = index.at(comment.range.start).line;
    const rules = (match[2] ?? '').split(',').map((rule) => rule.trim()).filter((rule) => rule !== '');
    return [{ comment, rules, wholeFile: match[1] === 'ignore-file', line, alone: standsAlone(module, comment, index) }];
  });
  const used = new Set<string>();
  const keyOf = (comment: IgnoreComment, rule: string): string => `${comment.comment.range.start} ${rule}`;
  return {
    covers(rule, statement) {
      const first = index.at(statement.start).line;
      const last = Math.max(first, index.at(Math.max(statement.start, statement.end - 1)).line);
      const covering = comments.filter(({ rules, wholeFile, line, alone }) => rules.includes(rule) && (wholeFile || (line >= first && line <= last) || (alone && line === first - 1)));
      for (const comment of covering) used.add(keyOf(comment, rule));
      return covering.length > 0;
    },
    unused(ran, known) {
      return comments.flatMap((comment) =>
        comment.rules
          .filter((rule) => !known.includes(rule) || (ran.includes(rule) && !used.has(keyOf(comment, rule))))
          .map((rule): Diagnostic => unusedFinding(module, index, comment, rule, known.includes(rule))),
      );
    },
  };
}

function unusedFinding(module: CommentedText, index: LineIndex, comment: IgnoreComment, rule: string, isRule: boolean): Diagnostic {
  const edit = withoutRule(module, index, comment, rule);
  return {
    rule: unusedIgnore,
    severity: 'info',
    message: isRule ? message('This comment hides nothing: {rule} has nothing to say here. Take it away, lest it hides something later.', { rule }) : message('There is no rule {rule}, so this comment hides nothing.', { rule }),
    at: { path: module.path, range: comment.comment.range },
    fixes: [{ title: comment.rules.length === 1 ? 'Remove the comment' : `Take ${rule} out of the comment`, edits: [edit], safety: 'safe' }],
    data: { rule },
  };
}

/** The comment without the rule; without its last rule it goes, with its line where it has one of its own. */
function withoutRule(module: CommentedText, index: LineIndex, { comment, rules, line, alone }: IgnoreComment, rule: string): TextEdit {
  const { range, text } = comment;
  const others = rules.filter((other) => other !== rule);
  if (others.length > 0) return { range, newText: text.replace(/\[[^\]]*\]/, () => `[${others.join(', ')}]`) };
  if (alone) {
    const start = index.lineStart(line);
    const end = module.text.indexOf('\n', range.end);
    return { range: { start, end: end < 0 ? module.text.length : end + 1 }, newText: '' };
  }
  let { start } = range;
  while (/[ \t]/.test(module.text[start - 1] ?? '')) start--;
  return { range: { start, end: range.end }, newText: '' };
}

/** The edit that makes a rule silent for the statement at `offset`: a comment of its own above it, or the rule in the one that stands there. */
export function ignoreEdit(module: CommentedText, rule: string, offset: number): TextEdit {
  const index = new LineIndex(module.text);
  const line = index.at(offset).line;
  const above = module.comments.find((comment) => index.at(comment.range.start).line === line - 1 && standsAlone(module, comment, index) && /^(?:#|--)\s*alembic-review:\s*ignore\[/.test(comment.text));
  if (above !== undefined) return added(above, rule);
  const start = index.lineStart(line);
  const indentation = /^[ \t]*/.exec(module.text.slice(start))?.[0] ?? '';
  return { range: { start, end: start }, newText: `${indentation}${markOf(module)} alembic-review: ignore[${rule}]${lineBreakOf(module)}` };
}

/** The edit that makes a rule silent for the whole file: a comment at its end, or the rule in the one that is there. */
export function ignoreFileEdit(module: CommentedText, rule: string): TextEdit {
  const known = module.comments.find((comment) => /^(?:#|--)\s*alembic-review:\s*ignore-file\[/.test(comment.text));
  if (known !== undefined) return added(known, rule);
  const { length } = module.text;
  const lineBreak = lineBreakOf(module);
  return { range: { start: length, end: length }, newText: `${/[\r\n]$/.test(module.text) || length === 0 ? '' : lineBreak}${markOf(module)} alembic-review: ignore-file[${rule}]${lineBreak}` };
}

function added({ range, text }: Comment, rule: string): TextEdit {
  return { range, newText: text.replace(/\[([^\]]*)\]/, (_, rules: string) => `[${[...rules.split(',').map((one) => one.trim()).filter((one) => one !== ''), rule].join(', ')}]`) };
}

/** What begins a comment. */
function markOf({ path }: CommentedText): string {
  return path.endsWith('.sql') ? '--' : '#';
}

function lineBreakOf(module: CommentedText): string {
  return module.text.includes('\r\n') ? '\r\n' : '\n';
}

function standsAlone(module: CommentedText, comment: Comment, index: LineIndex): boolean {
  return module.text.slice(index.lineStart(index.at(comment.range.start).line), comment.range.start).trim() === '';
}
