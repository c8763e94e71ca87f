import { parentFolder, resolvePath, baseName } from '../engine/project/paths';
import type { Project } from '../engine/project/project';
import { isProject } from '../engine/project/read-project';
import { locksOf, meaningOf, printScript, type Annotate } from '../engine/render/script-sql';
import type { LineIndex, Place } from '../engine/text/text';
import { disk, toWorkspacePath } from '../workspace/disk';
import { fileSql } from '../workspace/file-sql';
import { findProject } from '../workspace/find-project';
import { loadHistory } from '../workspace/load-history';
import { conventionOf } from '../workspace/load-models';
import { loadSqlParser } from '../workspace/load-sql-parser';
import { keptHistory } from './cache';
import type { SqlCommand } from './command';
import { exitCodes, unavailable } from './failure';
import type { Io } from './io';
import { hasErrors, lineIndexes, printJson, printProblems } from './output';
import { requireProject } from './project';

/** `sql FILE`: what `alembic upgrade --sql` prints for one revision; what is not understood is a comment there, and exit code 1. */
export async function sql(command: SqlCommand, io: Io): Promise<number> {
  const path = resolvePath(toWorkspacePath(io.cwd), command.path);
  const text = await disk.read(path);
  if (text === null) throw unavailable(`${command.path} does not exist, or is no UTF-8 text.`);
  const project = await projectOf(command, io, path);
  const kept = project === null ? null : keptHistory(io, command, project);
  const result = await fileSql({
    workspace: disk,
    project: project && { project, graph: (await loadHistory(disk, project, undefined, undefined, kept ?? undefined)).value, ...(kept && { kept }) },
    path,
    text,
    database: null,
    sql: await loadSqlParser(),
    convention: project && (await conventionOf(disk, project)),
    direction: command.downgrade ? 'downgrade' : 'upgrade',
    offline: true,
    ...(command.postgresVersion === null ? {} : { postgresVersion: command.postgresVersion }),
  });
  if (result === null) throw unavailable(`${command.path} is no Alembic revision: it sets no \`revision\` and \`down_revision\`.`);
  const { value: parts, problems } = result;
  if (command.json) await printJson(io, disk, { statements: parts.map((part) => (part.kind === 'statement' ? { kind: part.kind, sql: part.sql, ...part.at } : part)), problems });
  else {
    const lines = await lineIndexes(disk, parts);
    const annotations: readonly Annotate[] = [...(path.endsWith('.sql') ? [meaningOf] : []), ...(command.locks ? [locksOf] : [])];
    io.out(printScript(parts, (at) => lineOf(at, path, lines.get(at.path)), (part) => annotations.flatMap((annotate) => annotate(part))));
    await printProblems(io, disk, problems);
  }
  await kept?.save();
  const isWhole = parts.every((part) => part.kind !== 'gap' && (part.kind !== 'statement' || !path.endsWith('.sql') || part.steps.every(({ operation }) => operation.kind !== 'unknown')));
  return hasErrors(problems) || !isWhole ? exitCodes.errors : exitCodes.ok;
}

/** `line 12`, or `line 3 of helpers.py` where another file does it. */
function lineOf({ path, range }: Place, draft: string, lines: LineIndex | undefined): string {
  const line = `line ${(lines?.at(range.start).line ?? 0) + 1}`;
  return path === draft ? line : `${line} of ${baseName(path)}`;
}

async function projectOf(command: SqlCommand, io: Io, path: string): Promise<Project | null> {
  if (command.config !== null || command.name !== null) return requireProject(disk, io, command);
  const found = await findProject(disk, parentFolder(path));
  return isProject(found) ? found : null;
}
