import { answerFacts } from '../database/facts';
import { readSchema } from '../database/read-schema';
import { readApplied, readVersions, readStoredStatements } from '../database/versions';
import type { RevisionGraph } from '../engine/history/graph';
import type { FactQuestion } from '../engine/facts';
import { parentFolder, resolvePath } from '../engine/project/paths';
import type { ModelHome, Project } from '../engine/project/project';
import { isProject } from '../engine/project/read-project';
import type { ReportedDraft } from '../engine/render/review-report';
import type { Diagnostic, Severity } from '../engine/rules/rule';
import type { Problem } from '../engine/text/problem';
import { toWorkspacePath } from '../workspace/disk';
import { findProject } from '../workspace/find-project';
import { findSupabase, supabaseModels } from '../workspace/find-supabase';
import { createKeptDisk } from '../workspace/kept-disk';
import { loadHistory } from '../workspace/load-history';
import { findModelFiles, loadModels, type LoadedModels } from '../workspace/load-models';
import { upstreamOf } from '../workspace/git';
import { eachFolderOnce } from '../workspace/published';
import { findUses } from '../workspace/find-uses';
import { newReplayCache } from '../workspace/load-replay';
import type { ReplayCache } from '../workspace/load-replay';
import { newSupabaseCache, type SupabaseCache } from '../workspace/load-supabase';
import { loadSqlParser } from '../workspace/load-sql-parser';
import { reportFile } from '../workspace/report-file';
import { reviewFile } from '../workspace/review-file';
import { reviewProjectModels } from '../workspace/review-models';
import { reviewSqlFile, rootOf } from '../workspace/review-sql-file';
import type { ConnectedDatabase } from '../workspace/connected-database';
import { readingOnce } from '../workspace/texts';
import type { Workspace } from '../workspace/workspace';
import type { ReviewCommand } from './command';
import { versionTableOf, withDatabase } from './database';
import type { OpenDatabase } from './database';
import { exitCodes, unavailable } from './failure';
import type { Io } from './io';
import { fingerprinted, readBaseline, writeBaseline } from './baseline';
import { hasErrors, shortPath } from './output';
import { requireProject } from './project';
import { printReview } from './review-formats';
import { reviewTargets } from './review-targets';

/** Revisions are read for the graph, and again for what they do; one run sees one state of them. */
let disk: Workspace = createKeptDisk();

/** `review`: what is wrong with each draft on the schema that it will meet. */
export async function review(command: ReviewCommand, io: Io): Promise<number> {
  disk = readingOnce(createKeptDisk());
  const findings: Diagnostic[] = [];
  const notReviewed: Problem[] = [];
  const reports: ReportedDraft[] = [];
  const targets = await reviewTargets(command, io);
  /** The model files to review; null: all of the project's. */
  const modelFiles = new Map<Environment, readonly string[] | null>();
  const against = await withDatabase(io, command, async (database) => {
    const upstream = eachFolderOnce(upstreamOf);
    const environments = new Map<string, Promise<Environment | null>>();
    const ofSql = new Map<string, Promise<SqlEnvironment>>();
    for (const path of targets) {
      const text = await disk.read(path);
      if (text === null) throw unavailable(`${shortPath(io, path)} does not exist, or is no UTF-8 text.`);
      if (path.endsWith('.sql')) {
        const { serverVersion, ...around } = await sqlEnvironmentOf(path, database, ofSql);
        const postgresVersion = serverVersion ?? command.postgresVersion;
        const sql = await loadSqlParser();
        const result = await reviewSqlFile({ workspace: disk, path, text, ...around, sql, severities: command.severities, changeDocument: command.changeDocument, uses: { known: new Map(), find: (names) => findUses(disk, { root: rootOf(path), versionLocations: [] }, names) }, ...(postgresVersion === null ? {} : { settings: { postgresVersion } }) });
        if (result === null) continue;
        findings.push(...result.diagnostics);
        notReviewed.push(...result.notReviewed);
        if (command.format === 'markdown') reports.push(await reportFile({ workspace: disk, project: null, database: null, path, text, sql, review: result, shown: shortPath(io, path), postgresVersion }));
        continue;
      }
      const environment = await environmentOf(command, io, path, database, environments);
      if (environment !== null && isModelFile(environment, path)) {
        modelFiles.set(environment, [...(modelFiles.get(environment) ?? []), path]);
        continue;
      }
      if (environment !== null && command.all && !modelFiles.has(environment)) modelFiles.set(environment, null);
      const postgresVersion = environment?.serverVersion ?? command.postgresVersion;
      const draft = {
        workspace: disk,
        project: environment,
        path,
        text,
        database: environment?.database ?? null,
        convention: environment?.models?.convention ?? null,
        sql: await loadSqlParser(),
        ...(environment && { cache: environment.cache }),
      };
      const result = await reviewFile({
        ...draft,
        desired: environment?.models?.value ?? null,
        severities: command.severities,
        changeDocument: command.changeDocument,
        upstream,
        ...(environment && { uses: { known: new Map(), find: (names) => findUses(disk, environment.project, names) } }),
        ...(postgresVersion === null ? {} : { settings: { postgresVersion } }),
      });
      if (result === null) throw unavailable(`${shortPath(io, path)} is no Alembic revision: it sets no \`revision\` and \`down_revision\`.`);
      findings.push(...result.diagnostics);
      notReviewed.push(...result.notReviewed);
      if (command.format === 'markdown') reports.push(await reportFile({ ...draft, review: result, shown: shortPath(io, path), postgresVersion }));
    }
    return database && database.use(({ server }) => Promise.resolve(`PostgreSQL ${Math.floor(server.versionNumber / 10_000)}, database ${server.database}`));
  });
  for (const [environment, paths] of modelFiles) {
    if (environment.models === null) continue;
    const found = await reviewProjectModels({ workspace: disk, project: environment, database: environment.database, models: environment.models, sql: await loadSqlParser(), severities: command.severities, cache: environment.cache });
    findings.push(...found.filter(({ at }) => paths === null || paths.includes(at.path)));
  }
  if (command.writeBaseline !== null) {
    await writeBaseline(resolvePath(toWorkspacePath(io.cwd), command.writeBaseline), io, findings);
    io.err(`${findings.length} ${findings.length === 1 ? 'finding' : 'findings'} written to ${command.writeBaseline}.\n`);
    return exitCodes.ok;
  }
  const known = command.baseline === null ? new Set<string>() : await readBaseline(resolvePath(toWorkspacePath(io.cwd), command.baseline));
  const fresh = fingerprinted(io, findings).flatMap(({ finding, id }) => (known.has(id) ? [] : [finding]));
  await printReview(command.format, io, { findings: fresh, notReviewed, drafts: targets.length, known: findings.length - fresh.length, reports, database: against });
  const fails = (severity: Severity): boolean => severity === 'error' || (severity === 'warning' && command.failOn === 'warning');
  // A draft that can't be read at all has no findings, and is not fine.
  return fresh.some((finding) => fails(finding.severity)) || hasErrors(notReviewed) ? exitCodes.errors : exitCodes.ok;
}

/** Everything around a draft, read once for all drafts of one project. */
interface Environment {
  readonly project: Project;
  readonly graph: RevisionGraph;
  readonly database: ConnectedDatabase | null;
  /** PostgreSQL's major version there. */
  readonly serverVersion: number | null;
  readonly models: LoadedModels | null;
  readonly cache: ReplayCache;
}

/** It declares tables and is none of the project's revisions. */
function isModelFile({ models, graph }: Environment, path: string): boolean {
  return (models?.tablesByPath.get(path) ?? []).length > 0 && !graph.files.some((file) => file.path === path);
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

/** Everything around a file of SQL, read once for all files of one folder. */
interface SqlEnvironment {
  readonly database: ConnectedDatabase | null;
  readonly serverVersion: number | null;
  readonly desired: LoadedModels['value'] | null;
  readonly sqlCache: SupabaseCache;
}

function sqlEnvironmentOf(path: string, database: OpenDatabase | null, known: Map<string, Promise<SqlEnvironment>>): Promise<SqlEnvironment> {
  const folder = parentFolder(path);
  const environment = known.get(folder) ?? openSqlEnvironment(folder, database);
  known.set(folder, environment);
  return environment;
}

async function openSqlEnvironment(folder: string, database: OpenDatabase | null): Promise<SqlEnvironment> {
  const connected = database && {
    schema: (await database.use((open) => readSchema(open))).schema,
    applied: (await database.use((open) => readApplied(open, 'supabase'))).applied,
    ran: (version: string) => database.use((open) => readStoredStatements(open, version)),
    answer: async (questions: readonly FactQuestion[]) => (await database.use((open) => answerFacts(open, questions))).facts,
  };
  const home = await modelsOfSql(folder);
  const models = home === null ? null : await wholeModels(home);
  return { database: connected, serverVersion: await serverVersionOf(database), desired: models?.value ?? null, sqlCache: newSupabaseCache() };
}

/** Models say what the last migration should lead to where migrations of Supabase's are all the history that there is. */
async function modelsOfSql(folder: string): Promise<ModelHome | null> {
  const supabase = await findSupabase(disk, folder);
  if (supabase?.migrationsFolder !== folder) return null;
  const alembic = await findProject(disk, folder);
  if (!isProject(alembic)) return supabaseModels(disk, supabase);
  return (await loadHistory(disk, alembic)).value.nodes.size === 0 ? alembic : null;
}

async function serverVersionOf(database: OpenDatabase | null): Promise<number | null> {
  return database && database.use((open) => Promise.resolve(Math.floor(open.server.versionNumber / 10_000)));
}

async function openEnvironment(project: Project, database: OpenDatabase | null): Promise<Environment> {
  const [{ value: graph }, models] = await Promise.all([loadHistory(disk, project), wholeModels(project)]);
  const versionTable = versionTableOf(project);
  const connected = database && {
    schema: (await database.use((open) => readSchema(open, { versionTable }))).schema,
    applied: (await database.use((open) => readVersions(open, versionTable))).applied,
    answer: async (questions: readonly FactQuestion[]) => (await database.use((open) => answerFacts(open, questions))).facts,
  };
  const serverVersion = await serverVersionOf(database);
  return { project, graph, database: connected, serverVersion, models, cache: newReplayCache() };
}

/** Null where the models can't be read whole: half of them would be taken for all. */
async function wholeModels(project: ModelHome): Promise<LoadedModels | null> {
  const { files, roots } = await findModelFiles(disk, project);
  if (files.length === 0) return null;
  const models = await loadModels(disk, { entries: files, roots });
  return hasErrors(models.problems) ? null : models;
}
