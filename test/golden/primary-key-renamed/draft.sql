-- primary-key-renamed

ALTER TABLE job RENAME CONSTRAINT job_pkey TO pk_job;
