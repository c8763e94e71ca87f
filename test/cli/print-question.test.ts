import assert from 'node:assert/strict';
import { questionText } from '../../src/cli/print-question';
import type { ColumnFace, Evidence, ModelEdit } from '../../src/engine/questions';
import { message } from '../../src/engine/text/problem';

describe('a question on the terminal', () => {
  const face = (name: string): ColumnFace => ({ name, type: 'text', nullable: true, default: null, roles: [] });
  const edit: ModelEdit = { path: '/home/me/app/models/place.py', removed: ['vicinity = Column(Text)'], added: ['address = Column(Text)'], commits: [{ id: '1a2b3c4d', subject: 'As maps say' }] };
  const evidence: Evidence = { score: 0.9, strong: true, evidence: [message('Both are {type}.', { type: 'text' })], against: [message('3 of its 9 values do not fit.')], edit };

  it('of a column has its evidence, the lines in git, and the mark that settles it in the model', () => {
    const text = questionText({
      kind: 'rename-column',
      id: 'q',
      table: { schema: 'crm', name: 'place' },
      likely: true,
      from: face('vicinity'),
      candidates: [{ to: face('address'), ...evidence }, { to: face('note'), ...evidence, evidence: [], against: [], edit: null }],
      valuesAtStake: 9,
      rows: 12,
      samples: [],
    });
    assert.equal(
      text,
      `likely rename: the models no longer have crm.place.vicinity (text); 9 of 12 rows have a value.
  --rename crm.place.vicinity=crm.place.address   text
      Both are text.
      against it: 3 of its 9 values do not fit.
      models/place.py, commit 1a2b3c4d "As maps say":
      - vicinity = Column(Text)
      + address = Column(Text)
  --rename crm.place.vicinity=crm.place.note   text
  or, in the model, for good: the new column says info={"renamed_from": "vicinity"}
  --drop crm.place.vicinity   it is none: drop the column and its values
`,
    );
  });

  it('of a table and of a value has the lines in git, too', () => {
    const table = questionText({ kind: 'rename-table', id: 't', from: { schema: null, name: 'lead' }, candidates: [{ to: { schema: null, name: 'prospect' }, ...evidence }], rows: 2 });
    assert.match(table, /--rename lead=prospect\n {6}Both are text\.\n {6}against it: [^]*\n {6}\+ address = Column\(Text\)\n {2}or, in the model, for good: the new table says __table_args__ = \{"info": \{"renamed_from": "lead"\}\}\n/);
    const value = questionText({ kind: 'value-mapping', id: 'v', table: { schema: null, name: 'job' }, column: 'status', labels: ['NEW'], nullable: false, values: [{ value: 'OLD', count: 2, suggestion: 'NEW', edit }] });
    assert.match(value, /--map job\.status:OLD=NEW {3}2 rows\n {6}models\/place\.py, commit [^]*\+ address/);
  });
});
