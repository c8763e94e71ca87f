-- index-nulls-not-distinct

ALTER TABLE job DROP CONSTRAINT uq_job_code;

DROP INDEX ix_job;

ALTER TABLE job ADD CONSTRAINT uq_job_code UNIQUE NULLS NOT DISTINCT (code);

CREATE UNIQUE INDEX ix_job ON job (code) NULLS NOT DISTINCT;
