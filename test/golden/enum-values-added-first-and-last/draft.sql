-- enum-values-added-first-and-last

ALTER TYPE job_status ADD VALUE 'A' BEFORE 'B';
ALTER TYPE job_status ADD VALUE 'C' AFTER 'B';
ALTER TYPE job_status ADD VALUE 'E';
ALTER TYPE job_status ADD VALUE 'F';
