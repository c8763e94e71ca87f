import * as vscode from 'vscode';
import { displayTarget } from '../../database/connection-target';
import { readSchema } from '../../database/read-schema';
import { readApplied } from '../../database/versions';
import type { Schema } from '../../engine/schema/schema';
import { formatMessage } from '../../engine/text/problem';
import { renderVerification } from '../../engine/verify/markdown';
import type { Verification } from '../../engine/verify/verification';
import { differs } from '../../engine/verify/verify';
import { verdict } from '../../engine/verify/words';
import { verifyDatabase as verify } from '../../workspace/verify';
import type { Connection } from '../connection-setting';
import { toUri } from '../convert';
import type { DatabaseDocuments } from '../database-documents';
import { projectOf, supabaseOf, versionTableOf } from '../databases';
import { firstAnswers } from '../generation/request';
import type { Parts } from '../parts';
import { UserProblem, withProgress } from './command';
import { connectionToRead, readDatabase } from './read-database';

/** *Verify Database Against Models*: the database held against the models as they are typed, and against the revisions that it has applied, as a page to read. */
export async function verifyDatabase(parts: Parts, id?: string): Promise<void> {
  const connection = await connectionToRead(parts, id, 'Verify Database Against Models');
  const verified = await withProgress(`Verifying ${connection.name}`, (signal, report) => verifyConnection(parts, connection, signal, report));
  await showVerification(parts.databaseDocuments, connection, verified);
}

export interface ConnectionVerification {
  /** The page to read. `headline`: what is said first instead of the verdict. */
  readonly page: (headline?: string) => string;
  readonly differs: boolean;
  /** `The database is as it should be.` */
  readonly verdict: string;
  readonly verification: Verification;
  /** As its catalog has it. */
  readonly schema: Schema;
}

export async function showVerification(documents: DatabaseDocuments, { name }: Connection, { page }: ConnectionVerification, headline?: string): Promise<void> {
  await vscode.commands.executeCommand('markdown.showPreview', documents.show(name, `${name} verified.md`, page(headline)));
}

/** Reads the database, the models as they are typed, and the revisions, and holds the first against both. */
export async function verifyConnection(parts: Parts, connection: Connection, signal: AbortSignal, report: (message: string) => void): Promise<ConnectionVerification> {
  const project = projectOf(parts.projects, connection);
  const home = project ?? supabaseOf(parts.projects, connection);
  if (home === null) throw new UserProblem(`No project with models or migrations is open that ${connection.name} could be held against.`);
  report('Reading the database…');
  const read = await readDatabase(parts, connection, signal, async (database) => {
    const versionTable = versionTableOf(project);
    const reading = await readSchema(database, { versionTable });
    return { reading, versions: await readApplied(database, project === null ? 'supabase' : 'alembic', versionTable), target: displayTarget(database.target) };
  });
  report('Reading models and revisions…');
  const { applied, present, problems: obstacles } = read.versions;
  const { verification, remarks, problems } = await verify({
    workspace: parts.workspace,
    home: home.project,
    database: read.reading.schema,
    versions: { applied, present, problem: obstacles[0]?.message ?? null },
    against: ['models', 'history'],
    keeps: firstAnswers(toUri(home.project.root)).tableDrops.map(({ table }) => table),
    modelCache: parts.modelFiles.cache(home),
    ...(project !== null && { kept: project.kept, historyCache: project.historyCache }),
  });
  signal.throwIfAborted();
  const unread = [...read.reading.problems, ...problems].map(({ message }) => formatMessage(message));
  const isDifferent = differs(verification);
  return {
    page: (headline) => renderVerification(verification, { ...(headline !== undefined && { headline }), database: `${connection.name}: ${read.target}`, server: `PostgreSQL ${read.reading.server.version}`, remarks: [...remarks.map(formatMessage), ...new Set(unread)] }),
    differs: isDifferent,
    verdict: verdict(verification, isDifferent),
    verification,
    schema: read.reading.schema,
  };
}
