-- enum-added-removed-and-renamed

-- NEW is now called FRESH: answered.
ALTER TYPE job_status RENAME VALUE 'NEW' TO 'FRESH';
ALTER TYPE job_status RENAME TO job_status_old;
CREATE TYPE job_status AS ENUM ('FRESH', 'RUNNING', 'DONE');

ALTER TABLE job ALTER COLUMN status DROP DEFAULT;
-- Values that are no label take the one chosen for them.
ALTER TABLE job ALTER COLUMN status TYPE job_status USING (CASE status::text WHEN 'OLD' THEN 'DONE' ELSE status::text END)::job_status;
ALTER TABLE job ALTER COLUMN status SET DEFAULT 'FRESH';

DROP TYPE job_status_old;
