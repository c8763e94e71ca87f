-- index-hash

CREATE INDEX ix_job_name ON job USING hash (name);
