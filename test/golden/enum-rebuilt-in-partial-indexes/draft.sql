-- enum-rebuilt-in-partial-indexes

DROP INDEX ix_job_new;
DROP INDEX ix_job_some;

ALTER TYPE job_status RENAME TO job_status_old;
CREATE TYPE job_status AS ENUM ('DONE', 'NEW');

ALTER TABLE job ALTER COLUMN status TYPE job_status USING status::text::job_status;

DROP TYPE job_status_old;

CREATE UNIQUE INDEX ix_job_new ON job (name) WHERE status = 'NEW';
CREATE INDEX ix_job_some ON job (name) WHERE status IN ('NEW', 'DONE');
