-- unique-index-becomes-constraint

DROP INDEX uq_job_name;

ALTER TABLE job ADD CONSTRAINT uq_job_name UNIQUE (name);
