import { readVersions } from '../database/versions';
import { parentFolder, resolvePath } from '../engine/project/paths';
import type { Project } from '../engine/project/project';
import { isProject } from '../engine/project/read-project';
import { formatMessage } from '../engine/text/problem';
import { autogenerateByAlembic } from '../runner/autogenerate';
import { explainStanding, readDraftToCompare, standingBefore } from '../workspace/compare';
import { disk, toWorkspacePath } from '../workspace/disk';
import { findProject } from '../workspace/find-project';
import type { CompareCommand } from './command';
import { versionTableOf, withDatabase } from './database';
import { CommandFailure, exitCodes, unavailable, usage } from './failure';
import type { Io } from './io';
import { printJson } from './output';
import { requireProject } from './project';
import { requirePython, runnerFailure } from './python';

/** `compare DRAFT`: what Alembic's own autogenerate would have written in the draft's place. Writes nothing. */
export async function compare(command: CompareCommand, io: Io): Promise<number> {
  const path = resolvePath(toWorkspacePath(io.cwd), command.path);
  const text = await disk.read(path);
  if (text === null) throw unavailable(`${command.path} does not exist, or is no UTF-8 text.`);
  const project = await projectOf(command, io, path);
  const reading = await readDraftToCompare(disk, project, path, text);
  if ('reason' in reading) throw new CommandFailure(exitCodes.errors, reading.reason);
  const python = await requirePython(io, command, project);

  return withDatabase(io, command, async (database) => {
    if (database === null) throw usage('Alembic compares with a database: name it with --database, or set DATABASE_URL.', 'compare');
    const { applied, problems } = await database.use((open) => readVersions(open, versionTableOf(project)));
    const [obstacle] = problems;
    if (obstacle !== undefined) throw unavailable(obstacle.message);
    const standing = standingBefore(reading, applied);
    const { draft: revision, leaveOut } = reading;
    const texts = await database.use((open) =>
      autogenerateByAlembic({ project, python, database: open, password: database.password, revision, path, leaveOut }).catch((error: unknown) => {
        throw runnerFailure(error);
      }),
    );

    const remark = explainStanding(standing, database.name);
    if (command.json) await printJson(io, disk, { path, database: { name: database.name, applied, standing }, alembic: texts, draft: text });
    else {
      io.out(texts.join('\n'));
      if (texts.length === 0) io.err('Alembic would have written no revision: the project’s process_revision_directives takes it away.\n');
      if (remark !== null) io.err(`${formatMessage(remark)}\n`);
    }
    return exitCodes.ok;
  });
}

/** The project named by the options, else the one around the draft, else around the folder where the command runs. */
async function projectOf(command: CompareCommand, io: Io, path: string): Promise<Project> {
  if (command.config === null && command.name === null) {
    const around = await findProject(disk, parentFolder(path));
    if (isProject(around)) return around;
  }
  return requireProject(disk, io, command);
}
