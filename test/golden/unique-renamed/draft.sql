-- unique-renamed

ALTER TABLE job RENAME CONSTRAINT job_name TO uq_job_name;
