-- enum-rebuilt-in-expression-index

DROP INDEX ix_job_status;

ALTER TYPE job_status RENAME TO job_status_old;
CREATE TYPE job_status AS ENUM ('NEW', 'DONE');

ALTER TABLE job ALTER COLUMN status TYPE job_status USING status::text::job_status;

DROP TYPE job_status_old;

CREATE INDEX ix_job_status ON job (COALESCE(status, 'NEW'), name);
