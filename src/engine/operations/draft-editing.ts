import type { ColumnType, Expression } from '../schema/schema';
import type { TextEdit, TextRange } from '../text/text';
import type { Operation } from './operation';

/** What stands for an argument of Alembic's. */
export type ArgumentValue = { readonly type: ColumnType } | { readonly default: Expression | null } | { readonly name: string } | /** `op.f("…")` */ { readonly finalName: string };

/** A file that is not there yet. */
export interface NewFile {
  readonly path: string;
  readonly text: string;
}

/** A statement that is to run outside of the draft's transaction: as it is written, with others in its place, or in its online form (`online.ts`). */
export type MovedStatement = { readonly operation: Operation } & ({ readonly replacements?: readonly Operation[]; readonly online?: never } | OnlineStatement);

export interface OnlineStatement {
  readonly online: true;
  /** The same with the name that it gets, where none is written. */
  readonly named?: Operation;
  /** It is written into ADD COLUMN (`sa.Column(…, unique=True)`, `REFERENCES t`): all else of that statement, which stays where it is. */
  readonly stays?: readonly Operation[];
}

/** What a draft becomes, and the files that it takes besides. */
export interface Apart {
  readonly edits: readonly TextEdit[];
  readonly files: readonly NewFile[];
}

/** How fixes write into the draft at hand: text stays behind this, so that rules handle operations only. */
export interface DraftEditing {
  /** The edits that put `replacements` where `operation` stands, and remove it when there are none. Null: it cannot be edited. */
  replace(operation: Operation, replacements: readonly Operation[]): readonly TextEdit[] | null;
  /** The edits that insert `operations` before / after `operation`. Null: not possible there. */
  insertBefore(operation: Operation, operations: readonly Operation[]): readonly TextEdit[] | null;
  insertAfter(operation: Operation, operations: readonly Operation[]): readonly TextEdit[] | null;
  /**
   * Puts statements outside of the transaction that they stand in: of a script into an `autocommit_block()`, which neighbours share; of a
   * file of SQL, which is one transaction, into files behind it. Null: one cannot be moved, as out of a batch.
   */
  outsideTransaction(statements: readonly MovedStatement[]): Apart | null;
  /** The edits that append to the end of `upgrade()` or `downgrade()` (replacing a lone `pass`). */
  append(direction: 'upgrade' | 'downgrade', operations: readonly Operation[]): readonly TextEdit[] | null;
  /**
   * The parts of one fix as one list: an import that two of them need is added once, and a body that they empty together
   * gets its `pass`. Null when a part is, or when parts overlap.
   */
  combine(parts: readonly (readonly TextEdit[] | null)[]): readonly TextEdit[] | null;
  /** The edits that change one written argument of an operation's call. */
  replaceText(range: TextRange, newText: string): readonly TextEdit[];
  /** A string as the draft quotes them. */
  literal(text: string): string;
  /** The edits that write another type, server default or name where one is written. Null: it cannot be written, or not there. */
  replaceArgument(operation: Operation, argument: string, value: ArgumentValue): readonly TextEdit[] | null;
  /** The edit that adds an import line where the others are; nothing where it is there. */
  addImport(line: string): readonly TextEdit[];
}
