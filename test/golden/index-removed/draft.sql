-- index-removed

DROP INDEX ix_job_name;
