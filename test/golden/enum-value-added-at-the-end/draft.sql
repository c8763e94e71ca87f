-- enum-value-added-at-the-end

ALTER TYPE job_status ADD VALUE 'FAILED';
