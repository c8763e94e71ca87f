-- not-null-dropped

ALTER TABLE job ALTER COLUMN name DROP NOT NULL;
