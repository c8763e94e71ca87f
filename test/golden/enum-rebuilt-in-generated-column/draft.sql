-- enum-rebuilt-in-generated-column

DROP INDEX ix_job_open;

ALTER TABLE job DROP COLUMN open;

ALTER TYPE job_status RENAME TO job_status_old;
CREATE TYPE job_status AS ENUM ('NEW', 'DONE');

ALTER TABLE job ALTER COLUMN status TYPE job_status USING status::text::job_status;

DROP TYPE job_status_old;

ALTER TABLE job ADD COLUMN open boolean GENERATED ALWAYS AS (status = 'NEW') STORED;

CREATE INDEX ix_job_open ON job (open);
