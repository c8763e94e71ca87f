-- enum-value-added-in-the-middle

ALTER TYPE job_status ADD VALUE 'QUEUED' BEFORE 'NEW';
ALTER TYPE job_status ADD VALUE 'RUNNING' AFTER 'NEW';
ALTER TYPE job_status ADD VALUE 'PAUSED' AFTER 'RUNNING';
