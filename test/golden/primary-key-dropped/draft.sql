-- primary-key-dropped

ALTER TABLE job DROP CONSTRAINT job_pkey;

ALTER TABLE job ALTER COLUMN number DROP NOT NULL;
