import type { AnswerOf, FactQuestion } from '../facts';
import type { RevisionGraph } from '../history/graph';
import type { RevisionFile } from '../history/revision';
import type { DraftEditing, NewFile } from '../operations/draft-editing';
import type { OperationCallName, ScriptNames } from '../operations/draft/script-names';
import type { Step } from '../operations/transactions';
import type { QualifiedName, Schema } from '../schema/schema';
import type { Edited } from './support/edited';
import type { OldName, Uses } from './support/uses';
import type { Message } from '../text/problem';
import type { Place, TextEdit } from '../text/text';

/**
 * A check of drafts. Its name is its file's name, its page `docs/rules/<name>.md`, its test folder
 * `test/rules/<name>/`, its setting's key and its diagnostics' code; a test holds these together.
 */
export interface Rule {
  readonly meta: RuleMeta;
  check(pass: Pass): Iterable<Finding>;
  /** Of a rule about models and not about drafts: its places are in the models' files. */
  checkModels?(pass: ModelsPass): Iterable<Finding>;
}

/** What a rule about models sees. */
export interface ModelsPass {
  /** The schema behind the last revision. */
  readonly current: Schema;
  readonly desired: Schema;
  /** env.py has `compare_server_default`. */
  readonly comparesServerDefaults: boolean;
}

export interface RuleMeta {
  /** One sentence for lists and settings. */
  readonly title: string;
  readonly severity: Severity;
  /** It is about Alembic's scripts alone: SQL has no such thing. */
  readonly ofScripts?: true;
  /** It speaks only where the settings give it a severity. */
  readonly offByDefault?: true;
  /** What PostgreSQL answers where the rule is right and the draft is run all the same (SQLSTATE); absent: it runs. */
  readonly sqlstates?: readonly string[];
  /** Rules that say more of the same: what they found on a statement, this one need not say again there. */
  readonly yieldsTo?: readonly string[];
}

export type { Step };

export type Severity = 'error' | 'warning' | 'info' | 'hint';

/** What a rule sees: operations and schemas, never text. */
export interface Pass {
  /** A script of Alembic's, or a file of SQL, which has no downgrade and stands in one transaction. What is said of them may differ; fixes go by `editing`. */
  readonly form: 'alembic' | 'sql';
  readonly upgrade: readonly Step[];
  readonly downgrade: readonly Step[];
  /** The schema the upgrade starts from, and the one it leads to. */
  readonly before: Schema;
  readonly after: Schema;
  /** What the models ask for, when known. */
  readonly desired: Schema | null;
  /** The draft's head: what it is called and what it stands on. Null: it has none that can be read. */
  readonly file: RevisionFile | null;
  /** What of the draft can be pointed at though it is no operation. */
  readonly marks: Marks;
  /** The downgrade raises, or there is none: that the way back is closed is a decision. */
  readonly downgradeRaises: boolean;
  /** All revisions of the project, this one as it reads now; null: it belongs to none. */
  readonly history: RevisionGraph | null;
  /** What is wrong with the script as Python, whatever it does. */
  readonly script: ScriptNames;
  readonly editing: DraftEditing;
  /** What the rows of the connected database say, under the names from before the draft (`support/origin.ts`); null where it is not known, or not yet. */
  readonly ask: Ask;
  /** What another rule finds, for those that speak only where it is silent. */
  readonly findingsOf: (rule: Rule) => readonly Finding[];
  /** Where the project writes down which changes of keys are meant; null: the settings name no such document. */
  readonly changeDocument: ChangeDocument | null;
  /** Where the workspace's files still use a name; null where they are not searched, or not yet. */
  readonly usesOf: (name: OldName) => Uses | null;
  /** The script as others have it who may have run it; null: nobody has, or it is the same text. */
  readonly published: Published | null;
  readonly settings: RuleSettings;
}

/** The names of the functions, and the values of `revision` and `down_revision`; null: not written there. */
export type Marks = Readonly<Record<'upgrade' | 'downgrade' | 'revision' | 'down_revision', Place | null>>;

export interface Published {
  /** As a sentence names it: `origin/main`, `the database`. */
  readonly where: string;
  readonly text: string;
  /** Between the two upgrades; worked out when it is asked for. */
  edited(): Edited;
}

export interface ChangeDocument {
  /** As the settings write it. */
  readonly name: string;
  readonly path: string;
  /** Null: it cannot be read. */
  readonly text: string | null;
}

export type Ask = <Q extends FactQuestion>(question: Q) => AnswerOf<Q['kind']> | null;

export interface RuleSettings {
  /** PostgreSQL's major version where the draft will run. */
  readonly postgresVersion: number;
  /** Rows from which on a table must stay in use while it is changed. */
  readonly largeTableRows: number;
  /** Where Alembic keeps what has been applied. */
  readonly versionTable: QualifiedName;
}

/** What a rule reports. `severity` overrides the rule's own where the evidence asks for it. */
export interface Finding {
  readonly message: Message;
  readonly at: Place;
  readonly severity?: Severity;
  readonly related?: readonly { readonly at: Place; readonly message: Message }[];
  /** A function where they are work: nobody may ever ask for them. It asks the rows nothing. */
  readonly fixes: readonly Fix[] | (() => readonly Fix[]);
  /** What an editor may open to help a person decide. */
  readonly actions?: readonly Action[];
  /** Stable machine-readable facts for the JSON of the command line: `{ table, from, to }` for a rename. */
  readonly data?: Readonly<Record<string, string>>;
}

export interface Fix {
  /** As a button says it: starts with a verb. */
  readonly title: string;
  readonly edits: readonly TextEdit[];
  /** Files that it makes besides; absent: none. What the edits take out of the draft may stand in them. */
  readonly files?: readonly NewFile[];
  /** `safe`: cannot lose data or change what was meant; `review`: a person should look at it. */
  readonly safety: 'safe' | 'review';
}

/** What helps and is no edit. `compare`: the draft beside another text of it; `generate`: a migration of the model file; `merge`: the revision that joins the heads. */
export type Action = { readonly kind: 'compare'; readonly title: string; readonly where: string; readonly text: string } | { readonly kind: 'generate' | 'merge'; readonly title: string };

/** A finding with its rule's name and final severity, as the editor and the command line show it. */
export interface Diagnostic extends Omit<Finding, 'severity' | 'fixes'> {
  /** Worked out when it is first read. */
  readonly fixes: readonly Fix[];
  readonly rule: string;
  readonly severity: Severity;
}

/** A call of `op.something` as it is written. */
export type ScriptCall = OperationCallName;
