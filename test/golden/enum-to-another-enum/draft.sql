-- enum-to-another-enum

CREATE TYPE job_status AS ENUM ('NEW', 'RUNNING', 'DONE');

ALTER TABLE job ALTER COLUMN status DROP DEFAULT;
ALTER TABLE job ALTER COLUMN status TYPE job_status USING status::text::job_status;
ALTER TABLE job ALTER COLUMN status SET DEFAULT 'NEW';
