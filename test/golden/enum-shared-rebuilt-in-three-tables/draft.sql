-- enum-shared-rebuilt-in-three-tables

ALTER TYPE job_status RENAME TO job_status_old;
CREATE TYPE job_status AS ENUM ('NEW', 'DONE');

ALTER TABLE job ALTER COLUMN status DROP DEFAULT;
ALTER TABLE job ALTER COLUMN status TYPE job_status USING status::text::job_status;
ALTER TABLE job ALTER COLUMN status SET DEFAULT 'NEW';

ALTER TABLE step ALTER COLUMN states TYPE job_status[] USING states::text[]::job_status[];

-- Values that are no label take the one chosen for them.
ALTER TABLE task ALTER COLUMN state TYPE job_status USING (CASE state::text WHEN 'OLD' THEN 'NEW' ELSE state::text END)::job_status;

DROP TYPE job_status_old;
