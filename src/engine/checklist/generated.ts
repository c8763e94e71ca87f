import { message } from '../text/problem';
import type { ChecklistFacts } from './facts';
import { counted, fileName, item, listed, startOf, type ChecklistItem, type StepDraft } from './items';
import { namesOf, touchedBy } from './touched';

/** 2. The draft is there, and stands where it should. */
export function generatedStep(facts: ChecklistFacts): StepDraft {
  return { id: 'generated', title: message('Generated'), items: [generated(facts), ...onHead(facts)] };
}

function generated({ draft, models, form }: ChecklistFacts): ChecklistItem {
  const text = message(form === 'supabase' ? 'The migration' : 'The revision');
  if (draft !== null) return item('generated', 'done', text, { evidence: message('{name} · {file}', { name: draft.name, file: fileName(draft.path) }), at: startOf(draft.path) });
  const operations = models.kind === 'changed' ? models.operations : [];
  const tables = touchedBy(operations).tables;
  return item('generated', 'open', text, {
    evidence: message('The models need {changes} that no migration makes: {tables}.', { changes: counted(operations.length, 'change'), tables: listed(namesOf(tables)) }),
    action: { kind: 'generate' },
  });
}

function onHead({ draft, project, form }: ChecklistFacts): readonly ChecklistItem[] {
  const text = message(form === 'supabase' ? 'The last of the migrations' : 'On the head, alone');
  if (draft === null) return [];
  if (project.openHeads.length > 1) {
    return [item('head', 'failed', text, { evidence: message('The history has {count} heads ({heads}): `alembic upgrade head` stops and asks which is meant.', { count: project.openHeads.length, heads: project.openHeads.join(', ') }), action: { kind: 'mergeHeads' } })];
  }
  if (!draft.isHead) return [item('head', 'note', text, { evidence: message(form === 'supabase' ? 'Other migrations come after it.' : 'Other revisions stand on it.') })];
  if (form === 'supabase') return [item('head', 'done', text, { evidence: message('Version {id}', { id: draft.id }) })];
  return [item('head', 'done', text, { evidence: draft.parents.length === 0 ? message('{id}, the first revision', { id: draft.id }) : message('{id} stands on {parents}', { id: draft.id, parents: draft.parents.join(' and ') }) })];
}
