-- table-renamed-under-dependents

-- lead is now called prospect: answered; it keeps its 1 row.
ALTER TABLE lead RENAME TO prospect;

ALTER SEQUENCE lead_id_seq RENAME TO prospect_id_seq;
