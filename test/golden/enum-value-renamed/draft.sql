-- enum-value-renamed

-- DONE is now called FINISHED: answered.
ALTER TYPE job_status RENAME VALUE 'DONE' TO 'FINISHED';
