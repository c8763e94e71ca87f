-- enum-rebuilt-in-check

ALTER TABLE job DROP CONSTRAINT ck_job_status;

ALTER TYPE job_status RENAME TO job_status_old;
CREATE TYPE job_status AS ENUM ('NEW', 'DONE');

ALTER TABLE job ALTER COLUMN status TYPE job_status USING status::text::job_status;

DROP TYPE job_status_old;

ALTER TABLE job ADD CONSTRAINT ck_job_status CHECK (status <> 'NEW' OR net IS NULL);
