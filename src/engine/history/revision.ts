import type { Place } from '../text/text';
import type { Operation } from '../operations/operation';

/** One file of the history, as far as its head tells: cheap to read for a thousand files. */
export interface RevisionFile {
  readonly path: string;
  readonly id: string;
  /** Ids (or unique prefixes, or `label@head` as written) this stands on; empty: a base. */
  readonly downRevisions: readonly string[];
  readonly branchLabels: readonly string[];
  readonly dependsOn: readonly string[];
  /** The first line of the docstring. */
  readonly message: string;
  /** The `Create Date:` line as written; null if there is none. */
  readonly createDate: string | null;
  /** Where `revision = …` and `down_revision = …` stand, and the functions. */
  readonly places: {
    readonly revision: Place | null;
    readonly downRevision: Place | null;
    readonly upgrade: Place | null;
    readonly downgrade: Place | null;
  };
}

/** A revision with its operations read. */
export interface Revision extends RevisionFile {
  readonly upgrade: readonly Operation[];
  readonly downgrade: readonly Operation[];
}
