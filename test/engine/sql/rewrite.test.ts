import assert from 'node:assert/strict';
import { renameTableInDefinition, renameTableInQuery } from '../../../src/engine/sql/rewrite';

const from = [{ schema: null, name: 'lead' }, { schema: 'public', name: 'lead' }];
const to = { schema: 'crm', name: 'customer' };

describe('texts of views and policies', () => {
  it('keep what they call a table that has a new name', () => {
    const cases: readonly (readonly [string, string])[] = [
      ['SELECT lead.id FROM lead', 'SELECT lead.id FROM crm.customer lead'],
      ['SELECT l.id FROM lead l JOIN public.lead AS m ON l.id = m.id', 'SELECT l.id FROM crm.customer l JOIN crm.customer AS m ON l.id = m.id'],
      ['SELECT lead FROM (call\n JOIN lead ON ((call.lead_id = lead.id)))', 'SELECT lead FROM (call\n JOIN crm.customer lead ON ((call.lead_id = lead.id)))'],
      ['SELECT 1 FROM call, lead WHERE lead.x = call.lead', 'SELECT 1 FROM call, crm.customer lead WHERE lead.x = call.lead'],
      [`SELECT 'FROM lead' AS "from", lead(a) FROM b`, `SELECT 'FROM lead' AS "from", lead(a) FROM b`],
    ];
    for (const [sql, renamed] of cases) assert.equal(renameTableInQuery(sql, from, to), renamed);
  });

  it('give the alias up again on the way back', () => {
    assert.equal(renameTableInQuery('SELECT lead.id FROM crm.customer lead', [to], { schema: null, name: 'lead' }), 'SELECT lead.id FROM lead');
    assert.equal(renameTableInQuery('SELECT lead.id FROM lead', from, { schema: 'crm', name: 'lead' }), 'SELECT lead.id FROM crm.lead');
  });

  it('name the table of a policy anew', () => {
    assert.equal(
      renameTableInDefinition('CREATE POLICY p ON public.lead USING (EXISTS (SELECT FROM call WHERE call.lead_id = lead.id))', from, to),
      'CREATE POLICY p ON crm.customer USING (EXISTS (SELECT FROM call WHERE call.lead_id = customer.id))',
    );
  });
});
