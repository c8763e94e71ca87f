import type { Operation } from '../operations/operation';
import type { MigrationForm } from '../project/supabase';
import type { Diagnostic } from '../rules/rule';
import type { Schema } from '../schema/schema';
import type { Message, Problem } from '../text/problem';
import type { VerifiedSide } from '../verify/verification';
import type { DeployStep } from './deploy/deploy-steps';
import type { RunEvidence } from './run-evidence';

/** All that a checklist is made of: gathered by whoever can read files, git and databases. */
export interface ChecklistFacts {
  readonly form: MigrationForm;
  readonly project: ProjectFacts;
  readonly git: GitFacts;
  readonly models: ModelFacts;
  /** Null: it is still to be generated. */
  readonly draft: DraftFacts | null;
  /** Of this project, in the order of the list. */
  readonly databases: readonly DatabaseFacts[];
  /** What was done with the draft's very text. */
  readonly runs: readonly RunEvidence[];
  /** Null: not looked for yet. */
  readonly deploy: readonly DeployStep[] | null;
}

export interface ProjectFacts {
  /** As the view calls it. */
  readonly name: string;
  /** alembic.ini, pyproject.toml or config.toml; null: there is none. */
  readonly configPath: string | null;
  /** Where revisions lie, as a person calls it. */
  readonly migrations: string;
  /** What is wrong with the configuration. */
  readonly problems: readonly Problem[];
  /** Heads that nothing brings together. */
  readonly openHeads: readonly string[];
  /** `alembic_version`, or `schema_migrations`. */
  readonly versionTable: string;
}

/** `none`: no repository, or no git; `untrusted`: it is not asked. */
export type GitFacts = { readonly kind: 'none' | 'untrusted' | 'unread' } | GitRepository;

export interface GitRepository {
  readonly kind: 'repository';
  /** Null: HEAD is detached. */
  readonly branch: string | null;
  /** The branch that everybody works from: `main`; null: not known. */
  readonly mainBranch: string | null;
  /** Nothing is committed yet. */
  readonly isUnborn: boolean;
  /** What is under way. */
  readonly operation: 'merge' | 'rebase' | 'cherry-pick' | 'revert' | 'bisect' | null;
  /** Files that are not as the last commit has them. */
  readonly changes: readonly GitChange[];
}

export interface GitChange {
  /** Absolute, with forward slashes; a folder that is new as a whole ends in `/`. */
  readonly path: string;
  /** What git's index has of it against the last commit. */
  readonly staged: 'added' | 'modified' | 'deleted' | 'renamed' | null;
  /** What the file has against the index. */
  readonly unstaged: 'untracked' | 'modified' | 'deleted' | null;
  readonly isConflict: boolean;
}

/** What the models need that no migration does. */
export type ModelFacts =
  | { readonly kind: 'unread' | 'none' | 'same' }
  | { readonly kind: 'unreadable'; readonly reason: Message }
  | { readonly kind: 'changed'; readonly operations: readonly Operation[]; readonly desired: Schema };

export interface DraftFacts {
  readonly id: string;
  /** Its message, or the file's name. */
  readonly name: string;
  readonly path: string;
  /** Nothing stands on it. */
  readonly isHead: boolean;
  /** Ids that it stands on and that the files have. */
  readonly parents: readonly string[];
  /** Null: the review is under way. */
  readonly review: ReviewFacts | null;
  /** Revisions that it stands on and that are not committed either: a large table's second revision has a first one. */
  readonly earlier: readonly string[];
  /** Model files that were changed and declare what it changes. */
  readonly causes: readonly string[];
}

export interface ReviewFacts {
  readonly upgrade: readonly Operation[];
  readonly before: Schema;
  readonly after: Schema;
  /** What the models ask for; null: not known, or the draft is not the last. */
  readonly desired: Schema | null;
  readonly findings: readonly Pick<Diagnostic, 'rule' | 'severity' | 'message' | 'at' | 'fixes'>[];
  readonly notReviewed: readonly Problem[];
  /** The downgrade raises, or there is none. */
  readonly downgradeRaises: boolean;
}

export interface DatabaseFacts {
  /** The connection's id. */
  readonly id: string;
  readonly name: string;
  readonly environment: 'development' | 'staging' | 'production';
  readonly standing:
    | { readonly kind: 'read'; readonly applied: boolean; readonly pendingBefore: number; readonly versions: readonly string[]; readonly unknown: readonly string[] }
    | { readonly kind: 'unreadable'; readonly reason: string };
  /** The tables and types that the draft touches, held against what they should be; null: not looked at (yet). */
  readonly verified: { readonly against: VerifiedSide['against']; readonly objects: VerifiedSide['objects'] } | null;
}
