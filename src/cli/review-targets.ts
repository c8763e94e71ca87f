import { realpath } from 'node:fs/promises';
import { resolvePath } from '../engine/project/paths';
import { disk, toWorkspacePath } from '../workspace/disk';
import { changedSince } from '../workspace/git';
import { loadHistory } from '../workspace/load-history';
import type { ReviewCommand } from './arguments';
import { unavailable } from './failure';
import type { Io } from './io';
import { requireProject } from './project';

/** The files to review, as paths: those that are named, all revisions of the project, or those of them that changed. */
export async function reviewTargets(command: ReviewCommand, io: Io): Promise<readonly string[]> {
  if (command.paths.length > 0) return command.paths.map((written) => resolvePath(toWorkspacePath(io.cwd), written));
  const project = await requireProject(disk, io, command);
  const { value: graph } = await loadHistory(disk, project);
  const revisions = [...graph.nodes.values()].map(({ file }) => file.path).sort();
  if (command.changedSince === null) return revisions;
  const changed: string[] = [];
  for (const folder of project.versionLocations) {
    const found = (await disk.exists(folder)) ? await changedSince(folder, command.changedSince) : [];
    if (found === null) throw unavailable(`git can’t tell what changed since ${command.changedSince}: it does not know it, or has no common commit with it. In a shallow clone, fetch its history (fetch-depth: 0).`);
    changed.push(...found);
  }
  // git names files as the disk has them, behind links.
  const real = new Set(changed);
  const isChanged = await Promise.all(revisions.map(async (path) => real.has(path) || real.has(toWorkspacePath(await realpath(path)))));
  return revisions.filter((_, index) => isChanged[index]);
}
