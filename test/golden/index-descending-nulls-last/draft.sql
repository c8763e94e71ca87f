-- index-descending-nulls-last

DROP INDEX ix_job_owner;
CREATE INDEX ix_job_owner ON job (owner DESC NULLS LAST);
