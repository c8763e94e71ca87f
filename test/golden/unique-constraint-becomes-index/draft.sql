-- unique-constraint-becomes-index

ALTER TABLE job DROP CONSTRAINT job_name_key;

CREATE UNIQUE INDEX ix_job_name ON job (name);
