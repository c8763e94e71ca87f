import assert from 'node:assert/strict';
import { answersFrom, cardOf, preselected } from '../../../src/editor/questions/cards';
import { noAnswers, type ColumnFace, type DropTableQuestion, type RenameColumnQuestion, type RenameTableQuestion, type ValueMappingQuestion } from '../../../src/engine/questions';
import { message } from '../../../src/engine/text/problem';

describe('questions as cards', () => {
  describe('a column that may be renamed', () => {
    it('shows both columns side by side and marks what differs', () => {
      const { comparison } = cardOf(rename({}));
      assert.deepEqual(comparison!.headings, [{ name: 'state', note: 'goes' }, { name: 'status', note: 'comes · very likely' }]);
      const rows = Object.fromEntries(comparison!.rows.map(({ title, cells }) => [title, cells.map(({ text, differs }) => (differs ? `*${text}` : text))]));
      assert.deepEqual(rows['Type'], ['text', '*place_status']);
      assert.deepEqual(rows['Empty values'], ['allowed (NULL)', 'allowed (NULL)']);
      assert.deepEqual(rows['Default'], ["'new'::text", '*none']);
      assert.deepEqual(rows['On it'], ['index ix_place_state', '*nothing']);
      assert.deepEqual(rows['Values'], ['in 1,204 of 1,300 rows', 'none yet']);
      assert.deepEqual(rows['For example'], ['new\nqueued', '']);
      assert.deepEqual(rows['What speaks for it'], ['', 'The names are alike.']);
    });

    it('shows the lines of the model as a small diff, where they were changed, and what speaks against it', () => {
      const edit = { path: '/home/me/app/models/place.py', removed: ['state = Column(Text)'], added: ['status = Column(Text)'], commits: [] };
      const candidate = { to: face('status'), score: 0.9, strong: true, evidence: [], against: [message('3 of 9 values do not fit.')], edit };
      const card = cardOf(rename({ candidates: [candidate, { ...candidate, to: face('phase'), against: [], edit: { ...edit, commits: [{ id: '1a2b3c4d', subject: 'Tidy "up"' }] } }] }));
      assert.deepEqual(card.edits, [
        { caption: 'state → status · models/place.py · not committed yet', lines: [{ sign: 'removed', text: 'state = Column(Text)' }, { sign: 'added', text: 'status = Column(Text)' }] },
        { caption: 'state → phase · models/place.py · commit 1a2b3c4d "Tidy "up""', lines: [{ sign: 'removed', text: 'state = Column(Text)' }, { sign: 'added', text: 'status = Column(Text)' }] },
      ]);
      const titles = card.comparison!.rows.map(({ title }) => title);
      assert.ok(titles.includes('What speaks against') && !titles.includes('What speaks for it'));
      assert.deepEqual(card.comparison!.rows.at(-1)!.cells.map(({ text }) => text), ['', '3 of 9 values do not fit.', '']);
      assert.deepEqual(cardOf(rename({})).edits, []);
    });

    it('says how the model settles it for everybody', () => {
      assert.match(cardOf(rename({})).durable, /info=\{"renamed_from": "state"\}$/);
    });

    it('says what a rename keeps and what a drop loses', () => {
      const { options } = cardOf(rename({}));
      assert.deepEqual(options.map(({ label, detail, loses }) => [label, detail, loses]), [
        ['Rename state to status', 'keeps all 1,204 values', false],
        ['Not a rename: drop state, add status as a new, empty column', '1,204 of 1,300 rows lose the value', true],
      ]);
    });

    it('suggests a rename only when exactly one is very likely', () => {
      const strong = { to: face('status'), score: 0.9, strong: true, evidence: [], against: [], edit: null };
      const other = { ...strong, to: face('condition') };
      assert.deepEqual(preselected([cardOf(rename({}))]), { q: 'rename:status' });
      assert.deepEqual(preselected([cardOf(rename({ candidates: [{ ...strong, strong: false }] }))]), { q: null });
      assert.deepEqual(preselected([cardOf(rename({ candidates: [strong, other] }))]), { q: null });
    });

    it('does not claim a count that nobody made', () => {
      const { comparison, options } = cardOf(rename({ valuesAtStake: null, rows: null }));
      assert.ok(comparison!.rows.some(({ cells }) => cells[0]!.text === 'not counted: no database is connected'));
      assert.equal(options.at(-1)!.detail, 'its values are lost (not counted: no database is connected)');
    });

    it('takes a rename and a drop as answers', () => {
      assert.deepEqual(answers(answersFrom([rename({})], { q: 'rename:status' }, noAnswers)).columnRenames, [{ table: place, from: 'state', to: 'status' }]);
      assert.deepEqual(answers(answersFrom([rename({})], { q: 'drop' }, noAnswers)).columnRenames, [{ table: place, from: 'state', to: null }]);
    });

    it('refuses two columns that would become one, and a question left open', () => {
      const questions = [rename({}), rename({ id: 'r', from: face('kind') })];
      const outcome = answersFrom(questions, { q: 'rename:status', r: 'rename:status' }, noAnswers);
      assert.deepEqual(outcome, { problems: { r: 'Both state and kind would become status. Only one of them can.' } });
      assert.deepEqual(answersFrom(questions, { q: 'rename:status', r: null }, noAnswers), { problems: { r: 'Choose one.' } });
    });

    it('lets columns of different tables take the same name', () => {
      const other = rename({ id: 'r', table: { schema: null, name: 'domain' } });
      assert.equal(answers(answersFrom([rename({}), other], { q: 'rename:status', r: 'rename:status' }, noAnswers)).columnRenames.length, 2);
    });
  });

  describe('a table that may be renamed', () => {
    const question: RenameTableQuestion = {
      kind: 'rename-table',
      id: 't',
      from: { schema: 'crm', name: 'lead' },
      candidates: [{ to: { schema: 'crm', name: 'prospect' }, score: 0.8, strong: false, evidence: [message('9 of 10 columns are the same.')], against: [], edit: null }],
      rows: 1,
    };

    it('names schemas, counts rows, and takes the answer', () => {
      const card = cardOf(question);
      assert.equal(card.question, 'Is the table crm.lead now called crm.prospect?');
      assert.equal(card.comparison!.rows[0]!.cells[0]!.text, '1 row');
      const outcome = answersFrom([question], { t: 'rename:crm.prospect' }, noAnswers);
      assert.deepEqual(answers(outcome).tableRenames, [{ from: question.from, to: { schema: 'crm', name: 'prospect' } }]);
    });
  });

  describe('a table that no model declares', () => {
    const question: DropTableQuestion = { kind: 'drop-table', id: 'd', table: { schema: null, name: 'legacy' }, rows: 20_000 };

    it('is kept unless a person says otherwise', () => {
      const card = cardOf(question);
      assert.deepEqual(preselected([card]), { d: 'keep' });
      assert.equal(card.options[1]!.detail, 'its 20,000 rows are lost');
      assert.deepEqual(answers(answersFrom([question], { d: 'keep' }, noAnswers)).tableDrops, [{ table: question.table, drop: false }]);
      assert.deepEqual(answers(answersFrom([question], { d: 'drop' }, noAnswers)).tableDrops, [{ table: question.table, drop: true }]);
    });
  });

  describe('values that an enum does not have', () => {
    const question: ValueMappingQuestion = {
      kind: 'value-mapping',
      id: 'v',
      table: { schema: null, name: 'job' },
      column: 'status',
      labels: ['NEW', 'QUEUED'],
      nullable: true,
      values: [
        { value: 'new', count: 12, suggestion: 'NEW', edit: null },
        { value: 'null', count: 1, suggestion: null, edit: null },
      ],
    };

    it('suggests near labels and leaves the others open', () => {
      const card = cardOf(question);
      assert.deepEqual(card.values, [
        { value: 'new', count: '12 rows', selected: 'label:NEW' },
        { value: 'null', count: '1 row', selected: '' },
      ]);
      assert.deepEqual(card.labels.map(({ text }) => text), ['NEW', 'QUEUED', 'no value (NULL)']);
      const outcome = answersFrom([question], preselected([card]), noAnswers);
      assert.deepEqual(outcome, { problems: { v: "Choose a label for 'null'." } });
    });

    it('tells a label called null from no value', () => {
      const outcome = answersFrom([question], { v: ['label:QUEUED', 'null'] }, noAnswers);
      assert.deepEqual(answers(outcome).valueMappings, [{ table: question.table, column: 'status', mapping: { new: 'QUEUED', null: null } }]);
    });

    it('offers no NULL where the column allows none', () => {
      assert.deepEqual(cardOf({ ...question, nullable: false }).labels.map(({ text }) => text), ['NEW', 'QUEUED']);
    });
  });

  it('keeps the answers that were given before', () => {
    const before = answers(answersFrom([rename({})], { q: 'drop' }, noAnswers));
    const after = answers(answersFrom([rename({ id: 'r', table: { schema: null, name: 'job' } })], { r: 'drop' }, before));
    assert.equal(after.columnRenames.length, 2);
  });
});

const place = { schema: null, name: 'place' };

function face(name: string): ColumnFace {
  return { name, type: 'text', nullable: true, default: null, roles: [] };
}

function rename(changes: Partial<RenameColumnQuestion>): RenameColumnQuestion {
  return {
    kind: 'rename-column',
    id: 'q',
    table: place,
    likely: true,
    from: { ...face('state'), default: { sql: "'new'::text" }, roles: ['index ix_place_state'] },
    candidates: [{ to: { ...face('status'), type: 'place_status' }, score: 0.9, strong: true, evidence: [message('The names are alike.')], against: [], edit: null }],
    valuesAtStake: 1204,
    rows: 1300,
    samples: ['new', 'queued'],
    ...changes,
  };
}

function answers(outcome: ReturnType<typeof answersFrom>): Extract<ReturnType<typeof answersFrom>, { answers: unknown }>['answers'] {
  assert.ok('answers' in outcome, JSON.stringify(outcome));
  return outcome.answers;
}
