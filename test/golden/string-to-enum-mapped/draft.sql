-- string-to-enum-mapped

CREATE TYPE job_status AS ENUM ('waiting', 'done');

-- Values that are no label take the one chosen for them.
ALTER TABLE job ALTER COLUMN status TYPE job_status USING (CASE status WHEN 'queued' THEN 'waiting' WHEN 'it''s over' THEN 'done' WHEN '' THEN NULL ELSE status END)::job_status;
