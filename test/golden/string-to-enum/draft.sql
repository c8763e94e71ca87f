-- string-to-enum

ALTER TABLE job DROP CONSTRAINT ck_job_error;

DROP INDEX ix_job_waiting;

CREATE TYPE job_status AS ENUM ('NEW', 'DONE', 'FAILED');

ALTER TABLE job ALTER COLUMN status DROP DEFAULT;
ALTER TABLE job ALTER COLUMN status TYPE job_status USING status::job_status;
ALTER TABLE job ALTER COLUMN status SET DEFAULT 'NEW';

ALTER TABLE job ADD CONSTRAINT ck_job_error CHECK (status <> 'FAILED' OR error IS NOT NULL);

CREATE INDEX ix_job_waiting ON job (id) WHERE status = 'NEW';
