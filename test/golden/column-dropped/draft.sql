-- column-dropped

ALTER TABLE job DROP CONSTRAINT uq_job;

DROP INDEX ix_job_owner;

-- 1 of 1 rows have a value in owner.
ALTER TABLE job DROP COLUMN owner;
