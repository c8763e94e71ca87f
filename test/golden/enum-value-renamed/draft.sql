-- enum-value-renamed

ALTER TYPE job_status RENAME VALUE 'DONE' TO 'FINISHED';
