-- enum-value-order

ALTER TYPE job_status RENAME TO job_status_old;
CREATE TYPE job_status AS ENUM ('DONE', 'NEW');

ALTER TABLE job ALTER COLUMN status DROP DEFAULT;
ALTER TABLE job ALTER COLUMN status TYPE job_status USING status::text::job_status;
ALTER TABLE job ALTER COLUMN status SET DEFAULT 'NEW';

DROP TYPE job_status_old;
