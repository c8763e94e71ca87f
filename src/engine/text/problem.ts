import type { Place } from './text';

/**
 * A sentence for a person, as a template and its arguments, so that it can be translated and tested by shape.
 * `{name}` in `text` stands for `args.name`.
 */
export interface Message {
  readonly text: string;
  readonly args: Readonly<Record<string, string | number>>;
}

/** Something a reader could not do or found wrong, with its place where there is one. */
export interface Problem {
  /** A short stable name, kebab-case: `unknown-type`, `unresolved-import`, `syntax-error`. */
  readonly code: string;
  /** `error`: the result lacks something that was asked for; `warning`: it may; `info`: worth knowing. */
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: Message;
  readonly at?: Place;
}

/** What reading a text yields: always a value, and what could not be read. Readers never throw on anything a user wrote. */
export interface Parsed<T> {
  readonly value: T;
  readonly problems: readonly Problem[];
}

/** `message('Table {table} is gone.', { table })` */
export function message(text: string, args: Message['args'] = {}): Message {
  return { text, args };
}

/** The sentence in English. Placeholders without an argument stay as they are. */
export function formatMessage(value: Message): string {
  return value.text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const argument = value.args[name];
    return argument === undefined ? whole : String(argument);
  });
}
