import { findTable } from '../schema/lookup';
import { message, type Message } from '../text/problem';
import type { ChecklistFacts, GitRepository } from './facts';
import { counted, fileName, item, listed, part, startOf, type ChecklistItem, type StepDraft } from './items';
import { declaredAt, namesOf, touchedBy } from './touched';

/** 1. What must be so before a migration is made. */
export function beforeStep(facts: ChecklistFacts): StepDraft {
  return { id: 'before', title: message('Before'), items: [configured(facts), branch(facts), tables(facts)] };
}

function configured({ form, project }: ChecklistFacts): ChecklistItem {
  const at = project.configPath === null ? null : startOf(project.configPath);
  const wrong = project.problems.filter(({ severity }) => severity === 'error');
  const name = form === 'supabase' ? 'Supabase’s migrations' : 'Alembic';
  const evidence = message('{config}, migrations in {folder}', { config: project.configPath === null ? project.name : fileName(project.configPath), folder: project.migrations });
  if (wrong.length === 0) return item('configured', 'done', message('{tool} found and configured', { tool: name }), { evidence, at });
  return item('configured', 'failed', message('{tool} found, but something is wrong with it', { tool: name }), { evidence, at, parts: wrong.map((problem) => part('failed', problem.message, problem.at ?? null)) });
}

/** `A new, clean branch`: not the one that everybody works from, and nothing half done in it. */
function branch({ git, draft }: ChecklistFacts): ChecklistItem {
  const text = message('A branch of its own');
  switch (git.kind) {
    case 'untrusted':
      return item('branch', 'unknown', text, { evidence: message('Git is not asked in a workspace that is not trusted.'), action: { kind: 'trust' } });
    case 'none':
      return item('branch', 'unknown', text, { evidence: message('The project lies in no git repository.') });
    case 'unread':
      return item('branch', 'unknown', text, { evidence: message('Git is being asked.') });
    case 'repository':
      return branchIn(git, draft === null ? [] : [draft.path, ...draft.earlier, ...draft.causes], text);
  }
}

function branchIn(git: GitRepository, own: readonly string[], text: Message): ChecklistItem {
  const conflicts = git.changes.filter(({ isConflict }) => isConflict);
  if (git.operation !== null) {
    const evidence = message('A {operation} is under way: finish or abort it first.', { operation: git.operation });
    return item('branch', 'failed', text, { evidence, parts: conflicts.map(({ path }) => part('failed', message('{file} has conflicts', { file: fileName(path) }), startOf(path))) });
  }
  if (git.isUnborn) return item('branch', 'open', text, { evidence: message('Nothing is committed in this repository yet. Make its first commit, then a branch.') });
  if (git.branch === null) return item('branch', 'open', text, { evidence: message('HEAD is detached: a commit made here belongs to no branch.'), action: { kind: 'createBranch' } });
  if (git.branch === git.mainBranch || (git.mainBranch === null && /^(?:main|master|trunk)$/.test(git.branch))) return item('branch', 'open', text, { evidence: message('you are on {branch}, which everybody works from', { branch: git.branch }), action: { kind: 'createBranch' } });
  const others = git.changes.filter(({ path, unstaged }) => unstaged !== 'untracked' && !own.includes(path)).map(({ path }) => fileName(path));
  const evidence = others.length === 0 || own.length === 0 ? message('{branch}', { branch: git.branch }) : message('{branch}; {count} changed that are none of the migration: {files}. They stay out of its commit.', { branch: git.branch, count: counted(others.length, 'other file is', 'other files are'), files: listed(others) });
  return item('branch', 'done', text, { evidence });
}

/** What the team should know: what this touches, with the models' lines. */
function tables({ draft, models }: ChecklistFacts): ChecklistItem {
  const review = draft?.review ?? null;
  const operations = review?.upgrade ?? (models.kind === 'changed' ? models.operations : null);
  const desired = review !== null ? review.desired : models.kind === 'changed' ? models.desired : null;
  if (operations === null) return item('tables', draft === null ? 'unknown' : 'later', message('The tables this touches'), { evidence: message('The draft is being read.') });
  const touched = touchedBy(operations);
  const isOpenEnded = operations.some((operation) => operation.kind === 'unknown' && operation.tables === null);
  const parts = touched.tables.map((table) => {
    const after = review === null ? desired : review.after;
    const before = review?.before ?? null;
    const isNew = before !== null && findTable(before, table) === undefined && operations.some((operation) => operation.kind === 'create_table' && operation.table.name === table.name);
    const goes = after !== null && review !== null && findTable(after, table) === undefined && operations.some((operation) => operation.kind === 'drop_table' && operation.name === table.name);
    const [name] = namesOf([table]);
    return part('note', message(isNew ? '{table} (new)' : goes ? '{table} (goes)' : '{table}', { table: name ?? '' }), declaredAt(desired, table));
  });
  const evidence = message(isOpenEnded ? '{tables}; and what could not be read may touch others' : '{tables}', { tables: parts.length === 0 ? 'none' : listed(namesOf(touched.tables), 8) });
  return item('tables', 'done', message(draft === null ? '{count} to touch' : '{count} touched', { count: counted(parts.length, 'table') }), { evidence, parts });
}
