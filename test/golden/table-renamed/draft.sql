-- table-renamed

-- lead is now called prospect: answered; it keeps its 2 rows.
ALTER TABLE lead RENAME TO prospect;

ALTER SEQUENCE lead_id_seq RENAME TO prospect_id_seq;
ALTER TABLE prospect RENAME CONSTRAINT pk_lead TO pk_prospect;
ALTER TABLE prospect RENAME CONSTRAINT uq_lead_email TO uq_prospect_email;
ALTER TABLE prospect RENAME CONSTRAINT ck_lead_score TO ck_prospect_score;
ALTER TABLE prospect RENAME CONSTRAINT fk_lead_parent_id_lead TO fk_prospect_parent_id_prospect;
ALTER INDEX ix_lead_score RENAME TO ix_prospect_score;
ALTER TABLE note RENAME CONSTRAINT fk_note_lead_id_lead TO fk_note_lead_id_prospect;
