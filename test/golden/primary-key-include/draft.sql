-- primary-key-include

ALTER TABLE job DROP CONSTRAINT job_pkey;
ALTER TABLE job ADD CONSTRAINT job_pkey PRIMARY KEY (id) INCLUDE (name);
