-- table-in-a-schema-changed

ALTER TABLE crm.lead DROP CONSTRAINT uq_lead;

ALTER TYPE crm.lead_state RENAME TO lead_state_old;
CREATE TYPE crm.lead_state AS ENUM ('WON', 'NEW', 'LOST');

ALTER TABLE crm.lead ALTER COLUMN state DROP DEFAULT;
ALTER TABLE crm.lead ALTER COLUMN state TYPE crm.lead_state USING state::text::crm.lead_state;

DROP TYPE crm.lead_state_old;

ALTER TABLE crm.lead ADD COLUMN owner_id integer;
ALTER TABLE crm.lead ALTER COLUMN name TYPE text;
ALTER TABLE crm.lead ALTER COLUMN state SET DEFAULT 'WON';

CREATE INDEX ix_crm_lead_name ON crm.lead (name);

ALTER TABLE crm.lead ADD CONSTRAINT lead_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES crm.lead (id);

COMMENT ON COLUMN crm.lead.name IS 'Who';
COMMENT ON TABLE crm.lead IS 'Leads';
