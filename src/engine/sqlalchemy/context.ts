import { message, type Message, type Problem } from '../text/problem';
import type { Place } from '../text/text';
import type { Reading } from '../python/evaluate';
import { truth } from '../python/known';
import type { CallValue, Value } from '../python/values';
import type { QualifiedName } from '../schema/schema';
import type { NamingConvention } from './naming';

/** What readers of SQLAlchemy's constructs share. */
export interface ReadContext {
  /** For calling what the user wrote (`values_callable`, `load_dialect_impl`) without running it. */
  readonly reading: Reading;
  /** Told of everything that could not be read. */
  readonly report: (problem: Problem) => void;
  /** `MetaData(schema=…)`; null in scripts and for the default namespace. */
  readonly metadataSchema: string | null;
  /** The schema of the table at hand, for types that inherit it. */
  readonly tableSchema: string | null;
  /** `MetaData(naming_convention=…)`; null where names stay as written. */
  readonly convention: NamingConvention | null;
  /**
   * The name of the column of the table at hand that a value stands for: a `Column(…)` call by identity, an attribute of a
   * mapped class. Null: none. Strings are not asked for.
   */
  readonly columnName: (value: Value) => string | null;
  /** The column that `User.id` or `users.c.id` is, of any table. Null: not known. */
  readonly targetColumn: (value: Value) => (QualifiedName & { readonly column: string }) | null;
  /** How a column writes a member of its Python enum; null: it has no Enum type. */
  readonly labelOf: (column: string, member: string) => string | null;
}

/** A context in which nothing is known of tables: for scripts, which name columns by text. */
export function plainContext(reading: Reading, report: ReadContext['report']): ReadContext {
  return {
    reading,
    report,
    metadataSchema: null,
    tableSchema: null,
    convention: null,
    columnName: () => null,
    targetColumn: () => null,
    labelOf: () => null,
  };
}

export function problem(code: string, severity: Problem['severity'], text: string, args: Message['args'], at: Place): Problem {
  return { code, severity, message: message(text, args), at };
}

/** A keyword that must be true or false: its value, the fallback when absent or None, null when not known. */
export function flag(call: CallValue, name: string, fallback: boolean): boolean | null {
  const value = call.keywords.get(name);
  if (value === undefined || value.kind === 'none') return fallback;
  return truth(value);
}

/** A keyword that is a text; undefined: absent or None; null: not known. */
export function text(value: Value | undefined): string | null | undefined {
  if (value === undefined || value.kind === 'none') return undefined;
  if (value.kind === 'string') return value.value;
  if (value.kind === 'enumMember' && value.value.kind === 'string') return value.value.value;
  if (value.kind === 'call') {
    // quoted_name("x", quote=True), op.f("x"), conv("x")
    const name = value.callee.kind === 'symbol' ? value.callee.name : '';
    if (/(^|\.)(quoted_name|f|conv)$/.test(name)) return text(value.args[0]);
  }
  return null;
}
