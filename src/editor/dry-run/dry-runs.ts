import * as vscode from 'vscode';
import type { DryRun } from '../../engine/dry-run/dry-run';
import { dryRun } from '../../workspace/dry-run/dry-run';
import { startEmbeddedServer } from '../../workspace/dry-run/embedded';
import type { TrialServer } from '../../workspace/dry-run/trial';
import { toPath, toUri } from '../convert';
import { activeDatabase, type ReviewParts } from '../diagnostics/review-text';
import { readSettings } from '../settings';
import { createDryRunMarks } from './marks';

/** What dry runs told of drafts, for the very text that they tried. */
export interface DryRuns extends vscode.Disposable {
  /** Tries the document's text as it is now, and shows on its lines what became of it. Null: it is neither a revision nor SQL. */
  run(document: vscode.TextDocument, signal: AbortSignal, report: (what: string) => void): Promise<DryRun | null>;
  /** Of exactly this text; null: none was made. */
  of(path: string, text: string): DryRun | null;
}

export function createDryRuns(parts: ReviewParts): DryRuns {
  const made = new Map<string, { readonly text: string; readonly run: DryRun }>();
  const marks = createDryRunMarks();
  return {
    run: async (document, signal, report) => {
      const path = toPath(document.uri);
      const text = document.getText();
      const run = await dryRun({ ...(await around(parts, path)), path, text, signal, report, start: (extensions): Promise<TrialServer> => startEmbeddedServer({ extensions, signal }) });
      signal.throwIfAborted();
      if (run === null) return null;
      made.set(path, { text, run });
      // Typed into meanwhile: it told of another text.
      if (document.getText() === text) marks.show(document, run);
      return run;
    },
    of: (path, text) => {
      const known = made.get(path);
      return known?.text === text ? known.run : null;
    },
    dispose: () => marks.dispose(),
  };
}

/** What a dry run needs to know of a draft's surroundings: the same that its review knows. */
async function around(parts: ReviewParts, path: string): Promise<Pick<Parameters<typeof dryRun>[0], 'workspace' | 'project' | 'database' | 'desired' | 'convention' | 'sql' | 'definitions' | 'postgresVersion'>> {
  await parts.projects.ready;
  const project = parts.projects.ofRevision(path);
  const migration = project === null ? parts.projects.ofMigration(path) : null;
  const home = project ?? migration?.supabase ?? null;
  const declared = project ?? migration?.models ?? null;
  const [sql, models, database] = await Promise.all([parts.sqlParser(), declared && parts.modelFiles.desired(declared), home && activeDatabase(parts, home)]);
  const postgresVersion = database?.serverVersion ?? readSettings(toUri(path)).postgresVersion;
  return {
    workspace: parts.workspace,
    project: project && { project: project.project, graph: project.history, kept: project.kept },
    database: database && { schema: database.schema, applied: database.applied },
    desired: models?.value ?? null,
    convention: project === null ? null : (models?.convention ?? null),
    sql,
    definitions: database === null ? [] : await database.definitions(),
    ...(postgresVersion === null ? {} : { postgresVersion }),
  };
}
