import type { Drift } from '../../engine/verify/drift';
import type { EnumType } from '../../engine/schema/schema';
import type { EditedRevision } from '../../workspace/edited-revisions';
import type { GitRevision } from '../../workspace/git-place';

/** What is found out about a database in the background: plain data, for the tree. */
export interface DatabaseDetails {
  /** By revision id or version: where git has what no file here has. */
  readonly unknown: ReadonlyMap<string, UnknownState>;
  /** By path: revisions that are applied and were edited since. */
  readonly edited: ReadonlyMap<string, EditedRevision>;
  readonly insight: Insight;
}

export type UnknownState =
  | { readonly kind: 'searching' }
  | { readonly kind: 'found'; readonly revision: GitRevision; /** `on branch feature/x, commit …` */ readonly words: string }
  /** Git does not have it, but Supabase's CLI stored in the database what it ran. */
  | { readonly kind: 'stored' }
  /** `isWhole` false: not everything could be searched in time. */
  | { readonly kind: 'nowhere'; readonly isWhole: boolean }
  | { readonly kind: 'noRepository' };

/** What the catalog says of types and drift, once somebody opened the database in the view. */
export type Insight =
  | { readonly kind: 'unread' }
  | { readonly kind: 'reading' }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'read'; readonly enums: readonly EnumInsight[]; readonly drift: Drift };

export interface EnumInsight {
  /** As the database has it; null: only the models do. */
  readonly type: EnumType | null;
  /** As the models declare it; null: they don't, or there are none. */
  readonly model: EnumType | null;
  /** `loan.state`: columns of the database that hold its values. */
  readonly columns: readonly string[];
  /** Whether it is as the models have it; `coming`: pending revisions make it so. */
  readonly state: 'same' | 'different' | 'missing' | 'undeclared' | 'coming' | 'notCompared';
}

export const noDetails: DatabaseDetails = { unknown: new Map(), edited: new Map(), insight: { kind: 'unread' } };
