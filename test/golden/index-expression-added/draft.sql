-- index-expression-added

CREATE UNIQUE INDEX ix_job_lower ON job (lower(name));
