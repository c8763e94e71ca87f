import type * as vscode from 'vscode';
import type { SqlParser } from '../engine/sql/parser';
import type { Connections } from './connections';
import type { Databases } from './databases';
import type { ReviewText } from './diagnostics/review-text';
import type { Reviews } from './diagnostics/reviews';
import type { EditorWorkspace } from './files';
import type { KeptDatabases } from './kept-databases';
import type { Log } from './log';
import type { ModelFiles } from './model-files';
import type { Projects } from './project';

export interface LastGeneration {
  /** Null: all models. */
  readonly modelFiles: readonly string[] | null;
  /** A connection's id; null: the history. */
  readonly connection: string | null;
}

/** What commands work with: built once in `extension.ts`. */
export interface Parts {
  readonly extensionUri: vscode.Uri;
  /** `publisher.name` */
  readonly extensionId: string;
  readonly log: Log;
  readonly workspace: EditorWorkspace;
  readonly projects: Projects;
  readonly connections: Connections;
  readonly databases: Databases;
  readonly keptDatabases: KeptDatabases;
  readonly modelFiles: ModelFiles;
  /** By the project's id, what the last migration was generated from: most likely the next one will be, too. */
  readonly lastGenerations: Map<string, LastGeneration>;
  readonly reviews: Reviews;
  readonly reviewText: ReviewText;
  /** PostgreSQL's parser, loaded when first needed. */
  readonly sqlParser: () => Promise<SqlParser>;
}
