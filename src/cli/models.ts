import { isProject } from '../engine/project/read-project';
import { disk, toWorkspacePath } from '../workspace/disk';
import { findProject } from '../workspace/find-project';
import { importRoots, loadModels } from '../workspace/load-models';
import type { ModelsCommand } from './command';
import { exitCodes, unavailable } from './failure';
import type { Io } from './io';
import { hasErrors, printJson, printProblems } from './output';
import { schemaText } from './print-schema';
import { modelPaths } from './project';

/** `models PATH…`: what the files declare. A project is not needed; where there is one, its import paths hold. */
export async function models(command: ModelsCommand, io: Io): Promise<number> {
  const entries = await modelPaths(disk, io, command.paths);
  const folder = toWorkspacePath(io.cwd);
  const project = await findProject(disk, folder, { configPath: command.config, section: command.name });
  if (!isProject(project) && command.config !== null) throw unavailable(project.reason);
  const starts = isProject(project) ? [...project.sysPath, project.root, project.runsIn ?? project.root] : [folder];
  const { value: schema, problems } = await loadModels(disk, { entries, roots: await importRoots(disk, starts, entries) });
  if (command.json) await printJson(io, disk, { schema, problems });
  else {
    io.out(schemaText(schema));
    await printProblems(io, disk, problems);
  }
  return hasErrors(problems) ? exitCodes.errors : exitCodes.ok;
}
