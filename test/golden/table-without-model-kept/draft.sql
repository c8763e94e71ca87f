-- table-without-model-kept

ALTER TABLE job ALTER COLUMN name TYPE text;
