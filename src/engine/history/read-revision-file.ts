import { message } from '../text/problem';
import type { Parsed, Problem } from '../text/problem';
import type { Place, TextRange } from '../text/text';
import { baseName } from '../project/paths';
import { readLiteral } from './literal';
import type { Literal } from './literal';
import type { RevisionFile } from './revision';
import { scanTopLevel } from './top-level';

/**
 * Reads the head of a revision script: ids, parents, labels, dependencies, message, and where the functions stand.
 * Null for a file that is none (no `revision` with a parent or an `upgrade`). A value Alembic needs that can't be read
 * without running the file is a problem with its place, and stands as if nothing were written.
 */
export function readRevisionFile(path: string, text: string): Parsed<RevisionFile | null> {
  const head = readHead(path, text);
  const legacy = /^([a-f0-9]+)\.py$/.exec(baseName(path))?.[1];
  const hasParent = head.assignments.has('down_revision');
  if (!head.assignments.has('revision') && !(legacy !== undefined && hasParent)) return { value: null, problems: [] };
  if (!hasParent && !head.functions.has('upgrade')) return { value: null, problems: [] };

  const problems: Problem[] = [];
  const problem = (code: string, problemText: Problem['message'], range?: TextRange): void => {
    problems.push({ code, severity: 'error', message: problemText, ...(range && { at: { path, range } }) });
  };
  if (head.broken) problem('syntax-error', message('A {what} that starts here is never closed.', { what: head.broken.what }), head.broken.range);
  const place = (range: TextRange | undefined): Place | null => (range ? { path, range } : null);

  const strings = (name: string): readonly string[] => {
    const assignment = head.assignments.get(name);
    if (!assignment) return [];
    const value = head.value(name);
    const items = value === undefined ? undefined : asStrings(value);
    if (items !== undefined) return items;
    problem('unreadable-revision', message('`{name}` is not a string, a list of strings or None; it can’t be known without running the file.', { name }), assignment.expression);
    return [];
  };

  const written = head.assignments.get('revision');
  const id = written ? head.value('revision') : legacy;
  if (typeof id !== 'string' || id === '') {
    problem('unreadable-revision', message('`revision` is not a plain string; the revision can’t be placed in the history.'), written?.expression);
    return { value: null, problems };
  }
  if (!hasParent) problem('missing-down-revision', message('`down_revision` is missing; Alembic can’t load this file. Write `down_revision = None` for a first revision.'), written?.whole);
  const file: RevisionFile = {
    path,
    id,
    downRevisions: strings('down_revision'),
    branchLabels: strings('branch_labels'),
    dependsOn: strings('depends_on'),
    message: head.docstring.trim().split('\n', 1)[0]?.trim() ?? '',
    createDate: /^[ \t]*Create Date:[ \t]*(.*?)[ \t]*$/m.exec(head.docstring)?.[1] ?? null,
    places: {
      revision: place(written?.whole),
      downRevision: place(head.assignments.get('down_revision')?.whole),
      upgrade: place(head.functions.get('upgrade')),
      downgrade: place(head.functions.get('downgrade')),
    },
  };
  return { value: file, problems };
}

interface Assignment {
  readonly whole: TextRange;
  readonly expression: TextRange;
}

interface Head {
  readonly docstring: string;
  readonly assignments: ReadonlyMap<string, Assignment>;
  readonly functions: ReadonlyMap<string, TextRange>;
  readonly broken: { readonly what: string; readonly range: TextRange } | null;
  value(name: string): Literal | undefined;
}

function readHead(path: string, text: string): Head {
  const { statements, brokenAt } = scanTopLevel(text);
  const assignments = new Map<string, Assignment>();
  const functions = new Map<string, TextRange>();
  let docstring = '';
  for (const [index, { start, end }] of statements.entries()) {
    const source = text.slice(start, end);
    if (index === 0 && /^[rRuU]?["']/.test(source)) {
      const value = readLiteral(source, () => undefined);
      if (typeof value === 'string') docstring = value;
      continue;
    }
    const definition = /^(?:async\s+)?def\s+([A-Za-z_]\w*)/.exec(source);
    if (definition) functions.set(definition[1] ?? '', { start, end });
    else for (const { names, from } of assignmentTargets(source)) for (const name of names) assignments.set(name, { whole: { start, end }, expression: { start: start + from, end } });
  }
  const evaluate = (name: string, open: readonly string[]): Literal | undefined => {
    const assignment = assignments.get(name);
    if (!assignment || open.includes(name)) return undefined;
    return readLiteral(text.slice(assignment.expression.start, assignment.expression.end), (other) => evaluate(other, [...open, name]));
  };
  const broken = brokenAt && { what: brokenAt.what, range: { start: brokenAt.offset, end: brokenAt.offset + 1 } };
  return { docstring, assignments, functions, broken, value: (name) => evaluate(name, []) };
}

/** `a = …`, `a: Union[str, None] = …`, `a = b = …`; nothing for other statements. */
function assignmentTargets(source: string): readonly { names: readonly string[]; from: number }[] {
  const names: string[] = [];
  let from = 0;
  for (;;) {
    const plain = /^(?:\s|\\\r?\n)*([A-Za-z_]\w*)(?:\s|\\\r?\n)*=(?!=)/.exec(source.slice(from));
    const annotated = names.length === 0 ? /^([A-Za-z_]\w*)(?:\s|\\\r?\n)*:/.exec(source.slice(from)) : null;
    if (plain) {
      names.push(plain[1] ?? '');
      from += plain[0].length;
    } else if (annotated) {
      const equals = equalsAfterAnnotation(source, from + annotated[0].length);
      if (equals === null) return [];
      names.push(annotated[1] ?? '');
      from = equals + 1;
      break;
    } else break;
  }
  return names.length === 0 ? [] : [{ names, from: from + (/^\s*/.exec(source.slice(from))?.[0].length ?? 0) }];
}

/** The `=` outside of brackets and strings. */
function equalsAfterAnnotation(source: string, from: number): number | null {
  let depth = 0;
  for (let i = from; i < source.length; i++) {
    const character = source[i] ?? '';
    if ('[({'.includes(character)) depth++;
    else if ('])}'.includes(character)) depth--;
    else if (character === '"' || character === "'") {
      const close = source.indexOf(character, i + 1);
      if (close < 0) return null;
      i = close;
    } else if (character === '=' && depth === 0) return i;
  }
  return null;
}

function asStrings(value: Literal): readonly string[] | undefined {
  if (value === null || value === '') return [];
  if (typeof value === 'string') return [value];
  return value.every((item) => typeof item === 'string') ? value : undefined;
}
