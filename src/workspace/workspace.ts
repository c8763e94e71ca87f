/**
 * The files of a project, as the engine's callers see them: one port, an adapter for the disk (`disk.ts`), one for the
 * editor's open text over the disk (`editor/`). Paths are absolute with forward slashes.
 */
export interface Workspace {
  /** The text of a file (an editor's unsaved text wins); null when there is none or it cannot be read as UTF-8. */
  read(path: string): Promise<string | null>;
  exists(path: string): Promise<boolean>;
  /** The names in a folder, folders with a trailing slash, sorted; empty when there is none. */
  list(folder: string): Promise<readonly string[]>;
}
