import { displayName } from '../schema/schema';
import { message, type Message } from '../text/problem';
import { partName, reasonWords, statusWords } from '../verify/words';
import type { VerifiedObject } from '../verify/verification';
import { hasIt } from './applied';
import type { ChecklistFacts, DatabaseFacts, ReviewFacts } from './facts';
import { counted, firstGenerate, item, later, part, stateOf, type ChecklistItem, type ChecklistPart, type ChecklistState, type StepDraft } from './items';
import { touchedBy } from './touched';

/** 5. The database that has it is as it should be: what `\d`, `\dT+` and `SELECT * FROM alembic_version` would be read for. */
export function verifiedStep(facts: ChecklistFacts): StepDraft {
  const title = message('Verified');
  const { draft, databases, project } = facts;
  const texts = { tables: message('Tables'), enums: message('Enum types'), version: message('{table}', { table: project.versionTable }) };
  const has = databases.filter(hasIt);
  const database = has.find(({ environment }) => environment !== 'production') ?? has[0];
  if (draft === null || database === undefined) {
    const why = draft === null ? firstGenerate : message('Apply it on a development database first.');
    return { id: 'verified', title, items: [later('tables', texts.tables, why), later('enums', texts.enums, why), later('version', texts.version, why)] };
  }
  return { id: 'verified', title, items: [objects('tables', texts.tables, 'table', database, draft.review), objects('enums', texts.enums, 'enum type', database, draft.review), version(facts, database, texts.version)] };
}

function objects(id: string, text: Message, kind: VerifiedObject['kind'], database: DatabaseFacts, review: ReviewFacts | null): ChecklistItem {
  const action = { kind: 'verify', connection: database.id } as const;
  if (review === null || database.verified === null) return item(id, 'unknown', text, { evidence: message('{name} was not looked at yet.', { name: database.name }), action });
  const touched = touchedBy(review.upgrade);
  const names = (kind === 'table' ? touched.tables : touched.enums).map(displayName);
  if (names.length === 0) return item(id, 'done', text, { evidence: message('none is touched') });
  const { objects: all, against } = database.verified;
  const parts = names.flatMap((name): readonly ChecklistPart[] => {
    const object = all.find((one) => one.kind === kind && one.name === name);
    if (object === undefined && isMade(review, kind, name)) return [part('failed', message('{name}: missing, and the models do not ask for it', { name }))];
    // What goes is on neither side any more.
    if (object === undefined) return [part('done', message('{name}: gone', { name }))];
    return [part(states[object.status], message('{name}: {words}', { name, words: wordsOf(object) }))];
  });
  const state = stateOf(parts.map((one) => one.state));
  const side = against === 'models' ? 'the models' : 'the history';
  const wrong = parts.filter((one) => one.state === 'failed').length;
  const evidence = wrong > 0 ? message('{count} on {name} not as {side} say', { count: `${wrong} of ${parts.length}`, name: database.name, side }) : message('{count} on {name} as {side} say', { count: counted(parts.length, kind), name: database.name, side });
  return item(id, state === 'note' ? 'done' : state, text, { evidence: state === 'unknown' ? message('{name} could not be compared whole', { name: database.name }) : evidence, parts, action: state === 'failed' || state === 'unknown' ? action : null });
}

/** Whether the migration leaves it there. */
function isMade({ after }: Pick<ReviewFacts, 'after'>, kind: VerifiedObject['kind'], name: string): boolean {
  return (kind === 'table' ? after.tables : after.enums).some((one) => displayName(one) === name);
}

const states: Readonly<Record<VerifiedObject['status'], ChecklistState>> = { same: 'done', different: 'failed', missing: 'failed', extra: 'failed', unknown: 'unknown', apart: 'note' };

function wordsOf({ status, parts, reason }: VerifiedObject): string {
  const wrong = parts.filter((one) => one.status !== 'same').map((one) => `${partName(one)} ${statusWords[one.status]}`);
  const words = [wrong.length === 0 ? statusWords[status] : wrong.slice(0, 3).join(', '), reasonWords(reason)].filter((text) => text !== '');
  return words.join('; ');
}

function version({ draft, form }: ChecklistFacts, { name, standing }: DatabaseFacts, text: Message): ChecklistItem {
  const rows = standing.kind === 'read' ? standing.versions : [];
  const unknown = standing.kind === 'read' ? standing.unknown : [];
  const held = form === 'supabase' ? `${counted(rows.length, 'version')}, with ${draft?.id ?? ''}` : rows.join(', ');
  if (unknown.length > 0) return item('version', 'open', text, { evidence: message('{name} also holds {ids}, which no file here has.', { name, ids: unknown.join(', ') }) });
  return item('version', 'done', text, { evidence: message('{name} holds {rows}', { name, rows: held }) });
}
