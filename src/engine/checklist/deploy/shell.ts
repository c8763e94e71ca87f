import type { TextRange } from '../../text/text';

/** One simple command of a shell script: its words without quotes, and where it stands. */
export interface ShellCommand {
  readonly words: readonly string[];
  readonly range: TextRange;
}

/**
 * The simple commands of a shell script (POSIX, bash), wherever they stand: behind `&&`, in `if`, in a loop. Comments and the texts of
 * here-documents are none; those of a here-document that a shell reads are. What is quoted is one word. Offsets count in `text`,
 * from `start` to `end`.
 */
export function shellCommands(text: string, start = 0, end = text.length): readonly ShellCommand[] {
  const commands: ShellCommand[] = [];
  let words: string[] = [];
  let from = -1;
  let last = start;
  /** Here-documents that begin behind the line. */
  let heredocs: { readonly mark: string; readonly isShell: boolean }[] = [];
  const close = (): void => {
    const bare = withoutPrefix(words);
    if (bare.length > 0) commands.push({ words: bare, range: { start: from, end: last } });
    words = [];
    from = -1;
  };
  for (let at = start; at < end; ) {
    const char = text[at] ?? '';
    if (char === '\n') {
      close();
      at++;
      for (const { mark, isShell } of heredocs) {
        const ends = heredocEnd(text, at, end, mark);
        if (isShell) commands.push(...shellCommands(text, at, ends.body));
        at = ends.next;
      }
      heredocs = [];
    } else if (char === '\\' && /^\\\r?\n/.test(text.slice(at, at + 3))) at += text[at + 1] === '\r' ? 3 : 2;
    else if (/\s/.test(char)) at++;
    else if (char === '#') {
      while (at < end && text[at] !== '\n') at++;
    } else if (/[;&|(){}]/.test(char) && !(char === '{' && text[at + 1] === '{')) {
      close();
      at++;
    } else if (char === '<' && text[at + 1] === '<' && text[at + 2] !== '<') {
      const [whole = '<<', , mark = ''] = /^<<-?\s*(['"]?)([\w.-]+)\1/.exec(text.slice(at, at + 80)) ?? [];
      if (mark !== '') heredocs.push({ mark, isShell: /^(?:.*\/)?(?:ba|da|z|k)?sh$|^ssh$/.test(withoutPrefix(words)[0] ?? '') });
      at += whole.length;
    } else {
      const word = readWord(text, at, end);
      if (from < 0) from = at;
      words.push(word.value);
      at = word.end;
      last = at;
    }
  }
  close();
  return commands;
}

/** A quoted text stays whole; what is expanded stays as it is written. */
function readWord(text: string, start: number, end: number): { readonly value: string; readonly end: number } {
  let value = '';
  let at = start;
  while (at < end) {
    const char = text[at] ?? '';
    if (char === '\\') {
      if (/^\\\r?\n/.test(text.slice(at, at + 3))) {
        at += text[at + 1] === '\r' ? 3 : 2;
        continue;
      }
      value += text[at + 1] ?? '';
      at = Math.min(at + 2, end);
    } else if (char === "'" || char === '"') {
      const close = closingQuote(text, at, end);
      const inside = text.slice(at + 1, close);
      value += char === '"' ? inside.replace(/\\(["\\$`])/g, '$1') : inside;
      at = Math.min(close + 1, end);
    } else if (char === '$' && (text[at + 1] === '(' || text[at + 1] === '{')) {
      const close = closingBracket(text, at + 1, end);
      value += text.slice(at, close);
      at = close;
    } else if (/[\s;&|()<>]/.test(char)) {
      // Where a redirection leads is no word of the command.
      if (at === start) return { value: char, end: at + 1 };
      break;
    } else {
      value += char;
      at++;
    }
  }
  return { value, end: at };
}

/** One that never closes ends with its line: an apostrophe in prose would take the rest of the file. */
function closingQuote(text: string, at: number, end: number): number {
  const quote = text[at];
  for (let next = at + 1; next < end; next++) {
    if (text[next] === '\\' && quote === '"') next++;
    else if (text[next] === quote) return next;
  }
  const line = text.indexOf('\n', at);
  return line < 0 || line > end ? end : line;
}

function closingBracket(text: string, at: number, end: number): number {
  const [open, close] = text[at] === '(' ? ['(', ')'] : ['{', '}'];
  let depth = 0;
  for (let next = at; next < end && text[next] !== '\n'; next++) {
    if (text[next] === open) depth++;
    if (text[next] === close && --depth === 0) return next + 1;
  }
  return at + 1;
}

function heredocEnd(text: string, from: number, end: number, mark: string): { readonly body: number; readonly next: number } {
  for (let at = from; at < end; ) {
    const line = text.indexOf('\n', at);
    const stop = line < 0 || line > end ? end : line;
    if (text.slice(at, stop).trim() === mark) return { body: at, next: stop };
    at = stop + 1;
  }
  return { body: end, next: end };
}

/** Keywords of the shell and `NAME=value` before a command are none of its words. */
function withoutPrefix(words: readonly string[]): readonly string[] {
  const first = words.findIndex((word) => !/^(?:if|then|else|elif|do|while|until|!|time|exec|[A-Za-z_]\w*=.*)$/s.test(word));
  return first < 0 ? [] : words.slice(first);
}
