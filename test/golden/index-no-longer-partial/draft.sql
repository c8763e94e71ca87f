-- index-no-longer-partial

DROP INDEX ix_job_name;
CREATE INDEX ix_job_name ON job (name);
