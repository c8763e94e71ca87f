-- enum-type-renamed

ALTER TYPE status RENAME TO job_status;
ALTER TYPE job_status ADD VALUE 'RUNNING' AFTER 'NEW';
