-- index-brin-with-storage-parameter

DROP INDEX ix_job_name;
CREATE INDEX ix_job_name ON job USING brin (name) WITH (pages_per_range = 16);
