-- enum-comment-kept

ALTER TYPE job_status RENAME TO job_status_old;
CREATE TYPE job_status AS ENUM ('DONE', 'NEW');
COMMENT ON TYPE job_status IS 'Where a job stands';

ALTER TABLE job ALTER COLUMN status TYPE job_status USING status::text::job_status;

DROP TYPE job_status_old;
