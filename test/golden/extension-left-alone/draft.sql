-- extension-left-alone

ALTER TABLE job ALTER COLUMN name TYPE text;
