import { resolvePath } from '../engine/project/paths';
import type { ReportedDraft } from '../engine/render/review-report';
import type { Diagnostic, Severity } from '../engine/rules/rule';
import type { Problem } from '../engine/text/problem';
import { toWorkspacePath } from '../workspace/disk';
import { createKeptDisk } from '../workspace/kept-disk';
import { upstreamOf } from '../workspace/git';
import { eachFolderOnce } from '../workspace/published';
import { findUses } from '../workspace/find-uses';
import { loadSqlParser } from '../workspace/load-sql-parser';
import { reportFile } from '../workspace/report-file';
import { reviewFile } from '../workspace/review-file';
import { reviewProjectModels } from '../workspace/review-models';
import { reviewSqlFile, rootOf } from '../workspace/review-sql-file';
import { readingOnce } from '../workspace/texts';
import type { ReviewCommand } from './command';
import { withDatabase } from './database';
import { exitCodes, unavailable } from './failure';
import type { Io } from './io';
import { fingerprinted, readBaseline, writeBaseline } from './baseline';
import { hasErrors, shortPath } from './output';
import { printReview } from './review-formats';
import { reviewTargets } from './review-targets';
import { environmentOf, isModelFile, sqlEnvironmentOf, type Environment, type SqlEnvironment } from './review-environments';

/** `review`: what is wrong with each draft on the schema that it will meet. */
export async function review(command: ReviewCommand, io: Io): Promise<number> {
  // Revisions are read for the graph, and again for what they do; one run sees one state of them.
  const disk = readingOnce(createKeptDisk());
  const findings: Diagnostic[] = [];
  const notReviewed: Problem[] = [];
  const reports: ReportedDraft[] = [];
  const targets = await reviewTargets(command, io);
  /** The model files to review; null: all of the project's. */
  const modelFiles = new Map<Environment, readonly string[] | null>();
  const opened = new Set<Environment>();
  const against = await withDatabase(io, command, async (database) => {
    const upstream = eachFolderOnce(upstreamOf);
    const environments = new Map<string, Promise<Environment | null>>();
    const ofSql = new Map<string, Promise<SqlEnvironment>>();
    for (const path of targets) {
      const text = await disk.read(path);
      if (text === null) throw unavailable(`${shortPath(io, path)} does not exist, or is no UTF-8 text.`);
      if (path.endsWith('.sql')) {
        const { serverVersion, ...around } = await sqlEnvironmentOf(disk, path, database, ofSql);
        const postgresVersion = serverVersion ?? command.postgresVersion;
        const sql = await loadSqlParser();
        const result = await reviewSqlFile({ workspace: disk, path, text, ...around, sql, severities: command.severities, changeDocument: command.changeDocument, uses: { known: new Map(), find: (names) => findUses(disk, { root: rootOf(path), versionLocations: [] }, names) }, ...(postgresVersion === null ? {} : { settings: { postgresVersion } }) });
        if (result === null) continue;
        findings.push(...result.diagnostics);
        notReviewed.push(...result.notReviewed);
        if (command.format === 'markdown') reports.push(await reportFile({ workspace: disk, project: null, database: null, path, text, sql, review: result, shown: shortPath(io, path), postgresVersion }));
        continue;
      }
      const environment = await environmentOf(disk, command, io, path, database, environments);
      if (environment !== null) opened.add(environment);
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
  for (const environment of opened) await environment.kept?.save();
  const fails = (severity: Severity): boolean => severity === 'error' || (severity === 'warning' && command.failOn === 'warning');
  // A draft that can't be read at all has no findings, and is not fine.
  return fresh.some((finding) => fails(finding.severity)) || hasErrors(notReviewed) ? exitCodes.errors : exitCodes.ok;
}
