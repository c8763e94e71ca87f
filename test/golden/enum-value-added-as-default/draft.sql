-- enum-value-added-as-default

ALTER TYPE job_status RENAME TO job_status_old;
CREATE TYPE job_status AS ENUM ('DRAFT', 'NEW', 'DONE');

ALTER TABLE job ALTER COLUMN status DROP DEFAULT;
ALTER TABLE job ALTER COLUMN status TYPE job_status USING status::text::job_status;

DROP TYPE job_status_old;

ALTER TABLE job ALTER COLUMN status SET DEFAULT 'DRAFT';
