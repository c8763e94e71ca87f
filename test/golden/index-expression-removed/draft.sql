-- index-expression-removed

DROP INDEX ix_job_lower;
