-- table-dropped-that-refers-to-a-changed-key

ALTER TABLE hint DROP CONSTRAINT hint_job_id_fkey;

ALTER TABLE job DROP CONSTRAINT job_pkey;
ALTER TABLE job ADD CONSTRAINT job_pkey PRIMARY KEY (id, part);
ALTER TABLE job ADD CONSTRAINT uq_job_id_part UNIQUE (id, part);
ALTER TABLE job ADD CONSTRAINT uq_job_again UNIQUE (id, part);

-- No model declares hint, so it is dropped with its 3 rows: answered.
DROP TABLE hint;
