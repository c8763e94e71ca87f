-- index-becomes-unique

DROP INDEX ix_job_name;
CREATE UNIQUE INDEX ix_job_name ON job (name);
