-- primary-key-added

ALTER TABLE job ALTER COLUMN number SET NOT NULL;

ALTER TABLE job ADD CONSTRAINT job_pkey PRIMARY KEY (number);
