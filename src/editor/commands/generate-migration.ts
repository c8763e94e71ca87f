import * as vscode from 'vscode';
import type { Answers } from '../../engine/questions';
import { displayName } from '../../engine/schema/schema';
import type { MigrationForm } from '../../engine/project/supabase';
import { formatMessage, type Problem } from '../../engine/text/problem';
import { createDateAt } from '../../workspace/create-date';
import { draftFiles, needsVersionPath } from '../../workspace/draft-files';
import { planGeneration, prepareGeneration, type Generation, type Plan } from '../../workspace/generate';
import { noWayBack, supabaseDraftFile } from '../../workspace/generate-supabase';
import type { Connection } from '../connection-setting';
import { toPath, toUri } from '../convert';
import { projectOf, versionTableOf } from '../databases';
import { openCurrentDatabase, type RestingDatabase } from '../generation/current-database';
import { defaultMessage } from '../generation/default-message';
import { chooseHome, type Home } from '../generation/home';
import { firstAnswers, generationRequest } from '../generation/request';
import { chooseScope, type Scope, type ScopeName } from '../generation/scope';
import { writeRevisions } from '../generation/write-revision';
import type { Parts } from '../parts';
import type { OpenProject } from '../project';
import { renderByAlembic } from '../python';
import { createQuestionPanel } from '../questions/panel';
import { rememberKeptTables } from '../settings';
import { stateWords, type DatabaseState } from '../views/database-nodes';
import { UserProblem, withProgress } from './command';
import { back, input, pick, type Choice } from './wizard';
import { askVersionLocation, newRevisionId, revealUpgrade } from '../generation/new-revision';

/** What a menu or a keybinding may fix beforehand; the rest is asked. */
export interface GenerateRequest {
  readonly files?: readonly vscode.Uri[];
  readonly scope?: ScopeName;
  /** A connection's id or name; null: from the history, without a database. */
  readonly connection?: string | null;
  readonly message?: string;
  /** Where Alembic and Supabase lie beside each other. */
  readonly form?: MigrationForm;
}

/**
 * *Generate Migration from Models…*: scope, database, questions, message; then the migration is written as one undoable
 * edit and opened with its review. Gives the path of the file; undefined when there was nothing to write.
 */
export async function generateMigration(parts: Parts, request: GenerateRequest): Promise<string | undefined> {
  await parts.projects.ready;
  const scope = await chooseScope(parts, request.files ?? [], request.scope);
  const home = await chooseHome(parts.projects, scope, request.form);
  const connection = await chooseStart(parts, home, request.connection);
  const database = connection === null ? null : openDatabase(parts, connection, home);
  if (home.form === 'alembic') parts.lastGenerations.set(home.id, { modelFiles: scope.files, connection: connection?.id ?? null });
  const generation = await prepare(parts, home, scope, database);
  const plan = await settleQuestions(parts, home, generation, database);
  refuseErrors(parts, plan.result.problems);
  if (plan.isEmpty) {
    logRemarks(parts, plan, generation);
    const from = connection === null ? 'the history' : connection.name;
    void vscode.window.showInformationMessage(`The models and ${from} agree: there is nothing to migrate.${remarks(plan)}`);
    return undefined;
  }
  const message = request.message ?? (await askMessage(plan));
  return generation.supabase === null && home.alembic !== null ? write(parts, home.alembic, generation, plan, message) : writeSupabase(parts, generation, plan, message);
}

const title = 'Generate Migration from Models';

/** The database that the migration starts from; null: the history. One connection is taken without asking, unless it is a production one. */
async function chooseStart(parts: Parts, home: Home, wanted: string | null | undefined): Promise<Connection | null> {
  const mine = parts.databases.states().filter(({ connection }) => connection.project === null || connection.project === home.id);
  if (wanted === null || !vscode.workspace.isTrusted) return null;
  if (wanted !== undefined) {
    const found = mine.find(({ connection }) => connection.id === wanted || connection.name === wanted);
    if (found === undefined) throw new UserProblem(`There is no connection called ${wanted}.`);
    return found.connection;
  }
  const [first, ...others] = mine;
  if (first === undefined) return null;
  if (others.length === 0 && first.connection.environment !== 'production' && first.outcome.kind !== 'unreachable') return first.connection;
  const active = parts.connections.active();
  const usable = (state: DatabaseState): boolean => state.outcome.kind === 'read';
  const ordered = [...mine].sort((a, b) => rank(a) - rank(b));
  const choices: Choice<Connection | null>[] = ordered.map(({ connection, target, outcome }) => ({
    label: `$(${connection.environment === 'production' ? 'alert' : 'database'}) ${connection.name}`,
    description: [connection.environment, connection.id === active?.id ? 'active' : ''].filter((part) => part !== '').join(' · '),
    detail: [stateWords(outcome), target ?? ''].filter((part) => part !== '').join(' · '),
    value: connection,
  }));
  choices.push({ label: '$(history) The history of the revisions', detail: 'without a database: rows are not counted', value: null });
  const preferred = ordered.find((state) => usable(state) && state.connection.id === active?.id) ?? ordered.find(usable);
  const picked = await pick({ title }, 'What does the migration start from? A database is only read.', choices, ({ value }) => value?.id === preferred?.connection.id);
  if (picked === back) throw new vscode.CancellationError();
  return picked;

  function rank({ connection }: DatabaseState): number {
    return connection.environment === 'production' ? 2 : connection.id === active?.id ? 0 : 1;
  }
}

function openDatabase(parts: Parts, connection: Connection, { alembic, form }: Home): RestingDatabase {
  const found = parts.keptDatabases.of(connection, projectOf(parts.projects, connection) ?? alembic, versionTableOf(alembic), form);
  if (found.kind === 'problem') throw new UserProblem(`${connection.name}: ${found.advice}`);
  return openCurrentDatabase(connection.name, found);
}

/** Reads both sides; where several heads stand, asks for the one to continue. Throws what stands in the way. */
async function prepare(parts: Parts, home: Home, scope: Scope, database: RestingDatabase | null, head: string | null = null): Promise<Generation> {
  const { alembic } = home;
  const preparation = await withProgress(`Reading models and ${database === null ? 'history' : database.name}`, (signal) => {
    database?.use(signal);
    return prepareGeneration(generationRequest(parts, home, scope.files, database, head));
  });
  if (preparation.kind === 'ready') return preparation.generation;
  if (head === null && alembic !== null && preparation.problems.every(({ code }) => code === 'multiple-heads')) {
    return prepare(parts, home, scope, database, await askHead(alembic));
  }
  refuseErrors(parts, preparation.problems);
  throw new UserProblem('The migration cannot be generated.');
}

/** Errors stand in the way: the first is said, all are logged. */
function refuseErrors(parts: Parts, problems: readonly Problem[]): void {
  const errors = problems.filter(({ severity }) => severity === 'error');
  const [first, ...others] = errors;
  if (first === undefined) return;
  for (const problem of errors) parts.log.warn(`${placeOf(problem)}${formatMessage(problem.message)}`);
  const more = others.length === 0 ? '' : ` (${others.length} more in the log)`;
  throw new UserProblem(`${placeOf(first)}${formatMessage(first.message)}${more}`, first.at ?? null);
}

async function askHead({ history }: OpenProject): Promise<string> {
  const choices = history.heads.map((id): Choice<string> => {
    const node = history.nodes.get(id);
    return { label: `$(git-commit) ${node?.file.message ?? id}`, description: [id, ...(node?.labels ?? [])].join(' · '), value: id };
  });
  const picked = await pick(
    { title: `${title}. To join the heads instead: alembic merge heads` },
    'The history has several heads. Which one does the migration continue?',
    choices,
  );
  if (picked === back) throw new vscode.CancellationError();
  return picked;
}

/** Plans, asks, and plans again until nothing is left to ask. While a person thinks, no connection is held. */
async function settleQuestions(parts: Parts, { settings }: Home, generation: Generation, database: RestingDatabase | null): Promise<Plan> {
  const plan = (answers: Answers): Promise<Plan> =>
    withProgress('Comparing the models', (signal) => {
      database?.use(signal);
      return planGeneration(generation, answers);
    });
  const panel = createQuestionPanel(parts.extensionUri, intro(generation, database));
  try {
    let answers = firstAnswers(settings);
    let current = await plan(answers);
    for (;;) {
      const questions = [...current.required, ...current.optional];
      if (questions.length === 0) return current;
      await database?.rest();
      const before = answers.tableDrops.length;
      answers = await panel.ask(questions, answers);
      const kept = answers.tableDrops.slice(before).filter(({ drop }) => !drop);
      await rememberKeptTables(kept.map(({ table }) => displayName(table)), settings);
      current = await plan(answers);
    }
  } finally {
    panel.dispose();
  }
}

function intro({ problems }: Generation, database: RestingDatabase | null): string {
  if (database === null) return 'The models were held against the history of the revisions. No database is connected, so values were not counted.';
  const behind = problems.filter(({ code }) => code === 'database-behind').map(({ message }) => ` ${formatMessage(message)}`);
  return `The models were held against ${database.name}. It was only read.${behind.join('')}`;
}

async function askMessage(plan: Plan): Promise<string> {
  const text = await input(
    { title },
    {
      prompt: 'What does this migration do? It names the file and stands on its first line.',
      value: defaultMessage(plan.result.upgrade),
      validate: (value) => (value.trim() === '' ? 'A migration needs a message.' : /["\\\n]/.test(value) ? 'Quotes and backslashes do not fit into the script’s first line.' : null),
    },
  );
  if (text === back) throw new vscode.CancellationError();
  return text.trim();
}

async function write(parts: Parts, project: OpenProject, generation: Generation, plan: Plan, message: string): Promise<string> {
  const createDate = createDateAt(new Date(), project.project.timezone);
  if ('reason' in createDate) throw new UserProblem(formatMessage(createDate.reason));
  const versionPath = needsVersionPath(generation) ? await askVersionLocation(project, { title }) : null;
  const drafts = await draftFiles(generation, plan, { message, id: newRevisionId(project.history), onlineId: newRevisionId(project.history), createDate, versionPath }, vscode.workspace.isTrusted ? renderByAlembic(parts, project.project) : null);
  const problems = drafts.flatMap((draft) => draft.problems);
  for (const problem of problems) parts.log.warn(formatMessage(problem.message));
  const failure = problems.find(({ severity }) => severity === 'error');
  if (failure !== undefined) throw new UserProblem(formatMessage(failure.message), failure.at ?? null);
  const editor = await writeRevisions(drafts);
  revealUpgrade(editor);
  logRemarks(parts, plan, generation);
  const count = plan.result.upgrade.length + (plan.result.online?.upgrade.length ?? 0);
  parts.log.info(`Wrote ${drafts.map(({ path }) => path).join(' and ')}: ${count} operations`);
  void sayWritten(parts, count, plan);
  // The draft can be read; its review comes as that of any other text does.
  void reviewWritten(parts, editor.document);
  return toPath(editor.document.uri);
}

/** Only a revision of the project can be reviewed, so the project has to know of it first. */
async function reviewWritten(parts: Parts, document: vscode.TextDocument): Promise<void> {
  await parts.projects.reload();
  await parts.reviews.review(document);
}

/** The same as a SQL file; that it has no way back is said here, not in it. */
async function writeSupabase(parts: Parts, generation: Generation, plan: Plan, message: string): Promise<string> {
  const draft = supabaseDraftFile(generation, plan, { message, moment: new Date() });
  const editor = await writeRevisions([draft]);
  logRemarks(parts, plan, generation);
  await parts.projects.reload();
  const count = plan.result.upgrade.length;
  parts.log.info(`Wrote ${draft.path}: ${count} operations`);
  void vscode.window.showInformationMessage(`Migration written: ${count} ${count === 1 ? 'operation' : 'operations'}. ${noWayBack}${remarks(plan)} Read it before you push it.`);
  return toPath(editor.document.uri);
}

async function sayWritten(parts: Parts, count: number, plan: Plan): Promise<void> {
  const left = remarks(plan);
  const second = plan.result.online === null ? '' : ' What large tables must not wait for stands in a second revision, behind it.';
  const text = `Migration written: ${count} ${count === 1 ? 'operation' : 'operations'}, and the way back.${second}${left} Read it before you apply it.`;
  if (left === '' && second === '') vscode.window.setStatusBarMessage(`$(check) ${text}`, 8000);
  else if ((await vscode.window.showInformationMessage(text, 'Show Log')) === 'Show Log') parts.log.show();
}

function remarks(plan: Plan): string {
  const count = plan.result.notCompared.length;
  return count === 0 ? '' : ` ${count} ${count === 1 ? 'thing' : 'things'} could not be compared.`;
}

function logRemarks(parts: Parts, plan: Plan, generation: Generation): void {
  for (const { table, object, reason } of plan.result.notCompared) parts.log.warn(`Not compared: ${table}.${object}: ${formatMessage(reason)}`);
  for (const problem of [...generation.problems, ...plan.result.problems]) parts.log.warn(`${placeOf(problem)}${formatMessage(problem.message)}`);
}

function placeOf({ at }: Problem): string {
  return at === undefined ? '' : `${vscode.workspace.asRelativePath(toUri(at.path))}: `;
}
