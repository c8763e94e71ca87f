import { resolvePath } from '../engine/project/paths';
import { createDateAt } from '../workspace/create-date';
import { disk, toWorkspacePath } from '../workspace/disk';
import { loadHistory } from '../workspace/load-history';
import { emptyRevision, mergeableHeads, parentsOf } from '../workspace/new-revision';
import type { MergeCommand, RevisionCommand } from './command';
import { CommandFailure, exitCodes, unavailable } from './failure';
import type { Io } from './io';
import { hasErrors, printJson, printProblems, shortPath } from './output';
import { requireProject } from './project';
import { renderByAlembic } from './python';
import { newRevisionId, writeAll } from './write-revisions';

/** `revision` and `merge`: a revision without operations, the very file that Alembic's commands of these names would write. */
export async function newRevision(command: RevisionCommand | MergeCommand, io: Io): Promise<number> {
  const project = await requireProject(disk, io, command);
  const { value: graph, problems } = await loadHistory(disk, project);
  // Alembic could not load what would be written on a broken history.
  if (hasErrors(problems)) {
    await printProblems(io, disk, problems);
    throw new CommandFailure(exitCodes.errors, 'Nothing was written: mend the history first.');
  }
  const isMerge = command.verb === 'merge';
  if (isMerge && command.revisions.length === 1 && command.revisions[0] === 'heads') {
    const heads = mergeableHeads(graph);
    if ('reason' in heads) throw new CommandFailure(exitCodes.errors, heads.reason);
  }
  const parents = parentsOf(graph, isMerge ? command.revisions : [command.head], command.splice);
  if ('reason' in parents) throw unavailable(parents.reason);
  const id = command.revisionId ?? newRevisionId();
  if (graph.nodes.has(id)) throw unavailable(`There is a revision ${id} already.`);
  const createDate = createDateAt(new Date(), project.timezone);
  if ('reason' in createDate) throw new CommandFailure(exitCodes.errors, createDate.reason);
  const place = isMerge ? {} : { dependsOn: command.dependsOn, versionPath: command.versionPath === null ? null : resolvePath(toWorkspacePath(io.cwd), command.versionPath) };
  const draft = await emptyRevision(disk, project, graph, { message: command.message, id, parents, createDate, branchLabels: command.branchLabels, ...place }, renderByAlembic(io, command, project));
  const refused = hasErrors(draft.problems);
  if (!refused && !command.stdout) await writeAll([draft]);
  const path = refused || command.stdout ? null : draft.path;
  if (command.json) await printJson(io, disk, { outcome: refused ? 'refused' : 'written', id, parents, path, revision: draft.text, problems: draft.problems });
  else {
    if (!refused) io.out(path === null ? draft.text : `${shortPath(io, path)}\n`);
    await printProblems(io, disk, draft.problems);
    if (refused) io.err('Nothing was written.\n');
  }
  return refused ? exitCodes.errors : exitCodes.ok;
}
