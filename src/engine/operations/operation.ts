import type { Message } from '../text/problem';
import type { Place } from '../text/text';
import type { QueryScope } from './query';
import type {
  CheckConstraint,
  Column,
  ColumnType,
  EnumType,
  ExcludeConstraint,
  Expression,
  ForeignKey,
  Identity,
  Index,
  Policy,
  PrimaryKey,
  QualifiedName,
  Sequence,
  Table,
  Trigger,
  UniqueConstraint,
  View,
} from '../schema/schema';

/**
 * One change of a schema or its data. `kind` is Alembic's own name for it where Alembic has one, so that one can grep
 * both worlds; what Alembic can only say with `op.execute` (enum types, renames of constraints) has a kind of its own.
 *
 * An operation says what is done, not what was there before: that is read from the schema before it (`reverse.ts`).
 */
export type Operation = OperationBody & {
  /** Where it is written; absent on operations that the diff made. */
  readonly source?: OperationSource;
  /** What the person who reviews the draft should know; rendered as a comment above it. */
  readonly note?: string;
  /** How the note's last sentence goes on in a form that has a downgrade: `, and the downgrade leaves it there`. */
  readonly downgradeNote?: string;
  /** A statement that only a person can complete (at the `…`), to be run before this one; rendered below the note, commented out. */
  readonly suggestion?: string;
  /**
   * Written in the form that keeps a large table in use: outside of the transaction (`autocommit_block()`), in statements
   * that wait for nobody long, and so that running it again does no harm (`online.ts`). What it leads to is the same.
   */
  readonly online?: boolean;
};

/** A SQL statement as a script has it, word for word, without the semicolon. */
export interface WrittenSql {
  readonly text: string;
  /** Names of the bind parameters in it (`:name`) whose values are not known. */
  readonly binds?: readonly string[];
}

export interface OperationSource extends Place {
  /** False when the operation was born in a loop or a helper: then a fix cannot edit it in place. */
  readonly editable: boolean;
  /** The statement that holds it, with its line's indentation and its line end: what a fix removes or replaces. */
  readonly statement: Place;
  /** The range of each argument by Alembic's parameter name, as far as they are written out. */
  readonly arguments: Readonly<Record<string, Place>>;
  /** Names that are written longer than PostgreSQL keeps, by argument: the operation has what it keeps. */
  readonly longNames?: Readonly<Record<string, string>>;
  /** The SQL that it was read from; the same object for all operations of one statement (ALTER TABLE with two commands). */
  readonly written?: WrittenSql;
  /** Which `autocommit_block()` of the run it stands in, counted from 0; absent: none, so it runs in the transaction. */
  readonly autocommitBlock?: number;
  /** Why it may not happen, or happen several times, though it counts as done: a condition or a loop that is not known. */
  readonly uncertain?: Message;
  /** All that is uncertain is whether the script left before (`if skip(): return`), by a condition that names nothing of the operation. */
  readonly afterReturn?: true;
}

/** `guarded`: done only where what it makes is not there yet, and what it changes is: a DO block asks the catalog first, or lets it fail. */
export type OperationBody = Change & { readonly guarded?: boolean; /** `ALTER TABLE IF EXISTS`: done only where the table is there. */ readonly ifTableExists?: true };

type Change =
  // Namespaces
  | { readonly kind: 'create_schema'; readonly name: string; readonly ifNotExists?: boolean }
  /** `cascade`, here and below: what hangs on it goes with it, as far as the schema knows. */
  | { readonly kind: 'drop_schema'; readonly name: string; readonly ifExists?: boolean; readonly cascade?: boolean }
  | { readonly kind: 'rename_schema'; readonly name: string; readonly newName: string }
  // Tables
  | {
      readonly kind: 'create_table';
      readonly table: Table;
      readonly ifNotExists?: boolean;
      /** Between CREATE and TABLE: `UNLOGGED`, `TEMPORARY`. A temporary table is none of the schema's. */
      readonly prefixes?: readonly string[];
      /** What stands behind the closing parenthesis, but for PARTITION BY: `WITH (fillfactor = 70) TABLESPACE fast`. */
      readonly storage?: string;
      readonly like?: readonly TableLike[];
      /** INHERITS: their columns come first. */
      readonly parents?: readonly QualifiedName[];
      /** CREATE TABLE AS: its columns are the query's, the first of them by these names. */
      readonly query?: QueryScope;
      readonly columnNames?: readonly string[];
    }
  | ({ readonly kind: 'drop_table'; readonly ifExists?: boolean; readonly cascade?: boolean } & QualifiedName)
  | ({ readonly kind: 'rename_table'; readonly newName: string } & QualifiedName)
  /** `ALTER TABLE … SET SCHEMA`, always with the namespace's real name (`public`): its indexes, constraints and the sequences that its columns own come along. */
  | ({ readonly kind: 'set_table_schema'; readonly newSchema: string } & QualifiedName)
  | ({ readonly kind: 'create_table_comment'; readonly comment: string } & OnTable)
  | ({ readonly kind: 'drop_table_comment' } & OnTable)
  | ({ readonly kind: 'set_row_level_security'; readonly enabled: boolean } & OnTable)
  /** A table becomes a partition of this one, or is one no longer. */
  | ({ readonly kind: 'attach_partition' | 'detach_partition'; readonly partition: QualifiedName; /** `FOR VALUES …` or `DEFAULT`. */ readonly bound?: string; readonly concurrently?: boolean } & OnTable)
  // Columns
  /** `inline`: constraints that are written into ADD COLUMN itself; each is an operation of its own that follows, `inline` too. */
  | ({ readonly kind: 'add_column'; readonly column: Column; readonly ifNotExists?: boolean; readonly inline?: InlineConstraints } & OnTable)
  | ({ readonly kind: 'drop_column'; readonly column: string; readonly ifExists?: boolean; readonly cascade?: boolean } & OnTable)
  | AlterColumn
  /** A generated column keeps its values and is a plain one from then on. */
  | ({ readonly kind: 'drop_expression'; readonly column: string } & OnTable)
  /** What a generated column computes; PostgreSQL 17 and later. */
  | ({ readonly kind: 'set_expression'; readonly column: string; readonly expression: Expression } & OnTable)
  | SetNumbering
  // Keys and constraints
  /** `usingIndex`: a unique index of the table becomes the key's own, and takes its name. */
  | ({ readonly kind: 'create_primary_key'; readonly constraint: PrimaryKey; readonly usingIndex?: string; readonly inline?: true } & OnTable)
  | ({ readonly kind: 'create_foreign_key'; readonly constraint: ForeignKey; readonly inline?: true } & OnTable)
  | ({ readonly kind: 'create_unique_constraint'; readonly constraint: UniqueConstraint; readonly usingIndex?: string } & OnTable)
  | ({ readonly kind: 'create_check_constraint'; readonly constraint: CheckConstraint; readonly inline?: true } & OnTable)
  | ({ readonly kind: 'create_exclude_constraint'; readonly constraint: ExcludeConstraint } & OnTable)
  | ({
      readonly kind: 'drop_constraint';
      /** null: the script passes None, which Alembic cannot run. */
      readonly name: string | null;
      readonly type: 'primary' | 'foreignkey' | 'unique' | 'check' | 'exclude' | null;
      readonly ifExists?: boolean;
      readonly cascade?: boolean;
    } & OnTable)
  /** Looks at the rows that were there before a NOT VALID constraint. */
  | ({ readonly kind: 'validate_constraint'; readonly name: string } & OnTable)
  | ({ readonly kind: 'rename_constraint'; readonly name: string; readonly newName: string } & OnTable)
  /** `DEFERRABLE`, `INITIALLY DEFERRED` of a foreign key that is there. */
  | ({ readonly kind: 'alter_constraint'; readonly name: string; readonly deferrable: boolean; readonly initiallyDeferred: boolean } & OnTable)
  | ({ readonly kind: 'set_constraint_comment'; readonly name: string; readonly comment: string | null } & OnTable)
  // Indexes; `table` is null where the script does not say it
  | ({ readonly kind: 'create_index'; readonly index: Index; readonly concurrently?: boolean; /** Whether CONCURRENTLY or not hangs on something unknown. */ readonly perhapsConcurrently?: true; readonly ifNotExists?: boolean; readonly tablespace?: string } & OnTable)
  | {
      readonly kind: 'drop_index';
      readonly schema: string | null;
      readonly name: string | null;
      readonly table: string | null;
      readonly concurrently?: boolean;
      readonly perhapsConcurrently?: true;
      readonly ifExists?: boolean;
    }
  | ({ readonly kind: 'rename_index'; readonly newName: string } & QualifiedName)
  /** Storage parameters; null resets one. */
  | ({ readonly kind: 'set_index_options'; readonly options: Readonly<Record<string, string | null>> } & QualifiedName)
  // Enum types
  | {
      readonly kind: 'create_enum';
      readonly enum: EnumType;
      readonly checkFirst: boolean;
      /** SQLAlchemy does it by itself before a CREATE TABLE that uses the type. */
      readonly implicit?: boolean;
    }
  | ({ readonly kind: 'drop_enum'; readonly checkFirst: boolean; readonly cascade?: boolean } & QualifiedName)
  | ({ readonly kind: 'rename_enum'; readonly newName: string } & QualifiedName)
  | ({ readonly kind: 'set_enum_schema'; readonly newSchema: string } & QualifiedName)
  | ({
      readonly kind: 'add_enum_value';
      readonly label: string;
      readonly position: { readonly before: string } | { readonly after: string } | null;
      readonly ifNotExists?: boolean;
    } & QualifiedName)
  | ({ readonly kind: 'rename_enum_value'; readonly label: string; readonly newLabel: string } & QualifiedName)
  // Sequences
  | ({ readonly kind: 'rename_sequence'; readonly newName: string } & QualifiedName)
  | { readonly kind: 'create_sequence'; readonly sequence: Sequence; readonly ifNotExists?: boolean }
  | ({ readonly kind: 'drop_sequence'; readonly ifExists?: boolean; readonly cascade?: boolean } & QualifiedName)
  /** `AS bigint`: how far its numbers go. `options`: all that it has from then on, and what it had. */
  | ({
      readonly kind: 'alter_sequence';
      readonly type: string;
      readonly options?: { readonly from: Sequence['options']; readonly to: Sequence['options'] };
      /** SQL says only what changes: `to` is put over what is there, and an empty type leaves it. A schema makes it whole. */
      readonly partly?: boolean;
      /** The column that owns it from then on; null: none. */
      readonly ownedBy?: Sequence['ownedBy'];
    } & QualifiedName)
  // What reads tables: dropped and made again around a change, word for word. `query`: what it names, until a schema tells what that is
  | { readonly kind: 'create_view'; readonly view: View; readonly replace?: boolean; readonly ifNotExists?: boolean; readonly query?: QueryScope; readonly columnNames?: readonly string[] }
  | ({ readonly kind: 'drop_view'; readonly materialized: boolean; readonly ifExists?: boolean; readonly cascade?: boolean } & QualifiedName)
  /** Of a view; a table's has `alter_column`. */
  | ({ readonly kind: 'rename_view_column'; readonly column: string; readonly newName: string } & QualifiedName)
  | ({ readonly kind: 'create_policy'; readonly policy: Policy; readonly query?: QueryScope } & OnTable)
  | ({ readonly kind: 'drop_policy'; readonly name: string; readonly ifExists?: boolean } & OnTable)
  /** Only what is set changes. */
  | ({ readonly kind: 'alter_policy'; readonly name: string; readonly newName?: string; readonly roles?: string; readonly using?: Expression; readonly check?: Expression; readonly query?: QueryScope; readonly reading?: Pick<Policy, 'columns' | 'reads'> } & OnTable)
  | ({ readonly kind: 'create_trigger'; readonly trigger: Trigger; readonly replace?: boolean; readonly query?: QueryScope } & OnTable)
  | ({ readonly kind: 'drop_trigger'; readonly name: string; readonly type: Trigger['kind']; readonly ifExists?: boolean } & OnTable)
  /** `state`: when it fires; always, on replicas only, never, or as usual. */
  | ({ readonly kind: 'alter_trigger'; /** null: all of the table. */ readonly name: string | null; readonly type: Trigger['kind']; readonly newName?: string; readonly state?: TriggerState } & OnTable)
  /** Of what has no operation of its own for it. `table`: where the name is one of a table's (policies, triggers, rules). */
  | ({ readonly kind: 'set_comment'; readonly on: CommentedKind; readonly table: string | null; readonly comment: string | null } & QualifiedName)
  // Data and everything else
  | {
      readonly kind: 'execute';
      readonly sql: string;
      /** `data`: reads or writes rows only; `schema`: known not to touch anything that `Schema` holds (GRANT, CREATE FUNCTION, …). */
      readonly effect: 'data' | 'none';
      /** Columns that it writes, as far as known: `UPDATE domain SET status = …`. */
      readonly writes?: readonly ColumnWrite[];
      /** Tables that it leaves without rows: DELETE without WHERE, TRUNCATE. */
      readonly empties?: readonly QualifiedName[];
      /** UPDATE without WHERE and FROM: no row keeps what it had. */
      readonly everyRow?: true;
      /** It begins or ends a transaction, or a part of one, by SQL's own words (`transactions.ts`). */
      readonly control?: TransactionControl;
      /** What came before it in the transaction is taken back: ROLLBACK, also AND CHAIN. */
      readonly rollback?: true;
      /** SAVEPOINT, RELEASE, or ROLLBACK TO of that name. */
      readonly savepoint?: { readonly does: 'set' | 'release' | 'return'; readonly name: string };
      /** What it gives rights and options to: a view among these loses them when it is dropped, and gets them again by this. */
      readonly follows?: readonly QualifiedName[];
    }
  | {
      readonly kind: 'unknown';
      readonly reason: Message;
      /** What may be touched; null: anything. */
      readonly tables: readonly QualifiedName[] | null;
      /** SQL that PostgreSQL would not parse: its own words about it. */
      readonly sqlError?: string;
    };

/**
 * `rollback`: of the whole transaction; `chain`: COMMIT or ROLLBACK AND CHAIN, which begin the next one; `savepoint`: SAVEPOINT,
 * RELEASE and ROLLBACK TO, which leave it open.
 */
export type TransactionControl = 'begin' | 'commit' | 'rollback' | 'chain' | 'savepoint';

export type TriggerState = 'ENABLE' | 'DISABLE' | 'ENABLE REPLICA' | 'ENABLE ALWAYS';

export type CommentedKind = 'index' | 'view' | 'materialized view' | 'type' | 'policy' | 'trigger' | 'rule';

/** `LIKE t INCLUDING …` in a CREATE TABLE: where its columns stand among those that are written, and what comes along. */
export interface TableLike {
  readonly table: QualifiedName;
  readonly at: number;
  readonly including: readonly ('comments' | 'constraints' | 'defaults' | 'generated' | 'identity' | 'indexes')[];
}

/** A column that a statement writes. `from`: the columns its value is computed from, as far as known. */
export interface ColumnWrite extends QualifiedName {
  readonly column: string;
  readonly from?: readonly string[];
}

/** Constraints of a new column, in the statement that adds it. */
export interface InlineConstraints {
  readonly primaryKey?: true;
  readonly foreignKey?: ForeignKey;
  /** SQL may give it a name there; Alembic never does. */
  readonly isNamed?: true;
  readonly checks?: readonly CheckConstraint[];
}

export interface OnTable {
  readonly schema: string | null;
  readonly table: string;
  /** `ALTER TABLE ONLY`, `CREATE INDEX … ON ONLY`: its partitions are left out. */
  readonly only?: boolean;
}

/** `op.alter_column`: only what is set changes. At least one of the optional fields is set. */
export interface AlterColumn extends OnTable {
  readonly kind: 'alter_column';
  readonly column: string;
  readonly newName?: string;
  readonly type?: ColumnType;
  /** Of the new type; null is the type's own. Said with `type`, which PostgreSQL else takes without the old collation. */
  readonly collation?: string | null;
  /** The text after USING. */
  readonly using?: string;
  /** What USING makes of values, where it makes others of them: the way back takes it back as far as it can. */
  readonly values?: Readonly<Record<string, string | null>>;
  readonly nullable?: boolean;
  /** What SQL calls the NOT NULL. */
  readonly notNullName?: string;
  /** null drops the default. */
  readonly default?: Expression | null;
  readonly comment?: string | null;
  /** What Alembic is told of the column before (`existing_type=`, `existing_nullable=`, `existing_server_default=`), when written. */
  readonly existing?: { readonly type?: ColumnType; readonly nullable?: boolean; readonly default?: Expression | null };
}

/**
 * Who numbers the rows of an integer column: nobody, a sequence of its own (`serial`), or an identity. Alembic has no
 * words for the change (its `alter_column` dies with an empty AssertionError on serial → Identity), so it is SQL. The
 * numbers go on after the largest that is there.
 */
export interface SetNumbering extends OnTable {
  readonly kind: 'set_numbering';
  readonly column: string;
  readonly from: Numbering;
  readonly to: Numbering;
  /** False: the numbers begin where the sequence says, whatever the rows have (`op.alter_column(server_default=sa.Identity())`). */
  readonly goesOn?: false;
  /** `op.alter_column` from an identity to another default, or back: Alembic raises on it (an empty AssertionError, `NotImplementedError`) and does nothing. */
  readonly refused?: true;
  /** SQL says only what changes of an identity, and not whether it is ALWAYS. A schema makes it whole. */
  readonly keepsWhen?: boolean;
}

export type Numbering = { readonly by: 'nobody' } | { readonly by: 'serial'; readonly sequence: QualifiedName; /** The sequence's; bigint where nothing is said. */ readonly type?: string } | { readonly by: 'identity'; readonly identity: Identity };

export type OperationKind = Operation['kind'];
/** The members of the union with kind `K`. */
export type OperationOf<K extends OperationKind> = Extract<Operation, { readonly kind: K }>;
