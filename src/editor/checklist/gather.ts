import * as vscode from 'vscode';
import { migrationAtHand } from '../../engine/checklist/at-hand';
import type { ChecklistFacts, DatabaseFacts, GitFacts, ModelFacts, ReviewFacts } from '../../engine/checklist/facts';
import type { RevisionFile } from '../../engine/history/revision';
import { message } from '../../engine/text/problem';
import { causesOf, draftHead, projectFacts, uncommittedBelow, verified } from '../../workspace/checklist-facts';
import { readGit, type GitWork } from '../../workspace/git-work';
import { planSoFar, prepareGeneration } from '../../workspace/generate';
import { toUri } from '../convert';
import { versionTableOf } from '../databases';
import type { ReviewParts, ReviewText } from '../diagnostics/review-text';
import { openCurrentDatabase, type RestingDatabase } from '../generation/current-database';
import { alembicHome, type Home } from '../generation/home';
import { firstAnswers, generationRequest } from '../generation/request';
import type { KeptDatabases } from '../kept-databases';
import type { DeploySearches } from './deploy-search';
import type { RunEvidences } from './evidence';
import { candidatesOf, databasesOf, migrationHomes, standingOf, type MigrationHome } from './migrations';

export interface GatherParts extends ReviewParts {
  readonly keptDatabases: KeptDatabases;
  readonly reviewText: ReviewText;
  readonly evidence: RunEvidences;
  readonly deploySteps: DeploySearches;
}

/** The facts of the migration at hand, and what commands need besides them. */
export interface Gathered {
  readonly home: MigrationHome;
  readonly facts: ChecklistFacts;
  readonly git: GitWork | null;
  readonly revision: RevisionFile | null;
}

/**
 * Gathers what a checklist is made of, of the first project in which a migration is at hand; null: there is no project. What takes long comes last: `tell` gets what is
 * known until then. Throws when `signal` aborts.
 */
export async function gather(parts: GatherParts, signal: AbortSignal, tell: (sofar: Gathered) => void): Promise<Gathered | null> {
  await parts.projects.ready;
  let first: Gathered | null = null;
  for (const home of migrationHomes(parts.projects)) {
    const found = await gatherHome(parts, home, signal, tell);
    signal.throwIfAborted();
    if (found.facts.draft !== null || found.facts.models.kind === 'changed') return found;
    first ??= found;
  }
  return first;
}

async function gatherHome(parts: GatherParts, home: MigrationHome, signal: AbortSignal, tell: (sofar: Gathered) => void): Promise<Gathered> {
  const work = await askGit(home);
  const git = work === null ? ({ kind: vscode.workspace.isTrusted ? 'none' : 'untrusted' } satisfies GitFacts) : work;
  const states = databasesOf(home, parts.databases, parts.projects);
  let models: ModelFacts = { kind: 'unread' };
  const atHand = await migrationAtHand(candidatesOf(home, states, work?.changes ?? null), async () => {
    models = await modelChanges(parts, home);
    signal.throwIfAborted();
    return models.kind === 'changed';
  });
  const revision = atHand.kind === 'draft' ? (home.revisions.find(({ id }) => id === atHand.id) ?? null) : null;
  const base: Omit<ChecklistFacts, 'draft' | 'databases' | 'runs' | 'deploy'> = { form: home.form, project: projectFacts(home, (path) => vscode.workspace.asRelativePath(toUri(path))), git, models };
  const databases = (): readonly DatabaseFacts[] => states.map((state) => ({ id: state.connection.id, name: state.connection.name, environment: state.connection.environment, standing: revision === null ? { kind: 'unreadable' as const, reason: '' } : standingOf(state, revision), verified: null }));
  const text = revision === null ? null : await parts.workspace.read(revision.path);
  const runs = text === null || revision === null ? [] : parts.evidence.of(text, revision.id);
  const draft = revision === null ? null : { ...draftHead(home, revision), review: null, earlier: uncommittedBelow(home, revision, work), causes: [] };
  const isSomething = draft !== null || atHand.kind === 'generate';
  if (isSomething) tell({ home, git: work, revision, facts: { ...base, draft, databases: databases(), runs, deploy: parts.deploySteps.known(home) } });
  const [read, deploy] = await Promise.all([
    revision === null || text === null ? null : readDraft(parts, home, revision, text, signal),
    isSomething ? parts.deploySteps.find(home, work?.root ?? home.root, signal) : null,
  ]);
  const causes = read === null || work === null ? [] : await causesOf(work, home, read.upgrade, read.desired ?? read.after);
  const looked = read === null || revision === null ? databases() : await Promise.all(databases().map((one) => withVerification(parts, home, one, read, revision)));
  signal.throwIfAborted();
  return { home, git: work, revision, facts: { ...base, draft: draft && { ...draft, review: read, causes }, databases: looked, runs, deploy } };
}

/** Git is a program, and a repository names others: only where the workspace is trusted, and its files are here. */
async function askGit(home: MigrationHome): Promise<GitWork | null> {
  return vscode.workspace.isTrusted && toUri(home.root).scheme === 'file' ? readGit(home.root) : null;
}

async function readDraft(parts: GatherParts, home: MigrationHome, revision: RevisionFile, text: string, signal: AbortSignal): Promise<ReviewFacts | null> {
  const models = await parts.modelFiles.desired(home.alembic ?? home.supabase!);
  const isWhole = models !== null && models.problems.every(({ severity }) => severity !== 'error');
  const { isHead } = draftHead(home, revision);
  let facts: ReviewFacts | null = null;
  // The last one knows most.
  for await (const { diagnostics, notReviewed, upgrade, downgradeRaises, before, after } of parts.reviewText(revision.path, text, signal)) {
    facts = { upgrade, before, after, desired: isWhole && isHead ? models.value : null, findings: diagnostics, notReviewed, downgradeRaises };
  }
  return facts;
}

/** What a generation would find: from the active database where there is one that is no production, else from the history. */
async function modelChanges(parts: GatherParts, home: MigrationHome): Promise<ModelFacts> {
  const target: Home = home.alembic === null ? { id: home.id, form: 'supabase', project: home.supabase!.project, alembic: null, settings: home.settings } : alembicHome(home.alembic);
  const database = startingDatabase(parts, home);
  try {
    const preparation = await prepareGeneration(generationRequest(parts, target, null, database, null));
    if (preparation.kind === 'refused') {
      const [problem] = preparation.problems;
      return problem === undefined || problem.code === 'no-models' ? { kind: 'none' } : { kind: 'unreadable', reason: problem.message };
    }
    const { upgrade, online } = planSoFar(preparation.generation, firstAnswers(home.settings));
    const operations = [...upgrade, ...(online?.upgrade ?? [])];
    return operations.length === 0 ? { kind: 'same' } : { kind: 'changed', operations, desired: preparation.generation.models };
  } catch (error) {
    return { kind: 'unreadable', reason: message('{reason}', { reason: error instanceof Error ? error.message : String(error) }) };
  } finally {
    await database?.rest();
  }
}

function startingDatabase({ connections, databases, projects, keptDatabases }: GatherParts, home: MigrationHome): RestingDatabase | null {
  const active = connections.active();
  const state = databasesOf(home, databases, projects).find(({ connection }) => connection.id === active?.id);
  if (state === undefined || state.outcome.kind !== 'read' || state.connection.environment === 'production' || state.outcome.position.unknown.length > 0) return null;
  const kept = keptDatabases.of(state.connection, home.alembic, home.alembic === null ? undefined : versionTableOf(home.alembic), home.form);
  return kept.kind === 'problem' ? null : openCurrentDatabase(state.connection.name, kept);
}

/** A database that has the draft, held against what it should be. */
async function withVerification(parts: GatherParts, home: MigrationHome, database: DatabaseFacts, review: ReviewFacts, { id }: RevisionFile): Promise<DatabaseFacts> {
  if (database.standing.kind !== 'read' || !database.standing.applied) return database;
  const connection = parts.connections.list().find((one) => one.id === database.id);
  const known = connection === undefined ? null : await parts.schemas.of(connection);
  return known === null ? database : { ...database, verified: verified(home, known, review, id, firstAnswers(home.settings).tableDrops) };
}
