import assert from 'node:assert/strict';
import type { Checklist } from '../../../src/engine/checklist/checklist';
import type { ChecklistItem } from '../../../src/engine/checklist/items';
import { message } from '../../../src/engine/text/problem';
import { checklistNodes, type ChecklistNode } from '../../../src/editor/views/checklist-nodes';

const place = { path: '/p/a.py', range: { start: 0, end: 1 } };
const item = (id: string, more: Partial<ChecklistItem> = {}): ChecklistItem => ({ id, state: 'done', text: message('Item {id}', { id }), evidence: message('seen'), parts: [], action: null, at: null, ...more });
const checklist: Checklist = {
  form: 'alembic',
  migration: { id: 'b2', name: 'status of jobs', path: '/p/versions/b2.py' },
  steps: [
    { id: 'before', title: message('Before'), state: 'done', isNext: false, items: [item('a', { at: place }), item('n', { state: 'note' })] },
    { id: 'reviewed', title: message('Reviewed'), state: 'failed', isNext: true, items: [item('b', { state: 'failed', at: place, action: { kind: 'fixAllSafe', path: '/p/versions/b2.py' }, parts: [{ state: 'failed', text: message('Wrong'), at: place }] }), item('c')] },
    { id: 'verified', title: message('Verified'), state: 'later', isNext: false, items: [item('d', { state: 'later' })] },
  ],
};

const all = (nodes: readonly ChecklistNode[]): readonly ChecklistNode[] => nodes.flatMap((node) => [node, ...all(node.children)]);

describe('the lines of the Checklist view', () => {
  const nodes = checklistNodes(checklist);

  it('begin with the migration, and number the steps', () => {
    assert.deepEqual(nodes.map(({ label, description, expanded }) => [label, description, expanded]), [['status of jobs', 'b2', false], ['1. Before', 'done', false], ['2. Reviewed', '1 of 2 · next', true], ['3. Verified', 'not yet', false]]);
  });

  it('open what is due, with its button first and then what is wrong', () => {
    const [due, done] = nodes[2]!.children;
    assert.deepEqual([due!.expanded, due!.children.map(({ label }) => label), due!.click], [true, ['Fix All Safe Problems', 'Wrong'], null]);
    assert.deepEqual(due!.children.map(({ click }) => click?.kind), ['action', 'place']);
    assert.equal(done!.expanded, false);
  });

  it('lead to a place on a click where they have nothing to open', () => {
    assert.deepEqual(nodes[1]!.children[0]!.click, { kind: 'place', place });
  });

  it('say to a screen reader what their icons show', () => {
    assert.deepEqual(all(nodes).map(({ spoken }) => spoken), [
      'The migration at hand: status of jobs, revision b2',
      'Step 1. Before, done', 'done: Item a. seen', 'to know: Item n. seen',
      'Step 2. Reviewed, 1 of 2 done, something is not right, this is next', 'not right: Item b. seen', 'Button: Fix All Safe Problems', 'not right: Wrong', 'done: Item c. seen',
      'Step 3. Verified, not yet', 'not yet: Item d. seen',
    ]);
    for (const { spoken, icon, id } of all(nodes)) assert.ok(spoken !== '' && icon !== '' && id !== '');
    assert.equal(new Set(all(nodes).map(({ id }) => id)).size, all(nodes).length);
  });

  it('are none where nothing is under way', () => {
    assert.deepEqual(checklistNodes({ form: 'alembic', migration: null, steps: [] }), []);
    assert.equal(checklistNodes({ ...checklist, migration: { id: null, name: '', path: null } })[0]!.label, 'A migration to generate');
  });
});
