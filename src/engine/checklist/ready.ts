import { message } from '../text/problem';
import type { DeployStep } from './deploy/deploy-steps';
import { hasIt } from './applied';
import type { ChecklistFacts, GitChange } from './facts';
import { counted, fileName, firstGenerate, item, later, listed, part, startOf, type ChecklistItem, type ChecklistState, type StepDraft } from './items';
import { roundTrip } from './run-evidence';

/** 6. What must be so before it goes to the others. */
export function readyStep(facts: ChecklistFacts): StepDraft {
  return { id: 'ready', title: message('Ready to commit'), items: [tested(facts), committed(facts), deployed(facts)] };
}

function tested(facts: ChecklistFacts): ChecklistItem {
  const { draft, databases, runs, form } = facts;
  const text = message(form === 'supabase' ? 'Tried from scratch' : 'Tested up and down');
  if (draft === null) return later('tested', text, firstGenerate);
  if (form === 'supabase') return item('tested', 'note', text, { evidence: message('A file of SQL has no way back. `supabase db reset` runs all of them on a local database.'), action: { kind: 'copyCommand', command: 'roundTrip' } });
  if (draft.review?.downgradeRaises === true) return item('tested', 'note', text, { evidence: message('Its downgrade says that there is no way back.') });
  const failed = [...runs].filter(({ did }) => did !== 'stamped').sort((a, b) => a.at - b.at).at(-1);
  if (failed?.outcome === 'failed') return item('tested', 'failed', text, { evidence: message('On {where}: {reason}', { where: failed.database?.name ?? 'an embedded PostgreSQL', reason: failed.reason ?? 'it failed' }), action: { kind: 'copyCommand', command: 'roundTrip' } });
  const proof = roundTrip(runs);
  if (proof !== null) return item('tested', 'done', text, { evidence: message(proof.how === 'observed' ? '{where} was seen to go down and up again' : '{where} went up, down and up again', { where: proof.database?.name ?? 'An embedded PostgreSQL' }) });
  const why = databases.some(hasIt) ? message('Its downgrade did not run yet. Copy the command that takes the development database down and up again, and run it in a terminal.') : message('Neither way ran yet: a dry run takes it up, down and up again.');
  return item('tested', 'open', text, { evidence: why, action: databases.some(hasIt) ? { kind: 'copyCommand', command: 'roundTrip' } : { kind: 'dryRun', path: draft.path } });
}

function committed({ draft, git, form }: ChecklistFacts): ChecklistItem {
  const text = message('Committed with its models');
  if (draft === null) return later('committed', text, firstGenerate);
  if (git.kind !== 'repository') {
    const why = { none: message('The project lies in no git repository.'), untrusted: message('Git is not asked in a workspace that is not trusted.'), unread: message('Git is being asked.') }[git.kind];
    return item('committed', 'unknown', text, { evidence: why });
  }
  const files = [draft.path, ...draft.earlier, ...draft.causes];
  const parts = files.map((path) => {
    const change = changeOf(git.changes, path);
    return part(stateOfFile(change), message('{file}: {words}', { file: fileName(path), words: wordsOfFile(change) }), startOf(path));
  });
  const open = files.filter((path) => changeOf(git.changes, path) !== undefined);
  if (open.length === 0) return item('committed', 'done', text, { evidence: message('{branch} has it', { branch: git.branch ?? 'HEAD' }), parts });
  if (git.operation !== null) return item('committed', 'failed', text, { evidence: message('A {operation} is under way: finish or abort it first.', { operation: git.operation }), parts });
  const staged = open.every((path) => isStaged(changeOf(git.changes, path)));
  const noun = form === 'supabase' ? 'migration' : 'revision';
  const kind = draft.earlier.length === 0 ? noun : `${draft.earlier.length + 1} ${noun}s`;
  const models = draft.causes.length === 0 ? '' : ` and ${counted(draft.causes.length, 'model file')}`;
  const evidence = staged ? message('Staged: {files}. Commit it.', { files: listed(open.map(fileName)) }) : message('The {kind}{models} to commit', { kind, models });
  return item('committed', 'open', text, { evidence, parts, action: { kind: 'commit' } });
}

/** The change that a file has; a new folder stands for all that lies in it. */
export function changeOf(changes: readonly GitChange[], path: string): GitChange | undefined {
  return changes.find((change) => change.path === path || (change.path.endsWith('/') && path.startsWith(change.path)));
}

function isStaged(change: GitChange | undefined): boolean {
  return change !== undefined && change.staged !== null && change.unstaged === null;
}

function stateOfFile(change: GitChange | undefined): ChecklistState {
  return change === undefined ? 'done' : change.isConflict ? 'failed' : 'open';
}

function wordsOfFile(change: GitChange | undefined): string {
  if (change === undefined) return 'committed';
  if (change.isConflict) return 'has conflicts';
  if (change.staged !== null) return change.unstaged === null ? 'staged' : 'staged in part';
  return change.unstaged === 'untracked' ? 'new' : (change.unstaged ?? 'changed');
}

/** What the deployment runs; found, not asked. */
function deployed({ deploy, form }: ChecklistFacts): ChecklistItem {
  const command = form === 'supabase' ? 'supabase db push' : 'alembic upgrade head';
  const text = message('The deployment runs `{command}`', { command });
  if (deploy === null) return item('deployed', 'unknown', text, { evidence: message('The project’s files are being looked through.') });
  const wanted = deploy.filter(({ by }) => (form === 'supabase' ? by === 'supabase' : by !== 'supabase'));
  const parts = wanted.map((step) => part(step.role === 'deploy' ? 'done' : 'note', message('{where}: {text}', { where: whereWords(step), text: step.text }), step.at));
  const [first] = wanted;
  if (first?.role === 'deploy') return item('deployed', 'done', text, { evidence: message('{where}', { where: whereWords(first) }), parts, at: first.at });
  if (first !== undefined) {
    return item('deployed', 'open', text, { evidence: message('It stands only in {where}, which no deployment here calls.', { where: whereWords(first) }), parts, at: first.at, action: { kind: 'offerDeployStep' } });
  }
  return item('deployed', 'open', text, { evidence: message('No workflow, Dockerfile, Procfile, compose file or script here runs it.'), action: { kind: 'offerDeployStep' } });
}

function whereWords({ at, line, where, role }: DeployStep): string {
  const names = at.path.split('/');
  const file = names.slice(/^(?:Dockerfile|entrypoint\.sh|deploy\.ya?ml|main\.py)$/.test(names.at(-1) ?? '') ? -2 : -1).join('/');
  return [`${file}:${line}`, where, role === 'test' ? 'tests' : ''].filter((part) => part !== '').join(', ');
}
