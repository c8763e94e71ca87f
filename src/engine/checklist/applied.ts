import { message } from '../text/problem';
import type { ChecklistFacts, DatabaseFacts } from './facts';
import { displayName, type QualifiedName } from '../schema/schema';
import type { VerifiedObject } from '../verify/verification';
import { counted, firstGenerate, item, later, listed, part, type ChecklistAction, type ChecklistItem, type StepDraft } from './items';
import { isStamped, lastDryRun } from './run-evidence';
import { touchedBy } from './touched';

/** 4. It ran on a database that is not the production one. */
export function appliedStep(facts: ChecklistFacts): StepDraft {
  return { id: 'applied', title: message('Applied'), items: [dryRun(facts), applied(facts)] };
}

const appliedText = message('On a development database');
const dryRunText = message('Dry run passed');

function applied(facts: ChecklistFacts): ChecklistItem {
  const { draft, databases, form, runs } = facts;
  if (draft === null) return later('applied', appliedText, firstGenerate);
  const parts = databases.map((database) => part(stateOfDatabase(database, runs), message('{name} ({environment}): {words}', { name: database.name, environment: database.environment, words: wordsOf(database, runs) })));
  const trial = databases.filter(({ environment }) => environment !== 'production');
  const done = trial.find((database) => hasRun(facts, database));
  const noted = trial.find(hasIt);
  if (done === undefined && noted !== undefined) return notedDown(facts, noted, parts);
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

/** It stands in the version table, and did not run there, as far as can be seen. */
function notedDown(facts: ChecklistFacts, database: DatabaseFacts, parts: ChecklistItem['parts']): ChecklistItem {
  const { name } = database;
  const missing = missingOf(facts, database);
  const verify: ChecklistAction = { kind: 'verify', connection: database.id };
  if (isStamped(facts.runs, database.id)) {
    const rest = missing.length > 0 ? `; ${listed(missing)} ${missing.length === 1 ? 'is' : 'are'} missing there` : '';
    return item('applied', missing.length > 0 ? 'failed' : 'note', appliedText, { evidence: message('{name} was stamped with {id}: it did not run there{rest}.', { name, id: facts.draft?.id ?? '', rest }), parts, action: verify });
  }
  return item('applied', 'failed', appliedText, { evidence: message('{name} notes {id} down as applied, and {missing} {verb} missing there: it was stamped, or undone by hand.', { name, id: facts.draft?.id ?? '', missing: listed(missing), verb: missing.length === 1 ? 'is' : 'are' }), parts, action: verify });
}

/** What the migration makes and a database that notes it down lacks. */
function missingOf({ draft }: ChecklistFacts, { verified }: DatabaseFacts): readonly string[] {
  const review = draft?.review ?? null;
  if (review === null || verified === null) return [];
  const touched = touchedBy(review.upgrade);
  const lacks = (kind: VerifiedObject['kind'], names: readonly QualifiedName[]): readonly string[] =>
    names.map(displayName).filter((name) => {
      const object = verified.objects.find((one) => one.kind === kind && one.name === name);
      const isThere = kind === 'table' ? review.after.tables : review.after.enums;
      return object === undefined ? isThere.some((one) => displayName(one) === name) : object.status === 'missing';
    });
  return [...lacks('table', touched.tables), ...lacks('enum type', touched.enums).map((name) => `enum type ${name}`)];
}

/** The version table names it, and nothing says that it did not run. */
function hasRun(facts: ChecklistFacts, database: DatabaseFacts): boolean {
  return hasIt(database) && !isStamped(facts.runs, database.id) && missingOf(facts, database).length === 0;
}

function upgradeOf(database: DatabaseFacts | undefined): ChecklistAction {
  return database !== undefined ? { kind: 'upgrade', connection: database.id } : { kind: 'copyCommand', command: 'upgrade' };
}

function dryRun(facts: ChecklistFacts): ChecklistItem {
  const { draft, databases, runs } = facts;
  if (draft === null) return later('dryRun', dryRunText, firstGenerate);
  const last = lastDryRun(runs);
  const action: ChecklistAction = { kind: 'dryRun', path: draft.path };
  const where = last === null || last.database === null ? 'an embedded PostgreSQL' : last.database.name;
  if (last?.outcome === 'failed') return item('dryRun', 'failed', dryRunText, { evidence: message('On {where}: {reason}', { where, reason: last.reason ?? 'it failed' }), action });
  if (last !== null) return item('dryRun', 'done', dryRunText, { evidence: message('on {where}', { where }) });
  const real = databases.find((database) => database.environment !== 'production' && hasRun(facts, database));
  if (real !== undefined) return item('dryRun', 'note', dryRunText, { evidence: message('Not needed any more: it ran on {name} for real.', { name: real.name }) });
  return item('dryRun', 'open', dryRunText, { evidence: message('This text of the draft was not tried yet.'), action });
}

export function hasIt({ standing }: DatabaseFacts): boolean {
  return standing.kind === 'read' && standing.applied;
}

function stateOfDatabase(database: DatabaseFacts, runs: ChecklistFacts['runs']): 'done' | 'note' | 'unknown' {
  return database.standing.kind === 'unreadable' ? 'unknown' : hasIt(database) && !isStamped(runs, database.id) ? 'done' : 'note';
}

function wordsOf({ id, standing }: DatabaseFacts, runs: ChecklistFacts['runs']): string {
  if (standing.kind === 'unreadable') return standing.reason;
  return !standing.applied ? 'pending' : isStamped(runs, id) ? 'stamped, did not run' : 'applied';
}
