-- trigram-index

CREATE INDEX ix_job_name ON job USING gin (name gin_trgm_ops);
