/**
 * The variables of a `.env` file, as python-dotenv's `dotenv_values` has them (`dotenv/parser.py`, `variables.py`), since it is what projects
 * with Alembic read theirs with: quotes, escapes, comments, `export`, and `${NAME}` or `${NAME:-default}` from the lines before and from
 * `environment`. Lines that it can't read are left out, as it does. A variable without `=` has null.
 */
export function readEnvFile(text: string, environment: Readonly<Record<string, string | undefined>> = {}): ReadonlyMap<string, string | null> {
  const values = new Map<string, string | null>();
  for (const [name, written] of bindings(text)) {
    const value = written?.replace(/\$\{([^}:]*)(?::-([^}]*))?\}/g, (_, wanted: string, otherwise: string | undefined) => {
      return values.has(wanted) ? (values.get(wanted) ?? '') : (environment[wanted] ?? otherwise ?? '');
    });
    values.set(name, value ?? null);
  }
  return values;
}

function* bindings(text: string): Iterable<readonly [name: string, value: string | null]> {
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    const sticky = new RegExp(pattern.source, 'y');
    sticky.lastIndex = at;
    const match = sticky.exec(text);
    if (match !== null) at = sticky.lastIndex;
    return match;
  };
  const restOfLine = (): boolean => {
    take(/(?:[^\S\r\n]*#[^\r\n]*)?/);
    return take(/[^\S\r\n]*(?:\r\n|\n|\r|$)/) !== null;
  };
  for (;;) {
    take(/\s*/);
    if (at >= text.length) return;
    if (text[at] === '#') {
      take(/[^\r\n]*(?:\r\n|\n|\r|$)/);
      continue;
    }
    take(/(?:export[^\S\r\n]+)?/);
    const name = text[at] === "'" ? take(/'([^']+)'/)?.[1] : take(/([^=#\s]+)/)?.[1];
    take(/[^\S\r\n]*/);
    const equals = name === undefined ? null : take(/=[^\S\r\n]*/);
    // After a blank, a # begins a comment; without one it is the value's first character.
    const isCommented = equals !== null && equals[0].length > 1 && text[at] === '#';
    const value = equals === null ? null : isCommented ? '' : readValue(take, text, () => at);
    if (name !== undefined && value !== undefined && restOfLine()) yield [name, value];
    else take(/[^\r\n]*(?:\r\n|\n|\r|$)/);
  }
}

/** Undefined: a quote that does not end. */
function readValue(take: (pattern: RegExp) => RegExpExecArray | null, text: string, at: () => number): string | undefined {
  const first = text[at()];
  if (first === "'") return take(/'((?:\\[^]|[^'\\])*)'/)?.[1]?.replace(/\\[\\']/g, (escape) => escape.slice(1));
  if (first === '"') return take(/"((?:\\[^]|[^"\\])*)"/)?.[1]?.replace(/\\[\\'"abfnrtv]/g, (escape) => escapes[escape.slice(1)] ?? escape.slice(1));
  if (first === undefined || /[\n\r]/.test(first)) return '';
  return (take(/[^\r\n]*/)?.[0] ?? '').replace(/\s+#.*/, '').trimEnd();
}

const escapes: Readonly<Record<string, string>> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };
