-- varchar-widened

ALTER TABLE job ALTER COLUMN name TYPE text;
