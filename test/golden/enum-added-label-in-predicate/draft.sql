-- enum-added-label-in-predicate

DROP INDEX ix_job_open;

ALTER TYPE job_status RENAME TO job_status_old;
CREATE TYPE job_status AS ENUM ('NEW', 'OLD', 'DONE');

ALTER TABLE job ALTER COLUMN status TYPE job_status USING status::text::job_status;

DROP TYPE job_status_old;

CREATE INDEX ix_job_open ON job (name) WHERE status IN ('NEW', 'OLD');
