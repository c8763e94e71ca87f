import type { Message, Problem } from '../text/problem';
import type { Place } from '../text/text';

/**
 * A whole database's structure, as PostgreSQL's catalog knows it. The same type holds what was read from a database,
 * from SQLAlchemy models, and from replayed revisions. Plain data: serialisable, never mutated.
 *
 * In every object `schema: null` means the database's default namespace (`defaultSchema`, normally `public`), as
 * SQLAlchemy writes it; readers of databases turn `public` into null.
 */
export interface Schema {
  readonly defaultSchema: string;
  readonly tables: readonly Table[];
  readonly enums: readonly EnumType[];
  readonly sequences: readonly Sequence[];
  readonly views: readonly View[];
  /** Names of installed extensions (`pgcrypto`, `postgis`). */
  readonly extensions: readonly string[];
  /** Every namespace that exists, empty ones too; absent where that is not known (models, a replayed history). */
  readonly namespaces?: readonly string[];
  /** A history that begins on tables which were made without it: what is not here may be there all the same. */
  readonly isPartial?: true;
  /** Those that are not the user's: Supabase's own, an extension's. Nothing in them is created, altered or dropped. */
  readonly managedNamespaces?: readonly string[];
  /** Why parts of this are only *maybe* so (something that was not understood passed over them). Empty: all is known. */
  readonly unknown: readonly UnknownPart[];
}

export interface UnknownPart {
  readonly reason: Message;
  readonly at?: Place;
  /** The tables and views that may be touched; null: anything. */
  readonly tables: readonly QualifiedName[] | null;
}

export interface QualifiedName {
  readonly schema: string | null;
  readonly name: string;
}

/** Where in the models an object is declared; absent for objects read from a database. */
export interface Declared {
  readonly at?: Place;
}

export interface Table extends QualifiedName, Declared {
  readonly columns: readonly Column[];
  readonly primaryKey: PrimaryKey | null;
  readonly foreignKeys: readonly ForeignKey[];
  readonly uniques: readonly UniqueConstraint[];
  readonly checks: readonly CheckConstraint[];
  readonly excludes: readonly ExcludeConstraint[];
  readonly indexes: readonly Index[];
  readonly comment: string | null;
  /** Row level security policies; models have none. */
  readonly policies: readonly Policy[];
  /** Triggers and rules, those of the system (foreign keys') left out; models have none. Absent: none. */
  readonly triggers?: readonly Trigger[];
  readonly rowLevelSecurity: boolean;
  /** `PARTITION BY …` text of a partitioned parent: `RANGE (created_at)`. */
  readonly partitionBy: string | null;
  /** The parent of a partition child. */
  readonly partitionOf: QualifiedName | null;
  /** The role that owns it; null where not known. */
  readonly owner: string | null;
  /** The extension it belongs to, if one does. */
  readonly extension: string | null;
  /** A durable mark `info={"renamed_from": "old"}` in the model. */
  readonly renamedFrom: string | null;
  /** Attributes of the model that may be columns; what they are is not known without running Python. */
  readonly unreadColumns?: readonly string[];
}

export interface Column extends Declared {
  readonly name: string;
  readonly type: ColumnType;
  readonly nullable: boolean;
  /** The name that SQL gives its NOT NULL; PostgreSQL keeps it since version 18. Absent: PostgreSQL's own, or not known. */
  readonly notNullName?: string;
  /** The server default; null: none. Never set together with `identity` or `generated`. */
  readonly default: Expression | null;
  /** The model says that the database fills the column and not how (`FetchedValue()`): there the database is right. */
  readonly filledByDatabase?: boolean;
  readonly identity: Identity | null;
  readonly generated: Generated | null;
  /**
   * The column draws its values from a sequence of its own, as `serial` makes it (SQLAlchemy: an integer primary key
   * with `autoincrement`). Then `default` is null: the `nextval(…)` is implied.
   */
  readonly serial: boolean;
  readonly collation: string | null;
  readonly comment: string | null;
  /** A durable mark `info={"renamed_from": "old"}` in the model. */
  readonly renamedFrom: string | null;
  /**
   * The model's constant Python-side `default=`, as a SQL literal, when it has one. The database does not have it; a
   * NOT NULL column added to rows that exist is filled with it (nothing is invented).
   */
  readonly modelDefault: Expression | null;
}

/** SQL text as its author or PostgreSQL wrote it: `'NEW'::place_status`, `now()`, `(age > 0)`. Never printed anew. */
export interface Expression {
  readonly sql: string;
}

export type ColumnType =
  /**
   * A type of PostgreSQL itself, named as `format_type()` names it without modifiers and brackets: `character varying`,
   * `timestamp with time zone`, `double precision`, `jsonb`. `args` are the modifiers in order: `['10', '2']`;
   * of intervals the fields come first: `['day to second', '3']`. `dimensions`: 0, or how many `[]` the source wrote
   * (PostgreSQL does not tell them apart: compare `dimensions > 0`).
   */
  | { readonly kind: 'builtin'; readonly name: string; readonly args: readonly string[]; readonly dimensions: number }
  /**
   * An enum type. `labels` where the place that uses the type also writes them (drafts, models); the type's own labels
   * stand in `Schema.enums`.
   */
  | { readonly kind: 'enum'; readonly schema: string | null; readonly name: string; readonly labels?: readonly string[]; readonly dimensions: number }
  /** Any other named type: of an extension (`vector`, `geometry`), a domain, a composite. */
  | { readonly kind: 'named'; readonly schema: string | null; readonly name: string; readonly args: readonly string[]; readonly dimensions: number }
  /** What could not be known, and why. Compares as *unknown* with everything. */
  | { readonly kind: 'unknown'; readonly reason: Message };

export interface Identity {
  readonly always: boolean;
  /** Only what was written or differs from PostgreSQL's default: `start`, `increment`, `minvalue`, `maxvalue`, `cache`, `cycle`. Values as text. */
  readonly options: Readonly<Record<string, string>>;
}

export interface Generated {
  readonly expression: Expression;
  /** STORED, or VIRTUAL (PostgreSQL 18). */
  readonly stored: boolean;
}

/** `name: null` in models means: not named there, and no naming convention applies. Objects of a database always have one. */
export interface Named {
  readonly name: string | null;
}

export interface PrimaryKey extends Named, Declared {
  readonly columns: readonly string[];
  readonly include: readonly string[];
  readonly deferrable: boolean;
  readonly initiallyDeferred: boolean;
  readonly comment: string | null;
}

export interface UniqueConstraint extends Named, Declared {
  readonly columns: readonly string[];
  readonly include: readonly string[];
  readonly nullsNotDistinct: boolean;
  readonly deferrable: boolean;
  readonly initiallyDeferred: boolean;
  readonly comment: string | null;
}

export type ReferentialAction = 'NO ACTION' | 'RESTRICT' | 'CASCADE' | 'SET NULL' | 'SET DEFAULT';

export interface ForeignKey extends Named, Declared {
  readonly columns: readonly string[];
  readonly references: QualifiedName & { readonly columns: readonly string[] };
  readonly onDelete: ReferentialAction;
  readonly onUpdate: ReferentialAction;
  readonly match: 'SIMPLE' | 'FULL' | 'PARTIAL';
  readonly deferrable: boolean;
  readonly initiallyDeferred: boolean;
  readonly notValid: boolean;
  readonly comment: string | null;
}

export interface CheckConstraint extends Named, Declared {
  readonly expression: Expression;
  /** The column that it is written inside of, where a script does so: `x integer CHECK (x > 0)`. It is the same constraint. */
  readonly inColumn?: string;
  readonly noInherit: boolean;
  readonly notValid: boolean;
  readonly comment: string | null;
}

export interface ExcludeConstraint extends Named, Declared {
  readonly method: string;
  readonly elements: readonly (IndexElement & { readonly operator: string })[];
  readonly where: Expression | null;
  readonly deferrable: boolean;
  readonly initiallyDeferred: boolean;
  readonly comment: string | null;
}

export interface Index extends Named, Declared {
  readonly unique: boolean;
  /** `btree`, `gin`, … */
  readonly method: string;
  readonly elements: readonly IndexElement[];
  readonly include: readonly string[];
  readonly where: Expression | null;
  readonly nullsNotDistinct: boolean;
  /** Storage parameters: `fillfactor` → `70`. */
  readonly options: Readonly<Record<string, string>>;
  readonly comment: string | null;
  /** False for an index that a failed CREATE INDEX CONCURRENTLY left behind. */
  readonly valid: boolean;
}

export interface IndexElement {
  /** Exactly one of `column` and `expression` is not null. */
  readonly column: string | null;
  readonly expression: Expression | null;
  readonly collation: string | null;
  /** The operator class where it is not the type's default. */
  readonly operatorClass: string | null;
  readonly descending: boolean;
  /** PostgreSQL's default is NULLS LAST ascending, NULLS FIRST descending; this is the outcome, not the words written. */
  readonly nullsFirst: boolean;
}

/** What hangs on a table's columns, so that PostgreSQL refuses to change their type under it. */
export interface Policy {
  readonly name: string;
  /** The whole statement that makes it again. */
  readonly definition: string;
  /** What goes when it is dropped, as statements: its comment, that a trigger is disabled. Absent: nothing. */
  readonly extras?: readonly string[];
  /** The columns of its table that it reads. */
  readonly columns: readonly string[];
  /** The columns of other tables that it reads. Absent: none. */
  readonly reads?: readonly (QualifiedName & { readonly column: string })[];
}

/** A trigger or a rule. */
export interface Trigger extends Policy {
  readonly kind: 'trigger' | 'rule';
}

export interface EnumType extends QualifiedName, Declared {
  readonly labels: readonly string[];
  readonly comment: string | null;
  readonly extension: string | null;
  /** What holds the type itself and does not follow when its columns go over to another: `function priority(job_status)`, in PostgreSQL's words. Absent: nothing, or not known. */
  readonly heldBy?: readonly string[];
}

export interface Sequence extends QualifiedName, Declared {
  readonly type: string;
  readonly options: Readonly<Record<string, string>>;
  /** The column that owns it (`serial`, identity, OWNED BY). */
  readonly ownedBy: (QualifiedName & { readonly column: string }) | null;
  readonly extension: string | null;
}

export interface View extends QualifiedName {
  readonly materialized: boolean;
  /** The whole statement that makes it again, without a trailing semicolon. */
  readonly definition: string;
  /** The names of its own columns; absent where they are not known (a history whose query takes all of what it does not know). */
  readonly columns?: readonly string[];
  /** The columns it reads, as `pg_depend` has them. */
  readonly dependsOn: readonly (QualifiedName & { readonly column: string | null })[];
  /** Of a materialized view that has some: they go with it when it is dropped. */
  readonly indexes?: readonly Index[];
  /** What else goes when it is dropped, as statements: rights, its columns' comments and defaults, triggers, rules, its owner. */
  readonly extras?: readonly string[];
  readonly comment: string | null;
  readonly extension: string | null;
}

/** The outcome of holding two things against each other. `unknown` is never silently taken for one of the others. */
export type Comparison =
  | { readonly outcome: 'same' }
  | { readonly outcome: 'different' }
  | { readonly outcome: 'unknown'; readonly reason: Message };

export const emptySchema: Schema = {
  defaultSchema: 'public',
  tables: [],
  enums: [],
  sequences: [],
  views: [],
  extensions: [],
  unknown: [],
};

/** `auth.users`, `domain`: for messages and as a key in maps. */
export function displayName(object: QualifiedName): string {
  return object.schema === null ? object.name : `${object.schema}.${object.name}`;
}

export function sameName(a: QualifiedName, b: QualifiedName): boolean {
  return a.name === b.name && a.schema === b.schema;
}

export function findColumn(table: Table, name: string): Column | undefined {
  return table.columns.find((column) => column.name === name);
}

export function findEnum(schema: Schema, name: QualifiedName): EnumType | undefined {
  return schema.enums.find((type) => sameName(type, name));
}

/** What reading a schema could not settle goes along with it. */
export interface ReadSchema {
  readonly schema: Schema;
  readonly problems: readonly Problem[];
}
