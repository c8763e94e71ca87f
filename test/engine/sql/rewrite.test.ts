import assert from 'node:assert/strict';
import { renameTableInText } from '../../../src/engine/sql/rewrite';

const from = [{ schema: null, name: 'lead' }, { schema: 'public', name: 'lead' }];
const to = { schema: 'crm', name: 'customer' };

describe('texts of views, policies and triggers', () => {
  it('follow a table that has a new name, as PostgreSQL prints them', () => {
    const cases: readonly (readonly [string, string])[] = [
      ['SELECT lead.id FROM lead', 'SELECT customer.id FROM crm.customer'],
      ['SELECT l.id FROM lead l JOIN public.lead AS m ON l.id = m.id', 'SELECT l.id FROM crm.customer l JOIN crm.customer AS m ON l.id = m.id'],
      ['SELECT lead FROM (call\n JOIN lead ON ((call.lead_id = lead.id)))', 'SELECT lead FROM (call\n JOIN crm.customer ON ((call.lead_id = customer.id)))'],
      ['SELECT 1 FROM call, lead WHERE lead.x = call.lead', 'SELECT 1 FROM call, crm.customer WHERE customer.x = call.lead'],
      [`SELECT 'FROM lead' AS "from", lead(a) FROM b`, `SELECT 'FROM lead' AS "from", lead(a) FROM b`],
      ['CREATE POLICY p ON public.lead USING (EXISTS (SELECT FROM call WHERE call.lead_id = lead.id))', 'CREATE POLICY p ON crm.customer USING (EXISTS (SELECT FROM call WHERE call.lead_id = customer.id))'],
    ];
    for (const [sql, renamed] of cases) assert.equal(renameTableInText(sql, from, to), renamed);
  });

  it('keep the default schema where they have it, and no other', () => {
    assert.equal(renameTableInText('ON public.lead, FROM lead', from, { schema: null, name: 'customer' }), 'ON public.customer, FROM customer');
    assert.equal(renameTableInText('FROM crm.lead', [{ schema: 'crm', name: 'lead' }], { schema: null, name: 'lead' }), 'FROM lead');
  });
});
