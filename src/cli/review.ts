import { readSchema } from '../database/read-schema';
import { readVersions } from '../database/versions';
import type { RevisionGraph } from '../engine/history/graph';
import { parentFolder, resolvePath } from '../engine/project/paths';
import type { Project } from '../engine/project/project';
import { isProject } from '../engine/project/read-project';
import type { Diagnostic } from '../engine/rules/rule';
import type { Schema } from '../engine/schema/schema';
import { formatMessage } from '../engine/text/problem';
import type { Problem } from '../engine/text/problem';
import { disk, toWorkspacePath } from '../workspace/disk';
import { findProject } from '../workspace/find-project';
import { loadHistory } from '../workspace/load-history';
import { findModelFiles, loadModels, type LoadedModels } from '../workspace/load-models';
import { newReplayCache } from '../workspace/load-replay';
import type { ReplayCache } from '../workspace/load-replay';
import { loadSqlParser } from '../workspace/load-sql-parser';
import { reviewFile } from '../workspace/review-file';
import type { ReviewCommand } from './arguments';
import { versionTableOf, withDatabase } from './database';
import type { OpenDatabase } from './database';
import { exitCodes, unavailable } from './failure';
import type { Io } from './io';
import { hasErrors, lineIndexes, printJson, printProblems, whereIs } from './output';
import { requireProject } from './project';

/** `review FILE…`: what is wrong with each draft on the schema that it will meet. */
export async function review(command: ReviewCommand, io: Io): Promise<number> {
  const findings: Diagnostic[] = [];
  const notReviewed: Problem[] = [];
  await withDatabase(io, command, async (database) => {
    const environments = new Map<string, Promise<Environment | null>>();
    for (const written of command.paths) {
      const path = resolvePath(toWorkspacePath(io.cwd), written);
      const text = await disk.read(path);
      if (text === null) throw unavailable(`${written} does not exist, or is no UTF-8 text.`);
      const environment = await environmentOf(command, io, path, database, environments);
      const result = await reviewFile({
        workspace: disk,
        project: environment,
        path,
        text,
        database: environment?.database ?? null,
        desired: environment?.models?.value ?? null,
        convention: environment?.models?.convention ?? null,
        sql: await loadSqlParser(),
        ...(environment && { cache: environment.cache }),
      });
      if (result === null) throw unavailable(`${written} is no Alembic revision: it sets no \`revision\` and \`down_revision\`.`);
      findings.push(...result.diagnostics);
      notReviewed.push(...result.notReviewed);
    }
  });
  if (command.json) await printJson(io, disk, { findings: findings.map(findingJson), notReviewed });
  else await printFindings(io, findings, notReviewed);
  // A draft that can't be read at all has no findings, and is not fine.
  return findings.some((finding) => finding.severity === 'error') || hasErrors(notReviewed) ? exitCodes.errors : exitCodes.ok;
}

/** Everything around a draft, read once for all drafts of one project. */
interface Environment {
  readonly project: Project;
  readonly graph: RevisionGraph;
  readonly database: { readonly schema: Schema; readonly applied: readonly string[] } | null;
  readonly models: LoadedModels | null;
  readonly cache: ReplayCache;
}

/** The project named by the options, or that of the folder the file lies in. */
async function environmentOf(command: ReviewCommand, io: Io, path: string, database: OpenDatabase | null, known: Map<string, Promise<Environment | null>>): Promise<Environment | null> {
  const named = command.config !== null || command.name !== null;
  const found = named ? await requireProject(disk, io, command) : await projectAround(path);
  if (found === null) return null;
  const key = `${found.configPath}#${found.section}`;
  const environment = known.get(key) ?? openEnvironment(found, database);
  known.set(key, environment);
  return environment;
}

async function projectAround(path: string): Promise<Project | null> {
  const found = await findProject(disk, parentFolder(path));
  return isProject(found) ? found : null;
}

async function openEnvironment(project: Project, database: OpenDatabase | null): Promise<Environment> {
  const [{ value: graph }, models] = await Promise.all([loadHistory(disk, project), wholeModels(project)]);
  const versionTable = versionTableOf(project);
  const connected = database && {
    schema: (await database.use((open) => readSchema(open, { versionTable }))).schema,
    applied: (await database.use((open) => readVersions(open, versionTable))).applied,
  };
  return { project, graph, database: connected, models, cache: newReplayCache() };
}

/** Null where the models can't be read whole: half of them would be taken for all. */
async function wholeModels(project: Project): Promise<LoadedModels | null> {
  const { files, roots } = await findModelFiles(disk, project);
  if (files.length === 0) return null;
  const models = await loadModels(disk, { entries: files, roots });
  return hasErrors(models.problems) ? null : models;
}

function findingJson({ rule, severity, message, at, fixes, related = [], data = {} }: Diagnostic): unknown {
  return {
    rule,
    severity,
    message,
    ...at,
    ...data,
    fixes: fixes.map(({ title, safety, edits }) => ({ title, safety, edits: edits.map((edit) => ({ path: at.path, ...edit })) })),
    related: related.map((other) => ({ ...other.at, message: other.message })),
  };
}

async function printFindings(io: Io, findings: readonly Diagnostic[], notReviewed: readonly Problem[]): Promise<void> {
  const lines = await lineIndexes(disk, findings);
  for (const { rule, severity, message, at, fixes } of findings) {
    io.out(`${whereIs(io, at, lines)}: ${severity}: ${formatMessage(message)} [${rule}]\n`);
    for (const fix of fixes) io.out(`  fix: ${fix.title}\n`);
  }
  await printProblems(io, disk, notReviewed);
  const counted = `${findings.length} ${findings.length === 1 ? 'finding' : 'findings'}`;
  io.err(notReviewed.length === 0 ? `${counted}.\n` : `${counted}; ${notReviewed.length} not reviewed.\n`);
}
