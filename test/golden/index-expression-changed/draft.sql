-- index-expression-changed

DROP INDEX ix_job;
CREATE INDEX ix_job ON job (upper(name), score DESC);
