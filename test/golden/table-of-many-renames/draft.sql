-- table-of-many-renames

-- lead is now called prospect: answered; it keeps its 1 row.
ALTER TABLE lead RENAME TO prospect;
-- full_name is now called name: answered; 1 of 1 rows keep their value.
ALTER TABLE prospect RENAME full_name TO name;
-- net is now called amount: answered; 1 of 1 rows keep their value.
ALTER TABLE prospect RENAME net TO amount;

ALTER SEQUENCE lead_id_seq RENAME TO prospect_id_seq;
ALTER TABLE prospect RENAME CONSTRAINT ck_lead_net TO ck_prospect_amount;
ALTER INDEX ix_lead_full_name RENAME TO ix_prospect_name;
