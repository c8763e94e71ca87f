-- table-moved-to-schema

CREATE SCHEMA crm;
-- lead is now called crm.lead: answered; it keeps its 2 rows.
ALTER TABLE lead SET SCHEMA crm;
ALTER TYPE mood SET SCHEMA crm;

DROP VIEW lead_mail;
DROP POLICY own_leads ON crm.lead;

ALTER TABLE crm.lead ALTER COLUMN email TYPE character varying(200);

CREATE POLICY own_leads ON crm.lead FOR ALL TO PUBLIC USING ((((email)::text <> ''::text) AND (EXISTS ( SELECT
   FROM call
  WHERE (call.lead_id = lead.id)))));
CREATE VIEW public.lead_mail AS SELECT lead.id,
    lead.email
   FROM (crm.lead
     JOIN call ON ((call.lead_id = lead.id)));
