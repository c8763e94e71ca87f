-- enum-value-added-under-dependents

ALTER TYPE job_status ADD VALUE 'RUNNING' AFTER 'NEW';
