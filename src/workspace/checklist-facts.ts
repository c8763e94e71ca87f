import type { ChecklistFacts, DatabaseFacts, DraftFacts, ReviewFacts } from '../engine/checklist/facts';
import { changeOf } from '../engine/checklist/ready';
import { declaringFiles, touchedBy } from '../engine/checklist/touched';
import { parentsOfRevision, unmergedHeads } from '../engine/history/heads';
import type { RevisionGraph } from '../engine/history/graph';
import type { RevisionFile } from '../engine/history/revision';
import type { Operation } from '../engine/operations/operation';
import type { Answers } from '../engine/questions';
import { baseName } from '../engine/project/paths';
import type { Project } from '../engine/project/project';
import type { MigrationForm, SupabaseProject } from '../engine/project/supabase';
import type { Schema } from '../engine/schema/schema';
import type { Problem } from '../engine/text/problem';
import { verify } from '../engine/verify/verify';
import { committedText, type GitWork } from './git-work';
import { declaresTables } from './load-models';

/** Whose migrations a checklist is about: Alembic's revisions, or else the files of Supabase's CLI. */
export interface ChecklistHome {
  readonly name: string;
  readonly form: MigrationForm;
  readonly alembic: { readonly project: Project; readonly history: RevisionGraph; readonly historyProblems: readonly Problem[] } | null;
  readonly supabase: { readonly project: SupabaseProject; readonly historyProblems: readonly Problem[] } | null;
  /** Newest first. */
  readonly revisions: readonly RevisionFile[];
}

/** `shown`: a path as a person calls it. */
export function projectFacts({ name, alembic, supabase }: ChecklistHome, shown: (path: string) => string): ChecklistFacts['project'] {
  if (alembic !== null) {
    const { project, history, historyProblems } = alembic;
    const problems: readonly Problem[] = [...(project.problems ?? []), ...historyProblems.filter(({ code }) => code !== 'multiple-heads')];
    return { name, configPath: project.configPath, migrations: project.versionLocations.map(shown).join(', '), problems, openHeads: unmergedHeads(history), versionTable: [project.env.versionTableSchema, project.env.versionTable].filter((part) => part !== null).join('.') };
  }
  return { name, configPath: supabase?.project.configPath ?? null, migrations: shown(supabase?.project.migrationsFolder ?? ''), problems: supabase?.historyProblems ?? [], openHeads: [], versionTable: 'supabase_migrations.schema_migrations' };
}

export function draftHead({ alembic, revisions }: ChecklistHome, { id, path, message }: RevisionFile): Omit<DraftFacts, 'review' | 'earlier' | 'causes'> {
  const isHead = alembic === null ? revisions[0]?.path === path : alembic.history.heads.includes(id);
  return { id, name: message === '' ? baseName(path) : message, path, isHead, parents: alembic?.history.nodes.get(id)?.downRevisions ?? [] };
}

/** Down from a revision, as far as one after the other is not committed. */
export function uncommittedBelow({ alembic, revisions }: ChecklistHome, revision: RevisionFile, work: GitWork | null): readonly string[] {
  if (work === null) return [];
  const isOpen = ({ path }: RevisionFile): boolean => changeOf(work.changes, path) !== undefined;
  if (alembic === null) {
    const below = revisions.slice(revisions.findIndex(({ path }) => path === revision.path) + 1);
    const end = below.findIndex((one) => !isOpen(one));
    return below.slice(0, end < 0 ? below.length : end).map(({ path }) => path);
  }
  const found: string[] = [];
  for (let open = parentsOfRevision(alembic.history, revision.id).filter(isOpen); open.length > 0; open = open.flatMap(({ id }) => parentsOfRevision(alembic.history, id)).filter((one) => isOpen(one) && !found.includes(one.path))) found.push(...open.map(({ path }) => path));
  return [...new Set(found)];
}

/** Model files that are not committed and declare what the draft changes; of what goes, the last commit tells who did. */
export async function causesOf(work: GitWork, { alembic }: ChecklistHome, upgrade: readonly Operation[], models: Schema): Promise<readonly string[]> {
  const touched = touchedBy(upgrade);
  const isRevision = (path: string): boolean => alembic?.project.versionLocations.some((location) => path.startsWith(`${location}/`)) ?? false;
  const declaring = [...declaringFiles(models, touched)].filter((path) => changeOf(work.changes, path) !== undefined && !isRevision(path));
  const gone = upgrade.flatMap((operation) => (operation.kind === 'drop_table' || operation.kind === 'rename_table' || operation.kind === 'drop_enum' ? [operation.name] : []));
  if (gone.length === 0) return [...declaring].sort();
  const others = work.changes.filter(({ path, unstaged, staged }) => path.endsWith('.py') && unstaged !== 'untracked' && staged !== 'added' && !declaring.includes(path) && !isRevision(path));
  const before = await Promise.all(others.map(async ({ path }) => ({ path, text: await committedText(work, path) })));
  const declared = before.filter(({ text }) => text !== null && declaresTables(text) && gone.some((name) => text.includes(`"${name}"`) || text.includes(`'${name}'`))).map(({ path }) => path);
  return [...declaring, ...declared].sort();
}

/**
 * What the draft touches in a database that has it, held against the models; where something stands on the draft, against what the history
 * leads to there. `applied`: the rows of its version table. Null: neither is known.
 */
export function verified({ form }: ChecklistHome, known: { readonly schema: Schema; readonly applied: readonly string[] }, { desired, after }: ReviewFacts, id: string, drops: Answers['tableDrops'] = []): DatabaseFacts['verified'] {
  // Of Alembic's table a row is a head, of Supabase's a migration that has run.
  const isLast = form === 'alembic' ? known.applied.includes(id) : [...known.applied].sort().at(-1) === id;
  const { sides } = verify({ database: known.schema, version: null, models: desired, history: desired === null && isLast ? after : null, keeps: drops.map(({ table }) => table) });
  const [side] = sides;
  return side === undefined ? null : { against: side.against, objects: side.objects };
}
