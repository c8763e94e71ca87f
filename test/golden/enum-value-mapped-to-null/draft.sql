-- enum-value-mapped-to-null

ALTER TYPE job_status RENAME TO job_status_old;
CREATE TYPE job_status AS ENUM ('NEW', 'DONE');

-- Values that are no label take the one chosen for them.
ALTER TABLE job ALTER COLUMN status TYPE job_status USING (CASE status::text WHEN 'OLD' THEN NULL ELSE status::text END)::job_status;

DROP TYPE job_status_old;
