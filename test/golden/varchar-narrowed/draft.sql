-- varchar-narrowed

ALTER TABLE job ALTER COLUMN name TYPE character varying(20);
