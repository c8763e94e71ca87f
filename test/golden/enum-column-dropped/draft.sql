-- enum-column-dropped

DROP INDEX ix_job_status;

-- 1 of 1 rows have a value in status.
ALTER TABLE job DROP COLUMN status;

DROP TYPE job_status;
