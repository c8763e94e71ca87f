import { answerFacts } from '../database/facts';
import { readSchema } from '../database/read-schema';
import { readApplied } from '../database/versions';
import type { Project } from '../engine/project/project';
import type { MigrationForm, SupabaseProject } from '../engine/project/supabase';
import { resolvePath } from '../engine/project/paths';
import { isRequired } from '../engine/questions';
import type { Question } from '../engine/questions';
import { formatMessage } from '../engine/text/problem';
import type { Problem } from '../engine/text/problem';
import { createDateAt } from '../workspace/create-date';
import { disk, toWorkspacePath } from '../workspace/disk';
import { draftFiles } from '../workspace/draft-files';
import { planGeneration, prepareGeneration } from '../workspace/generate';
import type { CurrentDatabase, Generation, Plan } from '../workspace/generate';
import { noWayBack, supabaseDraftFile } from '../workspace/generate-supabase';
import { git } from '../workspace/git';
import { revisionRoots } from '../workspace/load-models';
import { loadPending, loadReplay } from '../workspace/load-replay';
import { answersBySpelling, answersOf, withoutMapped } from './answers';
import type { GenerateCommand } from './command';
import { versionTableOf, withDatabase } from './database';
import type { OpenDatabase } from './database';
import { CommandFailure, exitCodes, usage } from './failure';
import type { Io } from './io';
import { hasErrors, printJson, printProblems, shortPath } from './output';
import { migrationHome, modelPaths } from './project';
import { renderByAlembic } from './python';
import { questionText } from './print-question';
import { newRevisionId, writeAll } from './write-revisions';

/** `generate`: the migration from the database (or the history) to the models, printed or written; all of it or nothing. */
export async function generate(command: GenerateCommand, io: Io): Promise<number> {
  const { project, form } = await migrationHome(disk, io, command);
  if (form === 'supabase') refuseOptionsOfAlembic(command);
  const modelFiles = command.models === null ? null : await modelPaths(disk, io, command.models);
  const roots = async (): Promise<readonly string[]> => ('kind' in project ? [] : revisionRoots(disk, project));
  const mainOptions = 'kind' in project ? undefined : project.mainOptions;
  return withDatabase(io, command, async (database) => {
    const preparation = await prepareGeneration({
      workspace: disk,
      project,
      form,
      modelFiles,
      database: database && currentDatabase(database, project, form),
      replay: async (graph, heads, convention) => loadReplay({ workspace: disk, graph, heads, roots: await roots(), convention, mainOptions }),
      pending: async (graph, heads, convention, from) => loadPending({ workspace: disk, graph, heads, roots: await roots(), convention, mainOptions, ...from }),
      head: command.head,
      ...(command.largeTableRows === null ? {} : { largeTableRows: command.largeTableRows }),
      versionControl: git,
    });
    if (preparation.kind === 'refused') return report(io, command, form, { outcome: 'refused', problems: preparation.problems });
    return decide(command, io, form, preparation.generation);
  });
}

/** What says where a revision stands, or what runs outside of its transaction, has no meaning for a SQL file. */
function refuseOptionsOfAlembic({ head, revisionId, branchLabels, dependsOn, versionPath, largeTableRows }: GenerateCommand): void {
  const given = { '--head': head, '--rev-id': revisionId, '--branch-label': branchLabels[0], '--depends-on': dependsOn[0], '--version-path': versionPath, '--large-table-rows': largeTableRows };
  const [option] = Object.entries(given).find(([, value]) => value !== null && value !== undefined) ?? [];
  if (option !== undefined) throw usage(`${option} is for revisions of Alembic; what is written here is a Supabase migration.`, 'generate');
}

async function decide(command: GenerateCommand, io: Io, form: MigrationForm, generation: Generation): Promise<number> {
  const given = answersOf(command, generation);
  const first = await planGeneration(generation, given);
  const spelled = answersBySpelling(first.required, given);
  const plan = spelled === given ? first : await planGeneration(generation, spelled);
  const problems = [...generation.problems, ...plan.result.problems];
  if (hasErrors(plan.result.problems)) return report(io, command, form, { outcome: 'refused', problems });
  const open = plan.required.filter(isRequired);
  if (open.length > 0) return report(io, command, form, { outcome: 'questions', problems, questions: [...withoutMapped(plan.required, spelled), ...plan.optional] });
  const remarks = [...plan.required, ...plan.optional];
  if (plan.isEmpty) return report(io, command, form, { outcome: 'nothing-to-do', problems, questions: remarks });
  const drafts = await render(command, io, generation, plan);
  const draftProblems = drafts.flatMap((draft) => draft.problems);
  if (hasErrors(draftProblems)) return report(io, command, form, { outcome: 'refused', problems: [...problems, ...draftProblems] });
  const revisions = drafts.map(({ path, text }, index) => ({ path: outputPath(command, io, path, index), text }));
  if (!command.stdout) await writeAll(revisions);
  const written = revisions.map(({ path, text }) => ({ path: command.stdout ? null : path, text }));
  return report(io, command, form, { outcome: 'generated', problems: [...problems, ...draftProblems], questions: remarks, revisions: written, plan });
}

async function render(command: GenerateCommand, io: Io, generation: Generation, plan: Plan): ReturnType<typeof draftFiles> {
  const { project } = generation.request;
  if (generation.supabase !== null || 'kind' in project) return [supabaseDraftFile(generation, plan, { message: command.message, moment: new Date() })];
  const createDate = createDateAt(new Date(), project.timezone);
  if ('reason' in createDate) throw new CommandFailure(exitCodes.errors, createDate.reason);
  const versionPath = command.versionPath === null ? null : resolvePath(toWorkspacePath(io.cwd), command.versionPath);
  const { message, branchLabels, dependsOn } = command;
  return draftFiles(generation, plan, { message, id: command.revisionId ?? newRevisionId(), onlineId: newRevisionId(), createDate, branchLabels, dependsOn, versionPath }, renderByAlembic(io, command, project));
}

/** `--output draft.py`; the revision behind it goes to `draft_online.py`. */
function outputPath({ output }: GenerateCommand, io: Io, path: string, index: number): string {
  if (output === null) return path;
  const named = resolvePath(toWorkspacePath(io.cwd), output);
  return index === 0 ? named : named.replace(/(\.py)?$/, '_online$1');
}

interface Report {
  readonly outcome: 'generated' | 'nothing-to-do' | 'questions' | 'refused';
  readonly problems: readonly Problem[];
  readonly questions?: readonly Question[];
  /** What was made, first to last; `path: null`: it was only printed. */
  readonly revisions?: readonly { readonly path: string | null; readonly text: string }[];
  readonly plan?: Plan;
}

async function report(io: Io, command: GenerateCommand, form: MigrationForm, { outcome, problems, questions = [], revisions = [], plan }: Report): Promise<number> {
  const notCompared = (plan?.result.notCompared ?? []).map(({ table, object, reason }) => ({ object: `${table}.${object}`, reason }));
  const [first, second] = revisions;
  const online = second === undefined ? null : { path: second.path, revision: second.text };
  if (command.json) await printJson(io, disk, { outcome, form, path: first?.path ?? null, revision: first?.text ?? null, online, questions: questions.map((question) => ({ required: isRequired(question), ...question })), notCompared, problems });
  else {
    for (const { path, text } of revisions) io.out(path === null ? text : `${shortPath(io, path)}\n`);
    for (const question of questions) io.err(questionText(question));
    for (const { object, reason } of notCompared) io.err(`not compared: ${object}: ${formatMessage(reason)}\n`);
    await printProblems(io, disk, problems);
    if (form === 'supabase' && outcome === 'generated') io.err(`${noWayBack}\n`);
    if (outcome === 'nothing-to-do') io.err('The models and the database agree: there is nothing to migrate.\n');
    if (outcome === 'questions') io.err('Nothing was written: answer the questions above, then run it again.\n');
    if (outcome === 'refused') io.err('Nothing was written.\n');
  }
  return { generated: exitCodes.ok, 'nothing-to-do': exitCodes.ok, questions: exitCodes.questions, refused: exitCodes.errors }[outcome];
}

export function currentDatabase(database: OpenDatabase, project: Project | SupabaseProject, form: MigrationForm): CurrentDatabase {
  const versionTable = 'kind' in project ? undefined : versionTableOf(project);
  return {
    name: database.name,
    readSchema: () => database.use((open) => readSchema(open, versionTable === undefined ? {} : { versionTable })),
    readVersions: async () => {
      const { applied, problems } = await database.use((open) => readApplied(open, form, versionTable));
      const [obstacle] = problems;
      if (obstacle !== undefined) throw new CommandFailure(exitCodes.unavailable, obstacle.message);
      return applied;
    },
    answer: async (questions) => (await database.use((open) => answerFacts(open, questions))).facts,
  };
}
