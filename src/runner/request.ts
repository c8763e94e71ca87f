import type { Project } from '../engine/project/project';

/** What a revision's template is told; the same for Alembic's own text and for ours. */
export interface RevisionToRender {
  readonly id: string;
  /** Null: Alembic writes "empty message". */
  readonly message: string | null;
  readonly downRevisions: readonly string[];
  readonly branchLabels: readonly string[];
  readonly dependsOn: readonly string[];
  /** As `str(datetime)`; null: now. */
  readonly createDate: string | null;
}

export interface ScriptQuestion {
  readonly revision: RevisionToRender;
  readonly path: string;
  readonly leaveOut: readonly string[];
}

/** The part of a request that says which project, and which revision of it. */
export function scriptRequest({ configPath, section, scriptLocation }: Project, { revision, path, leaveOut }: ScriptQuestion): Readonly<Record<string, unknown>> {
  return { configPath, section, scriptLocation, revision, path, leaveOut };
}
