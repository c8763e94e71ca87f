-- string-to-enum-with-dependents

ALTER TABLE job DROP CONSTRAINT ck_job_done;

DROP INDEX ix_job_new;

ALTER TABLE job DROP COLUMN open;

CREATE TYPE job_status AS ENUM ('NEW', 'DONE');

ALTER TABLE job ALTER COLUMN status DROP DEFAULT;
ALTER TABLE job ALTER COLUMN status TYPE job_status USING status::job_status;
ALTER TABLE job ALTER COLUMN status SET DEFAULT 'NEW';
ALTER TABLE job ADD COLUMN open boolean GENERATED ALWAYS AS (status = 'NEW') STORED;

ALTER TABLE job ADD CONSTRAINT ck_job_done CHECK (status <> 'DONE' OR name IS NULL);

CREATE INDEX ix_job_new ON job (name) WHERE status = 'NEW';
