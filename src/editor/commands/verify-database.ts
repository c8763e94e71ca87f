import * as vscode from 'vscode';
import { displayTarget } from '../../database/connection-target';
import { readSchema } from '../../database/read-schema';
import { readApplied } from '../../database/versions';
import { formatMessage } from '../../engine/text/problem';
import { renderVerification } from '../../engine/verify/markdown';
import { verifyDatabase as verify } from '../../workspace/verify';
import { toUri } from '../convert';
import { projectOf, supabaseOf, versionTableOf } from '../databases';
import { firstAnswers } from '../generation/request';
import type { Parts } from '../parts';
import { UserProblem, withProgress } from './command';
import { connectionToRead, readDatabase } from './read-database';

/** *Verify Database Against Models*: the database held against the models as they are typed, and against the revisions that it has applied, as a page to read. */
export async function verifyDatabase(parts: Parts, id?: string): Promise<void> {
  const connection = await connectionToRead(parts, id, 'Verify Database Against Models');
  const project = projectOf(parts.projects, connection);
  const home = project ?? supabaseOf(parts.projects, connection);
  if (home === null) throw new UserProblem(`No project with models or migrations is open that ${connection.name} could be held against.`);
  const text = await withProgress(`Verifying ${connection.name}`, async (signal, report) => {
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
    return renderVerification(verification, { database: `${connection.name}: ${read.target}`, server: `PostgreSQL ${read.reading.server.version}`, remarks: [...remarks.map(formatMessage), ...new Set(unread)] });
  });
  const uri = parts.databaseDocuments.show(connection.name, `${connection.name} verified.md`, text);
  await vscode.commands.executeCommand('markdown.showPreview', uri);
}
