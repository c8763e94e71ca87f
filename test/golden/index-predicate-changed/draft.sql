-- index-predicate-changed

DROP INDEX ix_job_name;
CREATE INDEX ix_job_name ON job (name) WHERE owner IS NOT NULL AND name <> 'x';
