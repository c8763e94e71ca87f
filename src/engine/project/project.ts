import type { Message, Problem } from '../text/problem';
import type { SupabaseProject } from './supabase';

/** An Alembic environment as its configuration describes it, found without running any Python. Paths are absolute, with forward slashes. */
export interface Project {
  /** The folder of alembic.ini or pyproject.toml; with Flask-Migrate, whose alembic.ini lies among the scripts, the folder above it. */
  readonly root: string;
  /** The file that configures it: alembic.ini or pyproject.toml. */
  readonly configPath: string;
  /** `alembic`, or the named section of an ini file with several. */
  readonly section: string;
  /** The folder from which Alembic is run, so that relative paths lead where they should; normally `root`. */
  readonly runsIn?: string;
  readonly scriptLocation: string;
  /** The folders that hold revisions; new ones go into the first unless a branch lives elsewhere. */
  readonly versionLocations: readonly string[];
  /** Revisions lie in subfolders too. */
  readonly recursiveVersionLocations?: boolean;
  /** `prepend_sys_path`, resolved: where absolute imports of models start. */
  readonly sysPath: readonly string[];
  /** As in alembic.ini, `%%` already turned to `%`; null: Alembic's default `%(rev)s_%(slug)s`. */
  readonly fileTemplate: string | null;
  readonly truncateSlugLength: number;
  /** An IANA name, `UTC`, or null for local time. */
  readonly timezone: string | null;
  /** `sqlalchemy.url`, if it is written there. May hold a password: never log it. */
  readonly url: string | null;
  readonly outputEncoding: string;
  /**
   * The options of its section, as `config.get_main_option` gives them to scripts; null: env.py sets it. Absent where no ini file
   * configures it. A program that runs Alembic by its API may set others. May hold a password: never log it.
   */
  readonly mainOptions?: ReadonlyMap<string, string | null>;
  /** Names of the `post_write_hooks` that Alembic would run on a new file (`black`, `ruff`). */
  readonly postWriteHooks?: readonly string[];
  readonly env: EnvFile;
  /** The Supabase project that it lies in, or beside; a migration can be written in either form then. */
  readonly supabase?: SupabaseProject;
  /** What in the configuration could not be read, or would be refused by Alembic. */
  readonly problems?: readonly Problem[];
}

/** What finding a project's models needs to know of it. */
export interface ModelHome {
  readonly root: string;
  readonly runsIn?: string;
  readonly sysPath: readonly string[];
  /** Folders that hold migrations, not models. */
  readonly scriptLocation: string | null;
  readonly versionLocations: readonly string[];
  /** Says by its imports which models are the project's; null: nothing does. */
  readonly env: Pick<EnvFile, 'path' | 'targetMetadata'> | null;
}

/** What env.py says, read without running it; null where it does not say or it could not be known. */
export interface EnvFile {
  readonly path: string;
  readonly versionTable: string;
  readonly versionTableSchema: string | null;
  readonly includeSchemas: boolean;
  readonly compareType: boolean;
  readonly compareServerDefault: boolean;
  readonly transactionPerMigration: boolean;
  /** It filters objects (`include_object`, `include_name`): drops may be filtered by it. */
  readonly filtersObjects: boolean;
  /** Modules whose metadata it uses as `target_metadata`, as imported: `app.db.base`. */
  readonly targetMetadata: readonly string[];
  /** Options of alembic.ini that it sets by itself (`config.set_main_option(…)`); null: any may be. */
  readonly setsOptions?: readonly string[] | null;
}

/** No usable project, and what to do about it. */
export interface NoProject {
  readonly reason: Message;
}
