import { readSchema } from '../database/read-schema';
import { readVersions } from '../database/versions';
import { migrationAtHand, type Candidate } from '../engine/checklist/at-hand';
import { checklistOf, type Checklist } from '../engine/checklist/checklist';
import type { ChecklistFacts, DatabaseFacts, ModelFacts, ReviewFacts } from '../engine/checklist/facts';
import { stateOf, type ChecklistState } from '../engine/checklist/items';
import { changeOf } from '../engine/checklist/ready';
import type { RunEvidence } from '../engine/checklist/run-evidence';
import { verdictOf } from '../engine/dry-run/dry-run';
import { verdictWords } from '../engine/dry-run/text';
import { historyOrder, pending } from '../engine/history/order';
import type { RevisionFile } from '../engine/history/revision';
import { baseName, resolvePath } from '../engine/project/paths';
import { noAnswers } from '../engine/questions';
import { formatMessage } from '../engine/text/problem';
import { LineIndex } from '../engine/text/text';
import { ShadowFailure } from '../shadow/failure';
import { causesOf, draftHead, projectFacts, uncommittedBelow, verified, type ChecklistHome } from '../workspace/checklist-facts';
import { toWorkspacePath } from '../workspace/disk';
import { dryRun } from '../workspace/dry-run/dry-run';
import { startEmbeddedServer } from '../workspace/dry-run/embedded';
import { findDeploySteps } from '../workspace/find-deploy-steps';
import { findUses } from '../workspace/find-uses';
import { planSoFar, prepareGeneration } from '../workspace/generate';
import { git, upstreamOf } from '../workspace/git';
import { readGit } from '../workspace/git-work';
import { createKeptDisk } from '../workspace/kept-disk';
import { loadHistory } from '../workspace/load-history';
import { revisionRoots } from '../workspace/load-models';
import { loadPending, loadReplay } from '../workspace/load-replay';
import { loadSqlParser } from '../workspace/load-sql-parser';
import { eachFolderOnce } from '../workspace/published';
import { reviewFile } from '../workspace/review-file';
import { readingOnce } from '../workspace/texts';
import type { Workspace } from '../workspace/workspace';
import type { ChecklistCommand } from './command';
import { versionTableOf, withDatabase, type OpenDatabase } from './database';
import { exitCodes, unavailable } from './failure';
import { currentDatabase } from './generate';
import type { Io } from './io';
import { printJson, shortPath } from './output';
import { requireProject } from './project';
import { environmentOf, type Environment } from './review-environments';

/**
 * `checklist [FILE]`: the migration at hand, step by step, as the editor's view has it. What was run in the editor is not known here: `--dry-run`
 * tries the draft on an embedded PostgreSQL. The database counts as a development one.
 */
export async function checklist(command: ChecklistCommand, io: Io): Promise<number> {
  const disk = readingOnce(createKeptDisk());
  const facts = await withDatabase(io, command, (database) => gather(command, io, disk, database));
  const found = checklistOf(facts);
  const state = stateOf(found.steps.map((step) => step.state));
  if (command.json) await printJson(io, disk, { state: found.migration === null ? 'done' : state, ...found });
  else io.out(checklistText(found, (path) => shortPath(io, path)));
  return state === 'done' || state === 'note' ? exitCodes.ok : exitCodes.errors;
}

async function gather(command: ChecklistCommand, io: Io, disk: Workspace, database: OpenDatabase | null): Promise<ChecklistFacts> {
  const project = await requireProject(disk, io, command);
  const { value: history, problems: historyProblems } = await loadHistory(disk, project);
  const revisions = historyOrder(history).flatMap((id) => history.nodes.get(id)?.file ?? []);
  const home: ChecklistHome = { name: baseName(project.root), form: 'alembic', alembic: { project, history, historyProblems }, supabase: null, revisions };
  const work = await readGit(project.root);
  const known = database && { name: database.name, ...(await database.use(async (open) => ({ schema: (await readSchema(open, { versionTable: versionTableOf(project) })).schema, ...(await readVersions(open, versionTableOf(project))) }))) };
  const standing = known && pending(history, known.applied);
  const path = command.path === null ? null : resolvePath(toWorkspacePath(io.cwd), command.path);
  const named = path === null ? null : revisions.find((revision) => revision.path === path);
  if (named === undefined) throw unavailable(`${command.path ?? ''} is none of the project’s revisions.`);

  let models: ModelFacts = { kind: 'unread' };
  const candidates = revisions.slice(0, 30).map((revision): Candidate => ({ id: revision.id, path: revision.path, isActive: false, isCommitted: work === null ? null : changeOf(work.changes, revision.path) === undefined, databases: standing === null ? [] : [{ environment: 'development', applied: standing.applied.includes(revision) }] }));
  const atHand = named === null ? await migrationAtHand(candidates, async () => {
    models = await modelChanges(disk, project, database);
    return models.kind === 'changed';
  }) : null;
  const revision = named ?? (atHand?.kind === 'draft' ? (revisions.find(({ id }) => id === atHand.id) ?? null) : null);
  const environment = revision === null ? null : await environmentOf(disk, { config: command.config, name: command.name, cache: null, noCache: true, all: false }, io, revision.path, database, new Map());
  const read = revision === null || environment === null ? null : await readDraft(disk, home, environment, revision);
  const databases = known === null || standing === null || revision === null ? [] : [{ id: known.name, name: known.name, environment: 'development', standing: standingOf(standing, known.applied, revision), verified: null } satisfies DatabaseFacts];
  const isApplied = databases.some((one) => one.standing.applied);
  return {
    form: 'alembic',
    project: projectFacts(home, (one) => shortPath(io, one)),
    git: work ?? { kind: 'none' },
    models,
    draft: revision === null ? null : { ...draftHead(home, revision), review: read, earlier: uncommittedBelow(home, revision, work), causes: read === null || work === null ? [] : await causesOf(work, home, read.upgrade, read.desired ?? read.after) },
    databases: databases.map((one) => (read !== null && known !== null && revision !== null && isApplied ? { ...one, verified: verified(home, known, read, revision.id) } : one)),
    runs: command.dryRun && revision !== null && environment !== null ? await tried(disk, environment, revision) : [],
    deploy: (await findDeploySteps({ workspace: disk, root: work?.root ?? project.root, leaveOut: [project.scriptLocation, ...project.versionLocations].filter((folder) => folder !== project.root), signal: new AbortController().signal })).steps,
  };
}

function standingOf({ pending: waiting, applied, unknown }: ReturnType<typeof pending>, versions: readonly string[], revision: RevisionFile): DatabaseFacts['standing'] & { readonly kind: 'read' } {
  return { kind: 'read', applied: applied.includes(revision), pendingBefore: Math.max(0, waiting.indexOf(revision)), versions, unknown };
}

async function readDraft(disk: Workspace, home: ChecklistHome, environment: Environment, revision: RevisionFile): Promise<ReviewFacts | null> {
  const text = await disk.read(revision.path);
  if (text === null) return null;
  const { models, database, cache, project } = environment;
  const found = await reviewFile({ workspace: disk, project: environment, path: revision.path, text, database, convention: models?.convention ?? null, sql: await loadSqlParser(), cache, desired: models?.value ?? null, severities: {}, changeDocument: '', upstream: eachFolderOnce(upstreamOf), uses: { known: new Map(), find: (names) => findUses(disk, project, names) }, ...(environment.serverVersion === null ? {} : { settings: { postgresVersion: environment.serverVersion } }) });
  if (found === null) return null;
  const { diagnostics, notReviewed, upgrade, downgradeRaises, before, after } = found;
  return { upgrade, before, after, desired: draftHead(home, revision).isHead ? (models?.value ?? null) : null, findings: diagnostics, notReviewed, downgradeRaises };
}

/** What a generation would find: from the database where there is one, else from the history. */
async function modelChanges(disk: Workspace, project: Environment['project'], database: OpenDatabase | null): Promise<ModelFacts> {
  const { mainOptions } = project;
  const preparation = await prepareGeneration({
    workspace: disk,
    project,
    form: 'alembic',
    modelFiles: null,
    database: database && currentDatabase(database, project, 'alembic'),
    replay: async (graph, heads, convention) => loadReplay({ workspace: disk, graph, heads, roots: await revisionRoots(disk, project), convention, mainOptions }),
    pending: async (graph, heads, convention, from) => loadPending({ workspace: disk, graph, heads, roots: await revisionRoots(disk, project), convention, mainOptions, ...from }),
    head: null,
    versionControl: git,
  });
  if (preparation.kind === 'refused') {
    const [problem] = preparation.problems;
    return problem === undefined || problem.code === 'no-models' ? { kind: 'none' } : { kind: 'unreadable', reason: problem.message };
  }
  const { upgrade, online } = planSoFar(preparation.generation, noAnswers);
  const operations = [...upgrade, ...(online?.upgrade ?? [])];
  return operations.length === 0 ? { kind: 'same' } : { kind: 'changed', operations, desired: preparation.generation.models };
}

async function tried(disk: Workspace, environment: Environment, { id, path }: RevisionFile): Promise<readonly RunEvidence[]> {
  const text = (await disk.read(path)) ?? '';
  const lines = new LineIndex(text);
  const told = { draft: text, revision: id, database: null, did: 'dryRun', how: 'run', at: Date.now() } as const;
  try {
    const run = await dryRun({ workspace: disk, project: environment, path, text, database: environment.database, desired: environment.models?.value ?? null, convention: environment.models?.convention ?? null, sql: await loadSqlParser(), definitions: [], start: (extensions) => startEmbeddedServer({ extensions }) });
    const outcome = run === null ? 'incomplete' : verdictOf(run);
    // What could not all be tried proves neither.
    if (run === null || outcome === 'incomplete') return [];
    if (outcome === 'passed') return [{ ...told, outcome }];
    return [{ ...told, outcome: 'failed', reason: verdictWords(run, (at) => `line ${lines.at(at.range.start).line + 1}`) }];
  } catch (error) {
    throw error instanceof ShadowFailure ? unavailable(error.reason) : error;
  }
}

const marks: Readonly<Record<ChecklistState, string>> = { done: '[x]', open: '[ ]', failed: '[!]', unknown: '[?]', later: ' - ', note: ' · ' };

function checklistText({ migration, steps }: Checklist, shown: (path: string) => string): string {
  if (migration === null) return 'No migration is at hand: everything is committed, and the models need none.\n';
  const head = migration.path === null ? 'A migration is still to be generated' : `${migration.name}, ${migration.id ?? ''} (${shown(migration.path)})`;
  const lines = steps.flatMap(({ title, state, items, isNext }, index) => [
    `${marks[state]} ${index + 1}. ${formatMessage(title)}${isNext ? '  <- next' : ''}`,
    ...items.flatMap((item) => [`      ${marks[item.state]} ${formatMessage(item.text)}${item.evidence === null ? '' : `: ${formatMessage(item.evidence)}`}`, ...item.parts.map((part) => `            ${marks[part.state]} ${formatMessage(part.text)}`)]),
  ]);
  return `${[head, ...lines].join('\n')}\n`;
}
