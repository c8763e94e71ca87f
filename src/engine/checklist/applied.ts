import { message } from '../text/problem';
import type { ChecklistFacts, DatabaseFacts } from './facts';
import { counted, firstGenerate, item, later, part, type ChecklistAction, type ChecklistItem, type StepDraft } from './items';
import { lastDryRun } from './run-evidence';

/** 4. It ran on a database that is not the production one. */
export function appliedStep(facts: ChecklistFacts): StepDraft {
  return { id: 'applied', title: message('Applied'), items: [dryRun(facts), applied(facts)] };
}

const appliedText = message('On a development database');
const dryRunText = message('Dry run passed');

function applied(facts: ChecklistFacts): ChecklistItem {
  const { draft, databases, form } = facts;
  if (draft === null) return later('applied', appliedText, firstGenerate);
  const parts = databases.map((database) => part(stateOfDatabase(database), message('{name} ({environment}): {words}', { name: database.name, environment: database.environment, words: wordsOf(database) })));
  const trial = databases.filter(({ environment }) => environment !== 'production');
  const done = trial.find(hasIt);
  if (done !== undefined) return item('applied', 'done', appliedText, { evidence: message('{name} has {id}', { name: done.name, id: draft.id }), parts });
  if (databases.some(hasIt)) return item('applied', 'failed', appliedText, { evidence: message('A production database has it, and no development database that is connected does.'), parts, action: upgradeOf(trial[0]) });
  if (databases.length === 0) {
    return item('applied', 'open', appliedText, { evidence: message('No database is connected, so nobody can see whether it ran. Connect the development database.'), action: { kind: 'connect' } });
  }
  const [first] = trial;
  if (first === undefined) return item('applied', 'open', appliedText, { evidence: message('Only production databases are connected. Connect a development database, and apply it there first.'), parts, action: { kind: 'connect' } });
  const readable = trial.find(({ standing }) => standing.kind === 'read');
  if (readable === undefined) return item('applied', 'unknown', appliedText, { evidence: message('{name} cannot be read: {reason}', { name: first.name, reason: first.standing.kind === 'read' ? '' : first.standing.reason }), parts, action: { kind: 'refresh' } });
  const before = readable.standing.kind === 'read' ? readable.standing.pendingBefore : 0;
  const also = before === 0 ? '' : `; ${counted(before, form === 'supabase' ? 'migration' : 'revision')} before it run with it`;
  return item('applied', 'open', appliedText, { evidence: message('not on {name} yet{also}', { name: readable.name, also }), parts, action: upgradeOf(readable) });
}

function upgradeOf(database: DatabaseFacts | undefined): ChecklistAction {
  return database !== undefined ? { kind: 'upgrade', connection: database.id } : { kind: 'copyCommand', command: 'upgrade' };
}

function dryRun({ draft, databases, runs }: ChecklistFacts): ChecklistItem {
  if (draft === null) return later('dryRun', dryRunText, firstGenerate);
  const last = lastDryRun(runs);
  const action: ChecklistAction = { kind: 'dryRun', path: draft.path };
  const where = last === null || last.database === null ? 'an embedded PostgreSQL' : last.database.name;
  if (last?.outcome === 'failed') return item('dryRun', 'failed', dryRunText, { evidence: message('On {where}: {reason}', { where, reason: last.reason ?? 'it failed' }), action });
  if (last !== null) return item('dryRun', 'done', dryRunText, { evidence: message('on {where}', { where }) });
  const real = databases.find((database) => database.environment !== 'production' && hasIt(database));
  if (real !== undefined) return item('dryRun', 'note', dryRunText, { evidence: message('Not needed any more: it ran on {name} for real.', { name: real.name }) });
  return item('dryRun', 'open', dryRunText, { evidence: message('This text of the draft was not tried yet.'), action });
}

export function hasIt({ standing }: DatabaseFacts): boolean {
  return standing.kind === 'read' && standing.applied;
}

function stateOfDatabase(database: DatabaseFacts): 'done' | 'note' | 'unknown' {
  return database.standing.kind === 'unreadable' ? 'unknown' : hasIt(database) ? 'done' : 'note';
}

function wordsOf({ standing }: DatabaseFacts): string {
  if (standing.kind === 'unreadable') return standing.reason;
  return standing.applied ? 'applied' : 'pending';
}
